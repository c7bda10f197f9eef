pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// IdentifyPage: the card, asked for by the yellow block alone; other ways below it.
PageFrame {
    id: identify

    required property IdentifyViewModel page

    readonly property var reader: identify.page.reader
    readonly property bool ready: identify.reader.position !== ""
    readonly property int ways: identify.page.otherWays.length

    heading: identify.ready ? identify.reader.title : identify.page.notice.title
    lacking: identify.ready ? block.over : list.y + list.height - identify.floor

    Row {
        id: matter
        spacing: Theme.px(26)
        x: identify.side + Theme.px(4)
        y: Theme.px(identify.portrait ? 30 : 24)
        height: Theme.px(60)

        Icon {
            name: identify.page.icon
            weight: "two-tone"
            size: 56
            color: Theme.primary
            anchors.verticalCenter: parent.verticalCenter
        }
        Say {
            text: identify.page.matter
            size: 36
            bold: true
            wrapMode: Text.NoWrap
            anchors.verticalCenter: parent.verticalCenter
        }
    }
    Notice {
        id: notice
        visible: title !== ""
        kind: identify.page.notice.kind
        title: identify.page.notice.title
        text: identify.page.notice.text
        x: identify.side
        y: matter.y + matter.height + Theme.px(24)
        width: identify.inner
    }
    CardBlock {
        id: block
        visible: identify.ready
        school: identify.shell.frame.campus
        card: Theme.lang === "en" ? "" : identify.words.of.card
        heading: identify.reader.reading ? identify.words.of.reading_card : identify.reader.title
        words: identify.reader.text
        position: identify.towards(identify.reader.position)
        reading: identify.reader.reading
        x: identify.side
        y: notice.visible ? notice.y + notice.height + Theme.gap : matter.y + matter.height + Theme.px(identify.portrait ? 36 : 24)
        width: identify.inner
        height: list.y - y - Theme.px(identify.portrait ? 24 : 32)
    }
    PagedGrid {
        id: list
        words: identify.words
        rows: identify.page.otherWays
        columns: identify.ways > 3 && !(identify.portrait && Theme.largeText) ? 2 : identify.portrait || !identify.ready && !Theme.reach ? 1 : Math.max(1, identify.ways)
        gap: Theme.gap
        x: identify.side
        y: identify.ready || Theme.reach ? identify.floor - height : notice.y + notice.height + Theme.px(48)
        width: identify.inner
        height: implicitHeight
        least: Theme.px(!identify.ready ? 168 : identify.portrait ? 126 : 112)
        delegate: SecondaryButton {
            required property var modelData
            text: modelData.title
            icon: modelData.icon
            onActivated: identify.page.open(modelData.id)
        }
    }
}
