pragma ComponentBehavior: Bound
import QtQuick

// NumberPad: 3 × 4 keys in fixed order: 1–9, clear, 0, erase. Real digit keys work too while the pad has the focus; with the four
// keys of a keypad each takes two presses (Chooser).
// keyHeight, keyWidth (px of the screen; the width follows the pad's if it is given one) · clearText · eraseName.
// Signals: digit(value 0…9), erased(), cleared().
KeyGroup {
    id: pad

    property real keyHeight: Theme.px(98)
    property string clearText: ""
    property string eraseName: ""
    signal digit(value: int)
    signal erased
    signal cleared

    readonly property real between: Theme.px(16)
    readonly property real keyWidth: (pad.width - 2 * pad.between) / 3

    function enter(): void {
        chooser.reset();
        pad.forceActiveFocus(Qt.TabFocusReason);
    }
    function press(key: string): bool {
        return chooser.press(key);
    }
    function offer(): var {
        return chooser.offer();
    }

    leads: true
    choosing: chooser.choosing
    remaining: chooser.part.length
    chosen: chooser.chosen
    taken: chooser.taken
    implicitWidth: 3 * Theme.px(246) + 2 * pad.between
    implicitHeight: 4 * pad.keyHeight + 3 * pad.between
    Keys.onPressed: event => {
        if (event.key >= Qt.Key_0 && event.key <= Qt.Key_9)
            pad.digit(event.key - Qt.Key_0);
        else if (event.key === Qt.Key_Backspace)
            pad.erased();
        else if (event.key === Qt.Key_Delete)
            pad.cleared();
        else
            return;
        event.accepted = true;
    }

    Grid {
        id: grid
        columns: 3
        spacing: pad.between

        Repeater {
            model: 9

            PadKey {
                required property int index
                text: String(index + 1)
                width: pad.keyWidth
                height: pad.keyHeight
                onActivated: pad.digit(index + 1)
            }
        }
        PadKey {
            text: pad.clearText
            utility: true
            width: pad.keyWidth
            height: pad.keyHeight
            onActivated: pad.cleared()
        }
        PadKey {
            text: "0"
            width: pad.keyWidth
            height: pad.keyHeight
            onActivated: pad.digit(0)
        }
        PadKey {
            name: pad.eraseName
            icon: "backspace"
            utility: true
            width: pad.keyWidth
            height: pad.keyHeight
            onActivated: pad.erased()
        }
    }
    Chooser {
        id: chooser
        anchors.fill: parent
        visible: pad.inside
        rows: () => {
            const all = Array.from(grid.children).filter(key => key.keyStop);
            return [0, 3, 6, 9].map(first => all.slice(first, first + 3));
        }
    }
}
