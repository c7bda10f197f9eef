pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// PinNewPage: a PIN typed twice, with what may not be one beside it; when it is set, what that means and the way on.
PageFrame {
    id: fresh

    required property PinNewViewModel page

    readonly property bool set: fresh.page.finish !== ""
    readonly property bool tight: Theme.largeText || Theme.reach
    readonly property bool off: fresh.page.locked || fresh.page.busy
    readonly property real padX: fresh.portrait ? fresh.side : Theme.px(1052)
    readonly property real padWidth: fresh.width - fresh.side - fresh.padX
    readonly property real padTop: Math.max(boxes.y + boxes.height + Theme.px(fresh.portrait && Theme.reach ? 24 : 40), fresh.reachLine)
    readonly property real padEnd: fresh.portrait ? others.y - Theme.px(28) : fresh.floor
    readonly property real keyHeight: Math.min(Theme.px(fresh.portrait ? 143 : 131), Math.floor((fresh.padEnd - fresh.padTop - 3 * Theme.px(16)) / 4))

    function fill(words: string): string {
        return words.replace("{length}", fresh.page.length).replace("{filled}", fresh.page.filled);
    }

    heading: fresh.page.title
    lacking: fresh.set ? 0 : fresh.portrait ? 4 * (Theme.px(88) - fresh.keyHeight) : Theme.reach ? ask.y + ask.height - others.y : others.y + others.height + Theme.px(4) - fresh.height

    Column {
        id: ask
        x: fresh.side
        y: Theme.px(fresh.portrait ? 26 : Theme.largeText ? 20 : 44)
        width: fresh.portrait ? fresh.inner : Theme.px(Theme.largeText ? 892 : 660)
        spacing: Theme.px(fresh.portrait ? 12 : 22)

        Steps {
            visible: fresh.page.step > 0 && !fresh.tight
            total: fresh.page.steps
            current: fresh.page.step
            text: fresh.page.stepText
        }
        Say {
            text: fresh.heading
            size: Theme.title
            bold: true
            heading: true
            width: parent.width
        }
        Say {
            visible: !fresh.tight || fresh.set
            text: fresh.page.text
            size: Theme.body
            color: Theme.ink2
            width: parent.width
        }
        Notice {
            visible: title !== ""
            kind: fresh.page.notice.kind
            title: fresh.page.notice.title
            text: fresh.page.notice.text
            width: parent.width
        }
        Panel {
            visible: fresh.page.rules.length > 0 && !fresh.tight && fresh.page.notice.title === ""
            width: parent.width
            height: forbidden.height + 2 * Theme.px(24)

            Column {
                id: forbidden
                x: Theme.px(28)
                y: Theme.px(24)
                width: parent.width - 2 * x
                spacing: Theme.px(12)

                Say {
                    text: fresh.page.rulesTitle
                    size: Theme.label
                    bold: true
                    width: parent.width
                }
                Repeater {
                    model: fresh.page.rules

                    Row {
                        id: rule
                        required property string modelData
                        spacing: Theme.px(16)

                        Icon {
                            name: "x-circle"
                            weight: "fill"
                            size: 36
                            color: Theme.danger
                        }
                        Say {
                            text: rule.modelData
                            size: Theme.label
                            width: forbidden.width - Theme.px(60)
                        }
                    }
                }
            }
        }
    }
    PagedGrid {
        id: others
        words: fresh.words
        rows: fresh.page.otherWays
        columns: fresh.portrait && rows.length === 2 ? 2 : 1
        gap: Theme.px(Theme.step > 0 ? 16 : 24)
        x: fresh.side
        y: fresh.portrait || Theme.reach ? fresh.floor - height : ask.y + ask.height + Theme.px(28)
        width: ask.width
        height: implicitHeight
        least: Theme.px(fresh.portrait ? 116 : Theme.step > 0 ? 90 : 100)
        delegate: SecondaryButton {
            required property var modelData
            text: modelData.title
            icon: modelData.icon
            size: 34
            least: Theme.step > 0 ? others.least : Theme.buttonHeight
            alignLeft: !fresh.portrait
            onActivated: fresh.page.open(modelData.id)
        }
    }
    PinBoxes {
        id: boxes
        visible: !fresh.set
        name: fresh.words.of.pin_boxes
        count: fresh.page.length
        filled: fresh.page.locked ? -1 : fresh.page.filled
        failed: fresh.page.notice.kind === "danger"
        spoken: fresh.fill(fresh.words.of.pin_filled)
        x: fresh.padX
        y: fresh.portrait ? ask.y + ask.height + Theme.px(Theme.reach ? 28 : 52) : Theme.px(48)
        width: fresh.padWidth
    }
    PinPad {
        id: pad
        visible: !fresh.set
        enabled: !fresh.off
        waits: fresh.page.busy
        keyHeight: fresh.keyHeight
        clearText: fresh.words.of.clear
        eraseName: fresh.words.of.erase
        x: fresh.padX
        y: fresh.padTop
        width: fresh.padWidth
        onDigit: value => fresh.page.pinKey(48 + value)
        onErased: fresh.page.pinKey(8)
        onCleared: fresh.page.pinClear()
    }
    PrimaryButton {
        visible: fresh.set
        text: fresh.page.finish
        iconAfter: "arrow-right"
        x: fresh.portrait ? fresh.side : fresh.width - fresh.side - width
        y: fresh.floor - height
        width: fresh.portrait ? fresh.inner : Theme.px(560)
        height: Theme.px(fresh.portrait ? 136 : 112)
        onActivated: fresh.page.done()
    }
}
