import QtQuick

// FocusRing: 4 px inner line in inner colour, 5 px yellow around it; fill the control with it.
// corner: radius of the control · inner: Theme.primary, or Theme.ink on a primary face.
Item {
    id: ring

    property real corner: Theme.radius
    property color inner: Theme.primary

    anchors.fill: parent
    Accessible.ignored: true

    Rectangle {
        anchors.fill: parent
        anchors.margins: -Theme.px(6)
        radius: ring.corner + Theme.px(6)
        color: "transparent"
        border.width: Theme.px(5)
        border.color: Theme.hw
    }
    Rectangle {
        anchors.fill: parent
        radius: ring.corner
        color: "transparent"
        border.width: Theme.px(4)
        border.color: ring.inner
    }
}
