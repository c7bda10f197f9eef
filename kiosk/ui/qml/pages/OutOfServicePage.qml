pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// OutOfServicePage: nothing works here now; both languages, and where to go instead.
PageFrame {
    id: out

    required property OutOfServiceViewModel page

    readonly property var zh: out.words.zh
    readonly property var en: out.words.en
    readonly property bool near: out.page.neighbours.length > 0
    readonly property real half: out.portrait ? out.inner : Math.round((out.inner - Theme.px(96)) / 2)

    heading: out.zh.out_title + " " + out.en.out_title
    lacking: Math.max(what.y + what.height, where.y + where.height) - out.height

    Column {
        id: what
        x: out.side
        y: Theme.px(out.portrait ? 80 : 40)
        width: out.half
        spacing: Theme.px(18)

        Mark {
            kind: "out"
            size: out.portrait ? 148 : 124
        }
        Say {
            text: out.zh.out_title
            size: 108
            grows: false
            bold: true
            heading: true
            topPadding: Theme.px(24)
            width: parent.width
        }
        Say {
            text: out.en.out_title.replace("\n", " ")
            size: 50
            grows: false
            bold: true
            heading: true
            color: Theme.ink2
            width: parent.width
        }
        Say {
            text: out.page.reasonZh
            size: 34
            width: parent.width
        }
        Say {
            text: out.page.reasonEn
            size: Theme.label
            color: Theme.ink2
            width: parent.width
        }
    }
    Column {
        id: where
        visible: out.page.deskZh !== "" || out.page.phone !== "" || out.near
        x: out.portrait ? out.side : out.side + out.half + Theme.px(96)
        y: out.portrait ? what.y + what.height + Theme.px(56) : Theme.px(84)
        width: out.half
        spacing: Theme.px(out.near ? 16 : 22)

        Say {
            text: out.zh.out_instead + " · " + out.en.out_instead
            size: Theme.tile
            bold: true
            heading: true
            width: parent.width
        }
        Panel {
            visible: out.near
            width: parent.width
            height: others.height + 2 * others.y

            Column {
                id: others
                x: Theme.px(40)
                y: Theme.px(24)
                width: parent.width - 2 * x
                spacing: Theme.px(16)

                Say {
                    text: out.page.nearZh + "\n" + out.page.nearEn
                    size: Theme.small
                    color: Theme.ink2
                    width: parent.width
                }
                Repeater {
                    model: out.page.neighbours.slice(0, Theme.largeText ? 1 : 3)

                    FactLine {
                        required property var modelData
                        title: modelData.title
                        text: modelData.hint
                        icon: modelData.icon
                        width: others.width
                    }
                }
            }
        }
        FactPanel {
            icon: "headset"
            title: out.page.deskZh
            text: out.page.deskEn
            visible: title !== ""
            width: parent.width
            height: Math.max(Theme.px(152), implicitHeight)
        }
        FactPanel {
            icon: "phone"
            title: out.page.phone
            visible: title !== ""
            width: parent.width
            height: Math.max(Theme.px(130), implicitHeight)
        }
    }
}
