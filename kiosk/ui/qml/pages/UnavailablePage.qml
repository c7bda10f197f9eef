pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// UnavailablePage: what cannot be done now, why, and what can.
PageFrame {
    id: away

    required property UnavailableViewModel page

    readonly property real rightX: away.portrait ? away.side : Theme.px(860)

    heading: away.page.title
    lacking: say.y + say.height + (away.portrait ? Theme.px(260) : 0) - away.floor

    Column {
        id: say
        x: away.side
        y: Theme.px(away.portrait ? 48 : 52)
        width: away.portrait ? away.inner : away.rightX - away.side - Theme.px(80)
        spacing: Theme.px(24)

        Icon {
            name: away.page.icon
            weight: "two-tone"
            size: Theme.reach && !away.portrait ? 84 : 132
            color: Theme.warn
        }
        Say {
            text: away.heading
            size: Theme.title
            bold: true
            heading: true
            width: parent.width
        }
        Say {
            text: away.page.busyText || away.page.text
            size: Theme.body
            color: Theme.ink2
            width: parent.width
        }
    }
    PagedGrid {
        words: away.words
        rows: away.page.ways
        gap: Theme.gap
        x: away.rightX
        y: Math.max(away.portrait ? say.y + say.height + Theme.px(56) : Theme.px(64), away.reachLine)
        width: away.width - away.side - x
        height: away.floor - y
        tallest: Theme.px(160)
        least: Theme.px(130)
        delegate: ListRow {
            required property var modelData
            title: modelData.title
            text: Theme.largeText ? "" : modelData.hint
            icon: modelData.icon
            strong: true
            size: 38
            enabled: !away.page.busy
            showOff: false
            onActivated: away.page.open(modelData.id)
        }
    }
}
