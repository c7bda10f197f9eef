import QtQuick

// Chip: a state in a word, 52 high, not pressable. text · kind: "info", "ok", "warn", "danger", "mute" · icon (may be empty) ·
// grows: with large text · room: px of the screen it may take (0: any); longer words take more lines.
Rectangle {
    id: chip

    property string text: ""
    property string kind: "info"
    property string icon: ""
    property bool grows: true
    property real room: 0

    readonly property color accent: chip.kind === "ok" ? Theme.ok : chip.kind === "warn" ? Theme.warn : chip.kind === "danger" ? Theme.danger : chip.kind === "mute" ? Theme.ink2 : Theme.primary

    implicitWidth: row.width + 2 * Theme.px(18)
    implicitHeight: Math.max(Theme.px(chip.grows && Theme.largeText ? 68 : 52), words.lineCount > 1 ? words.height + Theme.px(12) : 0)
    radius: height / 2
    color: chip.kind === "ok" ? Theme.okTint : chip.kind === "warn" ? Theme.warnTint : chip.kind === "danger" ? Theme.dangerTint : chip.kind === "mute" ? Theme.sunken : Theme.tint
    border.width: Theme.contrast ? Theme.px(3) : 0
    border.color: chip.accent

    Row {
        id: row
        anchors.centerIn: parent
        spacing: Theme.px(10)

        Icon {
            name: chip.icon
            size: 32
            color: chip.accent
            anchors.verticalCenter: parent.verticalCenter
        }
        Say {
            id: words
            readonly property real most: chip.room - 2 * Theme.px(18) - (chip.icon === "" ? 0 : Theme.px(42))
            readonly property bool long: chip.room > 0 && words.implicitWidth > words.most
            text: chip.text
            size: Theme.least
            grows: chip.grows
            bold: true
            wrapMode: words.long ? Text.Wrap : Text.NoWrap
            width: words.long ? words.most : implicitWidth
            color: chip.accent
            anchors.verticalCenter: parent.verticalCenter
        }
    }
}
