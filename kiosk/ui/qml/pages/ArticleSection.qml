import QtQuick
import "../components"

// ArticleSection: one part of an article. kind: heading, paragraph, steps, list, note · number: of a step · title · text.
Item {
    id: section

    required property string kind
    property string number: ""
    property string title: ""
    property string text: ""

    readonly property bool step: section.number !== ""
    readonly property bool point: section.kind === "list"
    readonly property bool note: section.kind === "note"
    readonly property real indent: section.step ? Theme.px(104) : section.point ? Theme.px(44) : section.note ? Theme.px(64) : 0

    implicitHeight: Math.max(words.height, section.step ? dot.height : 0) + (section.note ? Theme.px(40) : 0)

    Rectangle {
        visible: section.note
        anchors.fill: parent
        radius: Theme.radius
        color: Theme.tint
        border.width: Theme.contrast ? Theme.outline : 0
        border.color: Theme.line
    }
    Icon {
        name: section.note ? "info" : ""
        weight: "fill"
        size: 36
        color: Theme.primary
        x: Theme.px(18)
        y: Theme.px(22)
    }
    Rectangle {
        id: dot
        visible: section.step
        width: Theme.px(72)
        height: width
        radius: width / 2
        color: Theme.primary

        Say {
            anchors.centerIn: parent
            text: section.number
            size: 38
            grows: false
            bold: true
            color: Theme.primaryInk
        }
    }
    Rectangle {
        visible: section.point
        width: Theme.px(12)
        height: width
        radius: width / 2
        color: Theme.ink2
        x: Theme.px(8)
        y: Math.round(Theme.text(Theme.body) * 0.68) - height / 2
    }
    Column {
        id: words
        spacing: Theme.px(6)
        x: section.indent
        y: section.note ? Theme.px(20) : section.step ? Math.max(0, Math.round((dot.height - first.font.pixelSize * 1.3) / 2)) : 0
        width: parent.width - x - (section.note ? Theme.px(20) : 0)

        Say {
            id: first
            visible: text !== ""
            text: section.kind === "heading" ? section.text : section.title
            size: section.kind === "heading" ? 38 : section.step ? 36 : Theme.body
            bold: section.kind === "heading" || section.step
            line: 1.3
            width: parent.width
        }
        Say {
            visible: text !== ""
            text: section.kind === "heading" ? "" : section.text
            size: section.step ? 30 : Theme.body
            color: section.step ? Theme.ink2 : Theme.ink
            width: parent.width
        }
    }
}
