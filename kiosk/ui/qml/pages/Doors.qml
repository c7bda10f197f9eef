pragma ComponentBehavior: Bound
import QtQuick
import "../components"

// Doors: what an account opens, in words that cannot be pressed. label · opens: list of texts.
Flow {
    id: doors

    property string label: ""
    property var opens: []

    spacing: Theme.px(14)

    Say {
        visible: text !== ""
        text: doors.opens.length > 0 ? doors.label : ""
        size: Theme.label
        color: Theme.ink2
        height: Theme.px(Theme.largeText ? 68 : 52)
        verticalAlignment: Text.AlignVCenter
    }
    Repeater {
        model: doors.opens

        Chip {
            required property string modelData
            text: modelData
        }
    }
}
