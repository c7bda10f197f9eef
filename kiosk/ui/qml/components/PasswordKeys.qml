pragma ComponentBehavior: Bound
import QtQuick

// PasswordKeys: letters with the digits always above them, capitals by a switch, one page of signs. No Enter, no suggestions;
// nothing typed is kept: each key goes out as a signal with its code point. Real keys work too while it has the focus.
// shiftText, symbolsText, lettersText, eraseName · rowHeight. Signal letter(code), 8 takes the last one back.
FocusScope {
    id: keys

    property string shiftText: ""
    property string symbolsText: ""
    property string lettersText: ""
    property string eraseName: ""
    property real rowHeight: Theme.px(104)
    property bool capitals: false
    property bool signs: false
    signal letter(int code)

    readonly property real between: Theme.px(Theme.portrait ? 8 : 14)
    readonly property real edge: Theme.px(Theme.portrait ? 8 : 24)
    readonly property var letters: ["1234567890", "qwertyuiop", "asdfghjkl-", "zxcvbnm"]
    readonly property var symbols: ["1234567890", "!\"#$%&'()*", "+,./:;<=>?@", "[\\]^`{|}~"]
    readonly property var rows: keys.signs ? keys.symbols : keys.letters

    function shown(key: string): string {
        return keys.capitals && !keys.signs ? (key === "-" ? "_" : key.toUpperCase()) : key;
    }

    implicitHeight: 4 * keys.rowHeight + 3 * keys.between + 2 * Theme.px(20)
    Keys.onPressed: event => {
        if (event.key === Qt.Key_Backspace)
            keys.letter(8);
        else if (event.text.length === 1 && event.text > " " && event.text <= "~")
            keys.letter(event.text.charCodeAt(0));
        else
            return;
        event.accepted = true;
    }

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
        x: keys.edge
        y: Theme.px(20)
        width: keys.width - 2 * keys.edge
        spacing: keys.between

        Repeater {
            model: keys.rows

            Row {
                id: line
                required property string modelData
                required property int index
                readonly property bool last: line.index === 3
                // The last line carries keys of its own: capitals, signs and erase, or letters and erase.
                readonly property int many: line.modelData.length + (line.last ? (keys.signs ? 2 : 3) : 0)
                readonly property real key: (keys.width - 2 * keys.edge - (line.many - 1) * keys.between) / line.many
                spacing: keys.between

                PadKey {
                    visible: line.last
                    text: keys.signs ? keys.lettersText : ""
                    icon: keys.signs ? "" : "arrow-fat-up"
                    name: keys.signs ? keys.lettersText : keys.shiftText
                    utility: true
                    selected: keys.capitals && !keys.signs
                    width: line.key
                    height: keys.rowHeight
                    onActivated: keys.signs ? keys.signs = false : keys.capitals = !keys.capitals
                }
                Repeater {
                    model: line.modelData.split("")

                    PadKey {
                        required property string modelData
                        text: keys.shown(modelData)
                        width: line.key
                        height: keys.rowHeight
                        onActivated: keys.letter(keys.shown(modelData).charCodeAt(0))
                    }
                }
                PadKey {
                    visible: line.last && !keys.signs
                    text: keys.symbolsText
                    utility: true
                    width: line.key
                    height: keys.rowHeight
                    onActivated: keys.signs = true
                }
                PadKey {
                    visible: line.last
                    name: keys.eraseName
                    icon: "backspace"
                    utility: true
                    width: line.key
                    height: keys.rowHeight
                    onActivated: keys.letter(8)
                }
            }
        }
    }
}
