pragma ComponentBehavior: Bound
import QtQuick

// Timeline: what has happened and what comes, top to bottom; not pressable.
// steps: [{state: "done" | "now" | "todo", title, when, text}]; when and text may be missing or empty.
Column {
    id: timeline

    required property list<var> steps
    property real between: Theme.px(34)

    width: Theme.px(800)

    Repeater {
        model: timeline.steps

        Item {
            id: step

            required property var modelData
            required property int index
            readonly property string phase: step.modelData.state
            readonly property bool last: step.index === timeline.steps.length - 1

            width: timeline.width
            height: Math.max(dot.height, words.y + words.height) + (step.last ? 0 : timeline.between)
            Accessible.role: Accessible.ListItem
            Accessible.name: step.modelData.title + (step.modelData.when ? " " + step.modelData.when : "")
            Accessible.description: step.modelData.text ?? ""

            Rectangle {
                visible: !step.last
                x: dot.x + Math.round((dot.width - width) / 2)
                y: dot.y + dot.height
                width: Theme.px(4)
                height: parent.height - dot.height
                color: step.phase === "done" ? Theme.ok : Theme.line
            }
            Rectangle {
                id: dot
                width: Theme.px(44)
                height: width
                radius: width / 2
                color: step.phase === "done" ? Theme.ok : step.phase === "now" ? Theme.primary : Theme.surface
                border.width: step.phase === "todo" ? Theme.px(4) : 0
                border.color: Theme.control

                Icon {
                    visible: step.phase === "done"
                    anchors.centerIn: parent
                    name: "check"
                    size: 28
                    color: Theme.contrast ? Theme.bg : Theme.surface
                }
                Rectangle {
                    visible: step.phase === "now"
                    anchors.centerIn: parent
                    width: Theme.px(16)
                    height: width
                    radius: width / 2
                    color: Theme.primaryInk
                }
            }
            TextMetrics {
                id: natural
                text: heading.text
                font: heading.font
            }
            TextMetrics {
                id: whenNatural
                text: time.text
                font: time.font
            }
            Column {
                id: words
                x: Theme.px(76)
                y: Math.round((dot.height - Theme.text(Theme.body) * 1.3) / 2)
                width: parent.width - x

                Flow {
                    width: parent.width
                    spacing: Theme.px(20)

                    Say {
                        id: heading
                        text: step.modelData.title
                        size: Theme.body
                        bold: step.phase !== "todo"
                        line: 1.3
                        spoken: false
                        color: step.phase === "todo" ? Theme.ink2 : Theme.ink
                        width: Math.min(Math.ceil(natural.advanceWidth) + 1, words.width)
                    }
                    Say {
                        id: time
                        visible: text !== ""
                        text: step.modelData.when ?? ""
                        size: Theme.small
                        line: 1.3
                        spoken: false
                        color: Theme.ink2
                        topPadding: Math.round((heading.font.pixelSize - font.pixelSize) * 0.65)
                        width: Math.min(Math.ceil(whenNatural.advanceWidth) + 1, words.width)
                    }
                }
                Say {
                    visible: text !== ""
                    text: step.modelData.text ?? ""
                    size: Theme.small
                    spoken: false
                    color: Theme.ink2
                    width: parent.width
                }
            }
        }
    }
}
