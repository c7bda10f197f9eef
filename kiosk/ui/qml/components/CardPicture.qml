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
    // The hint moves in whole steps and waits in between: at every frame of an animation, and for every part of a pixel,
    // the software renderer draws all that lies under the card anew, all day.
    readonly property int steps: 14
    property int moved: 0 // steps since the pause: there and back

    // When the hint has gone so many steps, in milliseconds of its way: the easing InOutQuad, read backwards.
    function at(step: int): real {
        const part = step / picture.steps;
        return Theme.hintSlide * (part < 0.5 ? Math.sqrt(part / 2) : 1 - Math.sqrt((1 - part) / 2));
    }

    implicitWidth: picture.reader ? card.width + Theme.px(picture.size * 0.95) : card.width
    implicitHeight: card.height
    Accessible.ignored: true

    Image {
        id: card
        x: Math.round(picture.travel * Math.min(picture.moved, 2 * picture.steps - picture.moved) / picture.steps)
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
    Timer {
        readonly property int step: picture.moved % picture.steps
        running: picture.moving && picture.visible && !Theme.reduceMotion
        repeat: true
        interval: Math.round((picture.moved === 0 ? Theme.hintPause : 0) + picture.at(step + 1) - picture.at(step))
        onTriggered: picture.moved = (picture.moved + 1) % (2 * picture.steps)
        onRunningChanged: if (!running)
            picture.moved = 0
    }
}
