pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// OutagePage: a known outage, how it stands, and "me too" instead of a second ticket.
PageFrame {
    id: outage

    required property OutageViewModel page

    readonly property bool two: !outage.portrait && !Theme.largeText
    readonly property real half: outage.two ? Math.round(outage.inner * 0.46) : outage.inner
    readonly property real column: outage.two ? outage.inner - outage.half - Theme.px(64) : outage.inner

    heading: outage.page.title
    lacking: Math.max(what.y + what.height - (outage.two ? outage.floor : other.y), reasons.visible ? reasons.y + reasons.height - me.y : 0)

    Column {
        id: what
        x: outage.side
        y: Theme.px(32)
        width: outage.half
        spacing: Theme.px(20)

        Say {
            text: outage.heading
            size: Theme.title
            bold: true
            heading: true
            width: parent.width
        }
        Say {
            visible: text !== ""
            text: outage.page.text
            size: Theme.body
            color: Theme.ink2
            width: parent.width
        }
        Flow {
            width: parent.width
            spacing: Theme.px(12)

            Repeater {
                model: outage.page.chips

                Chip {
                    required property var modelData
                    text: modelData.title
                    icon: modelData.icon
                    kind: modelData.chipKind === "" ? "mute" : modelData.chipKind
                }
            }
        }
        Story {
            visible: !Theme.largeText || outage.portrait
            told: outage.page.steps
            width: parent.width
        }
    }
    Panel {
        id: reasons
        visible: !Theme.largeText && !(Theme.reach && !outage.portrait)
        x: outage.two ? outage.width - outage.side - width : outage.side
        y: outage.two ? Theme.px(40) : Math.max(what.y + what.height + Theme.px(40), outage.portrait ? 0 : 0)
        width: outage.column
        height: why.height + Theme.px(72)

        Column {
            id: why
            x: Theme.px(44)
            y: Theme.px(36)
            width: parent.width - 2 * x
            spacing: Theme.px(20)

            Say {
                text: outage.page.askTitle
                size: Theme.tile
                bold: true
                width: parent.width
            }
            Say {
                text: outage.page.askText
                size: Theme.body
                color: Theme.ink2
                width: parent.width
            }
            Repeater {
                model: outage.page.facts

                FactLine {
                    required property var modelData
                    title: modelData.title
                    text: modelData.hint
                    icon: modelData.icon
                    width: why.width
                }
            }
            Say {
                text: outage.page.skip
                size: Theme.small
                color: Theme.ink2
                width: parent.width
            }
        }
    }
    SecondaryButton {
        id: other
        text: outage.page.notMine
        width: outage.two ? Math.round((outage.column - Theme.gap) * 0.44) : Math.round((outage.inner - Theme.gap) * 0.44)
        x: me.x - Theme.gap - width
        y: me.y
        height: me.height
        onActivated: outage.page.open("not_mine")
    }
    PrimaryButton {
        id: me
        text: outage.page.meToo
        icon: "hand"
        width: (outage.two ? outage.column : outage.inner) - other.width - Theme.gap
        x: outage.width - outage.side - width
        y: outage.floor - height
        onActivated: outage.page.open("me_too")
    }
}
