pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// NoneOfThesePage: where the desk is, what to bring, and what can be done here without any proof.
PageFrame {
    id: none

    required property NoneOfTheseViewModel page

    readonly property real rightX: none.portrait ? none.side : Theme.px(776)

    heading: none.words.of.none_title

    Column {
        id: ask
        x: none.side
        y: Theme.px(none.portrait ? 28 : 44)
        width: none.portrait ? none.inner : Theme.px(600)
        spacing: Theme.px(24)

        Say {
            text: none.portrait ? none.heading.replace("\n", Theme.lang === "zh" ? "" : " ") : none.heading
            size: Theme.title
            bold: true
            heading: true
            width: parent.width
        }
        Say {
            visible: !Theme.largeText
            text: none.words.of.none_why
            size: Theme.body
            color: Theme.ink2
            width: parent.width
        }
        Notice {
            visible: title !== ""
            kind: none.page.notice.kind
            title: none.page.notice.title
            text: none.page.notice.text
            width: parent.width
        }
    }
    Panel {
        id: desk
        visible: none.page.deskTitle !== ""
        x: none.rightX
        y: none.portrait ? ask.y + ask.height + Theme.px(40) : Theme.px(Theme.reach ? 20 : 40)
        width: none.width - none.side - x
        height: lines.height + 2 * Theme.px(36)

        Icon {
            id: sign
            name: "headset"
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
                text: none.page.deskTitle
                size: Theme.head
                bold: true
                heading: true
                width: parent.width
            }
            Repeater {
                model: none.page.deskLines

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
                text: none.page.bring.length > 0 ? none.page.bringTitle : ""
                size: Theme.label
                bold: true
                topPadding: Theme.px(12)
                width: parent.width
            }
            Flow {
                width: parent.width
                spacing: Theme.px(16)

                Repeater {
                    model: none.page.bring

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
        words: none.words
        rows: none.page.ways
        gap: Theme.gap
        x: none.rightX
        y: Math.max(desk.visible ? desk.y + desk.height + Theme.px(28) : Theme.px(48), none.reachLine)
        width: none.width - none.side - x
        height: none.floor - y
        least: Theme.px(none.portrait ? 150 : 140)
        delegate: ListRow {
            required property var modelData
            title: modelData.title
            text: Theme.largeText ? "" : modelData.hint
            icon: modelData.icon
            strong: true
            size: 38
            onActivated: none.page.open(modelData.id)
        }
    }
}
