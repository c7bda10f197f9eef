pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// TakeAlong: the article's code for a phone, and its slip. upright: the button stands below, not beside.
Panel {
    id: along

    required property ArticleViewModel page
    property bool upright: false

    readonly property bool code: along.page.qr !== ""
    readonly property real pad: Theme.px(along.upright ? 24 : 28)
    readonly property real side: Theme.px(Theme.step > 0 ? 190 : 220)
    readonly property real high: Math.max(along.code ? along.side : 0, words.height, along.upright || !slip.visible ? 0 : slip.height) // of code and words

    quiet: true
    implicitHeight: along.high + 2 * Theme.px(along.upright ? 24 : 18) + (along.upright && slip.visible ? slip.height + Theme.px(20) : 0)

    QrImage {
        id: code
        visible: along.code
        text: along.page.qr
        name: along.page.alongText
        size: along.side
        x: along.pad
        y: Theme.px(along.upright ? 24 : 18) + Math.round((along.high - height) / 2)
    }
    Column {
        id: words
        spacing: Theme.px(6)
        x: along.code ? code.x + code.width + Theme.px(along.upright ? 24 : 28) : along.pad
        y: Theme.px(along.upright ? 24 : 18) + Math.round((along.high - height) / 2)
        width: (along.upright || !slip.visible ? parent.width - along.pad : slip.x - Theme.gap) - x

        Say {
            text: along.page.along
            size: Theme.step > 0 ? 30 : 34
            grows: !along.upright
            bold: true
            width: parent.width
        }
        Say {
            visible: text !== ""
            text: along.page.slipNote !== "" ? along.page.slipNote : along.page.alongText
            size: Theme.step > 0 ? Theme.least : Theme.small
            grows: !along.upright
            line: 1.25
            color: along.page.slipNote !== "" ? Theme.warn : Theme.ink2
            width: parent.width
        }
    }
    SecondaryButton {
        id: slip
        visible: along.page.slip !== ""
        enabled: along.page.canPrint
        text: along.page.slip
        icon: "printer"
        size: 34
        padding: Theme.px(28)
        width: along.upright ? parent.width - 2 * along.pad : Math.min(implicitWidth, Math.round(along.width * 0.34))
        height: Theme.px(104)
        x: parent.width - width - along.pad
        y: along.upright ? parent.height - height - Theme.px(24) : Math.round((parent.height - height) / 2)
        onActivated: along.page.open("print")
    }
}
