pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// HomePage: greeting on the school's colour, one tile for each service that exists, the yellow block.
PageFrame {
    id: home

    required property HomeViewModel page

    readonly property bool few: home.page.tiles.length <= 3
    // Six are a page. Who lost or found a card must not turn it: that one stands by itself, outside the grid.
    readonly property real shortest: Theme.px(home.portrait && home.crowded ? 220 : 250)
    readonly property bool crowded: !Theme.reach && home.page.tiles.length > 6
    readonly property bool inRows: Theme.reach || home.portrait && Theme.largeText
    readonly property var apart: home.page.tiles.filter(tile => home.crowded && home.isApart(tile.id))
    readonly property var grid: home.page.tiles.filter(tile => !(home.crowded && home.isApart(tile.id)))
    readonly property bool reader: (home.page.reader.position ?? "") !== ""
    readonly property real panelWidth: home.portrait ? home.width : Theme.px(600)
    readonly property real panelHeight: !home.portrait ? home.height : Theme.reach ? home.reachLine - Theme.px(32) : Math.max(Theme.px(Theme.largeText ? 628 : 584), home.longest)
    // Of a greeting that is too long in its smallest letters too: the panel is as high as it needs.
    readonly property real longest: !home.portrait || Theme.step < Theme.steps ? 0 : notice.visible ? notice.y + notice.height + Theme.px(8) : hello.y + hello.height + link.height + Theme.px(24)
    readonly property real edge: home.portrait ? Theme.px(48) : Theme.px(56)
    readonly property real areaX: home.portrait ? home.edge : home.panelWidth + home.edge
    readonly property real areaTop: search.active ? search.y + search.height + Theme.gap : home.begin
    readonly property real begin: home.portrait ? home.panelHeight + Theme.px(36) : Theme.reach ? home.reachLine + Theme.px(8) : Theme.px(92)
    readonly property real areaEnd: home.portrait ? (link.inPanel ? home.height - Theme.px(36) : link.y - Theme.px(8)) : !home.reader || Theme.reach ? home.height - Theme.px(36) : band.y - Theme.gap

    function isApart(tile: string): bool {
        return tile === "card_lost" || tile === "found_card";
    }

    firstStop: home.page.tiles.find(tile => tile.id === "report")?.title ?? ""
    underStrip: false
    heading: home.words.of.home_hello
    lacking: Math.max(hello.y + hello.height - (link.visible && link.inPanel && !notice.visible ? link.y + Theme.px(36) : home.panelHeight), notice.visible ? notice.y + notice.height - (home.portrait ? home.panelHeight + Theme.px(30) : slim.active ? slim.y : link.y) : 0, band.visible && home.portrait && link.visible && link.inPanel && notice.visible ? band.y + band.height - link.y - Theme.px(20) : 0)

    Rectangle {
        id: panel
        width: home.panelWidth
        height: home.panelHeight
        color: Theme.brand

        Rectangle {
            visible: Theme.contrast
            x: home.portrait ? 0 : parent.width - width
            y: home.portrait ? parent.height - height : 0
            width: home.portrait ? parent.width : Theme.outline
            height: home.portrait ? Theme.outline : parent.height
            color: Theme.line
        }
        BrandMark {
            visible: !home.portrait
            letter: home.shell.frame.mark
            school: home.shell.frame.campus
            service: Theme.lang === "en" || Theme.largeText ? "" : home.shell.frame.product
            overBrand: true
            x: Theme.px(64)
            y: Theme.px(48)
        }
        Say {
            id: hello
            text: home.words.of.home_hello
            size: home.portrait ? 94 : 86
            bold: true
            heading: true
            color: Theme.brandInk
            x: home.portrait ? Theme.px(72) : Theme.px(66)
            y: !home.portrait ? Theme.px(Theme.largeText && home.crowded ? 160 : 200) : Theme.reach ? panel.height - height - Theme.px(110) : Theme.px(Theme.largeText ? 98 : 126)
            width: home.portrait ? Theme.px(560) : panel.width - x - Theme.px(24)
        }
    }
    TextLink {
        id: notice
        visible: home.page.notice !== "" && !Theme.reach
        text: home.page.notice
        icon: "megaphone"
        overBrand: true
        wraps: true
        x: home.portrait ? Theme.px(70) : Theme.px(64)
        y: hello.y + hello.height + Theme.px(home.portrait ? 8 : 32)
        width: home.portrait ? ((home.reader ? band.x : link.visible ? link.x : home.width) - x - Theme.px(24)) : home.panelWidth - x - Theme.px(40)
        onActivated: home.page.open("notices")
    }
    StatusStrip {
        x: home.portrait ? 0 : home.panelWidth
        width: home.width - x
        side: home.portrait ? Theme.px(72) : home.edge
        showBrand: home.portrait
        overBrand: home.portrait && plain
        kind: home.shell.strip.kind
        message: home.shell.strip.text
        count: home.shell.strip.count
        letter: home.shell.frame.mark
        school: home.portrait && Theme.largeText && Theme.lang === "en" ? "" : home.shell.frame.campus
        service: Theme.largeText || Theme.lang === "en" ? "" : home.shell.frame.product
        place: home.shell.frame.place
        time: home.shell.frame.clock
    }
    Loader {
        id: search
        active: home.page.search !== ""
        x: home.areaX
        y: home.begin
        width: home.width - x - home.edge
        height: Theme.px(home.portrait && !Theme.reach && !Theme.largeText ? 112 : 100)
        sourceComponent: SearchBar {
            text: home.page.search
            onActivated: home.page.open("search")
        }
    }
    PagedGrid {
        words: home.words
        rows: home.grid
        x: home.areaX
        y: home.areaTop
        width: home.width - x - home.edge
        height: home.areaEnd - y - (slim.active && home.portrait ? slim.height + Theme.gap : 0)
        gap: Theme.reach && Theme.largeText && !home.portrait ? Theme.px(12) : Theme.gap
        columns: home.few ? 1 : home.portrait ? 2 : 3
        tallest: home.few ? Theme.px(520) : Theme.px(400)
        least: home.few || home.inRows ? Theme.px(home.page.tiles.length > 6 ? 108 : 128) : home.shortest
        delegate: home.few ? broad : square
    }
    Loader {
        id: slim
        active: home.apart.length > 0
        x: home.portrait ? home.edge : Theme.px(64)
        y: home.portrait ? home.areaEnd - height : link.y - height - Theme.px(20)
        width: home.portrait ? home.width - 2 * home.edge : home.panelWidth - 2 * Theme.px(64)
        sourceComponent: ListRow {
            title: home.apart[0].title
            readonly property bool narrow: Theme.largeText && !home.portrait
            icon: narrow ? "" : home.apart[0].icon
            size: narrow ? 28 : 34
            strong: true
            onActivated: home.page.open(home.apart[0].id)
        }
    }
    TextLink {
        id: link
        readonly property bool inPanel: !home.portrait || !Theme.reach
        text: home.words.of.privacy_link
        icon: "shield-check"
        visible: !(home.portrait && Theme.largeText && notice.visible)
        overBrand: link.inPanel
        x: home.portrait ? (!link.inPanel ? home.edge : !notice.visible ? Theme.px(70) : home.reader ? band.x - Theme.px(8) : home.width - width - home.edge) : Theme.px(64)
        y: link.inPanel ? panel.height - height - Theme.px(home.portrait ? 16 : 24) : home.height - height - Theme.px(12)
        onActivated: home.page.showPrivacy()
    }
    HwHint {
        id: band
        visible: home.reader
        title: home.page.reader.title ?? ""
        text: Theme.largeText ? "" : home.page.reader.text ?? ""
        position: home.towards(home.page.reader.position ?? "")
        phase: home.page.reader.reading ? "reading" : "waiting"
        tall: home.portrait
        titleSize: home.portrait ? 36 : Theme.reach ? 52 : 40
        x: home.portrait ? home.width - width - home.edge : home.areaX
        y: home.portrait ? (Theme.reach ? panel.height - height - Theme.px(76) : Theme.px(Theme.largeText || home.page.notice !== "" ? 104 : 168)) : Theme.reach ? Theme.px(96) : home.height - height - Theme.px(32)
        width: home.portrait ? Theme.px(372) : home.width - x - home.edge
        height: home.portrait ? Math.max(Theme.px(286), implicitHeight) : Theme.reach ? home.reachLine - Theme.px(128) : Theme.px(124)
    }

    Component {
        id: broad

        WideTile {
            required property var modelData
            title: modelData.title
            text: modelData.hint
            icon: modelData.icon
            badge: modelData.chip
            onActivated: home.page.open(modelData.id)
        }
    }
    Component {
        id: square

        Tile {
            required property var modelData
            shortest: home.shortest
            row: home.inRows
            rowSize: Theme.reach && Theme.largeText ? 30 : Theme.button2
            rowIcon: !Theme.largeText ? 84 : Theme.reach && !home.portrait ? 48 : 68
            padding: Theme.px(Theme.reach && Theme.largeText && !home.portrait ? 24 : 36)
            shortestRow: Theme.px(home.page.tiles.length > 6 ? 108 : 150)
            title: modelData.title
            text: modelData.hint
            icon: modelData.icon
            badge: modelData.chip
            textLines: Theme.lang === "en" && !slim ? 2 : 1
            slim: home.portrait && home.crowded
            onActivated: home.page.open(modelData.id)
        }
    }
}
