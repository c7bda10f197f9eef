pragma ComponentBehavior: Bound
import QtQuick

// Steps: where in at most three steps, as a bar and as a sentence. total · current (1 is the first) · text.
Column {
    id: steps

    property int total: 2
    property int current: 1
    property string text: ""

    spacing: Theme.px(14)
    width: Theme.px(550)

    Row {
        spacing: Theme.px(12)

        Repeater {
            model: steps.total

            Rectangle {
                required property int index
                width: (steps.width - (steps.total - 1) * Theme.px(12)) / steps.total
                height: Theme.px(12)
                radius: height / 2
                color: index < steps.current ? Theme.primary : Theme.surface
                border.width: index < steps.current ? 0 : Theme.px(2)
                border.color: Theme.control
            }
        }
    }
    Say {
        text: steps.text
        size: Theme.small
        bold: true
        color: Theme.ink2
        width: parent.width
    }
}
