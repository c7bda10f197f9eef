pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// PagedGrid: rows in equal cells, as many as fit; the others on further pages. rows: list of maps · delegate: its root takes
// modelData · columns · gap · tallest, least: cell height in px of the screen · ownPager: draws the pager below; otherwise
// whoever uses the grid places one with page, pages, previous(), next() · missing: px of the screen that one line lacks. Its implicit height is that of all rows.
Item {
    id: grid

    required property WordsViewModel words
    required property var rows
    required property Component delegate
    property int columns: 1
    property real gap: Theme.px(20)
    property real tallest: 0
    property real least: 0
    property bool ownPager: true
    property int page: 0

    readonly property int lines: Math.ceil(grid.rows.length / grid.columns)
    readonly property real cellWidth: Math.floor((grid.width - (grid.columns - 1) * grid.gap) / grid.columns)
    readonly property real wanted: grid.measure(cells.count + built)
    readonly property bool whole: grid.lines * (grid.wanted + grid.gap) - grid.gap <= grid.height + 1
    readonly property real room: grid.height - (grid.whole || !grid.ownPager ? 0 : Theme.px(112) + grid.gap)
    readonly property real missing: grid.whole ? 0 : grid.wanted - grid.room
    readonly property int linesShown: grid.whole ? grid.lines : Math.max(1, Math.floor((grid.room + grid.gap) / (grid.wanted + grid.gap)))
    readonly property int pages: Math.max(1, Math.ceil(grid.lines / Math.max(1, grid.linesShown)))
    readonly property real cellHeight: Math.max(grid.wanted, Math.min(grid.tallest, Math.floor((grid.room - (grid.linesShown - 1) * grid.gap) / Math.max(1, grid.linesShown))))
    property int built: 0
    // The same things said anew, with another figure or state, leave whoever reads them on their page.
    readonly property string things: grid.rows.map(row => row.id + " " + row.title).join("\n")

    function measure(count: int): real {
        let most = grid.least;
        for (let i = 0; i < cells.count; ++i) {
            const cell = cells.itemAt(i);
            if (cell)
                most = Math.max(most, cell.implicitHeight);
        }
        return Math.ceil(most);
    }
    function fit(cell: Item, index: int): void {
        cell.width = Qt.binding(() => grid.cellWidth);
        cell.height = Qt.binding(() => grid.cellHeight);
        cell.visible = Qt.binding(() => Math.floor(index / (grid.linesShown * grid.columns)) === Math.min(grid.page, grid.pages - 1));
        grid.built += 1;
    }
    function cell(index: int): Item {
        return cells.itemAt(index);
    }
    function previous(): void {
        grid.page = Math.max(0, Math.min(grid.page, grid.pages - 1) - 1);
    }
    function next(): void {
        grid.page = Math.min(grid.pages - 1, grid.page + 1);
    }

    implicitHeight: grid.lines > 0 ? grid.lines * (grid.wanted + grid.gap) - grid.gap : 0
    onThingsChanged: grid.page = 0

    Grid {
        columns: grid.columns
        spacing: grid.gap

        Repeater {
            id: cells
            model: grid.rows
            delegate: grid.delegate
            onItemAdded: (index, item) => grid.fit(item, index)
        }
    }
    Loader {
        active: grid.ownPager && grid.pages > 1
        y: grid.height - Theme.px(112)
        sourceComponent: PagePager {
            words: grid.words
            grid: grid
        }
    }
}
