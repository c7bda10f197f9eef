import QtQuick
import "../components"

// MovementRow: one movement: kind, and where it was once touched; time; amount, green where it came in.
// title · merchant · time · icon · amount · paidIn · opened.
PressSurface {
    id: row

    property string title: ""
    property string merchant: ""
    property string time: ""
    property string icon: ""
    property string amount: ""
    property bool paidIn: false
    property bool opened: false

    readonly property bool twoLines: Theme.largeText || width < Theme.px(820)

    name: row.title
    hint: (row.opened ? row.merchant + " · " : "") + row.time + " · " + row.amount
    selected: row.opened
    implicitWidth: Theme.px(560)
    implicitHeight: Math.max(Theme.px(108), words.height + 2 * Theme.px(12) + Theme.foot)

    Icon {
        id: picture
        name: row.icon
        weight: "two-tone"
        size: 56
        color: row.accent
        x: Theme.px(28)
        anchors.verticalCenter: parent.verticalCenter
    }
    Column {
        id: words
        x: picture.x + picture.width + Theme.px(28)
        width: (row.twoLines ? sum.x : clock.x) - x - Theme.px(12)
        anchors.verticalCenter: parent.verticalCenter

        Say {
            text: row.opened ? row.title + " · " + row.merchant : row.title
            size: 34
            lines: row.opened || !row.twoLines ? 2 : 1
            line: 1.2
            spoken: false
            color: row.ink
            width: parent.width
        }
        Say {
            visible: row.twoLines
            text: row.time
            size: Theme.small
            lines: 1
            spoken: false
            color: row.opened ? row.ink : Theme.ink2
            width: parent.width
        }
    }
    Say {
        id: clock
        visible: !row.twoLines
        text: row.time
        size: Theme.label
        wrapMode: Text.NoWrap
        spoken: false
        color: row.opened ? row.ink : Theme.ink2
        horizontalAlignment: Text.AlignRight
        x: sum.x - width - Theme.px(24)
        anchors.verticalCenter: parent.verticalCenter
    }
    Say {
        id: sum
        text: row.amount
        size: 42
        bold: true
        wrapMode: Text.NoWrap
        spoken: false
        color: row.paidIn && !(row.opened && Theme.contrast) ? Theme.ok : row.ink
        horizontalAlignment: Text.AlignRight
        width: Math.max(implicitWidth, Theme.px(150))
        x: parent.width - width - Theme.px(32)
        anchors.verticalCenter: parent.verticalCenter
    }
}
