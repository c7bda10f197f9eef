pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// CodePage: boxes with the digits of a one-time code, and a pad; sending again has its own key, which says when, if it is sent.
PageFrame {
    id: code

    required property CodeViewModel page

    // In large letters four keys for other ways stand two by two.
    readonly property bool paired: code.portrait && Theme.largeText && code.page.otherWays.length === 3
    // In landscape four keys under a notice of three large lines are a little lower.
    readonly property bool crowded: !code.portrait && (Theme.largeText && code.page.otherWays.length > 2 || Theme.step > 0)
    readonly property bool off: code.page.locked || code.page.busy
    readonly property real padX: code.portrait ? code.side : Theme.px(1052)
    readonly property real padWidth: code.width - code.side - code.padX
    readonly property real padTop: Math.max(boxes.y + boxes.height + Theme.px(code.portrait && Theme.reach ? 24 : 40), code.reachLine)
    readonly property real waysTop: again.visible ? again.y : others.y
    readonly property real padEnd: code.portrait ? code.waysTop - Theme.px(28) : code.floor
    readonly property real keyHeight: Math.min(Theme.px(code.portrait ? 143 : 131), Math.floor((code.padEnd - code.padTop - 3 * Theme.px(16)) / 4))

    function fill(words: string): string {
        return words.replace("{length}", code.page.length).replace("{filled}", code.page.digits.length);
    }

    heading: code.page.title || code.fill(code.words.of.code_title)
    lacking: code.portrait ? 4 * (Theme.px(88) - code.keyHeight) : Theme.reach ? ask.y + ask.height - code.waysTop : others.y + others.height + Theme.px(4) - code.height

    Column {
        id: ask
        x: code.side
        y: Theme.px(code.portrait ? 26 : Theme.largeText ? 20 : 44)
        width: code.portrait ? code.inner : Theme.px(Theme.largeText ? 892 : 660)
        spacing: Theme.px(code.portrait ? 12 : 22)

        Say {
            text: code.heading
            size: Theme.title
            bold: true
            heading: true
            width: parent.width
        }
        Say {
            visible: text !== "" && !(code.page.notice.kind !== "info" && (Theme.largeText || !code.portrait && code.page.otherWays.length > 2))
            text: code.page.text
            size: Theme.body
            color: Theme.ink2
            width: parent.width
        }
        Notice {
            visible: title !== "" && !(kind === "info" && (Theme.largeText || Theme.reach || code.page.otherWays.length > 2) && !code.page.busy)
            kind: code.page.notice.kind
            title: code.page.notice.title
            text: code.page.notice.text
            width: parent.width
        }
    }
    SecondaryButton {
        id: again
        visible: code.page.resend !== ""
        text: code.page.resend
        icon: code.paired ? "" : "arrow-clockwise"
        enabled: code.page.canResend
        least: code.crowded ? others.least : Theme.buttonHeight
        size: code.paired ? 30 : 34
        alignLeft: !code.portrait
        x: code.side
        y: others.y - others.gap - height
        width: code.paired ? Math.floor((ask.width - others.gap) / 2) : ask.width
        height: Math.max(Theme.px(code.portrait ? 104 : Theme.step > 0 ? 90 : 100), implicitHeight, beside.visible ? beside.implicitHeight : 0)
        padding: Theme.px(code.paired ? 16 : Theme.largeText ? 24 : 36)
        onActivated: code.page.again()
    }
    SecondaryButton {
        id: beside
        readonly property var way: code.page.otherWays[0]
        visible: code.paired
        text: code.paired ? beside.way.title : ""
        icon: code.paired ? beside.way.icon : ""
        size: 34
        x: again.x + again.width + others.gap
        y: again.y
        width: again.width
        height: again.height
        onActivated: code.page.open(beside.way.id)
    }
    PagedGrid {
        id: others
        words: code.words
        rows: code.paired ? code.page.otherWays.slice(1) : code.page.otherWays
        columns: !code.portrait ? 1 : rows.length === 2 || Theme.largeText && rows.length > 1 ? 2 : rows.length
        gap: Theme.px(rows.length > 2 || Theme.step > 0 ? 16 : 24)
        x: code.side
        y: code.portrait || Theme.reach ? code.floor - height : ask.y + ask.height + Theme.px(28) + (again.visible ? again.height + others.gap : 0)
        width: ask.width
        height: implicitHeight
        least: Theme.px(code.portrait ? 104 : Theme.step > 0 ? 90 : 100)
        delegate: SecondaryButton {
            required property var modelData
            text: modelData.title
            icon: others.columns > 2 ? "" : modelData.icon
            size: others.columns > 2 ? 28 : 34
            padding: Theme.px(others.columns > 2 ? 12 : Theme.largeText ? 24 : 36)
            alignLeft: !code.portrait
            least: code.crowded ? others.least : Theme.buttonHeight
            onActivated: code.page.open(modelData.id)
        }
    }
    PinBoxes {
        id: boxes
        name: code.words.of.code_boxes
        count: code.page.length
        filled: code.page.locked ? -1 : code.page.digits.length
        digits: code.page.digits
        failed: code.page.notice.kind === "danger"
        spoken: code.fill(code.words.of.pin_filled)
        x: code.padX
        y: code.portrait ? ask.y + ask.height + Theme.px(Theme.reach ? 28 : 52) : Theme.px(48)
        width: code.padWidth
    }
    PinPad {
        id: pad
        enabled: !code.off
        waits: code.page.busy
        keyHeight: code.keyHeight
        clearText: code.words.of.clear
        eraseName: code.words.of.erase
        x: code.padX
        y: code.padTop
        width: code.padWidth
        onDigit: value => code.page.key(String(value))
        onErased: code.page.key("back")
        onCleared: code.page.key("clear")
    }
}
