pragma ComponentBehavior: Bound
import QtQuick

// Skeleton: row-shaped blocks while something loads; static, and seen only after 300 ms. rows · rowHeight · name: spoken.
Column {
    id: skeleton

    property int rows: 3
    property real rowHeight: Theme.px(118)
    property string name: ""
    property int showAfter: Theme.busyAfter

    readonly property color block: Theme.contrast ? "#4A4A4A" : Theme.sunken

    spacing: Theme.px(16)
    width: Theme.px(560)
    opacity: delay.running ? 0 : 1
    Accessible.role: Accessible.StaticText
    Accessible.name: skeleton.name
    Accessible.ignored: skeleton.name === ""

    // Item also has a Timer's data in a Column: timers take no place.
    Timer {
        id: delay
        interval: Math.max(1, skeleton.showAfter)
        running: skeleton.showAfter > 0 && skeleton.visible
    }
    Repeater {
        model: skeleton.rows

        Panel {
            id: row
            required property int index
            width: skeleton.width
            height: skeleton.rowHeight
            radius: Theme.radius

            Rectangle {
                x: Theme.px(28)
                width: Theme.px(60)
                height: width
                radius: Theme.radiusSmall
                color: skeleton.block
                anchors.verticalCenter: parent.verticalCenter
            }
            Repeater {
                model: [row.index % 2 ? 0.4 : 0.54, row.index % 2 ? 0.54 : 0.32]

                Rectangle {
                    required property real modelData
                    required property int index
                    x: Theme.px(114)
                    y: row.height / 2 + Theme.px(index === 0 ? -28 : 10)
                    width: row.width * modelData
                    height: Theme.px(22)
                    radius: height / 2
                    color: skeleton.block
                }
            }
        }
    }
}
