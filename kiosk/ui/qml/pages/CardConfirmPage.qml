pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// CardConfirmPage: what a change to a card means, the card beside it, and two buttons: the safe one says what it does.
PageFrame {
    id: confirm

    required property CardConfirmViewModel page

    readonly property real rightX: confirm.portrait ? confirm.side : Theme.px(816)
    readonly property real rightWidth: confirm.width - confirm.side - confirm.rightX

    heading: confirm.page.title
    lacking: ask.y + ask.height + (confirm.portrait ? Theme.px(300) : 0) - (ways.height > 0 ? ways.y : confirm.portrait ? buttons.y : confirm.floor)
    firstStop: confirm.page.safe

    Column {
        id: ask
        x: confirm.side
        y: Theme.px(confirm.portrait ? 28 : 44)
        width: confirm.portrait ? confirm.inner : confirm.rightX - confirm.side - Theme.px(80)
        spacing: Theme.px(22)

        Say {
            text: confirm.heading
            size: Theme.title
            bold: true
            heading: true
            width: parent.width
        }
        Say {
            visible: text !== ""
            text: confirm.page.holder.join(" · ")
            size: Theme.head
            bold: true
            width: parent.width
        }
        Say {
            visible: text !== "" && !(Theme.largeText && (confirm.page.notice.title !== "" || !confirm.portrait && confirm.page.ways.length > 1))
            text: confirm.page.text
            size: Theme.body
            color: Theme.ink2
            width: parent.width
        }
        Notice {
            visible: title !== ""
            kind: confirm.page.notice.kind
            title: confirm.page.notice.title
            text: Theme.largeText && !confirm.portrait ? "" : confirm.page.notice.text
            width: parent.width
        }
    }
    CardPicture {
        visible: !confirm.portrait && !Theme.largeText && ways.y - Theme.gap - y > height
        school: confirm.shell.frame.campus
        words: Theme.lang === "en" ? "" : confirm.words.of.card
        reader: false
        size: 480
        x: confirm.side
        y: ask.y + ask.height + Theme.px(36)
    }
    CardEffects {
        words: confirm.words
        groups: confirm.page.effects
        footnote: confirm.page.footnote
        x: confirm.rightX
        y: confirm.portrait ? ask.y + ask.height + Theme.px(36) : Theme.px(40)
        width: confirm.rightWidth
        height: (confirm.portrait ? ways.y : buttons.y) - Theme.gap - y
    }
    PagedGrid {
        id: ways
        words: confirm.words
        rows: confirm.page.ways
        gap: Theme.px(16)
        x: confirm.side
        y: confirm.portrait ? buttons.y - height - (height > 0 ? Theme.gap : 0) : confirm.floor - height
        width: confirm.portrait ? confirm.inner : ask.width
        height: implicitHeight
        least: Theme.px(96)
        delegate: SecondaryButton {
            required property var modelData
            text: modelData.title
            icon: modelData.icon
            padding: Theme.px(16)
            size: Theme.largeText && !confirm.portrait ? 28 : Theme.button2
            enabled: !confirm.page.busy
            onActivated: confirm.page.open(modelData.id)
        }
    }
    Item {
        id: buttons
        x: confirm.rightX
        y: confirm.floor - height
        width: confirm.rightWidth
        height: Theme.buttonHeight

        SecondaryButton {
            id: safe
            text: confirm.page.safe
            padding: Theme.px(20)
            size: Theme.largeText ? 30 : Theme.button2
            width: Math.round(parent.width * 0.385)
            height: parent.height
            enabled: !confirm.page.busy
            onActivated: confirm.page.leave()
        }
        Loader {
            active: confirm.page.act !== ""
            x: safe.width + Theme.gap
            width: parent.width - x
            height: parent.height
            sourceComponent: confirm.page.danger ? stopping : going
        }
    }
    Component {
        id: stopping

        DangerButton {
            text: confirm.page.act
            icon: confirm.page.actIcon
            busy: confirm.page.busy
            busyText: confirm.page.busyText
            onActivated: confirm.page.confirm()
        }
    }
    Component {
        id: going

        PrimaryButton {
            text: confirm.page.act
            icon: confirm.page.actIcon
            busy: confirm.page.busy
            busyText: confirm.page.busyText
            onActivated: confirm.page.confirm()
        }
    }
}
