pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// DeskPage: staff log a matter for somebody. In landscape who it is, what it is about and what was just logged stand side by
// side; in portrait one above the other, and of what was logged only the last.
PageFrame {
    id: desk

    required property DeskViewModel page

    readonly property real edge: Theme.px(desk.portrait ? 48 : 56)
    readonly property real gap: Theme.px(16)
    readonly property real row: Theme.px(Theme.largeText ? 104 : 88)
    readonly property bool open: desk.page.solve !== ""
    readonly property real first: desk.portrait ? desk.width - 2 * desk.edge : Theme.px(Theme.largeText ? 520 : 456)
    readonly property real third: Theme.px(Theme.largeText ? 420 : 456)
    readonly property real middleX: desk.portrait ? desk.edge : desk.edge + desk.first + Theme.px(24)
    readonly property real middle: desk.portrait ? desk.first : desk.width - desk.middleX - desk.third - Theme.px(24) - desk.edge
    readonly property real lastX: desk.middleX + desk.middle + Theme.px(24)
    // In portrait the pager and the way back share a row below the choices.
    readonly property real shared: desk.row + Theme.px(8)
    readonly property real foot: desk.floor - hand.height - (desk.portrait ? desk.gap + desk.shared : 0)
    readonly property real upper: Theme.px(24)
    readonly property bool acting: desk.page.actions.length > 0

    bottomGap: Theme.px(28)
    heading: desk.page.title
    lacking: desk.open ? grid.missing : 0

    DeskPerson {
        id: person
        visible: desk.page.who.title !== ""
        who: desk.page.who
        facts: desk.page.facts
        notice: desk.page.notice
        closes: desk.page.closes
        busy: desk.page.busyText
        most: Theme.largeText ? 3 : desk.portrait && Theme.reach ? 4 : 5
        x: desk.edge
        y: desk.upper
        width: desk.first
        height: desk.portrait ? implicitHeight : find.y - desk.gap - y
    }
    SecondaryButton {
        id: find
        visible: text !== ""
        text: desk.page.find
        icon: "users"
        size: 30
        padding: Theme.px(20)
        least: desk.row
        enabled: !desk.page.busy
        x: desk.edge
        y: desk.portrait ? Math.max(person.y + person.height + desk.gap, desk.reachLine) : earlier.visible ? earlier.y - height - desk.gap : desk.floor - height
        width: !desk.portrait ? desk.first : earlier.visible ? Math.round((desk.first - desk.gap) / 2) : desk.first
        onActivated: desk.page.choose("find", "")
    }
    SecondaryButton {
        id: earlier
        visible: text !== ""
        text: desk.page.earlier
        iconAfter: "caret-right"
        size: 30
        padding: Theme.px(20)
        least: desk.row
        enabled: !desk.page.busy
        x: desk.portrait ? find.x + find.width + desk.gap : desk.edge
        y: desk.portrait ? find.y : desk.floor - height
        width: desk.portrait ? desk.first - find.width - desk.gap : desk.first
        onActivated: desk.page.choose("earlier", "")
    }
    Say {
        id: title
        text: desk.heading
        size: Theme.largeText && !desk.portrait ? 28 : 44
        bold: true
        heading: true
        lines: 2
        x: desk.middleX
        y: !desk.portrait || !desk.open ? desk.upper : Theme.reach ? person.y + person.height + desk.gap : find.y + find.height + Theme.px(20)
        width: desk.middle - (pager.active && !desk.portrait && !Theme.reach ? pager.width + desk.gap : 0)
    }
    Say {
        visible: !desk.open && text !== ""
        text: desk.page.busyText
        size: Theme.body
        color: Theme.ink2
        x: desk.middleX
        y: title.y + title.height + desk.gap
        width: desk.middle
    }
    PagedGrid {
        id: grid
        visible: desk.open
        words: desk.words
        rows: desk.page.templates
        ownPager: false
        columns: 3
        gap: desk.gap
        x: desk.middleX
        y: Theme.reach ? (desk.portrait ? find.y + find.height + desk.gap : desk.reachLine) : desk.portrait ? title.y + title.height + desk.gap : Theme.px(Theme.largeText ? 132 : 120)
        width: desk.middle
        height: (desk.acting ? asked.y : options.y) - desk.gap - y
        tallest: Theme.px(170)
        delegate: DeskTile {
            required property var modelData
            title: modelData.title
            icon: modelData.icon
            selected: modelData.chipKind === "ok"
            least: Theme.px(96)
            onActivated: desk.page.choose("template", modelData.id)
        }
    }
    Say {
        id: asked
        visible: text !== ""
        text: Theme.reach || Theme.largeText ? "" : desk.page.asked
        size: 30
        bold: true
        x: desk.middleX
        y: actions.y - (visible ? height + Theme.px(4) : 0)
        width: desk.middle
    }
    Row {
        id: actions
        visible: desk.acting
        spacing: desk.gap
        x: desk.middleX
        y: options.y - desk.gap - desk.row
        width: desk.middle

        Repeater {
            model: desk.page.actions

            DeskTile {
                required property var modelData
                title: modelData.title
                selected: modelData.chipKind === "ok"
                width: Math.floor((desk.middle - 2 * desk.gap) / 3)
                height: desk.row
                onActivated: desk.page.choose("action", modelData.id)
            }
        }
    }
    Row {
        id: options
        visible: desk.open
        spacing: desk.gap
        x: desk.middleX
        y: desk.foot - desk.gap - desk.row
        width: desk.middle

        Repeater {
            model: desk.page.options

            SecondaryButton {
                required property var modelData
                text: modelData.title
                icon: Theme.largeText ? "" : modelData.icon
                size: Theme.least
                grows: modelData.title.length <= 12
                padding: Theme.px(14)
                iconSize: 36
                width: Math.floor((desk.middle - 2 * desk.gap) / 3)
                height: desk.row
                onActivated: desk.page.choose("option", modelData.id)
            }
        }
    }
    Row {
        id: pager
        readonly property bool active: desk.open && grid.pages > 1
        visible: pager.active
        spacing: Theme.px(12)
        x: desk.portrait ? desk.edge : Theme.reach ? desk.lastX : desk.middleX + desk.middle - width
        y: desk.portrait ? desk.foot + (desk.shared - height) / 2 : Theme.reach ? desk.reachLine : Theme.px(20)

        SecondaryButton {
            name: desk.words.of.previous_page
            icon: "caret-left"
            padding: Theme.px(16)
            least: desk.row
            width: height
            enabled: grid.page > 0
            onActivated: grid.previous()
        }
        Say {
            text: (Math.min(grid.page, grid.pages - 1) + 1) + " / " + grid.pages
            size: Theme.small
            wrapMode: Text.NoWrap
            anchors.verticalCenter: parent.verticalCenter
        }
        SecondaryButton {
            name: desk.words.of.next_page
            icon: "caret-right"
            padding: Theme.px(16)
            least: desk.row
            width: height
            enabled: grid.page < grid.pages - 1
            onActivated: grid.next()
        }
    }
    SecondaryButton {
        id: hand
        visible: desk.open
        text: desk.page.hand
        padding: Theme.px(16)
        enabled: desk.page.canLog
        width: Math.round(desk.middle * 0.32)
        x: desk.middleX
        y: desk.floor - height
        onActivated: desk.page.choose("hand", "")
    }
    PrimaryButton {
        visible: desk.open
        text: desk.page.solve
        icon: Theme.largeText ? "" : "check"
        padding: Theme.px(16)
        enabled: desk.page.canLog
        width: desk.middle - hand.width - desk.gap
        height: hand.height
        x: hand.x + hand.width + desk.gap
        y: hand.y
        onActivated: desk.page.choose("solve", "")
    }
    Say {
        id: recent
        visible: desk.open && !desk.portrait
        text: desk.page.recentTitle
        size: Theme.largeText ? 30 : Theme.head
        bold: true
        heading: true
        lines: 1
        x: desk.lastX
        y: desk.upper
        width: desk.third - (count.visible ? count.width + Theme.px(12) : 0)
    }
    Say {
        id: count
        visible: recent.visible && !Theme.largeText
        text: desk.page.recentCount
        size: Theme.small
        color: Theme.ink2
        wrapMode: Text.NoWrap
        x: desk.lastX + desk.third - width
        y: recent.y + recent.height - height - Theme.px(4)
    }
    SecondaryButton {
        id: undo
        visible: text !== ""
        text: desk.page.undo
        icon: Theme.largeText ? "" : "arrow-counter-clockwise"
        size: 30
        padding: Theme.px(16)
        least: desk.row
        width: desk.portrait ? Math.round(desk.middle * 0.42) : desk.third
        x: desk.portrait ? desk.middleX + desk.middle - width : desk.lastX
        y: desk.portrait ? desk.foot + (desk.shared - height) / 2 : desk.floor - height
        onActivated: desk.page.choose("undo", "")
    }
    PagedGrid {
        id: list
        visible: recent.visible
        words: desk.words
        rows: desk.page.recent.slice(0, Math.max(0, Math.floor((list.height + list.gap) / Theme.px(Theme.largeText ? 300 : 132))))
        ownPager: false
        gap: Theme.px(12)
        x: desk.lastX
        y: recent.y + recent.height + desk.gap
        width: desk.third
        height: (Theme.reach && pager.active ? pager.y : desk.floor - desk.row) - desk.gap - y
        delegate: StatePanel {
            required property var modelData
            title: modelData.title
            text: modelData.hint
            icon: "clipboard-text"
            chip: modelData.chip
            chipKind: modelData.chipKind
        }
    }
}
