import QtQuick
import "../components"

// FactPanel: something to read, with its sign; lies flat. title · text · icon · chip.
Panel {
    id: fact

    property string title: ""
    property string text: ""
    property string icon: ""
    property string chip: ""

    implicitHeight: words.height + 2 * Theme.px(24)

    Icon {
        id: picture
        name: fact.icon
        weight: "two-tone"
        size: 84
        color: Theme.primary
        x: Theme.px(40)
        anchors.verticalCenter: parent.verticalCenter
    }
    Column {
        id: words
        x: picture.x + picture.width + Theme.px(40)
        width: (fact.chip !== "" ? mark.x - Theme.px(16) : parent.width - Theme.px(32)) - x
        spacing: Theme.px(4)
        anchors.verticalCenter: parent.verticalCenter

        Say {
            text: fact.title
            size: Theme.head
            bold: true
            width: parent.width
        }
        Say {
            visible: text !== ""
            text: fact.text
            size: Theme.small
            color: Theme.ink2
            width: parent.width
        }
    }
    Chip {
        id: mark
        visible: fact.chip !== ""
        text: fact.chip
        kind: "mute"
        x: parent.width - width - Theme.px(32)
        anchors.verticalCenter: parent.verticalCenter
    }
}
