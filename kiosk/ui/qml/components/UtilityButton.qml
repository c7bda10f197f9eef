import QtQuick
import "lineBreak.js" as LineBreak

// UtilityButton: a button of the session bar, 88 high, flat, 28 bold, two lines in English; on: inverted.
// text · icon · after: running text beside it (the seconds left), not part of the spoken name · toggle.
PressSurface {
    id: utility

    property string text: ""
    property string icon: ""
    property string after: ""
    property bool on: false
    property bool toggle: false
    property real padding: Theme.px(Theme.lang === "zh" ? 24 : 16)

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
        font: words.font
    }
    Row {
        id: row
        anchors.centerIn: parent
        spacing: Theme.px(12)

        Icon {
            name: utility.icon
            size: 36
            color: utility.accent
            anchors.verticalCenter: parent.verticalCenter
        }
        Say {
            id: words
            text: Theme.lang === "zh" ? utility.text : LineBreak.balanced(utility.text, line => metrics.advanceWidth(line)).join("\n")
            size: Theme.small
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
