import QtQuick

// ProgressBar: determinate. value 0…1 · thickness (px @1080) · name: what is being waited for · trackColor, fillColor.
Rectangle {
    id: bar

    property real value: 0
    property real thickness: 20
    property string name: ""
    property color trackColor: Theme.track
    property color fillColor: Theme.primary

    implicitHeight: Theme.px(bar.thickness)
    implicitWidth: Theme.px(300)
    radius: height / 2
    color: bar.trackColor
    Accessible.role: Accessible.ProgressBar
    Accessible.name: bar.name
    Accessible.ignored: bar.name === ""

    Rectangle {
        width: Math.max(parent.height, parent.width * Math.max(0, Math.min(1, bar.value)))
        height: parent.height
        radius: height / 2
        color: bar.fillColor
        visible: bar.value > 0
    }
}
