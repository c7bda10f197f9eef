import QtQuick
import CampusKiosk
import "../components"

// TicketsLoading: blocks where the tickets will stand; after 8 s it says that it takes longer than usual.
Column {
    id: loading

    required property WordsViewModel words

    spacing: Theme.px(24)

    Skeleton {
        rows: 4
        rowHeight: Theme.px(146)
        name: loading.words.of.loading
        width: loading.width
    }
    Say {
        visible: !patience.running
        text: loading.words.of.slower
        size: Theme.body
        color: Theme.ink2
        width: loading.width
    }
    Timer {
        id: patience
        interval: 8000
        running: true
    }
}
