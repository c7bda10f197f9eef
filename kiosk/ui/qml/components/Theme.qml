pragma Singleton
import QtQuick

// Theme: every colour, size, space and time of the screens. Set by Main.qml; read by everything else.
// Inputs: width, height (px of the window), contrast, large, reach, reduceMotion, pictures, lang,
//         diagonal (inches, 0 = unknown),
//         school* colours (a school may change these only; checked where the configuration is loaded).
// Sizes are px of a 1080 px short side: px(24) for spaces and boxes, text(32) for type (grows in large text).
QtObject {
    id: theme

    property real width: 1920
    property real height: 1080
    property bool contrast: false
    property bool large: false
    property bool reach: false
    property bool reduceMotion: false
    property string lang: "zh"
    property real diagonal: 0
    property bool pictures: true // false: drawn later, their places are kept
    property int step: 0 // by how many steps the words of the present page are smaller (PageFrame); never below least
    readonly property int steps: 2
    readonly property real stepSize: 0.08

    property color schoolBrand: "#14204F"
    property color schoolBrandInk: "#FFFFFF"
    property color schoolBrandInk2: "#C6D0F0"
    property color schoolPrimary: "#1D3FA6"
    property color schoolPrimaryEdge: "#12296F"
    property color schoolPrimaryInk: "#FFFFFF"
    property color schoolPrimaryPress: "#17348C"

    onLangChanged: theme.step = 0
    onLargeChanged: theme.step = 0
    onReachChanged: theme.step = 0

    readonly property bool portrait: height > width
    readonly property real u: Math.max(0.25, Math.min(width, height) / 1080)
    readonly property real ppi: diagonal > 0 ? Math.hypot(width, height) / diagonal : 0
    // A panel on which 88 u is less than 20 mm needs large text and larger targets; one taller than 700 mm starts in reach.
    readonly property bool smallPanel: ppi > 0 && 88 * u * 25.4 / ppi < 20
    readonly property bool tallPanel: ppi > 0 && height * 25.4 / ppi > 700
    readonly property bool largeText: large || smallPanel
    readonly property real target: Math.round(88 * u * (smallPanel ? 1.25 : 1))

    function px(size: real): real {
        return Math.round(size * u);
    }
    function text(size: real): real {
        return smaller(size * u * (!largeText ? 1 : size < 48 ? 1.5 : size < 70 ? 1.2 : 1.12), step);
    }
    // px of the screen, so many steps smaller where that stays legible.
    function smaller(full: real, by: int): real {
        return Math.round(by === 0 ? full : Math.max(full * (1 - stepSize * by), Math.min(full, px(least))));
    }
    // Six hex digits (eight with alpha first) for image addresses.
    function hex(value: color): string {
        return value.toString().slice(1);
    }
    // Texts in image addresses: percent-encoded with "~" for "%", which Qt leaves alone. Half characters have no code.
    function address(words: string): string {
        const whole = words.replace(/([\uD800-\uDBFF][\uDC00-\uDFFF])|[\uD800-\uDFFF]/g, "$1");
        return encodeURIComponent(whole).replace(/~/g, "%7E").replace(/%/g, "~");
    }

    // Colour roles
    readonly property color bg: contrast ? "#000000" : "#F4F2EC"
    readonly property color surface: contrast ? "#000000" : "#FFFFFF"
    readonly property color sunken: contrast ? "#000000" : "#E9E6DD"
    readonly property color line: contrast ? "#FFFFFF" : "#D8D3C6"
    readonly property color edge: contrast ? "#000000" : "#918A76"
    readonly property color control: contrast ? "#FFFFFF" : "#6E7485"
    readonly property color ink: contrast ? "#FFFFFF" : "#131A30"
    readonly property color ink2: contrast ? "#FFFFFF" : "#4A5166"
    readonly property color off: contrast ? "#A6A6A6" : "#5A6072"
    readonly property color brand: contrast ? "#000000" : schoolBrand
    readonly property color brandInk: contrast ? "#FFFFFF" : schoolBrandInk
    readonly property color brandInk2: contrast ? "#FFFFFF" : schoolBrandInk2
    readonly property color brandWords: contrast ? "#FFFFFF" : "#8FA2E0"
    readonly property color brandPanel: contrast ? "#000000" : "#1F2C64"
    readonly property color primary: contrast ? "#FFFFFF" : schoolPrimary
    readonly property color primaryEdge: contrast ? "#000000" : schoolPrimaryEdge
    readonly property color primaryInk: contrast ? "#000000" : schoolPrimaryInk
    readonly property color press: contrast ? "#3A3A3A" : "#E6EBFA"
    readonly property color primaryPress: contrast ? "#BFBFBF" : schoolPrimaryPress
    readonly property color sel: contrast ? "#FFFFFF" : "#E6EBFA"
    readonly property color selInk: contrast ? "#000000" : "#131A30"
    readonly property color tint: contrast ? "#000000" : "#E6EBFA"
    readonly property color hw: contrast ? "#FFE000" : "#FFC629"
    readonly property color hwEdge: contrast ? "#000000" : "#D79B00"
    readonly property color hwInk: contrast ? "#000000" : "#131A30"
    readonly property color ok: contrast ? "#7CF2A0" : "#17633D"
    readonly property color okTint: contrast ? "#000000" : "#E0EFE6"
    readonly property color warn: contrast ? "#FFE000" : "#744800"
    readonly property color warnTint: contrast ? "#000000" : "#FDEFCB"
    readonly property color danger: contrast ? "#FFB0A6" : "#AE1D19"
    readonly property color dangerEdge: contrast ? "#000000" : "#760E0B"
    readonly property color dangerPress: contrast ? "#D98C82" : "#8F1613"
    readonly property color dangerTint: contrast ? "#000000" : "#FBE8E5"
    readonly property color dangerInk: contrast ? "#000000" : "#FFFFFF"
    readonly property color track: contrast ? "#4A4A4A" : "#E9E6DD"

    // Type: size tokens, before text()
    readonly property string family: "Noto Sans CJK SC"
    readonly property string monoFamily: "Noto Sans Mono CJK SC"
    readonly property real lineOfFont: 1.448
    readonly property int mega: 150
    readonly property int figure: 112
    readonly property int hello: 92
    readonly property int headline: 76
    readonly property int title: 62
    readonly property int tile: 42
    readonly property int head: 38
    readonly property int button: 40
    readonly property int button2: 36
    readonly property int body: 32
    readonly property int label: 30
    readonly property int small: 28
    readonly property int least: 26

    // Space and shape
    readonly property real gap: px(24)
    readonly property real margin: portrait ? px(72) : px(96)
    readonly property real foot: px(6)
    readonly property real outline: contrast ? px(4) : px(2)
    readonly property real chosenOutline: px(5)
    readonly property real radiusSmall: px(14)
    readonly property real radius: px(20)
    readonly property real radiusLarge: px(28)
    readonly property real radiusDialog: px(36)
    readonly property real stripHeight: portrait ? px(96) : px(80)
    readonly property real barHeight: portrait ? px(232) : px(120)
    readonly property real buttonHeight: portrait ? px(132) : px(112)

    // Motion, milliseconds
    readonly property int releaseTime: reduceMotion ? 0 : 80
    readonly property int pageTime: reduceMotion ? 0 : 160
    readonly property int sheetTime: reduceMotion ? 0 : 180
    readonly property int busyAfter: 300
    readonly property int hintSlide: 900
    readonly property int hintPause: 1600
}
