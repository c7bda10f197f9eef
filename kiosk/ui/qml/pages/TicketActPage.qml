pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// TicketActPage: before something is done about a ticket: which one, what it means, and two buttons; the safe one left.
PageFrame {
    id: act

    required property TicketActViewModel page

    readonly property bool beside: !act.portrait
    readonly property real leftWidth: act.beside ? Theme.px(680) : act.inner
    readonly property real effectsX: act.beside ? act.side + act.leftWidth + Theme.px(72) : act.side

    heading: act.page.title
    lacking: Math.max(ask.y + ask.height - act.floor, effects.y + effects.height - buttons.y)

    Column {
        id: ask
        x: act.side
        y: Theme.px(act.portrait ? 36 : 44)
        width: act.leftWidth
        spacing: Theme.px(Theme.largeText ? 16 : 28)

        Say {
            text: act.heading
            size: Theme.title
            bold: true
            heading: true
            width: parent.width
        }
        Panel {
            width: parent.width
            height: about.height + 2 * Theme.px(28)

            Column {
                id: about
                x: Theme.px(36)
                y: Theme.px(28)
                width: parent.width - 2 * x
                spacing: Theme.px(8)

                Say {
                    text: act.page.ticket.title
                    size: 38
                    bold: true
                    lines: Theme.largeText ? 2 : 3
                    width: parent.width
                }
                Say {
                    text: act.page.ticket.hint
                    size: Theme.small
                    color: Theme.ink2
                    width: parent.width
                }
                Say {
                    visible: text !== ""
                    text: act.page.ticket.chip
                    size: Theme.small
                    bold: true
                    width: parent.width
                }
            }
        }
    }
    Column {
        id: effects
        x: act.effectsX
        y: act.beside ? Theme.px(52) : ask.y + ask.height + Theme.px(Theme.largeText ? 24 : 48)
        width: act.width - act.side - x
        spacing: Theme.px(Theme.largeText ? 16 : 32)

        Repeater {
            model: act.page.effects

            Row {
                id: effect
                required property var modelData
                width: parent.width
                spacing: Theme.px(28)

                Icon {
                    id: picture
                    name: effect.modelData.icon
                    weight: "two-tone"
                    size: 68
                    color: act.page.danger ? Theme.warn : Theme.primary
                }
                Column {
                    width: effect.width - picture.width - effect.spacing
                    spacing: Theme.px(4)

                    Say {
                        text: effect.modelData.title
                        size: 36
                        bold: true
                        width: parent.width
                    }
                    Say {
                        visible: text !== "" && !(Theme.largeText && Theme.reach)
                        text: effect.modelData.hint
                        size: Theme.body
                        color: Theme.ink2
                        width: parent.width
                    }
                }
            }
        }
    }
    Item {
        id: buttons
        x: act.effectsX
        y: act.floor - height
        width: act.width - act.side - x
        height: Theme.buttonHeight

        SecondaryButton {
            id: safe
            text: act.page.safe
            padding: Theme.px(20)
            size: Theme.largeText ? 30 : Theme.button2
            enabled: !act.page.busy
            width: Math.round(parent.width * 0.46)
            height: parent.height
            onActivated: act.page.choose("safe")
        }
        Loader {
            x: safe.width + Theme.gap
            width: parent.width - x
            height: parent.height
            sourceComponent: act.page.danger ? danger : primary
        }
    }
    Component {
        id: danger

        DangerButton {
            text: act.page.act
            icon: act.page.actIcon
            padding: Theme.px(20)
            size: Theme.largeText ? 30 : Theme.button
            busy: act.page.busy
            busyText: act.page.busyText
            onActivated: act.page.choose("act")
        }
    }
    Component {
        id: primary

        PrimaryButton {
            text: act.page.act
            icon: act.page.actIcon
            padding: Theme.px(20)
            size: Theme.largeText ? 30 : Theme.button
            busy: act.page.busy
            busyText: act.page.busyText
            onActivated: act.page.choose("act")
        }
    }
}
