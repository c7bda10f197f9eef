pragma ComponentBehavior: Bound
import QtQuick

// TitlePieces: a row's title in one line, every second piece bold (what was searched for). pieces · size · color ·
// room: px of the screen it may take; fits: whether it does, it is drawn only then.
Row {
    id: title

    required property var pieces
    required property real size
    required property color color
    required property real room

    // advanceWidth() alone is not asked again when the font comes: the heights are.
    readonly property real wanted: bold.height > 0 && plain.height > 0 ? title.pieces.reduce((sum, piece, at) => sum + (at % 2 ? bold : plain).advanceWidth(piece), 0) : 0
    readonly property bool fits: title.wanted < title.room - Theme.px(4)

    FontMetrics {
        id: bold
        font.family: Theme.family
        font.weight: Font.Bold
        font.pixelSize: Theme.text(title.size)
    }
    FontMetrics {
        id: plain
        font.family: Theme.family
        font.pixelSize: Theme.text(title.size)
    }
    Repeater {
        model: title.fits ? title.pieces : []

        Say {
            required property string modelData
            required property int index
            text: modelData
            size: title.size
            bold: index % 2 === 1
            line: 1.36
            wrapMode: Text.NoWrap
            spoken: false
            color: title.color
        }
    }
}
