pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// TopUpPage: how much? Amounts as tiles, or any other one on a pad; one blue button.
PageFrame {
    id: topUp

    required property TopUpViewModel page

    readonly property bool tight: Theme.largeText || Theme.reach
    readonly property real rightX: topUp.portrait ? topUp.side : Theme.px(800)
    readonly property real rightWidth: topUp.width - topUp.side - topUp.rightX
    readonly property real begin: topUp.portrait ? Math.max(ask.y + ask.height + Theme.px(28), topUp.reachLine) : Math.max(Theme.px(36), topUp.reachLine)
    readonly property bool aside: Theme.reach && !topUp.portrait // the button stands left, the field above reach
    readonly property real end: topUp.aside ? topUp.floor : foot.y - Theme.px(20)

    heading: topUp.page.title

    Column {
        id: ask
        x: topUp.side
        y: Theme.px(topUp.tight ? 12 : 20)
        width: topUp.portrait ? topUp.inner : topUp.rightX - topUp.side - Theme.px(72)
        spacing: Theme.px(topUp.tight ? 8 : 16)

        Steps {
            visible: text !== "" && !(Theme.largeText && !topUp.portrait)
            total: 2
            current: 1
            text: topUp.page.step
            width: Math.min(parent.width, Theme.px(590))
        }
        Say {
            text: topUp.heading
            size: Theme.title
            bold: true
            heading: true
            width: parent.width
        }
        Say {
            visible: text !== "" && !(Theme.reach && topUp.portrait)
            text: topUp.page.text
            size: Theme.body
            color: Theme.ink2
            width: parent.width
        }
        Notice {
            visible: (!topUp.portrait || Theme.reach) && title !== ""
            kind: topUp.page.notice.kind
            title: topUp.page.notice.title
            text: Theme.largeText ? "" : topUp.page.notice.text
            width: parent.width
        }
    }
    Loader {
        active: !topUp.page.typing
        x: topUp.rightX
        y: topUp.begin
        width: topUp.rightWidth
        sourceComponent: tiles
    }
    Loader {
        active: topUp.page.typing
        x: topUp.rightX
        y: topUp.begin
        width: topUp.rightWidth
        sourceComponent: typed
    }
    Notice {
        id: notice
        visible: topUp.portrait && title !== "" && !Theme.reach && topUp.begin + Theme.px(700) + height < topUp.end
        kind: topUp.page.notice.kind
        title: topUp.page.notice.title
        text: topUp.page.notice.text
        x: topUp.side
        y: topUp.end - height - Theme.px(12)
        width: topUp.inner
    }
    Column {
        id: foot
        x: topUp.aside ? topUp.side : topUp.rightX
        y: topUp.floor - height
        width: topUp.aside ? ask.width : topUp.rightWidth
        spacing: Theme.px(10)

        Say {
            visible: text !== "" && !Theme.largeText && !topUp.aside
            text: topUp.page.ways
            size: Theme.small
            color: Theme.ink2
            horizontalAlignment: Text.AlignHCenter
            width: parent.width
        }
        PrimaryButton {
            id: pay
            text: topUp.page.submit
            iconAfter: "arrow-right"
            enabled: topUp.page.canSubmit || topUp.page.busy
            busy: topUp.page.busy
            busyText: topUp.page.busyText
            width: parent.width
            onActivated: topUp.page.choose("pay", "")
        }
    }

    Component {
        id: tiles

        Column {
            id: choice
            readonly property real room: topUp.end - topUp.begin - (topUp.page.other === "" ? 0 : other.height + spacing)
            readonly property real tile: Math.min(Theme.px(236), Math.floor(((notice.visible ? notice.y - topUp.begin - other.height - 2 * spacing : choice.room) - Theme.gap) / 2))
            spacing: Theme.gap

            Grid {
                columns: 2
                spacing: Theme.gap

                Repeater {
                    model: topUp.page.amounts

                    PressSurface {
                        id: amount
                        required property var modelData
                        name: modelData.title
                        choice: true
                        selected: modelData.id === topUp.page.amount
                        corner: Theme.radiusLarge
                        width: Math.floor((choice.width - Theme.gap) / 2)
                        height: choice.tile
                        onActivated: topUp.page.choose("amount", modelData.id)

                        Say {
                            anchors.centerIn: parent
                            text: amount.modelData.title
                            size: 88
                            bold: true
                            grows: false
                            spoken: false
                            wrapMode: Text.NoWrap
                            color: amount.ink
                        }
                        ChosenMark {
                            on: true
                            visible: amount.selected
                            size: 48
                            x: parent.width - width - Theme.px(20)
                            y: Theme.px(20)
                        }
                    }
                }
            }
            SecondaryButton {
                id: other
                text: topUp.page.other
                icon: "keyboard"
                implicitHeight: Theme.px(112)
                width: choice.width
                onActivated: topUp.page.choose("amount", "other")
            }
        }
    }
    Component {
        id: typed

        Item {
            id: keys
            readonly property real taken: topUp.aside ? 0 : field.height + Theme.px(20)

            Field {
                id: field
                name: topUp.heading
                text: topUp.page.typed
                error: topUp.page.error
                active: true
                width: keys.width
                y: topUp.aside ? Theme.px(24) - topUp.begin : 0
            }
            NumberPad {
                told: true
                next: () => pay
                keyHeight: Math.min(Theme.px(120), Math.floor((topUp.end - topUp.begin - keys.taken - 3 * Theme.px(16)) / 4))
                clearText: topUp.words.of.clear
                eraseName: topUp.words.of.erase
                y: keys.taken
                width: keys.width
                onDigit: value => topUp.page.choose("key", String(value))
                onErased: topUp.page.choose("key", "back")
                onCleared: topUp.page.choose("key", "clear")
            }
        }
    }
}
