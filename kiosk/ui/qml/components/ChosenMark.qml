import QtQuick

// ChosenMark: the ✓ of a chosen option (a ring while on: false); size px @1080.
Rectangle {
    id: mark

    property bool on: true
    property real size: 52
    property color ring: Theme.control

    width: Theme.px(mark.size)
    height: width
    radius: width / 2
    color: !mark.on ? "transparent" : Theme.contrast ? Theme.selInk : Theme.primary
    border.width: mark.on ? 0 : Theme.px(3)
    border.color: mark.ring

    Icon {
        anchors.centerIn: parent
        visible: mark.on
        name: "check"
        size: mark.size * 0.6
        color: Theme.contrast ? Theme.sel : Theme.primaryInk
    }
}
