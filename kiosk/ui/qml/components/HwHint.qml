import QtQuick

// HwHint: the yellow block, "touch the machine, not the screen". Never pressable.
// title · text · icon ("contactless", "receipt") · position of the device: "below", "below-right", "below-left", "left",
// "right", "above", "none" · phase: "waiting", "reading", "ok", "failed" · tall: icon and arrow above the words ·
// titleSize. Children may be added for a large drawing (CardPicture).
Rectangle {
    id: hint

    property string title: ""
    property string text: ""
    property string icon: "contactless"
    property string position: "below-right"
    property string phase: "waiting"
    property bool tall: false
    property real titleSize: 40
    property real iconSize: 92
    property real arrowSize: 72

    readonly property string arrow: ({
            "below": "arrow-down",
            "below-right": "arrow-down-right",
            "below-left": "arrow-down-left",
            "left": "arrow-left",
            "right": "arrow-right",
            "above": "arrow-up"
        })[hint.position] ?? ""
    readonly property bool atLeft: hint.position === "left" || hint.position === "below-left"
    readonly property real pad: Theme.px(40)

    implicitWidth: Theme.px(640)
    implicitHeight: hint.tall ? Math.max(Theme.px(286), 2 * hint.pad + picture.height + words.height + Theme.px(8)) : Math.max(Theme.px(112), words.height + Theme.px(28))
    radius: Theme.radiusLarge
    color: Theme.hw
    Accessible.role: Accessible.StaticText
    Accessible.name: hint.title + (hint.text === "" ? "" : " " + hint.text)
    Accessible.ignored: hint.title === ""

    Icon {
        id: picture
        name: hint.phase === "ok" ? "check-circle" : hint.phase === "failed" ? "warning-circle" : hint.icon
        weight: "two-tone"
        size: hint.iconSize
        color: Theme.hwInk
        x: hint.atLeft ? parent.width - width - hint.pad + Theme.px(8) : hint.pad - Theme.px(8)
        y: hint.tall ? hint.pad : Math.round((parent.height - height) / 2)
    }
    Column {
        id: words
        spacing: Theme.px(4)
        x: hint.tall ? hint.pad : hint.atLeft ? sign.x + sign.width + Theme.px(28) : picture.name === "" ? hint.pad : picture.x + picture.width + Theme.px(28)
        y: hint.tall ? parent.height - height - hint.pad + Theme.px(6) : Math.round((parent.height - height) / 2)
        width: hint.tall ? parent.width - 2 * hint.pad : (hint.atLeft ? picture.x : sign.visible ? sign.x : parent.width - hint.pad) - x - Theme.px(16)

        Say {
            text: hint.title
            size: hint.titleSize
            bold: true
            spoken: false
            color: Theme.hwInk
            width: parent.width
        }
        Say {
            visible: text !== ""
            text: hint.text
            size: Theme.small
            line: 1.25
            spoken: false
            color: Theme.hwInk
            width: parent.width
        }
    }
    Icon {
        id: sign
        name: hint.phase === "waiting" || hint.phase === "failed" ? hint.arrow : ""
        size: hint.arrowSize
        color: Theme.hwInk
        x: hint.atLeft ? hint.pad : parent.width - width - hint.pad
        y: hint.tall ? hint.pad : Math.round((parent.height - height) / 2)
    }
}
