pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// TopicPage: the articles of one topic, what helps most people first.
PageFrame {
    id: topic

    required property TopicViewModel page

    heading: topic.page.title

    Say {
        id: title
        text: topic.heading
        size: Theme.title
        bold: true
        heading: true
        x: topic.side
        y: Theme.px(Theme.largeText ? 16 : 28)
        width: topic.inner
    }
    PagedGrid {
        words: topic.words
        rows: topic.page.rows
        columns: topic.portrait ? 1 : 2
        gap: Theme.px(20)
        x: topic.side
        y: Math.max(title.y + title.height + Theme.px(28), topic.reachLine)
        width: topic.inner
        height: topic.floor - y
        delegate: ListRow {
            required property var modelData
            title: modelData.title
            text: Theme.largeText || Theme.reach ? "" : modelData.hint
            icon: Theme.largeText ? "" : modelData.icon
            onActivated: topic.page.open(modelData.id)
        }
    }
    Skeleton {
        visible: topic.page.loading
        x: topic.side
        y: title.y + title.height + Theme.px(28)
        width: topic.inner
    }
}
