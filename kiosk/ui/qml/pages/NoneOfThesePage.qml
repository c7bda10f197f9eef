pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// NoneOfThesePage: where the desk is, what to bring, and what can be done here without any proof.
PageFrame {
    id: none

    required property NoneOfTheseViewModel page

    // Large text needs the height: the desk stands below the title then, the ways have the right side for themselves.
    readonly property bool beside: Theme.largeText && !none.portrait
    readonly property real deskX: none.portrait || none.beside ? none.side : Theme.px(776)
    readonly property real waysX: none.beside ? none.side + ask.width + Theme.px(36) : none.deskX
    readonly property bool handing: none.page.busyText !== ""

    heading: none.words.of.none_title

    Column {
        id: ask
        x: none.side
        y: Theme.px(none.portrait ? 28 : 44)
        width: none.portrait ? none.inner : Theme.px(none.beside ? 970 : 600)
        spacing: Theme.px(24)

        Say {
            text: Theme.largeText && none.handing ? none.page.busyText : none.portrait || none.beside ? none.heading.replace("\n", Theme.lang === "zh" ? "" : " ") : none.heading
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
            visible: title !== "" && !Theme.largeText
            kind: none.handing ? "info" : none.page.notice.kind
            title: none.page.busyText || none.page.notice.title
            text: none.handing ? "" : none.page.notice.text
            width: parent.width
        }
    }
    Panel {
        id: desk
        visible: none.page.deskTitle !== ""
        x: none.deskX
        y: none.portrait || none.beside ? ask.y + ask.height + Theme.px(Theme.largeText ? 24 : 40) : Theme.px(16)
        width: none.beside ? ask.width : none.width - none.side - x
        height: lines.height + 2 * Theme.px(30)

        Icon {
            id: sign
            visible: !none.beside
            name: "headset"
            weight: "two-tone"
            size: 100
            color: Theme.primary
            x: Theme.px(36)
            y: Theme.px(34)
        }
        Column {
            id: lines
            x: none.beside ? sign.x : sign.x + sign.width + Theme.px(30)
            y: Theme.px(28)
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
        x: none.waysX
        y: Math.max(desk.visible && !none.beside ? desk.y + desk.height + Theme.px(24) : Theme.px(44), none.reachLine)
        width: none.width - none.side - x
        height: none.floor - y
        least: Theme.px(none.portrait ? 150 : none.beside ? 140 : 108)
        tallest: Theme.px(170)
        delegate: ListRow {
            required property var modelData
            title: modelData.title
            text: Theme.largeText ? "" : modelData.hint
            icon: modelData.icon
            strong: true
            size: 38
            enabled: !none.page.busy
            showOff: false
            onActivated: none.page.open(modelData.id)
        }
    }
}
