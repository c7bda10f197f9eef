pragma ComponentBehavior: Bound
import QtQuick

// LabelButton: a pressable with icon and words; Primary-, Secondary- and DangerButton are made of it.
// text · icon, iconAfter: icon names · size: type token · alignLeft: icon and words at the left (lists of ways on) ·
// busy: the press is being worked on; after 300 ms it says busyText over a bar · progress: 0…1 of that bar · least: height in px of the screen with one line of words.
PressSurface {
    id: button

    property string text: ""
    property string icon: ""
    property string iconAfter: ""
    property real size: Theme.button
    property real iconSize: 44
    property bool alignLeft: false
    property bool busy: false
    property string busyText: ""
    property real progress: 0.42
    property real padding: Theme.px(Theme.largeText ? 24 : 36)
    property bool grows: true
    property real least: Theme.buttonHeight

    readonly property bool showBusy: button.busy && !wait.running
    // Width of all that is not words.
    readonly property real width0: 2 * button.padding + (button.icon === "" ? 0 : row.spacing + before.width) + (button.iconAfter === "" ? 0 : row.spacing + after.width)

    name: button.text
    held: button.busy
    iconColor: button.inkColor
    outlineWidth: 0
    implicitHeight: Math.max(button.least, words.height + Theme.px(20) + Theme.foot)
    implicitWidth: Math.max(Theme.target, button.width0 + natural.advanceWidth + 2)

    onBusyChanged: button.busy ? wait.restart() : wait.stop()

    Timer {
        id: wait
        interval: Theme.busyAfter
    }
    TextMetrics {
        id: natural
        text: words.text
        font.family: Theme.family
        font.weight: Font.Bold
        font.pixelSize: button.grows ? Theme.text(button.size) : Theme.px(button.size)
    }
    Row {
        id: row
        spacing: Theme.px(20)
        x: button.alignLeft ? button.padding : Math.round((button.width - width) / 2)
        y: Math.round((parent.height - height) / 2) - (button.showBusy ? Theme.px(10) : 0)

        Icon {
            id: before
            name: button.showBusy ? "" : button.icon
            size: button.iconSize
            grows: button.grows
            color: button.accent
            anchors.verticalCenter: parent.verticalCenter
        }
        Say {
            id: words
            text: button.showBusy && button.busyText !== "" ? button.busyText : button.text
            size: button.size
            grows: button.grows
            bold: true
            line: 1.1
            lines: words.cutAt > 0 ? 3 : 2
            spoken: false
            color: button.ink
            width: Math.min(Math.ceil(natural.advanceWidth) + 1, Math.max(0, button.width - button.width0))
            horizontalAlignment: button.alignLeft ? Text.AlignLeft : Text.AlignHCenter
            anchors.verticalCenter: parent.verticalCenter
        }
        Icon {
            id: after
            name: button.showBusy ? "" : button.iconAfter
            size: button.iconSize
            grows: button.grows
            color: button.accent
            anchors.verticalCenter: parent.verticalCenter
        }
    }
    Loader {
        active: button.showBusy
        x: Theme.px(24)
        y: parent.height - Theme.px(26)
        width: button.width - 2 * x
        sourceComponent: ProgressBar {
            value: button.progress
            thickness: 8
            trackColor: button.footColor
            fillColor: button.ink
        }
    }
}
