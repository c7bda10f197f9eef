pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// TicketsPage: one's tickets, and the story of the chosen one. In portrait the list stands over it.
PageFrame {
    id: tickets

    required property TicketsViewModel page

    readonly property bool empty: tickets.page.emptyTitle !== ""
    readonly property real listWidth: tickets.portrait ? tickets.inner : Theme.px(680)
    readonly property bool some: !tickets.page.loading && !tickets.empty
    // Beside large or long titles there is no room for a chip: the state stands in the line below.
    readonly property bool inWords: Theme.largeText || tickets.page.rows.some(row => row.title.length > (Theme.lang === "en" ? 32 : 20))
    readonly property bool storyFirst: tickets.portrait && Theme.reach

    readonly property int actions: tickets.page.ways.length
    readonly property bool noteAbove: !tickets.portrait && Theme.reach // what is only read needs no reach
    readonly property real noteAtFoot: tickets.height - note.height - Theme.px(24) - (tickets.storyFirst ? tickets.actsHeight : 0)
    readonly property real actsHeight: acts.visible ? acts.height + Theme.px(24) : 0
    readonly property real room: panel.height - words.y - storyTop.height - (tickets.storyFirst ? 0 : tickets.actsHeight) - (notice.active ? notice.height + Theme.px(20) : 0) - Theme.px(20)
    readonly property real between: Theme.px(Theme.largeText || tickets.storyFirst ? 10 : 34)

    heading: tickets.page.title
    lacking: panel.visible ? story.implicitHeight - tickets.room - Theme.px(16) : 0

    Say {
        id: title
        text: tickets.heading
        size: Theme.title
        bold: true
        heading: true
        x: tickets.side
        y: Theme.px(tickets.noteAbove && Theme.largeText ? 12 : 36)
        width: tickets.listWidth
    }
    Loader {
        active: tickets.page.loading
        x: tickets.side
        y: title.y + title.height + Theme.px(24)
        width: tickets.listWidth
        sourceComponent: TicketsLoading {
            words: tickets.words
            width: tickets.listWidth
        }
    }
    EmptyState {
        visible: !tickets.page.loading && tickets.empty
        icon: "clipboard-text"
        title: tickets.page.emptyTitle
        text: tickets.page.emptyText
        buttonText: tickets.empty ? tickets.page.ways[0]?.title ?? "" : ""
        buttonIcon: tickets.empty ? tickets.page.ways[0]?.icon ?? "" : ""
        x: tickets.side
        y: Math.max(title.y + title.height + Theme.px(24), tickets.reachLine)
        width: Math.min(tickets.inner, Theme.px(1000))
        onActivated: tickets.page.open(tickets.page.ways[0].id)
    }
    PagedGrid {
        id: list
        visible: tickets.some
        words: tickets.words
        rows: tickets.page.rows
        gap: Theme.px(tickets.portrait ? 20 : 24)
        x: tickets.side
        y: Math.max(title.y + title.height + Theme.px(20), tickets.reachLine)
        width: tickets.listWidth
        height: tickets.portrait && !Theme.reach ? Math.min(implicitHeight, Math.round(tickets.height * (Theme.largeText ? 0.3 : 0.44))) : (tickets.noteAbove ? tickets.height - Theme.px(24) : tickets.noteAtFoot - Theme.px(12)) - y
        tallest: Theme.px(146)
        delegate: ListRow {
            required property var modelData
            title: modelData.title
            // In large letters the state alone: number and day stand in the story.
            text: !tickets.inWords || modelData.chip === "" ? modelData.hint : Theme.largeText ? modelData.chip : modelData.chip + " · " + modelData.hint
            size: Theme.largeText ? 30 : 34
            chipText: tickets.inWords ? "" : modelData.chip
            chipKind: modelData.chipKind === "" ? "mute" : modelData.chipKind
            selected: modelData.id === tickets.page.selected
            choice: true
            chevron: false
            onActivated: tickets.page.select(modelData.id)
        }
    }
    Say {
        id: note
        visible: text !== "" && tickets.some
        text: tickets.page.footnote
        size: Theme.small
        line: tickets.noteAbove ? 1.15 : 1.25
        color: Theme.ink2
        x: tickets.side
        y: tickets.portrait && !Theme.reach ? list.y + list.height + Theme.px(14) : tickets.noteAbove ? title.y + title.height + Theme.px(4) : tickets.noteAtFoot
        width: tickets.listWidth
    }
    Panel {
        id: panel
        visible: tickets.page.detail.title !== ""
        x: tickets.portrait ? tickets.side : tickets.side + tickets.listWidth + Theme.px(40)
        y: !tickets.portrait ? Theme.px(28) : tickets.storyFirst ? title.y + title.height + Theme.px(16) : note.y + note.height + Theme.px(20)
        width: tickets.width - tickets.side - x
        height: (tickets.storyFirst ? list.y - Theme.px(24) : tickets.height - Theme.px(36)) - y
        clip: true

        Column {
            id: words
            x: Theme.px(48)
            y: Theme.px(Theme.largeText || tickets.storyFirst ? 24 : 40)
            width: parent.width - 2 * x

            Column {
                id: storyTop
                width: parent.width
                spacing: Theme.px(6)

                Say {
                    text: tickets.page.detail.title
                    size: Theme.tile
                    bold: true
                    heading: true
                    width: parent.width
                }
                Say {
                    text: tickets.page.detail.line
                    size: Theme.small
                    color: Theme.ink2
                    bottomPadding: Theme.px(Theme.largeText || tickets.storyFirst ? 8 : 26)
                    width: parent.width
                }
            }
            FittedStory {
                id: story
                all: tickets.page.detail.steps
                room: tickets.room
                between: tickets.between
                width: parent.width
            }
        }
        Loader {
            id: notice
            active: tickets.page.notice.title !== ""
            x: words.x
            y: panel.height - height - Theme.px(28) - (tickets.storyFirst ? 0 : tickets.actsHeight)
            width: words.width
            sourceComponent: Notice {
                kind: tickets.page.notice.kind
                title: tickets.page.notice.title
                text: Theme.largeText ? "" : tickets.page.notice.text
            }
        }
    }
    Row {
        id: acts
        visible: tickets.actions > 0 && tickets.some
        spacing: Theme.px(16)
        x: tickets.storyFirst ? tickets.side : panel.x + words.x
        y: (tickets.storyFirst ? tickets.height : panel.y + panel.height) - height - Theme.px(24)
        width: tickets.storyFirst ? tickets.inner : words.width
        height: Theme.px(112)

        Repeater {
            model: tickets.page.ways.slice(0, -1)

            SecondaryButton {
                required property var modelData
                text: modelData.title
                icon: tickets.actions > 2 || Theme.largeText ? "" : modelData.icon
                padding: Theme.px(14)
                size: Theme.largeText ? 28 : Theme.button2
                enabled: !tickets.page.busy
                width: Math.round((acts.width - acts.spacing * (tickets.actions - 1)) * (tickets.actions > 2 ? 0.3 : 0.41))
                height: acts.height
                onActivated: tickets.page.choose(modelData.id)
            }
        }
        PrimaryButton {
            readonly property var way: tickets.page.ways[tickets.actions - 1] ?? ({
                    id: "",
                    title: "",
                    icon: ""
                })
            text: way.title
            icon: Theme.largeText && tickets.actions > 2 ? "" : way.icon
            padding: Theme.px(14)
            size: Theme.largeText ? 30 : Theme.button
            busy: tickets.page.busy
            busyText: tickets.page.busyText
            width: acts.width - x
            height: acts.height
            onActivated: tickets.page.choose(way.id)
        }
    }
    Say {
        visible: tickets.some && !panel.visible && !tickets.portrait
        text: tickets.words.of.choose_ticket
        size: Theme.body
        color: Theme.ink2
        x: panel.x
        y: Theme.px(400)
        width: panel.width
        horizontalAlignment: Text.AlignHCenter
    }
}
