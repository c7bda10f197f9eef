pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// FoundCardPage: first the yellow block asks for the found card, then rows say where it can be handed in. Nobody is asked who they are.
PageFrame {
    id: found

    required property FoundCardViewModel page

    readonly property bool asking: found.page.places.length === 0
    readonly property bool ready: found.page.reader.position !== ""
    readonly property real rightX: found.portrait ? found.side : Theme.px(796)

    heading: found.page.title
    lacking: found.asking ? 0 : ask.y + ask.height - (found.portrait ? others.y - Theme.px(300) : privacy.visible ? privacy.y : found.floor)

    Column {
        id: ask
        x: found.side
        y: Theme.px(found.portrait ? 28 : 44)
        width: found.portrait || found.asking ? found.inner : found.rightX - found.side - Theme.px(80)
        spacing: Theme.px(found.portrait ? 16 : 22)

        Say {
            text: found.asking || found.portrait ? found.heading.replace("\n", Theme.lang === "zh" ? "" : " ") : found.heading
            size: Theme.title
            bold: true
            heading: true
            width: parent.width
        }
        Say {
            visible: text !== "" && !(Theme.largeText && Theme.reach)
            text: found.page.text
            size: Theme.body
            color: Theme.ink2
            width: parent.width
        }
        Notice {
            visible: title !== ""
            kind: found.page.notice.kind
            title: found.page.notice.title
            text: Theme.largeText && (Theme.reach || !found.portrait) ? "" : found.page.notice.text
            width: parent.width
        }
        Notice {
            visible: found.page.busy && title !== ""
            title: found.page.busyText
            width: parent.width
        }
    }
    CardBlock {
        visible: found.asking && found.ready
        school: found.shell.frame.campus
        card: Theme.lang === "en" ? "" : found.words.of.card
        heading: found.page.reader.reading ? found.words.of.reading_card : found.page.reader.title
        words: found.page.reader.text
        position: found.towards(found.page.reader.position)
        reading: found.page.reader.reading
        x: found.side
        y: ask.y + ask.height + Theme.px(36)
        width: found.inner
        height: others.y - y - Theme.px(32)
    }
    CardPicture {
        id: picture
        visible: !found.asking && !found.portrait && !Theme.largeText && privacy.y - y > height
        school: found.shell.frame.campus
        words: Theme.lang === "en" ? "" : found.words.of.card
        reader: false
        size: 420
        x: found.side
        y: ask.y + ask.height + Theme.px(44)
    }
    Row {
        id: privacy
        visible: !found.asking && !Theme.largeText && words.text !== ""
        spacing: Theme.px(20)
        x: found.side
        y: found.portrait ? others.y - height - Theme.px(28) : found.floor - height
        width: ask.width

        Icon {
            name: "shield-check"
            weight: "two-tone"
            size: 48
            color: Theme.primary
            anchors.verticalCenter: parent.verticalCenter
        }
        Say {
            id: words
            text: found.page.privacy
            size: Theme.small
            color: Theme.ink2
            width: parent.width - Theme.px(68)
            anchors.verticalCenter: parent.verticalCenter
        }
    }
    PagedGrid {
        visible: !found.asking
        words: found.words
        rows: found.page.places
        gap: Theme.px(Theme.largeText ? 16 : 24)
        x: found.rightX
        y: Math.max(found.portrait ? ask.y + ask.height + Theme.px(40) : Theme.px(40), found.reachLine)
        width: found.width - found.side - x
        height: (found.portrait && privacy.visible ? privacy.y : others.y) - Theme.gap - y
        tallest: Theme.px(144)
        least: Theme.px(112)
        delegate: ListRow {
            required property var modelData
            title: modelData.title
            text: Theme.largeText ? "" : modelData.hint
            icon: modelData.icon
            chipText: modelData.chip
            chipKind: modelData.chipKind
            chevron: true
            strong: true
            size: 38
            enabled: !found.page.busy
            onActivated: found.page.choose(modelData.id)
        }
    }
    PagedGrid {
        id: others
        words: found.words
        rows: found.page.otherWays
        columns: found.asking && !found.portrait ? Math.max(1, found.page.otherWays.length) : 1
        gap: Theme.px(16)
        x: found.asking ? found.side : found.rightX
        y: found.floor - height
        width: found.width - found.side - x
        height: implicitHeight
        least: Theme.px(112)
        delegate: SecondaryButton {
            required property var modelData
            text: modelData.title
            icon: modelData.icon
            enabled: !found.page.busy
            onActivated: found.page.open(modelData.id)
        }
    }
}
