import QtQuick
import "components"

// DrawerButton: a plain grey key of the demo's drawer. text · about: a second line · on: this is how things stand.
PressSurface {
    id: button

    property string text: ""
    property string about: ""
    property bool on: false

    name: button.about === "" ? button.text : button.text + " " + button.about
    choice: false
    selected: false
    flat: true
    corner: Theme.px(4)
    outlineWidth: Theme.px(2)
    outlineColor: "#8A8A8A"
    faceColor: button.on ? "#E8E8E8" : "#3C3C3C"
    pressColor: "#6A6A6A"
    inkColor: button.on ? "#1E1E1E" : "#F2F2F2"
    ringColor: "#F2F2F2"
    implicitHeight: Theme.px(64)

    Column {
        anchors.verticalCenter: parent.verticalCenter
        x: Theme.px(12)
        width: parent.width - 2 * Theme.px(12)

        Say {
            width: parent.width
            text: button.text
            size: Theme.least
            grows: false
            mono: true
            spoken: false
            lines: 1
            line: 1.15
            color: button.inkColor
            horizontalAlignment: button.about === "" ? Text.AlignHCenter : Text.AlignLeft
        }
        Say {
            width: parent.width
            visible: text !== ""
            text: button.about
            size: 20
            grows: false
            mono: true
            spoken: false
            lines: 1
            line: 1.15
            color: button.inkColor
        }
    }
}
