pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// AccountLockedPage: why the account is locked, where to forget an old password, and unlocking it without another one.
PageFrame {
    id: locked

    required property AccountLockedViewModel page

    readonly property real leftWidth: locked.portrait ? locked.inner : Theme.px(660)
    readonly property real rightX: locked.portrait ? locked.side : Theme.px(876)
    readonly property real rightWidth: locked.width - locked.side - locked.rightX
    // What there is no room for with large text is told on the slip.
    readonly property bool roomForPlaces: panel.wanted <= panel.room
    readonly property real low: locked.portrait ? forgot.y - Theme.gap : buttons.y - Theme.gap

    heading: locked.page.title
    lacking: ask.y + ask.height - (forgot.visible ? forgot.y : locked.portrait ? buttons.y : locked.floor)

    Column {
        id: ask
        x: locked.side
        y: Theme.px(locked.portrait ? 28 : 44)
        width: locked.leftWidth
        spacing: Theme.px(20)

        Say {
            text: locked.portrait ? locked.heading.replace("\n", Theme.lang === "zh" ? "" : " ") : locked.heading
            size: Theme.title
            bold: true
            heading: true
            width: parent.width
        }
        Say {
            visible: locked.portrait || !(Theme.largeText || locked.page.notice.title !== "")
            text: locked.page.text
            size: Theme.body
            color: Theme.ink2
            width: parent.width
        }
        Loader {
            active: locked.page.notice.title !== ""
            visible: active
            width: parent.width
            sourceComponent: Notice {
                kind: locked.page.notice.kind
                title: locked.page.notice.title
                text: locked.page.notice.text
            }
        }
        Panel {
            visible: !(Theme.largeText && locked.page.notice.title !== "")
            width: parent.width
            height: facts.height + 2 * Theme.px(28)

            Column {
                id: facts
                x: Theme.px(34)
                y: Theme.px(28)
                width: parent.width - 2 * x
                spacing: Theme.px(14)

                Repeater {
                    model: locked.page.facts

                    Item {
                        id: fact
                        required property var modelData
                        width: facts.width
                        height: value.height

                        Say {
                            id: label
                            text: fact.modelData.label
                            size: Theme.label
                            color: Theme.ink2
                            line: 1.25
                        }
                        Say {
                            id: value
                            text: fact.modelData.value
                            size: Theme.label
                            bold: true
                            line: 1.25
                            x: Math.max(Theme.text(150), label.width + Theme.px(20))
                            width: parent.width - x
                        }
                    }
                }
            }
        }
    }
    SecondaryButton {
        id: forgot
        visible: text !== ""
        enabled: !locked.page.busy
        text: locked.page.forgot
        icon: "key"
        size: 34
        x: locked.portrait ? locked.side : locked.side
        y: locked.portrait ? buttons.y - height - Theme.gap : locked.floor - height
        width: locked.leftWidth
        height: Theme.px(104)
        onActivated: locked.page.reset()
    }
    Panel {
        id: panel
        readonly property real begin: locked.portrait ? ask.y + ask.height + Theme.px(28) : Theme.px(40)
        readonly property real room: locked.low - panel.begin
        readonly property real wanted: places.height + placesTitle.height + Theme.px(24) + 2 * Theme.px(32)
        visible: locked.roomForPlaces
        x: locked.rightX
        y: panel.begin
        width: locked.rightWidth
        height: panel.wanted

        Say {
            id: placesTitle
            text: locked.page.placesTitle
            size: Theme.head
            bold: true
            heading: true
            x: Theme.px(44)
            y: Theme.px(32)
            width: parent.width - 2 * x
        }
        PlaceList {
            id: places
            places: locked.page.places
            hints: !Theme.largeText
            between: Theme.px(locked.portrait ? 26 : 22)
            x: Theme.px(44)
            y: placesTitle.y + placesTitle.height + Theme.px(24)
            width: parent.width - 2 * x
        }
    }
    Item {
        id: buttons
        x: locked.rightX
        y: locked.floor - height
        width: locked.rightWidth
        height: Theme.buttonHeight

        SecondaryButton {
            id: steps
            visible: text !== ""
            enabled: !locked.page.busy
            text: locked.page.print
            icon: Theme.largeText ? "" : "printer"
            size: Theme.largeText ? 28 : 34
            padding: Theme.px(16)
            width: Math.round(parent.width * 0.36)
            height: parent.height
            onActivated: locked.page.printPlaces()
        }
        PrimaryButton {
            text: locked.page.unlock
            icon: "lock-open"
            padding: Theme.px(20)
            size: Theme.largeText ? 34 : Theme.button
            busy: locked.page.busy
            busyText: locked.page.busyText
            x: steps.visible ? steps.width + Theme.gap : 0
            width: parent.width - x
            height: parent.height
            onActivated: locked.page.unlockNow()
        }
    }
}
