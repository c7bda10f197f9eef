pragma ComponentBehavior: Bound
import QtQuick

// SecretField: how much of a secret was typed, as dots; not pressable and without a letter. label · count · active: the next
// key belongs here · state: "ok", "differs" · spoken: what is said of it. 96 high under its label.
Item {
    id: field

    property string label: ""
    property int count: 0
    property bool active: false
    property string mood: ""
    property string spoken: ""
    property real boxHeight: Theme.px(96)

    readonly property real dot: Math.min(Theme.px(26), Math.floor((box.width - Theme.px(56)) / Math.max(1, field.count) * 0.62))

    implicitWidth: Theme.px(520)
    implicitHeight: heading.height + Theme.px(8) + field.boxHeight
    Accessible.role: Accessible.EditableText
    Accessible.name: field.label + (field.count > 0 ? " " + field.spoken : "")
    Accessible.passwordEdit: true

    Say {
        id: heading
        text: field.label
        size: Theme.label
        bold: true
        spoken: false
        grows: Theme.portrait
        lines: 1
        width: parent.width
    }
    Rectangle {
        visible: field.active
        x: box.x - Theme.px(5)
        y: box.y - Theme.px(5)
        width: box.width + Theme.px(10)
        height: box.height + Theme.px(10)
        radius: Theme.radiusSmall + Theme.px(5)
        color: Theme.hw
    }
    Rectangle {
        id: box
        y: heading.height + Theme.px(8)
        width: parent.width
        height: field.boxHeight
        radius: Theme.radiusSmall
        color: Theme.surface
        border.width: field.active || field.mood === "differs" ? Theme.px(4) : Theme.outline
        border.color: field.mood === "differs" ? Theme.danger : field.active ? Theme.primary : Theme.control

        Row {
            id: dots
            x: Theme.px(28)
            spacing: Math.max(1, Math.floor(field.dot * 0.6))
            anchors.verticalCenter: parent.verticalCenter

            Repeater {
                model: field.count

                Rectangle {
                    width: field.dot
                    height: field.dot
                    radius: field.dot / 2
                    color: Theme.ink
                }
            }
        }
        Rectangle {
            visible: field.active
            x: dots.x + (field.count > 0 ? dots.width + Theme.px(10) : 0)
            width: Theme.px(4)
            height: Theme.px(50)
            color: Theme.primary
            anchors.verticalCenter: parent.verticalCenter
        }
        Icon {
            visible: field.mood === "ok"
            name: "check-circle"
            weight: "fill"
            size: 48
            color: Theme.ok
            x: parent.width - width - Theme.px(16)
            anchors.verticalCenter: parent.verticalCenter
        }
    }
}
