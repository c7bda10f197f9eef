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

    // The latest steps, as many as surely fit: a title, a time and two lines each.
    readonly property int fitting: Math.max(1, Math.floor((panel.height - story.y - Theme.px(30)) / (Theme.text(Theme.body) * 1.3 + Theme.text(Theme.small) * (Theme.largeText ? 2.7 : 2.1) + story.between)))

    heading: tickets.page.title

    Say {
        id: title
        text: tickets.heading
        size: Theme.title
        bold: true
        heading: true
        x: tickets.side
        y: Theme.px(36)
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
        x: tickets.side
        y: title.y + title.height + Theme.px(24)
        width: Math.min(tickets.inner, Theme.px(1000))
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
        height: tickets.portrait && !Theme.reach ? Math.min(implicitHeight, Math.round(tickets.height * (Theme.largeText ? 0.3 : 0.44))) : note.y - y - Theme.px(12)
        tallest: Theme.px(146)
        delegate: ListRow {
            required property var modelData
            title: modelData.title
            text: tickets.inWords && modelData.chip !== "" ? modelData.chip + " · " + modelData.hint : modelData.hint
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
        line: 1.25
        color: Theme.ink2
        x: tickets.side
        y: tickets.portrait && !Theme.reach ? list.y + list.height + Theme.px(14) : tickets.height - height - Theme.px(24)
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
            x: Theme.px(48)
            y: Theme.px(Theme.largeText || tickets.storyFirst ? 24 : 40)
            width: parent.width - 2 * x
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
            Story {
                id: story
                told: tickets.page.detail.steps.slice(-tickets.fitting)
                between: Theme.px(Theme.largeText || tickets.storyFirst ? 10 : 34)
                width: parent.width
            }
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
