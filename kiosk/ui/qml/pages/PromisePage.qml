pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// PromisePage: target times in words and every way to the desk; one entrance, whichever way somebody comes.
PageFrame {
    id: promise

    required property PromiseViewModel page

    readonly property bool two: !promise.portrait && !Theme.largeText
    readonly property real half: promise.two ? Math.round((promise.inner - Theme.px(40)) / 2) : promise.inner
    readonly property real below: Math.max(lead.y + lead.height, code.visible ? code.y + code.height : 0) + Theme.px(32)
    readonly property real room: done.y - Theme.gap - promise.below
    // With large text or low reach the ways to the desk come on further pages after the times.
    readonly property bool together: !Theme.largeText && !Theme.reach
    readonly property var all: promise.together ? promise.page.targets : promise.page.targets.concat(promise.page.channels)

    heading: promise.page.title
    lacking: promise.together ? ways.y + ways.height - done.y : 0

    Column {
        id: lead
        x: promise.side
        y: Theme.px(32)
        width: promise.inner - (code.visible ? Theme.px(196 + 240 + 2 * 24) : 0)
        spacing: Theme.px(8)

        Say {
            text: promise.heading
            size: Theme.title
            bold: true
            heading: true
            width: parent.width
        }
        Say {
            text: promise.page.text
            size: Theme.body
            color: Theme.ink2
            width: parent.width
        }
    }
    PagedGrid {
        id: times
        words: promise.words
        rows: promise.all
        columns: 1
        gap: Theme.px(28)
        x: promise.side
        y: promise.below
        width: promise.half
        height: promise.two || !promise.together ? promise.room : Math.min(implicitHeight, promise.room - ways.height - Theme.px(48))
        delegate: FactLine {
            required property var modelData
            title: modelData.title
            text: modelData.hint
            icon: modelData.icon
        }
    }
    Column {
        id: ways
        visible: promise.together
        x: promise.two ? promise.side + promise.half + Theme.px(40) : promise.side
        y: promise.two ? times.y : times.y + times.height + Theme.px(48)
        width: promise.half
        spacing: Theme.px(16)

        Say {
            text: promise.page.channelsTitle
            size: Theme.head
            bold: true
            heading: true
            width: parent.width
        }
        Repeater {
            model: promise.together ? promise.page.channels : []

            FactLine {
                required property var modelData
                title: modelData.title
                text: modelData.hint
                icon: modelData.icon
                width: promise.half
            }
        }
    }
    Say {
        visible: code.visible
        text: promise.page.portalLabel
        size: Theme.small
        color: Theme.ink2
        width: Theme.px(240)
        x: code.x - width - Theme.px(24)
        y: code.y + Math.round((code.height - height) / 2)
        horizontalAlignment: Text.AlignRight
    }
    QrImage {
        id: code
        visible: promise.together && promise.page.portal !== ""
        text: code.visible ? promise.page.portal : ""
        name: promise.page.portalLabel
        size: Theme.px(196)
        x: promise.width - promise.side - width
        y: Theme.px(24)
    }
    SecondaryButton {
        id: report
        text: promise.page.report
        width: promise.portrait ? Math.round((promise.inner - Theme.gap) * (Theme.largeText ? 0.5 : 0.33)) : Theme.px(Theme.largeText ? 640 : 400)
        x: promise.portrait ? promise.side : done.x - Theme.gap - width
        y: done.y
        height: done.height
        onActivated: promise.page.open("report")
    }
    PrimaryButton {
        id: done
        text: promise.page.done
        width: promise.portrait ? promise.inner - report.width - Theme.gap : Theme.px(560)
        x: promise.width - promise.side - width
        y: promise.floor - height
        onActivated: promise.page.close()
    }
}
