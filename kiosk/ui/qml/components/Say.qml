import QtQuick

// Say: the only text. Always plain: text from anywhere else is shown as it is, never read as markup.
// size: type token (px @1080) · bold · grows: false keeps the size in large text · line: wanted line height (em) ·
// lines: at most so many: what has more is two steps smaller, and only then ends in "…" · spoken: false inside a control that already says it · heading: true for titles.
Text {
    id: say

    property real size: Theme.body
    property bool bold: false
    property bool grows: true
    property bool spoken: true
    property bool heading: false
    property bool mono: false
    property real line: say.bold ? 1.18 : 1.36
    property int lines: 0
    property real cutAt: 0 // the width that was too little for it
    readonly property int steps: say.cutAt > 0 ? Theme.steps : 0

    function shrink(): void {
        if (say.truncated && say.fontSizeMode === Text.FixedSize)
            say.cutAt = Math.max(1, say.width);
    }

    onTruncatedChanged: {
        if (say.truncated && say.lines > 0 && say.cutAt === 0)
            Qt.callLater(say.shrink);
    }
    onWidthChanged: {
        if (say.cutAt > 0 && say.width > say.cutAt + 1)
            say.cutAt = 0;
    }
    onTextChanged: say.cutAt = 0

    textFormat: Text.PlainText
    color: Theme.ink
    font.family: say.mono ? Theme.monoFamily : Theme.family
    font.weight: say.bold ? Font.Bold : Font.Normal
    font.pixelSize: Theme.smaller(say.grows ? Theme.text(say.size) : Theme.px(say.size), say.steps)
    // Noto CJK's own line is 1.448 em.
    lineHeight: say.line / Theme.lineOfFont
    lineHeightMode: Text.ProportionalHeight
    wrapMode: Text.Wrap
    maximumLineCount: say.lines > 0 ? say.lines : 100
    elide: say.lines > 0 ? Text.ElideRight : Text.ElideNone
    Accessible.role: say.heading ? Accessible.Heading : Accessible.StaticText
    Accessible.name: say.text
    Accessible.ignored: !say.spoken || say.text === ""
}
