pragma ComponentBehavior: Bound
import QtQuick
import "../components"

// PlaceList: places or steps with their icons, to be read. places: rows with title, hint, icon, id · numbered: the order
// matters · between: px of the screen · hints: false leaves the second lines out.
Column {
    id: list

    property var places: []
    property bool numbered: false
    property real between: Theme.px(24)
    property bool hints: true

    spacing: list.between

    Repeater {
        model: list.places

        Item {
            id: place
            required property var modelData
            width: list.width
            height: Math.max(words.height, picture.height)

            Icon {
                id: picture
                name: place.modelData.icon
                weight: "two-tone"
                size: 68
                color: Theme.primary
                anchors.verticalCenter: parent.verticalCenter
            }
            Column {
                id: words
                x: picture.width + Theme.px(28)
                width: parent.width - x
                anchors.verticalCenter: parent.verticalCenter

                Say {
                    text: (list.numbered ? place.modelData.id + "  " : "") + place.modelData.title
                    size: 34
                    bold: true
                    width: parent.width
                }
                Say {
                    visible: list.hints && text !== ""
                    text: place.modelData.hint
                    size: Theme.small
                    color: Theme.ink2
                    width: parent.width
                }
            }
        }
    }
}
