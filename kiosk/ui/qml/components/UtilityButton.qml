import QtQuick
import "lineBreak.js" as LineBreak

// UtilityButton: a button of the session bar, 88 high, flat, 28 bold, two lines in English; on: inverted.
// text · icon · after: running text beside it (the seconds left), not part of the spoken name · toggle · tight: closer, one
// step smaller and, as a toggle, without its icon · natural: its width where it is not tight.
PressSurface {
    id: utility

    property string text: ""
    property string icon: ""
    property string after: ""
    property bool on: false
    property bool toggle: false
    property bool tight: false
    property real padding: Theme.px(utility.tight ? 10 : Theme.lang === "zh" ? 24 : 16)

    readonly property list<string> lines: Theme.lang === "zh" || metrics.height <= 0 ? [utility.text] : LineBreak.balanced(utility.text, line => metrics.advanceWidth(line))
    readonly property real natural: metrics.height <= 0 ? 0 : Math.max(Theme.px(152), Math.ceil(Math.max(...utility.lines.map(line => metrics.advanceWidth(line)))) + (utility.icon === "" ? 0 : Theme.px(48)) + (utility.after === "" ? 0 : Theme.px(12) + Math.ceil(metrics.advanceWidth(utility.after))) + 2 * Theme.px(Theme.lang === "zh" ? 24 : 16))

    name: utility.text
    hint: utility.after
    role: utility.toggle ? Accessible.CheckBox : Accessible.Button
    choice: utility.toggle
    flat: true
    corner: Theme.radiusSmall
    implicitHeight: Theme.target
    implicitWidth: Math.max(Theme.px(152), row.implicitWidth + 2 * utility.padding)
    faceColor: utility.on ? Theme.ink : Theme.surface
    inkColor: utility.on ? Theme.surface : Theme.ink
    iconColor: utility.inkColor
    outlineColor: utility.on ? Theme.ink : Theme.control
    pressColor: utility.on ? Theme.ink2 : Theme.press
    Accessible.checked: utility.on

    FontMetrics {
        id: metrics
        font.family: Theme.family
        font.weight: Font.Bold
        font.pixelSize: Theme.px(Theme.small)
    }
    Row {
        id: row
        anchors.centerIn: parent
        spacing: Theme.px(utility.tight ? 8 : 12)

        Icon {
            name: utility.tight && utility.toggle ? "" : utility.icon
            size: 36
            color: utility.accent
            anchors.verticalCenter: parent.verticalCenter
        }
        Say {
            id: words
            text: utility.lines.join("\n")
            size: utility.tight ? Theme.least : Theme.small
            grows: false
            bold: true
            line: 1.0
            spoken: false
            color: utility.ink
            wrapMode: Text.NoWrap
            anchors.verticalCenter: parent.verticalCenter
        }
        Say {
            visible: text !== ""
            text: utility.after
            size: Theme.small
            grows: false
            bold: true
            line: 1.0
            spoken: false
            wrapMode: Text.NoWrap
            color: utility.ink
            anchors.verticalCenter: parent.verticalCenter
        }
    }
}
