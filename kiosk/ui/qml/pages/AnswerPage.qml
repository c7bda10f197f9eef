pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// AnswerPage: how shall we answer someone we do not know? The card by the yellow block, other ways as rows.
PageFrame {
    id: answer

    required property AnswerViewModel page

    readonly property bool ready: answer.page.reader.position !== ""
    readonly property real rightX: answer.portrait ? answer.side : Theme.px(860)

    heading: answer.page.title
    lacking: (card.visible ? card.y + Math.max(card.height, card.implicitHeight) : ask.y + ask.height) + (answer.portrait ? Theme.px(260) : 0) - answer.floor

    Column {
        id: ask
        x: answer.side
        y: Theme.px(answer.portrait ? 28 : 44)
        width: answer.portrait ? answer.inner : answer.rightX - answer.side - Theme.px(80)
        spacing: Theme.px(answer.portrait ? 14 : 22)

        Say {
            text: answer.heading
            size: Theme.title
            bold: true
            heading: true
            width: parent.width
        }
        Say {
            visible: answer.ready && text !== ""
            text: answer.page.text
            size: Theme.body
            color: Theme.ink2
            width: parent.width
        }
        Notice {
            visible: answer.page.busy
            title: answer.page.busyText
            width: parent.width
        }
    }
    HwHint {
        id: card
        visible: answer.ready
        title: answer.page.reader.title
        text: Theme.largeText && answer.portrait && Theme.reach ? "" : answer.page.reader.text
        position: answer.towards(answer.page.reader.position)
        phase: answer.page.reader.reading ? "reading" : "waiting"
        tall: !answer.portrait && !Theme.reach && !Theme.largeText
        titleSize: 48
        iconSize: tall ? 124 : 92
        arrowSize: tall ? 108 : 72
        x: answer.side
        y: ask.y + ask.height + Theme.px(36)
        width: ask.width
        height: tall ? answer.floor - y : Math.max(Theme.px(answer.portrait ? 190 : 148), implicitHeight)
    }
    PagedGrid {
        words: answer.words
        rows: answer.page.ways
        gap: Theme.px(Theme.reach || Theme.largeText ? 16 : 24)
        x: answer.rightX
        y: Math.max(answer.portrait ? (card.visible ? card.y + card.height : ask.y + ask.height) + Theme.px(48) : Theme.px(48), answer.reachLine)
        width: answer.width - answer.side - x
        height: answer.floor - y
        tallest: Theme.px(answer.portrait ? 170 : 178)
        delegate: ListRow {
            required property var modelData
            title: modelData.title
            text: Theme.largeText ? "" : modelData.hint
            icon: modelData.icon
            strong: true
            size: 38
            enabled: !answer.page.busy
            onActivated: answer.page.open(modelData.id)
        }
    }
}
