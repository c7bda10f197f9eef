import QtQuick
import "../components"

// FactLine: something to read in two lines, with its sign, without a sheet. title · text · icon.
Item {
    id: fact

    property string title: ""
    property string text: ""
    property string icon: ""

    implicitHeight: Math.max(picture.height, words.height)

    Icon {
        id: picture
        name: fact.icon
        weight: "two-tone"
        size: 60
        color: Theme.primary
        anchors.verticalCenter: parent.verticalCenter
    }
    Column {
        id: words
        x: picture.width + Theme.px(28)
        width: parent.width - x
        anchors.verticalCenter: parent.verticalCenter

        Say {
            text: fact.title
            size: 34
            bold: true
            width: parent.width
        }
        Say {
            visible: text !== ""
            text: fact.text
            size: Theme.small
            color: Theme.ink2
            width: parent.width
        }
    }
}
