pragma ComponentBehavior: Bound
import QtQuick
import "../components"

// RuleList: what a new password has to keep, ticked while typing. rules: text, state (kept, open, said), missing ·
// keptName, openName: what is spoken of a rule · sign: size of the tick.
Column {
    id: list

    property var rules: []
    property string keptName: ""
    property string openName: ""
    property real sign: 44

    spacing: Theme.px(8)

    Repeater {
        model: list.rules

        Item {
            id: rule
            required property var modelData
            readonly property bool kept: rule.modelData.state === "kept"
            width: list.width
            height: Math.max(words.height, Theme.px(list.sign))
            Accessible.role: Accessible.StaticText
            Accessible.name: words.text + (rule.modelData.state === "said" ? "" : ": " + (rule.kept ? list.keptName : list.openName))

            Icon {
                visible: rule.kept
                name: rule.kept ? "check-circle" : ""
                weight: "fill"
                size: list.sign
                grows: false
                color: Theme.ok
                y: Math.round((words.height - height) / 2)
            }
            Rectangle {
                visible: !rule.kept
                x: Theme.px(4)
                y: Math.round((words.height - height) / 2)
                width: Theme.px(list.sign - 8)
                height: width
                radius: rule.modelData.state === "said" ? Theme.px(6) : width / 2
                color: rule.modelData.state === "said" ? "transparent" : Theme.surface
                border.width: rule.modelData.state === "said" ? 0 : Theme.px(3)
                border.color: Theme.control

                Icon {
                    visible: rule.modelData.state === "said"
                    anchors.centerIn: parent
                    name: "info"
                    size: list.sign - 6
                    grows: false
                    color: Theme.ink2
                }
            }
            Say {
                id: words
                text: rule.modelData.text + (rule.modelData.missing === "" ? "" : Theme.lang === "zh" ? "（" + rule.modelData.missing + "）" : " (" + rule.modelData.missing + ")")
                size: Theme.label
                bold: rule.kept
                line: 1.2
                spoken: false
                color: rule.kept ? Theme.ok : rule.modelData.state === "said" ? Theme.ink2 : Theme.ink
                x: Theme.px(list.sign + 18)
                width: parent.width - x
            }
        }
    }
}
