pragma ComponentBehavior: Bound
import QtQuick
import "lineBreak.js" as LineBreak

// Tile: one service. title (≤ 6 汉字, two lines in English) · text: one line, left out in large text and in rows ·
// icon · row: icon left, title only (reach); rowSize, rowIcon: of its title and icon · textLines: lines kept free for text so that titles of a row align ·
// slim: too low for a title of two lines · badge: a short chip · selected · enabled: false with the reason in text ("联网后可用").
PressSurface {
    id: tile

    property real shortest: Theme.px(250)
    property real shortestRow: Theme.px(150)
    property string title: ""
    property string text: ""
    property string icon: ""
    property string badge: ""
    property bool row: Theme.reach
    property real rowSize: Theme.button2
    property real rowIcon: Theme.largeText ? 68 : 84
    property int textLines: 1
    property bool slim: false
    property real padding: Theme.px(36)

    readonly property real fullSize: Theme.text(tile.row ? tile.rowSize : Theme.tile)
    // A long word shrinks the title, by a fifth at most, rather than breaking; so does a short title rather than take a second
    // line for its last character.
    // metrics.height: calling advanceWidth alone would not follow the font.
    readonly property real widest: metrics.height > 0 ? Math.max(...LineBreak.balanced(tile.title, line => metrics.advanceWidth(line)).map(line => metrics.advanceWidth(line))) : 1
    readonly property real fits: Math.min(1, heading.width / tile.widest)
    readonly property real squeeze: tile.title.indexOf(" ") < 0 ? (tile.fits < 0.8 ? 1 : tile.fits) : Math.max(0.8, tile.fits)
    // Words longer than ours: the description takes a line more, a title that no longer fits a low tile two, and the tile is as
    // high as that needs.
    readonly property bool low: tile.slim && !tile.row && metrics.height > 0 && metrics.advanceWidth(tile.title) * 0.8 <= heading.width
    readonly property bool grown: !tile.row && (below.cutAt > 0 || tile.slim && !tile.low)
    readonly property real needed: picture.y + picture.height + heading.height + below.room + Theme.px(12) + Theme.foot
    readonly property bool showText: tile.text !== "" && !tile.row && (!Theme.largeText || !tile.enabled)

    name: tile.title
    hint: tile.badge === "" ? tile.text : tile.badge + (tile.text === "" ? "" : " · " + tile.text)
    corner: Theme.radiusLarge
    outlineWidth: tile.enabled ? Theme.outline : Theme.px(2)
    implicitWidth: Theme.px(334)
    implicitHeight: tile.row ? tile.shortestRow : tile.grown ? Math.max(tile.shortest, tile.needed) : tile.shortest

    FontMetrics {
        id: metrics
        font.family: Theme.family
        font.weight: Font.Bold
        font.pixelSize: tile.fullSize
    }
    Icon {
        id: picture
        name: tile.icon
        weight: "two-tone"
        size: tile.row ? tile.rowIcon : Theme.largeText || heading.lineCount > 1 ? 68 : tile.slim ? 72 : 84
        color: tile.accent
        // The drawing, not its box, lines up with the title.
        x: tile.padding - Math.round(width * 0.08)
        y: tile.row ? Math.round((parent.height - height) / 2) : Theme.px(tile.slim ? 18 : 24)
    }
    Say {
        id: heading
        text: tile.title
        font.pixelSize: Math.floor(tile.fullSize * tile.squeeze)
        bold: true
        line: 1.14
        lines: tile.low ? 1 : 2
        wrapMode: tile.low ? Text.NoWrap : Text.Wrap
        fontSizeMode: tile.low ? Text.HorizontalFit : Text.FixedSize
        minimumPixelSize: Math.floor(tile.fullSize * 0.8)
        spoken: false
        color: tile.ink
        x: tile.row ? tile.padding + Theme.px(tile.rowIcon) + Theme.px(18) : tile.padding // not the picture's width: it follows this text
        width: parent.width - x - (tile.row && tile.badge !== "" ? chip.width + 2 * Theme.px(16) : Theme.px(tile.row ? 18 : 14))
        y: tile.row ? Math.round((parent.height - height) / 2) : parent.height - height - below.room - Theme.px(tile.showText ? 4 : 24)
    }
    Say {
        id: below
        readonly property real room: tile.showText ? below.maximumLineCount * Math.round(font.pixelSize * 1.25) + Theme.px(28) : 0
        visible: tile.showText
        text: tile.text
        size: 27
        line: 1.25
        lines: (heading.lineCount > 1 ? 1 : Math.max(1, tile.textLines)) + (below.cutAt > 0 ? 1 : 0)
        spoken: false
        color: tile.enabled && !tile.selected ? Theme.ink2 : tile.ink
        x: tile.padding
        y: parent.height - room
        width: parent.width - x - Theme.px(16)
    }
    Chip {
        id: chip
        visible: tile.badge !== ""
        text: tile.badge
        kind: "info"
        grows: false
        x: parent.width - width - Theme.px(20)
        y: tile.row ? Math.round((parent.height - height) / 2) : Theme.px(20)
    }
    Loader {
        active: tile.selected
        x: parent.width - width - Theme.px(24)
        y: Theme.px(24)
        sourceComponent: ChosenMark {}
    }
}
