import QtQuick

// FaceCard: the campus card from the front, as far as its owner is shown here. school, words: what stands on it · holder,
// number: masked. Lies flat.
Rectangle {
    id: card

    property string school: ""
    property string words: ""
    property string holder: ""
    property string number: ""

    implicitWidth: Theme.px(562)
    implicitHeight: head.height + person.height + 2 * Theme.px(34)
    radius: Theme.radiusLarge
    color: Theme.surface
    border.width: Theme.px(3)
    border.color: Theme.ink

    Rectangle {
        id: head
        x: card.border.width
        y: card.border.width
        width: card.width - 2 * x
        height: Theme.px(Theme.largeText ? 150 : 128)
        topLeftRadius: card.radius - x
        topRightRadius: card.radius - x
        color: Theme.schoolPrimary

        Say {
            text: card.school
            size: 40
            bold: true
            lines: 2
            color: Theme.schoolPrimaryInk
            x: Theme.px(36)
            width: parent.width - kind.width - 2 * x - Theme.px(16)
            anchors.verticalCenter: parent.verticalCenter
        }
        Say {
            id: kind
            text: card.words
            size: 32
            wrapMode: Text.NoWrap
            color: Theme.schoolBrandInk2
            x: parent.width - width - Theme.px(36)
            anchors.verticalCenter: parent.verticalCenter
        }
    }
    Rectangle {
        id: photo
        x: Theme.px(38)
        y: head.y + head.height + Theme.px(34)
        width: Theme.px(124)
        height: Theme.px(150)
        radius: Theme.px(8)
        color: Theme.contrast ? Theme.surface : Theme.tint

        Icon {
            anchors.centerIn: parent
            name: "user"
            weight: "fill"
            size: 92
            grows: false
            color: Theme.primary
        }
    }
    Column {
        id: person
        x: photo.x + photo.width + Theme.px(36)
        y: photo.y + Math.max(0, (photo.height - height) / 2)
        width: card.width - x - Theme.px(24)
        height: Math.max(photo.height, implicitHeight)
        spacing: Theme.px(10)
        topPadding: Theme.px(14)

        Say {
            text: card.holder
            size: 46
            bold: true
            lines: 1
            width: parent.width
        }
        Say {
            text: card.number
            size: 36
            lines: 1
            color: Theme.ink2
            width: parent.width
        }
    }
}
