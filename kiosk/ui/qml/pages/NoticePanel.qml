import QtQuick
import "../components"

// NoticePanel: one announcement to read, with its kind; lies flat. title · text · icon · chip, chipKind.
Panel {
    id: notice

    property string title: ""
    property string text: ""
    property string icon: ""
    property string chip: ""
    property string chipKind: "info"

    readonly property color accent: notice.chipKind === "danger" ? Theme.danger : notice.chipKind === "warn" ? Theme.warn : notice.chipKind === "ok" ? Theme.ok : Theme.primary

    implicitHeight: words.height + 2 * Theme.px(24)

    Icon {
        id: picture
        name: notice.icon
        weight: "two-tone"
        size: 68
        color: notice.accent
        x: Theme.px(32)
        y: Theme.px(28)
    }
    Column {
        id: words
        x: picture.x + picture.width + Theme.px(28)
        width: parent.width - x - Theme.px(32)
        spacing: Theme.px(8)
        anchors.verticalCenter: parent.verticalCenter

        Chip {
            text: notice.chip
            kind: notice.chipKind
        }
        Say {
            text: notice.title
            size: 36
            bold: true
            width: parent.width
        }
        Say {
            visible: text !== ""
            text: notice.text
            size: Theme.small
            color: Theme.ink2
            width: parent.width
        }
    }
}
