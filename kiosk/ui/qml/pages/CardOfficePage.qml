pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// CardOfficePage: where the people of the card are, and a message to them.
PageFrame {
    id: office

    required property CardOfficeViewModel page

    readonly property real rightX: office.portrait ? office.side : Theme.px(776)

    heading: office.page.title

    Column {
        id: ask
        x: office.side
        y: Theme.px(office.portrait ? 28 : 44)
        width: office.portrait ? office.inner : Theme.px(600)
        spacing: Theme.px(24)

        Say {
            text: office.heading
            size: Theme.title
            bold: true
            heading: true
            width: parent.width
        }
        Say {
            visible: !Theme.largeText
            text: office.page.text
            size: Theme.body
            color: Theme.ink2
            width: parent.width
        }
    }
    Panel {
        id: desk
        visible: office.page.officeTitle !== ""
        x: office.rightX
        y: office.portrait ? ask.y + ask.height + Theme.px(40) : Theme.px(Theme.reach ? 20 : 40)
        width: office.width - office.side - x
        height: lines.height + 2 * Theme.px(36)

        Icon {
            id: sign
            name: "identification-card"
            weight: "two-tone"
            size: 100
            color: Theme.primary
            x: Theme.px(36)
            y: Theme.px(40)
        }
        Column {
            id: lines
            x: sign.x + sign.width + Theme.px(30)
            y: Theme.px(34)
            width: parent.width - x - Theme.px(30)
            spacing: Theme.px(6)

            Say {
                text: office.page.officeTitle
                size: Theme.head
                bold: true
                heading: true
                width: parent.width
            }
            Repeater {
                model: office.page.officeLines

                Say {
                    required property string modelData
                    text: modelData
                    size: Theme.label
                    color: Theme.ink2
                    width: lines.width
                }
            }
            Say {
                visible: text !== ""
                text: office.page.bring.length > 0 ? office.page.bringTitle : ""
                size: Theme.label
                bold: true
                topPadding: Theme.px(12)
                width: parent.width
            }
            Flow {
                width: parent.width
                spacing: Theme.px(16)

                Repeater {
                    model: office.page.bring

                    Chip {
                        required property string modelData
                        text: modelData
                        icon: "check"
                    }
                }
            }
        }
    }
    PagedGrid {
        words: office.words
        rows: office.page.ways
        gap: Theme.gap
        x: office.rightX
        y: Math.max(desk.visible ? desk.y + desk.height + Theme.px(28) : Theme.px(48), office.reachLine)
        width: office.width - office.side - x
        height: office.floor - y
        least: Theme.px(office.portrait ? 150 : 140)
        delegate: ListRow {
            required property var modelData
            title: modelData.title
            text: Theme.largeText ? "" : modelData.hint
            icon: modelData.icon
            strong: true
            size: 38
            onActivated: office.page.open(modelData.id)
        }
    }
}
