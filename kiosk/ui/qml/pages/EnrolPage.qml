pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// EnrolPage: nobody knows this kiosk yet. What to do and how it stands, in both languages; the code to scan, the same as
// letters, and the four words to compare. Nothing on it can be pressed.
PageFrame {
    id: enrol

    required property EnrolViewModel page

    readonly property bool ready: enrol.page.code !== ""
    readonly property real gap: Theme.px(22)

    heading: enrol.page.titleZh.replace("\n", "") + " " + enrol.page.titleEn
    underStrip: false

    Rectangle {
        id: brand
        color: Theme.brand
        width: enrol.portrait || !enrol.ready ? enrol.width : Math.round(enrol.width * 0.396)
        height: enrol.portrait && enrol.ready ? told.y + told.height + Theme.px(36) : enrol.height

        Column {
            id: what
            x: enrol.side
            y: Theme.px(enrol.portrait ? 56 : 64)
            width: parent.width - 2 * enrol.side
            spacing: Theme.px(14)

            Say {
                text: enrol.portrait ? enrol.page.titleZh.replace("\n", "") : enrol.page.titleZh
                size: enrol.portrait ? Theme.headline : Theme.title
                grows: false
                bold: true
                heading: true
                color: Theme.brandInk
                width: parent.width
            }
            Say {
                text: enrol.page.titleEn
                size: Theme.tile
                grows: false
                bold: true
                color: Theme.brandInk2
                width: parent.width
            }
            Say {
                visible: enrol.ready
                text: enrol.page.textZh
                size: enrol.portrait ? Theme.button2 : Theme.body
                grows: false
                topPadding: Theme.px(12)
                color: Theme.brandInk
                width: parent.width
            }
            Say {
                visible: enrol.ready
                text: enrol.page.textEn
                size: Theme.label
                grows: false
                color: Theme.brandInk2
                width: parent.width
            }
        }
        Column {
            id: told
            x: enrol.side
            y: enrol.portrait || !enrol.ready ? what.y + what.height + Theme.px(40) : Math.max(what.y + what.height + Theme.px(32), brand.height - height - Theme.px(72))
            width: parent.width - 2 * enrol.side
            spacing: Theme.px(18)

            Repeater {
                model: enrol.page.state

                Item {
                    id: line
                    required property var modelData
                    width: told.width
                    height: Math.max(sign.height, said.height)

                    Icon {
                        id: sign
                        name: enrol.page.kind === "ok" ? "check-circle" : enrol.page.kind === "info" ? "arrows-clockwise" : "warning"
                        weight: "fill"
                        size: 52
                        color: enrol.page.kind === "ok" || enrol.page.kind === "info" ? Theme.brandInk2 : Theme.hw
                    }
                    Column {
                        id: said
                        x: sign.width + Theme.px(22)
                        width: parent.width - x

                        Say {
                            text: line.modelData.title
                            size: 34
                            grows: false
                            bold: true
                            color: Theme.brandInk
                            width: parent.width
                        }
                        Say {
                            visible: text !== ""
                            text: line.modelData.hint
                            size: Theme.small
                            grows: false
                            color: Theme.brandInk2
                            width: parent.width
                        }
                    }
                }
            }
            Say {
                text: enrol.page.hub
                size: Theme.least
                grows: false
                mono: true
                color: Theme.brandInk2
                wrapMode: Text.WrapAnywhere
                width: parent.width
            }
        }
    }
    Column {
        id: code
        visible: enrol.ready
        x: enrol.portrait ? enrol.side : brand.width + enrol.side
        y: (enrol.portrait ? brand.height : 0) + Math.max(enrol.gap, Math.round((enrol.height - (enrol.portrait ? brand.height : 0) - height) / 2))
        width: enrol.width - x - enrol.side
        spacing: enrol.gap

        QrImage {
            text: enrol.page.qr
            name: enrol.words.zh.enrol_qr + " " + enrol.words.en.enrol_qr
            size: Theme.px(380)
            x: Math.round((parent.width - width) / 2)
        }
        Say {
            text: enrol.page.code
            size: Theme.figure
            grows: false
            bold: true
            mono: true
            horizontalAlignment: Text.AlignHCenter
            width: parent.width
        }
        Say {
            text: enrol.page.leftZh + " · " + enrol.page.leftEn
            size: Theme.body
            grows: false
            color: Theme.ink2
            horizontalAlignment: Text.AlignHCenter
            width: parent.width
        }
        Panel {
            width: parent.width
            height: same.height + 2 * same.y

            Column {
                id: same
                x: Theme.px(36)
                y: Theme.px(28)
                width: parent.width - 2 * x
                spacing: Theme.px(8)

                Say {
                    text: enrol.page.sameZh
                    size: Theme.label
                    grows: false
                    color: Theme.ink2
                    width: parent.width
                }
                Say {
                    text: enrol.page.wordsZh
                    size: Theme.tile
                    grows: false
                    bold: true
                    width: parent.width
                }
                Say {
                    text: enrol.page.sameEn
                    size: Theme.label
                    grows: false
                    topPadding: Theme.px(12)
                    color: Theme.ink2
                    width: parent.width
                }
                Say {
                    text: enrol.page.wordsEn
                    size: Theme.head
                    grows: false
                    bold: true
                    width: parent.width
                }
            }
        }
    }
}
