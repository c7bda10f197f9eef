pragma ComponentBehavior: Bound
import QtQuick

// ListRow: one line of a list, 108–150 high. title · text · icon · chipText, chipKind · chevron: leads on (default) ·
// strong: outlined as a field (a value that can be changed) · selected. Lists have pages of 4–8 rows and a Pager.
// pieces: the title again, every second piece bold and the rest not, where it stands in one line · light: no bold title.
PressSurface {
    id: row

    property string title: ""
    property string text: ""
    property string icon: ""
    property string chipText: ""
    property string chipKind: "info"
    property bool chevron: row.chipText === ""
    property bool strong: false
    property real size: 34
    property var pieces: []
    property bool light: false

    // advanceWidth() alone is not asked again when the font comes: the heights are.
    readonly property real pieceWidth: boldMetrics.height > 0 && plainMetrics.height > 0 ? row.pieces.reduce((sum, piece, at) => sum + (at % 2 ? boldMetrics : plainMetrics).advanceWidth(piece), 0) : 0
    readonly property bool inPieces: row.pieces.length > 1 && row.pieceWidth < words.width - Theme.px(4)

    name: row.title
    hint: row.text + (row.chipText === "" ? "" : (row.text === "" ? "" : " · ") + row.chipText)
    outlineColor: row.strong ? Theme.control : Theme.line
    implicitWidth: Theme.px(560)
    implicitHeight: Math.max(Theme.px(112), words.height + 2 * Theme.px(16) + Theme.foot)

    Icon {
        id: picture
        name: row.icon
        weight: "two-tone"
        size: 60
        color: row.accent
        x: Theme.px(28)
        anchors.verticalCenter: parent.verticalCenter
    }
    FontMetrics {
        id: boldMetrics
        font.family: Theme.family
        font.weight: Font.Bold
        font.pixelSize: Theme.text(row.size)
    }
    FontMetrics {
        id: plainMetrics
        font.family: Theme.family
        font.pixelSize: Theme.text(row.size)
    }
    Column {
        id: words
        x: row.icon !== "" ? picture.x + picture.width + Theme.px(28) : Theme.px(34)
        width: (row.chipText !== "" ? chip.x : row.chevron ? tail.x : parent.width - Theme.px(16)) - x - Theme.px(12)
        anchors.verticalCenter: parent.verticalCenter

        Row {
            visible: row.inPieces
            width: parent.width

            Repeater {
                model: row.inPieces ? row.pieces : []

                Say {
                    required property string modelData
                    required property int index
                    text: modelData
                    size: row.size
                    bold: index % 2 === 1
                    line: 1.36
                    wrapMode: Text.NoWrap
                    spoken: false
                    color: row.ink
                }
            }
        }
        Say {
            visible: !row.inPieces
            text: row.title
            size: row.size
            bold: !row.light
            lines: 3
            spoken: false
            color: row.ink
            width: parent.width
        }
        Say {
            visible: text !== ""
            text: row.text
            size: Theme.small
            line: 1.25
            lines: 2
            spoken: false
            color: row.selected || !row.enabled ? row.ink : Theme.ink2
            width: parent.width
        }
    }
    Chip {
        id: chip
        visible: row.chipText !== ""
        text: row.chipText
        kind: row.chipKind
        x: (row.chevron ? tail.x : parent.width - Theme.px(16)) - width - Theme.px(12)
        anchors.verticalCenter: parent.verticalCenter
    }
    Icon {
        id: tail
        name: "caret-right"
        visible: row.chevron
        size: 44
        color: row.ink
        x: parent.width - width - Theme.px(24)
        anchors.verticalCenter: parent.verticalCenter
    }
}
