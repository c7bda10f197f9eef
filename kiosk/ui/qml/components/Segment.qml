import QtQuick

// Segment: one of a few kinds or months; the chosen one is inverted. text · on.
PressSurface {
    id: segment

    property string text: ""
    property bool on: false

    name: segment.text
    chosen: segment.on
    choice: true
    flat: true
    corner: Theme.radiusSmall
    implicitHeight: Math.max(Theme.target, Theme.px(Theme.largeText ? 100 : 88))
    implicitWidth: Theme.px(152)
    faceColor: segment.on ? Theme.ink : Theme.surface
    inkColor: segment.on ? Theme.surface : Theme.ink
    outlineColor: segment.on ? Theme.ink : Theme.control
    pressColor: segment.on ? Theme.ink2 : Theme.press
    Accessible.checked: segment.on

    Say {
        id: words
        text: segment.text
        size: Theme.body
        bold: true
        spoken: false
        color: segment.ink
        wrapMode: Text.NoWrap
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: Theme.px(26)
        horizontalAlignment: Text.AlignHCenter
        x: Theme.px(8)
        width: parent.width - 2 * x
        anchors.verticalCenter: parent.verticalCenter
    }
}
