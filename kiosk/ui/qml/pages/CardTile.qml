import QtQuick
import "../components"

// CardTile: one thing that can be done with the card: icon left, title and one line beside it. title · text · icon · badge.
PressSurface {
    id: tile

    property string title: ""
    property string text: ""
    property string icon: ""
    property string badge: ""

    name: tile.title
    hint: tile.badge === "" ? tile.text : tile.badge + " · " + tile.text
    corner: Theme.radiusLarge
    implicitHeight: words.height + Theme.px(36)

    Icon {
        id: picture
        name: tile.icon
        weight: "two-tone"
        size: Theme.largeText ? 60 : 72
        color: tile.accent
        x: Theme.px(32)
        anchors.verticalCenter: parent.verticalCenter
    }
    Column {
        id: words
        x: picture.x + picture.width + Theme.px(30)
        width: parent.width - x - Theme.px(20)
        spacing: Theme.px(6)
        anchors.verticalCenter: parent.verticalCenter

        Say {
            text: tile.title
            size: 40
            bold: true
            lines: 2
            spoken: false
            color: tile.ink
            width: parent.width
        }
        Say {
            visible: text !== "" && !Theme.largeText && !Theme.reach
            text: tile.text
            size: Theme.small
            line: 1.25
            lines: 2
            spoken: false
            color: Theme.ink2
            width: parent.width
        }
    }
    Chip {
        visible: tile.badge !== ""
        text: tile.badge
        grows: false
        x: parent.width - width - Theme.px(16)
        y: Theme.px(14)
    }
}
