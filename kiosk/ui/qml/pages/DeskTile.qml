import QtQuick
import "../components"

// DeskTile: a template or an action of the desk: icon and title in a row; chosen, a ✓ stands in the icon's place.
PressSurface {
    id: tile

    property string title: ""
    property string icon: ""
    property real least: Theme.px(88)
    // A long word shrinks the title rather than breaking.
    readonly property real full: Theme.text(30)
    readonly property real widest: metrics.height > 0 ? Math.max(1, ...(tile.title.match(/[^ \u2e80-\uffff]+/g) ?? []).map(word => metrics.advanceWidth(word))) : 1
    readonly property bool pictured: tile.selected || tile.icon !== "" && !Theme.largeText

    name: tile.title
    choice: true
    role: Accessible.CheckBox
    outlineColor: Theme.control
    implicitHeight: Math.max(tile.least, words.height + Theme.px(12) + Theme.foot)

    FontMetrics {
        id: metrics
        font.family: Theme.family
        font.weight: Font.Bold
        font.pixelSize: tile.full
    }
    Icon {
        visible: tile.pictured && !tile.selected
        name: tile.icon
        weight: "two-tone"
        size: 52
        color: tile.accent
        x: Theme.px(20)
        anchors.verticalCenter: parent.verticalCenter
    }
    ChosenMark {
        visible: tile.selected
        size: 44
        x: Theme.px(Theme.largeText ? 16 : 24)
        anchors.verticalCenter: parent.verticalCenter
    }
    Say {
        id: words
        text: tile.title
        font.pixelSize: Math.floor(tile.full * Math.max(0.6, Math.min(1, width / (tile.widest + 2))))
        bold: true
        line: 1.14
        lines: 2
        spoken: false
        color: tile.ink
        horizontalAlignment: tile.pictured ? Text.AlignLeft : Text.AlignHCenter
        x: Theme.px(!tile.pictured ? 10 : Theme.largeText ? 70 : 84)
        width: parent.width - x - Theme.px(10)
        anchors.verticalCenter: parent.verticalCenter
    }
}
