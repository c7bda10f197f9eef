pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// TopUpPayPage: the code to pay with one's phone, and how long it is good. The primary action is on the phone.
PageFrame {
    id: pay

    required property TopUpPayViewModel page

    readonly property real rightX: pay.portrait ? pay.side : Theme.px(796)
    readonly property real rightWidth: pay.width - pay.side - pay.rightX
    readonly property bool bare: Theme.reach && pay.portrait // the code may stand above reach: nobody presses it

    heading: pay.page.title
    lacking: Math.max(pay.portrait ? 0 : ask.y + ask.height - pay.floor, code.visible ? Theme.px(380) + wait.height + Theme.px(52) - panel.height : 0)

    Column {
        id: ask
        x: pay.side
        y: Theme.px(Theme.largeText || Theme.reach ? 12 : 20)
        width: pay.portrait ? pay.inner : pay.rightX - pay.side - Theme.px(80)
        spacing: Theme.px(Theme.largeText ? 10 : 20)

        Steps {
            visible: text !== "" && !Theme.largeText
            total: 2
            current: 2
            text: pay.page.step
            width: Math.min(parent.width, Theme.px(590))
        }
        Say {
            text: pay.heading
            size: Theme.title
            bold: true
            heading: true
            width: parent.width
        }
        Say {
            visible: text !== ""
            text: pay.page.text
            size: Theme.body
            color: Theme.ink2
            width: parent.width
        }
        Panel {
            visible: pay.page.facts.length > 0 && !(pay.portrait && Theme.largeText)
            width: parent.width
            height: facts.height + 2 * Theme.px(28)

            Column {
                id: facts
                x: Theme.px(36)
                y: Theme.px(28)
                width: parent.width - 2 * x
                spacing: Theme.px(14)

                Repeater {
                    model: pay.page.facts

                    Item {
                        id: fact
                        required property var modelData
                        width: facts.width
                        height: Math.max(label.height, value.height)

                        Say {
                            id: label
                            text: fact.modelData.title
                            size: Theme.label
                            color: Theme.ink2
                            width: Math.round(parent.width * 0.36)
                        }
                        Say {
                            id: value
                            text: fact.modelData.hint
                            size: Theme.body
                            bold: true
                            horizontalAlignment: Text.AlignRight
                            x: label.width
                            width: parent.width - x
                        }
                    }
                }
            }
        }
        Say {
            visible: text !== "" && !Theme.largeText && !Theme.reach
            text: pay.page.note
            size: Theme.small
            color: Theme.ink2
            width: parent.width
        }
    }
    Panel {
        id: panel
        x: pay.rightX
        y: pay.portrait ? ask.y + ask.height + Theme.px(24) : Theme.px(20)
        width: pay.rightWidth
        height: (foot.visible ? foot.y : pay.floor) - Theme.px(24) - y

        QrImage {
            id: code
            visible: text !== ""
            text: pay.page.qr
            name: pay.page.qrName
            size: Math.max(Theme.px(380), Math.min(Theme.px(560), panel.height - wait.height - Theme.px(70), panel.width - Theme.px(48)))
            x: Math.round((parent.width - width) / 2)
            y: Math.max(Theme.px(16), Math.round((parent.height - height - wait.height - Theme.px(24)) / 2))
        }
        Item {
            id: wait
            width: parent.width
            height: words.height
            y: code.visible ? code.y + code.height + Theme.px(20) : Math.round((parent.height - height) / 2)

            Icon {
                id: glass
                name: "hourglass-medium"
                size: 44
                color: Theme.primary
                x: Math.round((parent.width - width - Theme.px(16) - words.contentWidth) / 2)
                anchors.verticalCenter: parent.verticalCenter
            }
            Say {
                id: words
                text: pay.page.wait
                size: Theme.button2
                bold: true
                x: Math.max(Theme.px(24) + glass.width, glass.x + glass.width + Theme.px(16))
                width: parent.width - Theme.px(72) - glass.width
            }
        }
    }
    Row {
        id: foot
        visible: pay.page.cancel !== ""
        spacing: Theme.gap
        x: pay.rightX
        y: pay.floor - height
        height: Theme.px(Theme.largeText ? 164 : 120)

        SecondaryButton {
            text: pay.page.other
            width: Math.round((pay.rightWidth - foot.spacing) * 0.44)
            height: foot.height
            onActivated: pay.page.choose("cancel", "change")
        }
        SecondaryButton {
            text: pay.page.cancel
            icon: "x"
            width: pay.rightWidth - foot.spacing - Math.round((pay.rightWidth - foot.spacing) * 0.44)
            height: foot.height
            onActivated: pay.page.choose("cancel", "")
        }
    }
}
