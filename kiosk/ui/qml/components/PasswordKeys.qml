import QtQuick

// PasswordKeys: letters with the digits always above them, capitals by a switch, one page of signs. No Enter, no suggestions;
// nothing typed is kept: each key goes out as a signal with its code point. Real keys work too while it has the focus.
// shiftText, symbolsText, lettersText, eraseName · rowHeight. Signal letter(code), 8 takes the last one back.
KeyRows {
    id: keys

    property string shiftText: ""
    property string symbolsText: ""
    property string lettersText: ""
    property string eraseName: ""
    property bool capitals: false
    property bool signs: false
    signal letter(code: int)

    readonly property var rows: keys.signs ? ["1234567890", "!\"#$%&'()*", "+,./:;<=>?@", "[\\]^`{|}~"] : ["1234567890", "qwertyuiop", "asdfghjkl-", "zxcvbnm"]
    // The last line carries keys of its own: capitals, signs and erase, or letters and erase.
    readonly property var before: keys.signs ? {
        id: "letters",
        text: keys.lettersText,
        utility: true
    } : {
        id: "shift",
        icon: "arrow-fat-up",
        name: keys.shiftText,
        utility: true,
        selected: keys.capitals
    }
    readonly property var after: [
        {
            id: "signs",
            text: keys.symbolsText,
            utility: true
        },
        {
            id: "erase",
            icon: "backspace",
            name: keys.eraseName,
            utility: true
        }
    ]

    function shown(key: string): string {
        return keys.capitals && !keys.signs ? (key === "-" ? "_" : key.toUpperCase()) : key;
    }
    function line(letters: string, last: bool): var {
        const own = letters.split("").map(key => ({
                    id: keys.shown(key),
                    text: keys.shown(key)
                }));
        return last ? [keys.before, ...own, ...keys.after.slice(keys.signs ? 1 : 0)] : own;
    }

    widest: 11
    lines: keys.rows.map((letters, at) => keys.line(letters, at === 3))
    onPressed: id => {
        if (id === "letters" || id === "signs")
            keys.signs = id === "signs";
        else if (id === "shift")
            keys.capitals = !keys.capitals;
        else
            keys.letter(id === "erase" ? 8 : id.charCodeAt(0));
    }
    Keys.onPressed: event => {
        if (event.key === Qt.Key_Backspace)
            keys.letter(8);
        else if (event.text.length === 1 && event.text > " " && event.text <= "~")
            keys.letter(event.text.charCodeAt(0));
        else
            return;
        event.accepted = true;
    }
}
