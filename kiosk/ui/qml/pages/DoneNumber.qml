pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// DoneNumber: the panel with the number for life; the code beside it, or large below it where there is no paper.
Panel {
    id: panel

    required property DoneViewModel page
    property real most: Theme.px(1000) // its height, where the large code can give way

    readonly property bool big: panel.page.numberLarge
    readonly property bool code: panel.page.qr !== ""
    readonly property real pad: Theme.px(48)
    readonly property real beside: panel.code && !panel.big ? Math.max(Theme.px(244), label.implicitWidth) + Theme.px(28) : 0

    readonly property bool under: panel.big && Theme.portrait // the code's words below it; else beside

    readonly property real around: words.height + label.height + Theme.px(28) + 2 * Theme.px(36)

    implicitHeight: panel.big ? words.height + (panel.code ? code.height + (panel.under ? label.height + Theme.px(28) : 0) : 0) + 2 * Theme.px(36) : Math.max(words.height, panel.code ? code.height + label.height + Theme.px(14) : 0) + 2 * Theme.px(38)

    Column {
        id: words
        spacing: Theme.px(8)
        x: panel.big ? Theme.px(24) : panel.pad
        y: Theme.px(panel.big ? 30 : 38)
        width: parent.width - 2 * x - panel.beside

        Item {
            width: parent.width
            height: Math.max(say.height, chip.visible ? chip.height : 0)

            Say {
                id: say
                text: panel.page.referenceLabel
                size: Theme.label
                color: Theme.ink2
                horizontalAlignment: panel.big ? Text.AlignHCenter : Text.AlignLeft
                width: parent.width - (chip.visible ? chip.width + Theme.px(16) : 0)
                anchors.verticalCenter: parent.verticalCenter
            }
            Chip {
                id: chip
                visible: panel.page.chip !== ""
                text: panel.page.chip
                kind: "warn"
                icon: "hourglass"
                x: parent.width - width
                anchors.verticalCenter: parent.verticalCenter
            }
        }
        Say {
            id: number
            text: panel.page.reference
            size: panel.under ? 140 : panel.big ? 120 : Theme.portrait ? 104 : 100
            grows: false
            bold: true
            line: 1.1
            wrapMode: Text.NoWrap
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.px(44)
            horizontalAlignment: panel.big ? Text.AlignHCenter : Text.AlignLeft
            verticalAlignment: Text.AlignVCenter
            height: Math.round(Theme.px(size) * 1.16)
            width: parent.width
        }
        Repeater {
            model: panel.big ? [] : Theme.largeText ? panel.page.lines.slice(0, 1) : panel.page.lines

            Say {
                required property string modelData
                required property int index
                text: modelData
                size: index === 0 && panel.code ? Theme.body : Theme.small
                line: 1.25
                color: index === 0 && panel.code ? Theme.ink : Theme.ink2
                width: words.width
            }
        }
    }
    QrImage {
        id: code
        visible: panel.code
        text: panel.page.qr
        name: panel.page.qrLabel
        size: panel.under ? Math.max(Theme.px(244), Math.min(Theme.px(450), panel.most - panel.around)) : panel.big ? Theme.px(384) : Theme.px(244)
        x: panel.under ? Math.round((parent.width - width) / 2) : panel.big ? panel.pad : parent.width - panel.pad + Theme.px(8) - Math.round((Math.max(width, label.implicitWidth) + width) / 2)
        y: panel.big ? words.y + words.height + Theme.px(4) : Math.round((parent.height - height - label.height - Theme.px(12)) / 2)
    }
    Say {
        id: label
        visible: panel.code
        text: panel.page.qrLabel
        size: panel.under ? Theme.button : panel.big ? Theme.button2 : Theme.small
        grows: panel.big
        bold: panel.big
        spoken: false
        horizontalAlignment: panel.big && !panel.under ? Text.AlignLeft : Text.AlignHCenter
        x: panel.under ? Theme.px(24) : panel.big ? code.x + code.width + Theme.px(40) : Math.round(code.x + (code.width - width) / 2)
        y: panel.big && !panel.under ? code.y + Math.round((code.height - height) / 2) : code.y + code.height + Theme.px(12)
        width: panel.under ? parent.width - 2 * x : panel.big ? parent.width - x - Theme.px(32) : implicitWidth
    }
}
