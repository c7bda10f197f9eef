import QtQuick
import "../components"

// ArticlePicture: a picture of an article. picture: its id · words: what it shows. come: it is there; one clear pixel is what
// comes where the kiosk has not got it yet.
Rectangle {
    id: frame

    required property string picture
    required property string words

    readonly property bool come: drawn.implicitWidth > 1

    radius: Theme.radiusSmall
    color: Theme.tint
    border.width: Theme.contrast ? Theme.outline : 0
    border.color: Theme.line
    Accessible.role: Accessible.Graphic
    Accessible.name: frame.come ? frame.words : ""

    Image {
        id: drawn
        anchors.fill: parent
        cache: false
        asynchronous: true
        smooth: true
        source: frame.picture === "" ? "" : "image://article/" + frame.picture
    }
}
