pragma ComponentBehavior: Bound
import QtQuick

// Chooser: picks one of a pad's keys with the four keys of a keypad: the first press takes a row, the next a part of it, until one key
// is left, which is pressed. Up, OK, Down and Back are the first, second, third and fourth row; after that Up, OK and Down are the
// left, middle and right part, and Back starts again. Badges show it. Fill the pad with it.
// rows(): up to four lists of keys · exit: the key that comes out of the pad instead of taking a row; without one Back twice does.
// press(key): false to come out · reset() · offer(): what each key takes now · chosen: the name of the last one pressed, the taken-th.
Item {
    id: chooser

    property var rows: () => []
    property string exit: ""
    property var part: []
    property bool lastRow: false
    property string chosen: ""
    property int taken: 0

    readonly property bool choosing: chooser.part.length > 0
    readonly property var rowKeys: ["up", "ok", "down", "back"].filter(key => key !== chooser.exit)

    function press(key: string): bool {
        if (!chooser.choosing && key === chooser.exit || chooser.lastRow && key === "back" && chooser.exit === "") {
            chooser.reset();
            return false;
        }
        if (chooser.choosing && key === "back") {
            chooser.reset();
            return true;
        }
        const at = (chooser.choosing ? ["up", "ok", "down"] : chooser.rowKeys).indexOf(key);
        const parts = chooser.choosing ? chooser.split(chooser.part) : chooser.rows();
        if (at >= parts.length)
            return true;
        chooser.lastRow = !chooser.choosing && key === "back";
        chooser.part = parts[at];
        if (chooser.part.length === 1) {
            const key = chooser.part[0];
            chooser.chosen = key.name;
            chooser.taken += 1;
            chooser.reset();
            key.activate();
        }
        return true;
    }
    function offer(): var {
        const keys = chooser.choosing ? ["up", "ok", "down"] : chooser.rowKeys;
        return (chooser.choosing ? chooser.split(chooser.part) : chooser.rows()).map((part, at) => ({
                    key: keys[at],
                    names: part.map(key => key.name)
                }));
    }
    function split(keys: var): var {
        if (keys.length <= 3)
            return keys.map(key => [key]);
        const side = Math.round(keys.length / 3);
        return [keys.slice(0, side), keys.slice(side, keys.length - side), keys.slice(keys.length - side)];
    }
    function reset(): void {
        chooser.lastRow = false;
        chooser.part = [];
    }
    // Where a part stands, as one box.
    function box(keys: var): rect {
        const boxes = keys.map(key => key.mapToItem(chooser, 0, 0, key.width, key.height));
        const x = Math.min(...boxes.map(box => box.x));
        const y = Math.min(...boxes.map(box => box.y));
        return Qt.rect(x, y, Math.max(...boxes.map(box => box.x + box.width)) - x, Math.max(...boxes.map(box => box.y + box.height)) - y);
    }

    Accessible.ignored: true

    Repeater {
        model: chooser.visible && chooser.width > 0 ? (chooser.choosing ? chooser.split(chooser.part) : chooser.rows()) : []

        Item {
            id: part

            required property var modelData
            required property int index
            readonly property rect place: chooser.box(part.modelData)
            readonly property string key: chooser.choosing ? ["up", "ok", "down"][part.index] : chooser.rowKeys[part.index]

            x: part.place.x
            y: part.place.y
            width: part.place.width
            height: part.place.height

            FocusRing {
                visible: chooser.choosing
                corner: Theme.radiusSmall
            }
            KeyBadge {
                key: part.key
                x: Math.max(-Theme.px(14), Theme.px(4) - part.x)
                y: -Theme.px(14)
            }
        }
    }
}
