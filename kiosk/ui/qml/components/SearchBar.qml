import QtQuick

// SearchBar: looks like the search field and leads to it. text: what can be looked for.
PressSurface {
    id: bar

    property string text: ""

    name: bar.text
    flat: true
    corner: Theme.radiusSmall
    outlineColor: Theme.control
    implicitWidth: Theme.px(560)
    implicitHeight: Math.max(Theme.px(112), words.height + Theme.px(24))

    Icon {
        id: picture
        name: "magnifying-glass"
        size: 48
        color: bar.accent
        x: Theme.px(36)
        anchors.verticalCenter: parent.verticalCenter
    }
    Say {
        id: words
        text: bar.text
        size: 34
        fontSizeMode: Text.HorizontalFit
        minimumPixelSize: Theme.px(26)
        wrapMode: Text.NoWrap
        spoken: false
        color: Theme.contrast ? bar.ink : Theme.ink2
        x: picture.x + picture.width + Theme.px(24)
        width: parent.width - x - Theme.px(24)
        anchors.verticalCenter: parent.verticalCenter
    }
}
