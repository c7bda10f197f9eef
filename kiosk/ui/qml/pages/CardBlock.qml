import QtQuick
import "../components"

// CardBlock: the large yellow block of Identify: words, the drawn card and where it goes. It cannot be pressed.
// heading, words: what to do · school, card: on the drawn card · position: where the reader is · reading: the card lies there.
HwHint {
    id: block

    property string heading: ""
    property string words: ""
    property string school: ""
    property string card: ""
    property bool reading: false

    readonly property bool upright: Theme.portrait
    readonly property real over: block.upright ? say.y + say.height - (sign.name === "" ? block.height : sign.y) : say.height - block.height // what its words lack
    readonly property bool drawn: block.upright ? block.height - say.height > Theme.px(420) : block.height > Theme.px(Theme.largeText ? 470 : 330)

    icon: ""
    phase: "reading" // the block's own arrow would stand in the middle
    Accessible.ignored: false
    Accessible.name: block.heading + " " + block.words

    Column {
        id: say
        spacing: Theme.px(20)
        x: Theme.px(block.upright ? 66 : 74)
        y: block.upright ? Theme.px(80) : Math.round((block.height - height) / 2)
        width: block.upright ? block.width - 2 * x : block.drawn ? Theme.px(690) : block.width - x - Theme.px(190)

        Say {
            text: block.heading
            size: block.reading || !block.upright && (Theme.largeText || block.height < Theme.px(460)) ? 72 : Theme.lang === "en" ? 84 : block.upright ? 124 : 108
            bold: true
            spoken: false
            heading: true
            color: Theme.hwInk
            width: parent.width
        }
        Say {
            text: block.words
            size: 40
            spoken: false
            color: Theme.hwInk
            width: parent.width
        }
    }
    CardPicture {
        visible: block.drawn
        school: block.school
        words: block.card
        moving: !block.reading
        size: block.upright ? 420 : 396
        x: block.upright ? Math.round((block.width - width) / 2) : block.width - width - Theme.px(108)
        y: block.upright ? say.y + say.height + Math.round((sign.y - say.y - say.height - height) / 2) : Math.round((block.height - height) / 2) - Theme.px(40)
    }
    Icon {
        id: sign
        name: block.reading ? "" : block.arrow
        size: 108
        color: Theme.hwInk
        x: block.atLeft ? Theme.px(40) : block.width - width - Theme.px(48)
        y: block.height - height - Theme.px(40)
    }
}
