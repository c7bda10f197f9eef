import QtQuick

// Icon: one Phosphor glyph from the image provider.
// name · weight: "bold", "fill", "two-tone", "regular" · size (px @1080) · color · under: second colour of two-tone
// ("transparent": a fifth of color) · grows: with large text (by 1.25).
Image {
    id: icon

    required property string name
    property string weight: "bold"
    property real size: 44
    property bool grows: false
    property color color: Theme.ink
    property color under: "transparent"

    readonly property real side: Theme.px(icon.size * (icon.grows && Theme.largeText ? 1.25 : 1))

    width: icon.side
    height: icon.side
    sourceSize: Qt.size(icon.side, icon.side)
    visible: icon.name !== ""
    source: icon.name === "" || !Theme.pictures ? "" : "image://icon/" + icon.name + "/" + icon.weight + "/" + Theme.hex(icon.color) + (icon.under.a > 0 ? "/" + Theme.hex(icon.under) : "")
    Accessible.ignored: true
}
