pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// TopicsPage: the search, topics, and what helps most people.
PageFrame {
    id: topics

    required property TopicsViewModel page

    readonly property bool tight: Theme.reach || Theme.largeText
    readonly property bool none: topics.page.emptyTitle !== ""
    readonly property bool aside: !topics.portrait && !topics.tight
    readonly property real gap: Theme.px(16)
    readonly property real line: Theme.px(118) // of a topic, two lines of its words included
    readonly property real begin: Math.max(title.y + title.height + Theme.px(topics.portrait ? 28 : 20), topics.reachLine)
    readonly property real gridWidth: topics.aside ? Theme.px(1100) : topics.inner
    // Whole rows only, none of them on a page of its own: the topics lead to all of them.
    readonly property real helpfulTop: topics.portrait ? grid.y + grid.height + Theme.px(28) : topics.begin
    readonly property int helpfulRows: Math.max(0, Math.floor((topics.floor - helpfulTop - helpfulTitle.height - Theme.px(12) + topics.gap) / (topics.helpfulLine + topics.gap)))
    readonly property real helpfulLine: Theme.px(Theme.lang === "en" && !topics.aside ? 152 : 132)
    readonly property bool helpfulShown: !topics.tight && topics.page.helpful.length > 0 && topics.helpfulRows > 0

    heading: topics.page.title

    Say {
        id: title
        text: topics.heading
        size: Theme.title
        bold: true
        heading: true
        x: topics.side
        y: Theme.px(Theme.largeText ? 16 : 28)
        width: topics.inner
    }
    Loader {
        id: search
        active: topics.page.search !== ""
        x: topics.side
        y: topics.begin
        width: topics.gridWidth
        height: active ? Theme.px(topics.portrait && !topics.tight ? 120 : 104) : 0
        sourceComponent: SearchBar {
            text: topics.page.search
            onActivated: topics.page.open("search")
        }
    }
    PagedGrid {
        id: grid
        words: topics.words
        rows: topics.page.topics
        columns: topics.portrait ? (Theme.reach && !Theme.largeText ? 3 : 2) : topics.aside ? 3 : 4
        gap: topics.gap
        x: topics.side
        y: search.y + search.height + Theme.gap
        width: topics.gridWidth
        height: topics.tight || topics.aside ? topics.floor - y : lines * (topics.line + topics.gap) - topics.gap
        tallest: topics.aside ? Theme.px(150) : topics.line
        delegate: ListRow {
            required property var modelData
            title: modelData.title
            icon: topics.tight ? "" : modelData.icon
            size: Theme.lang === "en" ? 29 : 32
            chevron: false
            onActivated: topics.page.open(modelData.id)
        }
    }
    Say {
        id: helpfulTitle
        visible: topics.helpfulShown
        text: topics.page.helpfulTitle
        size: Theme.label
        bold: true
        color: Theme.ink2
        x: topics.aside ? topics.side + topics.gridWidth + Theme.px(48) : topics.side
        y: topics.helpfulTop
        width: topics.width - topics.side - x
    }
    Column {
        visible: topics.helpfulShown
        x: helpfulTitle.x
        y: helpfulTitle.y + helpfulTitle.height + Theme.px(12)
        spacing: topics.gap

        Repeater {
            model: topics.helpfulShown ? topics.page.helpful.slice(0, topics.helpfulRows) : []

            ListRow {
                required property var modelData
                title: modelData.title
                text: topics.aside ? "" : modelData.hint
                icon: topics.aside ? "" : modelData.icon
                size: topics.aside ? 30 : 34
                width: helpfulTitle.width
                height: topics.helpfulLine
                onActivated: topics.page.open(modelData.id)
            }
        }
    }
    Loader {
        active: topics.none
        x: topics.side
        y: topics.begin + Theme.gap
        width: topics.inner
        sourceComponent: EmptyState {
            icon: "book-open"
            title: topics.page.emptyTitle
            text: topics.page.emptyText
            buttonText: topics.page.report
            buttonIcon: "wrench"
            onActivated: topics.page.open("report")
        }
    }
}
