"""Warnings that come from Qt's own files, not ours: exact lines, with the version and the reason."""

#: Qt 6.11.3, QtQuick/VirtualKeyboard/Components/PopupList.qml redeclares ListView's contentWidth; harmless.
POPUP_LIST = r"Member contentWidth of the object PopupList_QMLTYPE_\d+ overrides a member of the base object\."
