import QtQuick
import "../components"

// WideTile: a service as one broad line: icon left, title and text beside it. For Home while there are two or three.
// title · text · icon · badge.
PressSurface {
    id: tile

    property string title: ""
    property string text: ""
    property string icon: ""
    property string badge: ""

    readonly property bool low: tile.height < Theme.px(200)
    readonly property bool tall: tile.height > Theme.px(400)

    name: tile.title
    hint: tile.badge === "" ? tile.text : tile.badge + " · " + tile.text
    corner: Theme.radiusLarge
    implicitHeight: Math.max(Theme.px(128), words.height + Theme.px(40))

    Icon {
        id: picture
        name: tile.icon
        weight: "two-tone"
        size: tile.low ? 84 : tile.tall ? 148 : 108
        color: tile.accent
        x: Theme.px(44)
        anchors.verticalCenter: parent.verticalCenter
    }
    Column {
        id: words
        x: picture.x + picture.width + Theme.px(44)
        width: (tile.badge !== "" ? chip.x : caret.x) - x - Theme.px(20)
        spacing: Theme.px(4)
        anchors.verticalCenter: parent.verticalCenter

        Say {
            text: tile.title
            size: tile.low ? Theme.tile : tile.tall ? Theme.title : 52
            bold: true
            line: 1.16
            lines: 2
            spoken: false
            color: tile.ink
            width: parent.width
        }
        Say {
            visible: text !== "" && !Theme.largeText && !Theme.reach
            text: tile.text
            size: tile.tall ? Theme.button2 : Theme.body
            line: 1.28
            lines: 2
            spoken: false
            color: Theme.ink2
            width: parent.width
        }
    }
    Chip {
        id: chip
        visible: tile.badge !== ""
        text: tile.badge
        x: caret.x - width - Theme.px(20)
        anchors.verticalCenter: parent.verticalCenter
    }
    Icon {
        id: caret
        name: "caret-right"
        size: 52
        color: tile.ink
        x: parent.width - width - Theme.px(40)
        anchors.verticalCenter: parent.verticalCenter
    }
}
