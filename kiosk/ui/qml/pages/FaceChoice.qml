import QtQuick
import "../components"

// FaceChoice: one of five faces, with its word below; ✓ when chosen. title · icon · selected.
PressSurface {
    id: face

    property string title: ""
    property string icon: ""

    name: face.title
    choice: true
    outlineColor: Theme.line
    corner: Theme.radiusLarge

    Icon {
        id: picture
        name: face.icon
        weight: "two-tone"
        size: word.lineCount > 2 ? 56 : Theme.reach ? 72 : Theme.largeText ? 84 : 108
        grows: false
        color: face.accent
        anchors.horizontalCenter: parent.horizontalCenter
        y: Math.round((parent.height - Theme.foot - height - word.height - Theme.px(8)) / 2)
    }
    Say {
        id: word
        text: face.title
        size: Theme.largeText ? 28 : 34
        bold: true
        line: 1.1
        lines: word.cutAt > 0 ? 3 : 2
        spoken: false
        color: face.ink
        horizontalAlignment: Text.AlignHCenter
        x: Theme.px(6)
        width: parent.width - 2 * x
        y: picture.y + picture.height + Theme.px(8)
    }
    Loader {
        active: face.selected
        x: parent.width - width - Theme.px(14)
        y: Theme.px(14)
        sourceComponent: ChosenMark {}
    }
}
