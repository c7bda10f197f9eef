pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// AccountPage: which account and what it opens, before anything is typed; then what can be done about it.
PageFrame {
    id: account

    required property AccountViewModel page

    // In reach mode the rows have the whole width below the words, where nothing has to be said beside them.
    readonly property bool wide: Theme.reach && !account.portrait && !notice.active
    readonly property real said: account.wide ? ask.y + ask.height + Theme.px(28) : Theme.px(40)
    readonly property real begin: Math.max((account.portrait ? notice.y + (notice.active ? notice.height + Theme.px(32) : 0) : account.said), account.reachLine)
    readonly property real gridX: account.portrait || account.wide ? account.side : Theme.px(776)

    heading: account.page.title
    lacking: account.portrait || account.wide ? account.begin + Theme.px(134) - account.floor : (notice.active ? notice.y + notice.height : ask.y + ask.height) - account.floor

    Column {
        id: ask
        x: account.side
        y: Theme.px(account.portrait ? 28 : 44)
        width: account.portrait || account.wide ? account.inner : Theme.px(600)
        spacing: Theme.px(20)

        Say {
            text: account.heading
            size: Theme.title
            bold: true
            heading: true
            width: parent.width
        }
        Say {
            text: account.page.account
            size: Theme.head
            bold: true
            width: parent.width
        }
        Doors {
            label: account.page.opensLabel
            opens: account.page.opens
            width: parent.width
        }
    }
    Loader {
        id: notice
        active: account.page.notice.title !== "" || account.page.busyText !== ""
        visible: active
        x: account.side
        y: ask.y + ask.height + Theme.px(32)
        width: ask.width
        sourceComponent: Notice {
            kind: account.page.busy ? "info" : account.page.notice.kind
            title: account.page.busy ? account.page.busyText : account.page.notice.title
            text: account.page.busy ? "" : account.page.notice.text
        }
    }
    PagedGrid {
        words: account.words
        rows: account.page.rows
        columns: account.wide ? 2 : 1
        gap: Theme.gap
        x: account.gridX
        y: account.begin
        width: account.width - account.side - x
        height: account.floor - y
        least: Theme.px(account.portrait ? 176 : 134)
        tallest: Theme.px(190)
        delegate: ListRow {
            required property var modelData
            title: modelData.title
            text: Theme.largeText ? "" : modelData.hint
            icon: modelData.icon
            strong: true
            size: 40
            enabled: !account.page.busy
            showOff: false
            onActivated: account.page.open(modelData.id)
        }
    }
}
