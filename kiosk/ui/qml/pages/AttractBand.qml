import QtQuick
import "../components"

// AttractBand: the yellow block along the lower edge, in both languages; the arrow points to the reader.
// school, card: on the drawn card · heading, other: what to do · where, otherWhere: where the reader is.
HwHint {
    id: band

    property string school: ""
    property string card: ""
    property string heading: ""
    property string other: ""
    property string where: ""
    property string otherWhere: ""

    icon: ""
    radius: 0
    phase: "reading" // the block's own arrow would stand in the middle
    Accessible.ignored: false
    Accessible.name: band.heading + " " + band.where + " " + band.other + " " + band.otherWhere

    CardPicture {
        id: picture
        school: band.school
        words: band.card
        moving: true
        reader: false
        size: Theme.portrait ? 430 : 280
        x: band.atLeft ? band.width - width - Theme.margin : Theme.margin - Theme.px(10)
        anchors.verticalCenter: parent.verticalCenter
    }
    Column {
        id: say
        x: band.atLeft ? Theme.px(170) : picture.x + picture.width + Theme.px(76)
        y: Theme.portrait ? Math.min(Theme.px(80), places.y - height - Theme.px(12)) : Math.round((band.height - height) / 2)
        width: Theme.px(Theme.portrait ? 500 : 560)

        Say {
            text: band.heading
            size: 62
            grows: false
            bold: true
            spoken: false
            color: Theme.hwInk
            width: parent.width
        }
        Say {
            text: band.other
            size: 36
            grows: false
            spoken: false
            color: Theme.hwInk
            width: parent.width
        }
    }
    Column {
        id: places
        x: Theme.portrait ? say.x : say.x + say.width + Theme.px(40)
        y: Theme.portrait ? band.height - height - Theme.px(46) : Math.round((band.height - height) / 2)
        width: Theme.px(Theme.portrait ? 360 : 480)

        Say {
            text: band.where
            size: 30
            grows: false
            line: 1.3
            spoken: false
            color: Theme.hwInk
            width: parent.width
        }
        Say {
            text: band.otherWhere
            size: 30
            grows: false
            line: 1.3
            spoken: false
            color: Theme.hwInk
            width: parent.width
        }
    }
    Icon {
        name: band.arrow
        size: 96
        color: Theme.hwInk
        x: band.atLeft ? Theme.px(48) : band.width - width - Theme.margin + Theme.px(8)
        y: Theme.portrait ? band.height - height - Theme.px(44) : Math.round((band.height - height) / 2)
    }
}
