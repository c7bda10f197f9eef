import QtQuick

// CardPicture: the campus card as drawn, with the reader it goes to. school, words: what stands on it · moving: the hint
// slides (Attract and Identify only; still when motion is reduced) · reader: draw the reader and an arrow too.
// size: width of the card, px @1080.
Item {
    id: picture

    property string school: ""
    property string words: ""
    property bool moving: false
    property bool reader: true
    property real size: 420

    readonly property real travel: Theme.px(28)

    implicitWidth: picture.reader ? card.width + Theme.px(picture.size * 0.95) : card.width
    implicitHeight: card.height
    Accessible.ignored: true

    Image {
        id: card
        width: Theme.px(picture.size)
        height: Math.round(width * 284 / 420)
        sourceSize: Qt.size(width, height)
        source: "image://card/" + Theme.hex(Theme.schoolPrimary) + "/" + Theme.address(picture.school) + "/" + Theme.address(picture.words)
    }
    Icon {
        visible: picture.reader
        name: "arrow-right"
        size: 72
        color: Theme.hwInk
        x: card.width + Theme.px(22)
        anchors.verticalCenter: parent.verticalCenter
    }
    Rectangle {
        visible: picture.reader
        x: picture.width - width
        width: Theme.px(picture.size * 0.67)
        height: Math.round(width * 0.77)
        radius: Theme.radiusLarge
        color: Theme.hwInk
        anchors.verticalCenter: parent.verticalCenter

        Icon {
            anchors.centerIn: parent
            name: "contactless"
            size: picture.size * 0.37
            color: Theme.hw
        }
    }
    SequentialAnimation {
        running: picture.moving && picture.visible && !Theme.reduceMotion
        loops: Animation.Infinite
        onRunningChanged: if (!running)
            card.x = 0

        PauseAnimation {
            duration: Theme.hintPause
        }
        NumberAnimation {
            target: card
            property: "x"
            to: picture.travel
            duration: Theme.hintSlide
            easing.type: Easing.InOutQuad
        }
        NumberAnimation {
            target: card
            property: "x"
            to: 0
            duration: Theme.hintSlide
            easing.type: Easing.InOutQuad
        }
    }
}
