pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// NoticesPage: what staff tell everybody, the pressing things first.
PageFrame {
    id: notices

    required property NoticesViewModel page

    heading: notices.page.title

    Say {
        id: title
        text: notices.heading
        size: Theme.title
        bold: true
        heading: true
        x: notices.side
        y: Theme.px(32)
        width: notices.inner
    }
    PagedGrid {
        words: notices.words
        rows: notices.page.rows
        columns: notices.portrait || Theme.largeText ? 1 : 2
        gap: Theme.px(20)
        x: notices.side
        y: title.y + title.height + Theme.px(24) // only read: the buttons below it are in reach
        width: notices.inner
        height: done.y - Theme.gap - y
        tallest: Theme.px(notices.portrait ? 300 : 290)
        delegate: NoticePanel {
            required property var modelData
            title: modelData.title
            text: modelData.hint
            icon: modelData.icon
            chip: modelData.chip
            chipKind: modelData.chipKind
        }
    }
    Loader {
        active: notices.page.empty !== ""
        x: notices.side
        y: title.y + title.height + Theme.px(40)
        width: notices.inner
        sourceComponent: Say {
            text: notices.page.empty
            size: Theme.body
            color: Theme.ink2
            width: parent.width
        }
    }
    SecondaryButton {
        id: promise
        text: notices.page.promise
        width: notices.portrait ? Math.round((notices.inner - Theme.gap) * (Theme.largeText ? 0.5 : 0.33)) : Theme.px(Theme.largeText ? 640 : 400)
        x: notices.portrait ? notices.side : done.x - Theme.gap - width
        y: done.y
        height: done.height
        onActivated: notices.page.open("promise")
    }
    PrimaryButton {
        id: done
        text: notices.page.done
        width: notices.portrait ? notices.inner - promise.width - Theme.gap : Theme.px(560)
        x: notices.width - notices.side - width
        y: notices.floor - height
        onActivated: notices.page.close()
    }
}
