import QtQuick

// DeskCodePage: the code that somebody at the desk gave; nothing is sent, so nothing is sent again.
CodePage {}
