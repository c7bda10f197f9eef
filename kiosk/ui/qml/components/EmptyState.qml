import QtQuick

// EmptyState: why there is nothing, and one way on. icon · title · text · buttonText, buttonIcon · activated().
Panel {
    id: empty

    property string icon: ""
    property string title: ""
    property string text: ""
    property string buttonText: ""
    property string buttonIcon: ""
    signal activated

    implicitWidth: Theme.px(600)
    implicitHeight: words.height + 2 * Theme.px(28)

    Icon {
        id: picture
        name: empty.icon
        weight: "two-tone"
        size: 84
        color: Theme.primary
        x: Theme.px(34)
        y: Theme.px(32)
    }
    Column {
        id: words
        x: picture.x + picture.width + Theme.px(28)
        y: Theme.px(24)
        width: parent.width - x - Theme.px(28)
        spacing: Theme.px(6)

        Say {
            text: empty.title
            size: Theme.head
            bold: true
            width: parent.width
        }
        Say {
            text: empty.text
            size: Theme.small
            color: Theme.ink2
            width: parent.width
        }
        Item {
            visible: button.visible
            width: 1
            height: Theme.px(6)
        }
        SecondaryButton {
            id: button
            visible: empty.buttonText !== ""
            text: empty.buttonText
            icon: empty.buttonIcon
            size: 32
            iconSize: 36
            padding: Theme.px(28)
            implicitHeight: Theme.px(96)
            width: Math.min(implicitWidth, parent.width)
            onActivated: empty.activated()
        }
    }
}
