pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// MovementsPage: the movements of one month and kind. In landscape the choices stand left of the list.
PageFrame {
    id: moves

    required property MovementsViewModel page

    readonly property bool beside: !moves.portrait
    readonly property bool some: !moves.page.loading
    readonly property bool saidAbove: Theme.largeText && Theme.reach // what is only read needs no reach
    readonly property real columnWidth: moves.beside ? Theme.px(520) : moves.inner
    readonly property real listX: moves.beside ? moves.side + moves.columnWidth + Theme.px(56) : moves.side
    readonly property real listTop: moves.beside ? Math.max(Theme.px(36), moves.reachLine) : choices.y + choices.height + Theme.px(20)

    heading: moves.page.title
    lacking: foot.visible && moves.beside && !moves.saidAbove ? choices.y + choices.height - foot.y : 0

    Say {
        id: title
        text: moves.heading
        size: Theme.title
        bold: true
        heading: true
        x: moves.side
        y: Theme.px(Theme.largeText || Theme.reach ? 20 : 36)
        width: moves.columnWidth
    }
    Column {
        id: choices
        visible: moves.some
        x: moves.side
        y: Math.max(title.y + title.height + Theme.px(20), moves.reachLine)
        width: moves.columnWidth
        spacing: Theme.px(16)

        Grid {
            id: kinds
            columns: 3
            spacing: Theme.px(16)

            Repeater {
                model: moves.page.filters

                Segment {
                    required property var modelData
                    text: modelData.title
                    on: modelData.id === moves.page.filter
                    width: Math.floor((moves.columnWidth - 2 * kinds.spacing) / 3)
                    onActivated: moves.page.choose("filter", modelData.id)
                }
            }
        }
        Grid {
            id: months
            // Three rows of large months leave no room for words above the print key.
            readonly property int most: moves.beside ? (Theme.largeText && !Theme.reach && !said.visible ? 3 : 4) : Theme.largeText && !Theme.reach ? 5 : 7
            columns: Math.min(months.most, Math.max(1, moves.page.months.length))
            spacing: Theme.px(16)

            Repeater {
                model: moves.page.months

                Segment {
                    required property var modelData
                    text: modelData.title
                    on: modelData.id === moves.page.month
                    width: Math.floor((moves.columnWidth - (months.columns - 1) * months.spacing) / months.columns)
                    onActivated: moves.page.choose("month", modelData.id)
                }
            }
        }
        Say {
            visible: text !== "" && !Theme.reach && !(moves.beside && Theme.largeText)
            text: moves.page.hint
            size: Theme.small
            color: Theme.ink2
            width: parent.width
        }
    }
    Loader {
        active: moves.page.loading
        x: moves.listX
        y: Math.max(moves.beside ? Theme.px(36) : title.y + title.height + Theme.px(24), moves.reachLine)
        width: moves.width - moves.side - x
        sourceComponent: TicketsLoading {
            words: moves.words
        }
    }
    EmptyState {
        visible: moves.some && moves.page.emptyTitle !== ""
        icon: "receipt"
        title: moves.page.emptyTitle
        text: moves.page.emptyText
        x: moves.listX
        y: moves.listTop
        width: moves.width - moves.side - x
    }
    PagedGrid {
        visible: moves.some
        words: moves.words
        rows: moves.page.rows
        gap: Theme.px(14)
        x: moves.listX
        y: moves.listTop
        width: moves.width - moves.side - x
        height: (moves.beside || !foot.visible ? moves.floor : foot.y - Theme.px(20)) - y
        tallest: Theme.px(118)
        delegate: MovementRow {
            required property var modelData
            title: modelData.title
            time: modelData.hint
            icon: modelData.icon
            amount: modelData.chip
            paidIn: modelData.chipKind === "in"
            opened: modelData.id === moves.page.opened
            merchant: opened ? moves.page.openedText : ""
            onActivated: moves.page.choose("movement", modelData.id)
        }
    }
    Item {
        id: foot
        visible: moves.some && moves.page.print !== ""
        x: moves.side
        y: moves.floor - height
        width: moves.columnWidth
        height: moves.saidAbove ? paper.height : moves.beside ? paper.height + (said.visible ? said.height + Theme.px(12) : 0) : Math.max(paper.height, said.visible ? said.height : 0)

        SecondaryButton {
            id: paper
            text: moves.page.print
            icon: "printer"
            implicitHeight: Theme.px(112)
            width: moves.beside || moves.saidAbove || !said.visible ? parent.width : Math.round(parent.width * 0.48)
            y: parent.height - height
            onActivated: moves.page.choose("print", "")
        }
        Say {
            id: said
            visible: text !== ""
            text: moves.page.printText
            size: Theme.label
            color: Theme.ink2
            x: moves.beside || moves.saidAbove ? 0 : paper.width + Theme.gap
            y: moves.saidAbove ? title.y + title.height + Theme.px(20) - foot.y : moves.beside ? 0 : Math.round((parent.height - height) / 2)
            width: moves.saidAbove ? moves.inner : parent.width - x
        }
    }
}
