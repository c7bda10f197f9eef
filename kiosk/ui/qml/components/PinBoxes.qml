pragma ComponentBehavior: Bound
import QtQuick

// PinBoxes: how many digits have been typed, never which, unless digits (a one-time code) is given. count (6) · filled ·
// failed: red outline · name: spoken name · spoken: the state in words.
Item {
    id: boxes

    required property string name
    property int count: 6
    property int filled: 0
    property bool failed: false
    property string spoken: ""
    property string digits: ""

    readonly property real between: Theme.px(20)
    readonly property real side: Math.min(Theme.px(136), (boxes.width - (boxes.count - 1) * boxes.between) / boxes.count)

    implicitWidth: Theme.px(772)
    implicitHeight: Theme.portrait ? Theme.px(142) : Theme.px(120)
    Accessible.role: Accessible.StaticText
    Accessible.name: boxes.name
    Accessible.description: boxes.spoken

    Row {
        spacing: boxes.between
        anchors.horizontalCenter: parent.horizontalCenter

        Repeater {
            model: boxes.count

            Rectangle {
                id: box
                required property int index
                width: boxes.side
                height: boxes.height
                radius: Theme.radiusSmall
                color: Theme.surface
                border.width: boxes.failed ? Theme.px(4) : Theme.outline
                border.color: boxes.failed ? Theme.danger : Theme.control

                FocusRing {
                    visible: box.index === boxes.filled && !boxes.failed
                    corner: Theme.radiusSmall
                }
                Rectangle {
                    visible: box.index < boxes.filled && boxes.digits === ""
                    anchors.centerIn: parent
                    width: Theme.px(32)
                    height: width
                    radius: width / 2
                    color: Theme.ink
                }
                Say {
                    visible: box.index < boxes.digits.length
                    anchors.centerIn: parent
                    text: boxes.digits.charAt(box.index)
                    size: Theme.title
                    grows: false
                    bold: true
                    spoken: false
                }
            }
        }
    }
}
