pragma ComponentBehavior: Bound
import QtQuick

// NumberPad: 3 × 4 keys in fixed order: 1–9, clear, 0, erase. Real digit keys work too while the pad has the focus.
// keyHeight, keyWidth (px of the screen; the width follows the pad's if it is given one) · clearText · eraseName.
// Signals: digit(value 0…9), erased(), cleared().
FocusScope {
    id: pad

    property real keyHeight: Theme.px(98)
    property string clearText: ""
    property string eraseName: ""
    signal digit(int value)
    signal erased
    signal cleared

    readonly property real between: Theme.px(16)
    readonly property real keyWidth: (pad.width - 2 * pad.between) / 3

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
}
