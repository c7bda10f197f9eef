import QtQuick
import "../components"

// AttractNotice: the one line staff tell everybody, in both languages; lies flat. zh · en.
Rectangle {
    id: notice

    property string zh: ""
    property string en: ""

    implicitHeight: words.height + Theme.px(32)
    radius: Theme.radiusSmall
    color: Theme.brandPanel
    border.width: Theme.contrast ? Theme.outline : 0
    border.color: Theme.line

    Icon {
        id: sign
        name: "megaphone"
        size: 52
        color: Theme.brandInk
        x: Theme.px(32)
        anchors.verticalCenter: parent.verticalCenter
    }
    Column {
        id: words
        x: sign.x + sign.width + Theme.px(24)
        width: parent.width - x - Theme.px(24)
        anchors.verticalCenter: parent.verticalCenter

        Say {
            text: notice.zh
            size: 30
            grows: false
            bold: true
            lines: 2
            color: Theme.brandInk
            width: parent.width
        }
        Say {
            text: notice.en
            size: Theme.small
            grows: false
            lines: 2
            color: Theme.brandInk2
            width: parent.width
        }
    }
}
