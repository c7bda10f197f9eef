pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// PinPage: six boxes and a pad. Each key goes straight on to the secret helper; here only their number is known.
PageFrame {
    id: pin

    required property PinViewModel page

    // In landscape four other ways stand below the words: there is room for the notice, not for the reason.
    readonly property bool crowded: !pin.portrait && pin.page.otherWays.length > 3
    readonly property bool off: pin.page.locked || pin.page.busy
    readonly property real padX: pin.portrait ? pin.side : Theme.px(1052)
    readonly property real padWidth: pin.width - pin.side - pin.padX
    readonly property real padTop: Math.max(boxes.y + boxes.height + Theme.px(pin.portrait && Theme.reach ? 24 : 40), pin.reachLine)
    readonly property real padEnd: pin.portrait ? others.y - Theme.px(28) : pin.floor
    readonly property real keyHeight: Math.min(Theme.px(pin.portrait ? 143 : 131), Math.floor((pin.padEnd - pin.padTop - 3 * Theme.px(16)) / 4))

    function fill(words: string): string {
        return words.replace("{length}", pin.page.length).replace("{filled}", pin.page.filled);
    }

    heading: pin.fill(pin.words.of.pin_title)
    lacking: pin.portrait ? 4 * (Theme.px(88) - pin.keyHeight) : Theme.reach ? ask.y + ask.height - others.y : others.y + others.height + Theme.px(4) - pin.height

    Column {
        id: ask
        x: pin.side
        y: Theme.px(pin.portrait ? 26 : Theme.largeText ? 20 : 44)
        width: pin.portrait ? pin.inner : Theme.px(Theme.largeText ? 892 : 660)
        spacing: Theme.px(pin.portrait ? 12 : 22)

        Say {
            text: pin.heading
            size: Theme.title
            bold: true
            heading: true
            width: parent.width
        }
        Say {
            visible: !Theme.largeText && !pin.crowded
            text: pin.fill(pin.words.of.pin_why)
            size: Theme.body
            color: Theme.ink2
            width: parent.width
        }
        Notice {
            visible: title !== ""
            kind: pin.page.notice.kind
            title: pin.page.busy ? pin.words.of.pin_checking : pin.page.notice.title
            text: pin.page.busy ? "" : pin.page.notice.text
            width: parent.width
        }
    }
    PagedGrid {
        id: others
        words: pin.words
        rows: pin.page.otherWays
        columns: pin.portrait && rows.length > 1 ? 2 : 1
        gap: pin.crowded || Theme.step > 0 ? Theme.px(16) : Theme.gap
        x: pin.side
        y: pin.portrait || Theme.reach ? pin.floor - height : ask.y + ask.height + Theme.px(28)
        width: ask.width
        height: implicitHeight
        least: Theme.px(pin.portrait ? 116 : Theme.step > 0 ? 90 : 100)
        delegate: SecondaryButton {
            required property var modelData
            text: modelData.title
            icon: modelData.icon
            size: 34
            least: Theme.step > 0 ? others.least : Theme.buttonHeight
            alignLeft: !pin.portrait
            onActivated: pin.page.open(modelData.id)
        }
    }
    PinBoxes {
        id: boxes
        name: pin.words.of.pin_boxes
        count: pin.page.length
        filled: pin.page.locked ? -1 : pin.page.filled
        failed: pin.page.notice.kind === "danger"
        spoken: pin.fill(pin.words.of.pin_filled)
        x: pin.padX
        y: pin.portrait ? ask.y + ask.height + Theme.px(Theme.reach ? 28 : 52) : Theme.px(48)
        width: pin.padWidth
    }
    PinPad {
        id: pad
        enabled: !pin.off
        waits: pin.page.busy
        keyHeight: pin.keyHeight
        clearText: pin.words.of.clear
        eraseName: pin.words.of.erase
        x: pin.padX
        y: pin.padTop
        width: pin.padWidth
        onDigit: value => pin.page.pinKey(48 + value)
        onErased: pin.page.pinKey(8)
        onCleared: pin.page.pinClear()
    }
}
