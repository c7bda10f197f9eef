import QtQuick

// Chip: a state in a word, 52 high, not pressable. text · kind: "info", "ok", "warn", "danger", "mute" · icon (may be empty) ·
// grows: with large text.
Rectangle {
    id: chip

    property string text: ""
    property string kind: "info"
    property string icon: ""
    property bool grows: true

    readonly property color accent: chip.kind === "ok" ? Theme.ok : chip.kind === "warn" ? Theme.warn : chip.kind === "danger" ? Theme.danger : chip.kind === "mute" ? Theme.ink2 : Theme.primary

    implicitWidth: row.width + 2 * Theme.px(18)
    implicitHeight: chip.grows && Theme.largeText ? Theme.px(68) : Theme.px(52)
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
            text: chip.text
            size: Theme.least
            grows: chip.grows
            bold: true
            wrapMode: Text.NoWrap
            color: chip.accent
            anchors.verticalCenter: parent.verticalCenter
        }
    }
}
