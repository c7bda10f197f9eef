pragma ComponentBehavior: Bound
import QtQuick
import "../components"

// ArticleSection: one part of an article. kind: heading, paragraph, steps, list, note, picture · number: of a step · title ·
// text: of a picture what it shows. picture: its id · ratio: height to width · natural: its width in pixels · tallest: what a
// page has room for.
Item {
    id: section

    required property string kind
    property string number: ""
    property string title: ""
    property string text: ""
    property string picture: ""
    property real ratio: 0
    property real natural: 0
    property real tallest: 0

    // One clear pixel comes where the kiosk has not got it yet: then its words stand alone.
    readonly property bool pictured: (frame.item as ArticlePicture)?.come ?? false
    // Whole on one page with its words, and never larger than it is sharp.
    readonly property real shownWidth: section.pictured ? Math.min(section.width, Theme.px(section.natural), Math.max(0, section.tallest - words.height - Theme.px(16)) / section.ratio) : 0
    readonly property bool step: section.number !== ""
    readonly property bool point: section.kind === "list"
    readonly property bool note: section.kind === "note"
    readonly property real dot: section.step ? Theme.px(72) : 0
    readonly property real indent: section.step ? Theme.px(104) : section.point ? Theme.px(44) : section.note ? Theme.px(64) : 0

    implicitHeight: Math.max(words.height, section.dot) + (section.note ? Theme.px(40) : 0) + (section.pictured ? frame.height + Theme.px(12) : 0)

    Loader {
        id: frame
        active: section.ratio > 0
        visible: section.pictured
        width: section.shownWidth
        height: Math.round(width * section.ratio)
        sourceComponent: ArticlePicture {
            picture: section.picture
            words: section.text
        }
    }
    Loader {
        active: section.note || section.step || section.point
        sourceComponent: section.note ? noteMark : section.step ? stepMark : pointMark
    }
    Component {
        id: noteMark

        Rectangle {
            width: section.width
            height: section.height
            radius: Theme.radius
            color: Theme.tint
            border.width: Theme.contrast ? Theme.outline : 0
            border.color: Theme.line

            Icon {
                name: "info"
                weight: "fill"
                size: 36
                color: Theme.primary
                x: Theme.px(18)
                y: Theme.px(22)
            }
        }
    }
    Component {
        id: stepMark

        Rectangle {
            width: section.dot
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
    }
    Component {
        id: pointMark

        Rectangle {
            width: Theme.px(12)
            height: width
            radius: width / 2
            color: Theme.ink2
            x: Theme.px(8)
            y: Math.round(Theme.text(Theme.body) * 0.68) - height / 2
        }
    }
    Column {
        id: words
        spacing: Theme.px(6)
        x: section.indent
        y: section.pictured ? frame.height + Theme.px(12) : section.note ? Theme.px(20) : section.step ? Math.max(0, Math.round((section.dot - first.font.pixelSize * 1.3) / 2)) : 0
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
            size: section.step || section.pictured ? 30 : Theme.body
            color: section.step || section.pictured ? Theme.ink2 : Theme.ink
            width: parent.width
        }
    }
}
