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

    readonly property bool inPieces: (pieced.item as TitlePieces)?.fits ?? false

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
    Column {
        id: words
        x: row.icon !== "" ? picture.x + picture.width + Theme.px(28) : Theme.px(34)
        width: (row.chipText !== "" ? chip.x : row.chevron ? tail.x : parent.width - Theme.px(16)) - x - Theme.px(12)
        anchors.verticalCenter: parent.verticalCenter

        Loader {
            id: pieced
            active: row.pieces.length > 1
            visible: row.inPieces
            sourceComponent: TitlePieces {
                pieces: row.pieces
                size: row.size
                room: words.width
                color: row.ink
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
    Loader {
        id: chip
        active: row.chipText !== ""
        x: (row.chevron ? tail.x : parent.width - Theme.px(16)) - width - Theme.px(12)
        anchors.verticalCenter: parent.verticalCenter
        sourceComponent: Chip {
            text: row.chipText
            kind: row.chipKind
        }
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
