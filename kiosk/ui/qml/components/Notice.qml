import QtQuick

// Notice: what happened and what to do; lies flat. kind: "info", "ok", "warn", "danger" · title · text · icon (own sign).
// Height follows the text. Children are placed under the text (a SecondaryButton at most).
Rectangle {
    id: notice

    property string kind: "info"
    property string title: ""
    property string text: ""
    property string icon: ""
    default property alias more: extra.data

    readonly property color accent: notice.kind === "ok" ? Theme.ok : notice.kind === "warn" ? Theme.warn : notice.kind === "danger" ? Theme.danger : Theme.primary
    readonly property string sign: ({
            info: "info",
            ok: "check-circle",
            warn: "warning",
            danger: "warning-octagon"
        })[notice.kind] ?? "info"

    implicitWidth: Theme.px(600)
    implicitHeight: words.height + 2 * Theme.px(24)
    radius: Theme.radius
    color: notice.kind === "ok" ? Theme.okTint : notice.kind === "warn" ? Theme.warnTint : notice.kind === "danger" ? Theme.dangerTint : Theme.tint
    border.width: Theme.contrast ? Theme.outline : 0
    border.color: notice.accent
    Accessible.role: Accessible.AlertMessage
    Accessible.name: notice.title + (notice.text === "" ? "" : " " + notice.text)

    Icon {
        id: picture
        name: notice.icon !== "" ? notice.icon : notice.sign
        weight: "fill"
        size: 48
        color: notice.accent
        x: Theme.px(28)
        y: words.y + Math.round((heading.font.pixelSize * heading.line - height) / 2)
    }
    Column {
        id: words
        x: picture.x + picture.width + Theme.px(20)
        y: Theme.px(24)
        width: parent.width - x - Theme.px(24)
        spacing: Theme.px(4)

        Say {
            id: heading
            text: notice.title
            size: 33
            bold: true
            line: 1.25
            spoken: false
            width: parent.width
        }
        Say {
            visible: text !== ""
            text: notice.text
            size: Theme.small
            spoken: false
            width: parent.width
        }
        Column {
            id: extra
            visible: children.length > 0
            width: parent.width
            topPadding: Theme.px(12)
        }
    }
}
