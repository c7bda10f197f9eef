pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// CardPage: one's own card, the balance by touch, and equal tiles of what the card system can do.
PageFrame {
    id: own

    required property CardViewModel page

    readonly property bool beside: !own.portrait
    readonly property bool some: !own.page.loading
    readonly property bool brief: Theme.reach || Theme.largeText // the card itself gives way to what can be pressed
    readonly property real begin: Math.max(title.y + title.height + Theme.px(own.brief ? 20 : 40), own.reachLine)
    readonly property real panelWidth: own.beside ? Theme.px(658) : own.inner

    heading: own.page.title

    Say {
        id: title
        text: own.heading
        size: Theme.title
        bold: true
        heading: true
        x: own.side
        y: Theme.px(own.brief ? 20 : 36)
        width: Math.min(implicitWidth, own.inner)
    }
    Chip {
        id: chip
        readonly property bool below: title.x + title.width + width + Theme.px(24) > own.width - own.side
        visible: text !== ""
        text: own.page.chip
        kind: own.page.chipKind === "" ? "mute" : own.page.chipKind
        icon: kind === "ok" ? "check-circle" : "warning-circle"
        x: chip.below ? own.side : title.x + title.width + Theme.px(28)
        y: chip.below ? title.y + title.height : title.y + Math.round((title.height - height) / 2)
    }
    Loader {
        active: own.page.loading
        x: own.side
        y: own.begin
        width: own.panelWidth
        sourceComponent: TicketsLoading {
            words: own.words
            width: own.panelWidth
        }
    }
    Panel {
        id: panel
        visible: own.some
        x: own.side
        y: own.begin + (chip.below && !Theme.reach ? chip.height : 0)
        width: own.panelWidth
        height: own.beside ? own.floor - y : inside.height + 2 * Theme.px(40)

        Column {
            id: inside
            x: Theme.px(own.brief ? 32 : 48)
            y: Theme.px(own.brief ? 28 : 46)
            width: parent.width - 2 * x
            spacing: Theme.px(own.brief ? 16 : 34)

            FaceCard {
                visible: !own.brief
                school: own.page.school
                words: own.page.words
                holder: own.page.name
                number: own.page.number
                width: Math.min(parent.width, Theme.px(620))
            }
            Rectangle {
                visible: !own.brief && balance.visible
                width: parent.width
                height: Theme.px(2)
                color: Theme.line
            }
            Item {
                id: balance
                visible: own.page.balance !== ""
                width: parent.width
                height: own.stacked ? amount.height + Theme.px(16) + see.height : Math.max(amount.height, see.height)

                Column {
                    id: amount
                    width: own.stacked ? parent.width : see.x - Theme.px(12)
                    spacing: Theme.px(4)

                    Say {
                        text: own.page.balanceLabel
                        size: Theme.label
                        color: Theme.ink2
                        width: parent.width
                    }
                    Say {
                        text: own.page.balance
                        size: 52
                        bold: true
                        lines: 1
                        fontSizeMode: Text.HorizontalFit
                        minimumPixelSize: Theme.px(30)
                        width: parent.width
                    }
                }
                SecondaryButton {
                    id: see
                    text: own.page.balanceButton
                    icon: own.page.balanceIcon
                    implicitHeight: Theme.px(104)
                    padding: Theme.px(28)
                    width: own.stacked ? parent.width : Math.min(implicitWidth, Math.round(parent.width * 0.62))
                    x: parent.width - width
                    y: own.stacked ? parent.height - height : Math.round((parent.height - height) / 2)
                    onActivated: own.page.seeBalance()
                }
            }
            Say {
                visible: text !== "" && balance.visible
                text: own.page.balanceHint
                size: Theme.small
                color: Theme.ink2
                width: parent.width
            }
        }
    }
    readonly property bool stacked: Theme.largeText && own.beside || Theme.lang === "en" && own.beside && Theme.reach

    PagedGrid {
        visible: own.some
        words: own.words
        rows: own.page.tiles
        columns: Theme.largeText ? 1 : 2
        gap: Theme.gap
        x: own.beside ? panel.x + panel.width + Theme.gap : own.side
        y: own.beside ? panel.y : panel.y + panel.height + Theme.gap
        width: own.width - own.side - x
        height: own.floor - y
        tallest: Theme.px(260)
        least: Theme.px(Theme.reach || Theme.largeText ? 128 : 190)
        delegate: CardTile {
            required property var modelData
            title: modelData.title
            text: modelData.hint
            icon: modelData.icon
            badge: modelData.chip
            onActivated: own.page.open(modelData.id)
        }
    }
}
