import QtQuick

// TextKeys: letters, digits and signs for whoever types with the four keys of a keypad; it lies over the typing keyboard and
// types through it. Up comes out of it. candidates(): what the input method offers now, in the place of the digits · chinese:
// Chinese signs · texts: spoken names and faces {erase, space, shift, language, more}. Signals: typed(key text, or "erase",
// "language") · picked(place among the candidates) · entered.
KeyRows {
    id: keys

    property var candidates: () => []
    property bool chinese: false
    property bool capitals: false
    property int level: 0
    property var texts: ({})
    signal typed(key: string)
    signal picked(place: int)
    signal entered

    readonly property var controls: [
        {
            id: "erase",
            icon: "backspace",
            name: keys.texts.erase,
            utility: true
        },
        {
            id: " ",
            icon: "",
            text: "␣",
            name: keys.texts.space,
            utility: true
        },
        {
            id: "more",
            text: keys.level < 2 ? "#+=" : "abc",
            name: keys.texts.more,
            utility: true
        }
    ]
    readonly property var shift: ({
            id: "shift",
            icon: "arrow-fat-up",
            name: keys.texts.shift,
            utility: true,
            selected: keys.capitals
        })
    readonly property var language: ({
            id: "language",
            icon: "globe-simple",
            name: keys.texts.language,
            utility: true
        })

    function row(letters: string): var {
        return letters.split("").map(letter => ({
                    id: keys.capitals ? letter.toUpperCase() : letter,
                    text: keys.capitals ? letter.toUpperCase() : letter
                }));
    }
    function enter(): void {
        keys.level = 0;
        keys.entered();
    }

    exit: "up"
    told: true
    rowHeight: (keys.height - 2 * Theme.px(20) - 2 * keys.between) / 3
    lines: {
        if (keys.level === 0)
            return [keys.row("qwertyuiop"), keys.row("asdfghjkl"), keys.row("zxcvbnm").concat(keys.controls)];
        if (keys.level === 2)
            return [keys.row("*=%$<>^~|\\"), keys.row("`[]{}/,.").concat([keys.shift, keys.language]), keys.controls];
        const offered = keys.candidates().map((text, place) => ({
                    id: "candidate" + place,
                    text: text
                }));
        return [offered.length > 0 ? offered : keys.row("1234567890"), keys.row(keys.chinese ? "，。？！：；、-_@" : ".,?!:;-_@/"), keys.row("'\"()&#+").concat(keys.controls)];
    }
    onPressed: id => {
        if (id === "more")
            keys.level = (keys.level + 1) % 3;
        else if (id === "shift") {
            keys.capitals = !keys.capitals;
            keys.level = 0;
        } else if (id.startsWith("candidate")) {
            keys.level = 0;
            keys.picked(parseInt(id.slice(9)));
        } else
            keys.typed(id);
    }
}
