import QtQuick
import "../components"

// KeyFace: what a key of the typing keyboard looks like: stands on a thin foot, drops while pressed, no preview bubble.
// text or icon · note: small sign at the upper right · utility: the grey keys · on: held down (shift) · pressed, live.
Item {
    id: face

    property string text: ""
    property string icon: ""
    property string note: ""
    property bool utility: false
    property bool on: false
    property bool pressed: false
    property bool live: true
    property real size: 40

    readonly property color ink: face.on ? Theme.selInk : face.live ? Theme.ink : Theme.off
    readonly property real foot: Theme.contrast ? 0 : Theme.px(4)

    anchors.fill: parent

    Rectangle {
        visible: face.foot > 0 && !face.pressed
        anchors.fill: parent
        anchors.margins: Theme.px(5)
        radius: Theme.radiusSmall
        color: "#AAA28C"
    }
    Rectangle {
        id: top
        x: Theme.px(5)
        y: Theme.px(5) + (face.pressed ? face.foot : 0)
        width: parent.width - 2 * Theme.px(5)
        height: parent.height - 2 * Theme.px(5) - face.foot
        radius: Theme.radiusSmall
        color: face.pressed ? Theme.press : face.on ? Theme.sel : face.utility || !face.live ? Theme.sunken : Theme.surface
        border.width: Theme.contrast ? Theme.px(3) : 0
        border.color: Theme.line

        Say {
            anchors.centerIn: parent
            visible: face.icon === ""
            text: face.text
            size: face.size
            grows: false
            bold: face.utility
            line: 1
            spoken: false
            wrapMode: Text.NoWrap
            color: face.ink
        }
        Icon {
            anchors.centerIn: parent
            name: face.icon
            size: 44
            color: face.ink
        }
        Say {
            visible: text !== ""
            text: face.note
            size: 24
            grows: false
            spoken: false
            color: Theme.ink2
            x: parent.width - width - Theme.px(10)
            y: Theme.px(4)
        }
    }
}
