pragma ComponentBehavior: Bound
import QtQuick

// KeyRows: a keyboard of our own, row by row, for fingers and for the four keys (Chooser). lines: rows of keys
// {id, text, icon, name, utility, selected}, all but id optional; other lines give the same keys other faces, none is made or
// destroyed · widest: keys of the longest row there ever is · rowHeight, between, edge (px of the screen) · exit: as Chooser's.
// Signal pressed(id). It keeps nothing.
KeyGroup {
    id: keys

    property var lines: []
    property int widest: 10
    property real rowHeight: Theme.px(104)
    property real between: Theme.px(Theme.portrait ? 8 : 14)
    property real edge: Theme.px(Theme.portrait ? 8 : 24)
    property alias exit: chooser.exit
    signal pressed(id: string)

    function enter(): void {
        chooser.reset();
        keys.forceActiveFocus(Qt.TabFocusReason);
    }
    function press(key: string): bool {
        return chooser.press(key);
    }
    function offer(): var {
        return chooser.offer();
    }

    leads: true
    leaves: chooser.exit
    choosing: chooser.choosing
    remaining: chooser.part.length
    chosen: chooser.chosen
    taken: chooser.taken
    implicitHeight: column.height + 2 * Theme.px(20)

    Rectangle {
        anchors.fill: parent
        color: Theme.sunken

        Rectangle {
            width: parent.width
            height: Theme.outline
            color: Theme.edge
        }
    }
    Column {
        id: column
        x: keys.edge
        y: Theme.px(20)
        width: keys.width - 2 * keys.edge
        spacing: keys.between

        Repeater {
            id: rows
            model: keys.lines.length

            Row {
                id: line
                required property int index
                readonly property var own: keys.lines[line.index] ?? []
                spacing: keys.between

                Repeater {
                    model: keys.widest

                    PadKey {
                        id: one
                        required property int index
                        readonly property var face: line.own[one.index] ?? null
                        visible: one.face !== null
                        text: one.face?.text ?? ""
                        icon: one.face?.icon ?? ""
                        name: one.face?.name ?? one.text
                        utility: one.face?.utility ?? false
                        selected: one.face?.selected ?? false
                        width: (column.width - (line.own.length - 1) * keys.between) / Math.max(1, line.own.length)
                        height: keys.rowHeight
                        onActivated: keys.pressed(one.face.id)
                    }
                }
            }
        }
    }
    Chooser {
        id: chooser
        anchors.fill: parent
        visible: keys.inside
        rows: () => Array.from({
                length: rows.count
            }, (_, at) => Array.from(rows.itemAt(at).children).filter(key => key.keyStop && key.visible))
    }
}
