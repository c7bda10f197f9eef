pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// MaintenancePage: for staff who look after this kiosk: rows to choose from or to read, at most two buttons below.
PageFrame {
    id: maintenance

    required property MaintenanceViewModel page

    readonly property bool buttons: maintenance.page.act !== ""
    readonly property bool wide: !maintenance.portrait && !Theme.largeText
    // What is only read may stand above the line of what can be pressed.
    readonly property real below: Math.max(head.y + head.height + Theme.gap, maintenance.page.menu || maintenance.page.dots.length > 0 ? maintenance.reachLine : 0)

    heading: maintenance.page.title
    lacking: grid.missing

    Column {
        id: head
        x: maintenance.side
        y: Theme.px(Theme.largeText ? 20 : 32)
        width: maintenance.inner
        spacing: Theme.px(Theme.largeText ? 12 : 18)

        Say {
            text: maintenance.heading
            size: Theme.title
            bold: true
            heading: true
            width: parent.width
        }
        Flow {
            // In large letters there is no room for both.
            visible: maintenance.page.chips.length > 0 && !(Theme.largeText && maintenance.page.notice.title !== "")
            width: parent.width
            spacing: Theme.px(16)

            Repeater {
                model: maintenance.page.chips

                Chip {
                    required property var modelData
                    text: modelData.title
                    icon: modelData.icon
                    kind: modelData.chipKind
                }
            }
        }
        Notice {
            visible: title !== ""
            kind: maintenance.page.notice.kind
            title: maintenance.page.notice.title
            text: maintenance.page.notice.text
            width: parent.width
        }
        Say {
            visible: text !== ""
            text: maintenance.page.text
            size: Theme.body
            color: Theme.ink2
            width: parent.width
        }
    }
    PagedGrid {
        id: grid
        words: maintenance.words
        rows: maintenance.page.rows
        columns: maintenance.wide ? 3 : maintenance.page.menu && !maintenance.portrait ? 2 : 1
        gap: Theme.px(20)
        x: maintenance.side
        y: maintenance.below
        width: maintenance.inner
        height: (maintenance.buttons ? Math.min(act.y, way.visible ? way.y : act.y) - Theme.gap : maintenance.floor) - y
        tallest: Theme.px(maintenance.page.menu ? 190 : 240)
        delegate: maintenance.page.menu ? choice : fact
    }
    Component {
        id: choice

        ListRow {
            required property var modelData
            title: modelData.title
            text: modelData.hint
            icon: modelData.icon
            chipText: modelData.chip
            chipKind: modelData.chipKind
            enabled: !maintenance.page.busy
            onActivated: maintenance.page.choose("row", modelData.id)
        }
    }
    Component {
        id: fact

        StatePanel {
            required property var modelData
            title: modelData.title
            text: modelData.hint
            icon: modelData.icon
            chip: modelData.chip
            chipKind: modelData.chipKind
        }
    }
    Repeater {
        id: dots
        // Their number: a finger that is down when another one is told of must not lose its dot.
        model: maintenance.page.dots.length

        // Four corners of what the page has for them, and the middle.
        PressSurface {
            id: dot
            required property int index

            readonly property var shown: maintenance.page.dots[dot.index] ?? ({
                    id: "",
                    title: "",
                    chipKind: ""
                })
            readonly property real upper: maintenance.below
            readonly property real room: (maintenance.page.way !== "" ? way.y : maintenance.floor) - Theme.gap - dot.upper - dot.height

            name: dot.shown.title
            selected: dot.shown.chipKind === "ok"
            outlineColor: Theme.control
            repeatable: true
            width: Theme.px(120)
            height: Theme.px(120)
            corner: Theme.px(60)
            x: dot.index === 4 ? Math.round((maintenance.width - width) / 2) : dot.index % 2 === 0 ? maintenance.side : maintenance.width - maintenance.side - width
            y: dot.upper + (dot.index === 4 ? Math.round(dot.room / 2) : dot.index < 2 ? 0 : dot.room)
            onActivated: maintenance.page.choose("dot", dot.shown.id)

            Say {
                anchors.centerIn: parent
                text: dot.shown.title
                size: Theme.tile
                grows: false
                bold: true
                spoken: false
                color: dot.ink
            }
        }
    }
    SecondaryButton {
        id: way
        visible: text !== ""
        text: maintenance.page.way
        enabled: !maintenance.page.busy
        width: !maintenance.portrait ? Theme.px(Theme.largeText ? 640 : 440) : maintenance.buttons ? Math.round((maintenance.inner - Theme.gap) / 2) : maintenance.inner
        x: maintenance.portrait ? maintenance.side : maintenance.buttons ? act.x - Theme.gap - width : maintenance.width - maintenance.side - width
        y: maintenance.floor - height
        onActivated: maintenance.page.choose("way", "")
    }
    PrimaryButton {
        id: act
        visible: maintenance.buttons
        text: maintenance.page.act
        icon: maintenance.page.actIcon
        busy: maintenance.page.busy
        busyText: maintenance.page.busyText
        width: !maintenance.portrait ? Theme.px(560) : way.visible ? maintenance.inner - way.width - Theme.gap : maintenance.inner
        x: maintenance.width - maintenance.side - width
        y: maintenance.floor - height
        onActivated: maintenance.page.choose("act", "")
    }
}
