import QtQuick

// QrImage: a QR code on white with 4 modules of quiet zone, in every theme. text (UTF-8, at most 300 bytes) · size: side of
// the white field, px of the screen, at least 190 u (380 u for paying and enrolling) · name: what it is for, spoken.
// Modules are whole pixels, never smoothed.
Rectangle {
    id: field

    required property string text
    required property string name
    property real size: Theme.px(244)

    width: field.size
    height: field.size
    radius: Theme.radiusSmall
    color: "#FFFFFF"
    border.width: Theme.contrast ? 0 : Theme.px(2)
    border.color: Theme.line
    Accessible.role: Accessible.Graphic
    Accessible.name: field.name

    Image {
        id: code
        readonly property int module: sourceSize.width > 0 ? Math.max(1, Math.floor(field.size / sourceSize.width)) : 1
        anchors.centerIn: parent
        width: sourceSize.width * module
        height: width
        smooth: false
        cache: false
        source: field.text === "" ? "" : "image://qr/" + Theme.address(field.text)
    }
}
