import QtQuick
import "../components"

// StatePanel: one thing to read, with its state in a chip beside its name; lies flat. title · text · icon · chip, chipKind.
Panel {
    id: panel

    property string title: ""
    property string text: ""
    property string icon: ""
    property string chip: ""
    property string chipKind: "info"

    readonly property color accent: panel.chipKind === "danger" ? Theme.danger : panel.chipKind === "warn" ? Theme.warn : panel.chipKind === "ok" ? Theme.ok : Theme.primary

    implicitHeight: words.height + 2 * Theme.px(20)

    Icon {
        id: picture
        name: panel.icon
        weight: "two-tone"
        size: 52
        color: panel.accent
        x: Theme.px(28)
        y: Theme.px(24)
    }
    Column {
        id: words
        x: picture.x + picture.width + Theme.px(22)
        y: Theme.px(20)
        width: parent.width - x - Theme.px(24)
        spacing: Theme.px(6)

        Flow {
            width: parent.width
            spacing: Theme.px(14)

            Say {
                text: panel.title
                size: 34
                bold: true
                width: Math.min(implicitWidth, parent.width)
            }
            Chip {
                visible: text !== ""
                text: panel.chip
                kind: panel.chipKind
                room: words.width
            }
        }
        Say {
            visible: text !== ""
            text: panel.text
            size: Theme.small
            line: 1.25
            color: Theme.ink2
            width: parent.width
        }
    }
}
