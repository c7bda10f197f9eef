pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// NumberPage: a student or staff number on its own pad; what it is for stands beside it.
PageFrame {
    id: number

    required property NumberViewModel page

    readonly property bool ready: number.page.reader.position !== ""
    readonly property int letters: number.page.letters.length
    readonly property real between: Theme.px(16)
    readonly property real padX: number.portrait ? number.side : Theme.px(964)
    readonly property real padWidth: number.width - number.side - padX
    readonly property real padTop: Math.max(field.y + field.height + Theme.px(20), number.reachLine)
    readonly property real padEnd: number.portrait ? others.y - number.between : number.floor
    readonly property int keyLines: number.letters > 0 ? 5 : 4
    readonly property bool goBeside: !number.portrait && (Theme.reach || number.letters > 0)
    readonly property real goHeight: Theme.px(number.portrait ? 120 : 112)
    readonly property real keyHeight: Math.min(Theme.px(number.portrait ? 120 : 98), Math.floor((number.padEnd - number.padTop - (number.goBeside ? 0 : number.goHeight + Theme.px(20)) - (number.keyLines - 1) * number.between) / number.keyLines))

    heading: number.words.of.number_title
    lacking: Math.max((Theme.px(86) - number.keyHeight) * number.keyLines, number.portrait ? 0 : number.goBeside ? (card.visible ? card.y + card.height : ask.y + ask.height) - others.y : others.y + others.height - number.floor)

    Column {
        id: ask
        x: number.side
        y: Theme.px(number.portrait ? 26 : Theme.reach ? 26 : 44)
        width: number.portrait ? number.inner : number.padX - number.side - Theme.px(80)
        spacing: Theme.px(number.portrait ? 10 : 20)

        Say {
            text: number.heading
            size: Theme.title
            bold: true
            heading: true
            width: parent.width
        }
        Say {
            visible: !Theme.largeText
            text: number.words.of.number_why
            size: Theme.body
            color: Theme.ink2
            width: parent.width
        }
    }
    PagedGrid {
        id: others
        words: number.words
        rows: number.page.otherWays
        gap: Theme.gap
        x: number.side
        y: number.portrait ? (card.visible && !Theme.reach ? card.y : number.floor + Theme.gap) - Theme.gap - height : number.goBeside ? go.y - Theme.gap - height : card.visible ? card.y + card.height + Theme.px(32) : ask.y + ask.height + Theme.px(36)
        width: ask.width
        height: implicitHeight
        least: Theme.px(112)
        delegate: SecondaryButton {
            required property var modelData
            text: modelData.title
            icon: modelData.icon
            size: 34
            onActivated: number.page.open(modelData.id)
        }
    }
    Field {
        id: field
        label: number.portrait ? "" : number.words.of.number_label
        name: number.words.of.number_label
        text: number.page.typed
        hint: number.page.hint
        error: number.page.error
        active: true
        clearName: Theme.reach ? "" : number.words.of.clear
        x: number.padX
        y: number.portrait ? ask.y + ask.height + Theme.px(26) : Theme.px(Theme.largeText ? 8 : 30)
        width: number.padWidth
        onCleared: number.page.key("clear")
    }
    NumberPad {
        id: pad
        told: true
        next: () => go
        keyHeight: number.keyHeight
        clearText: number.words.of.clear
        eraseName: number.words.of.erase
        x: number.padX
        y: number.padTop
        width: number.padWidth
        onDigit: value => number.page.key(String(value))
        onErased: number.page.key("back")
        onCleared: number.page.key("clear")
    }
    Row {
        id: letterKeys
        spacing: number.between
        x: number.padX
        y: pad.y + pad.height + number.between
        Accessible.role: Accessible.Grouping
        Accessible.name: number.words.of.letters

        Repeater {
            model: number.page.letters.split("")

            PadKey {
                required property string modelData
                text: modelData
                width: Math.floor((number.padWidth - (number.letters - 1) * number.between) / Math.max(1, number.letters))
                height: number.keyHeight
                onActivated: number.page.key(modelData)
            }
        }
    }
    PrimaryButton {
        id: go
        text: number.words.of.next
        iconAfter: "arrow-right"
        enabled: number.page.canGo
        x: number.goBeside ? number.side : number.padX
        y: number.goBeside ? number.floor - height : (number.letters > 0 ? letterKeys.y : pad.y) + number.keyHeight * (number.letters > 0 ? 1 : 4) + (number.letters > 0 ? 0 : 3 * number.between) + Theme.px(20)
        width: number.goBeside ? ask.width : number.padWidth
        height: number.goHeight
        onActivated: number.page.done()
    }
    HwHint {
        id: card
        visible: number.ready && !(number.portrait && Theme.largeText && Theme.reach)
        title: number.page.reader.title
        text: number.page.reader.text
        position: number.towards(number.page.reader.position)
        phase: number.page.reader.reading ? "reading" : "waiting"
        x: number.side
        y: number.portrait ? (Theme.reach ? field.y + field.height + Theme.px(28) : number.floor - height) : ask.y + ask.height + Theme.px(36)
        width: ask.width
        height: Math.max(Theme.px(number.portrait ? 128 : 148), implicitHeight)
    }
}
