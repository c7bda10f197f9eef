import QtQuick

// Field: shows what a pad types; label above, hint or error below. Never holds a secret.
// label · name: spoken where no label is drawn · text · placeholder · icon · hint · error · active (being typed into) · clearName: spoken name of ✕, empty: none.
// Signal cleared(). The box is 96 high; the whole is as tall as its words need.
Item {
    id: field

    property string label: ""
    property string name: field.label
    property string text: ""
    property string placeholder: ""
    property string icon: ""
    property string hint: ""
    property string error: ""
    property bool active: false
    property string clearName: ""
    property real boxHeight: Theme.px(96)
    signal cleared

    implicitWidth: Theme.px(560)
    implicitHeight: box.y + box.height + (below.visible ? below.height + Theme.px(12) : 0)
    Accessible.role: Accessible.EditableText
    Accessible.readOnly: true
    Accessible.name: field.name
    Accessible.description: field.text + (field.error !== "" ? " " + field.error : field.hint !== "" ? " " + field.hint : "")

    Say {
        id: heading
        text: field.label
        size: Theme.label
        bold: true
        line: 1.36
        lines: 1
        spoken: false
        visible: text !== ""
        width: parent.width
    }
    Rectangle {
        id: box
        y: heading.visible ? heading.height + Theme.px(8) : 0
        width: parent.width
        height: Math.max(field.boxHeight, value.height + Theme.px(20))
        radius: Theme.radiusSmall
        color: Theme.surface
        border.width: field.error !== "" ? Theme.px(4) : Theme.outline
        border.color: field.error !== "" ? Theme.danger : Theme.control

        FocusRing {
            visible: field.active && field.error === ""
            corner: Theme.radiusSmall
        }
        Icon {
            id: picture
            name: field.icon
            size: 44
            color: Theme.ink2
            x: Theme.px(28)
            anchors.verticalCenter: parent.verticalCenter
        }
        Say {
            id: value
            text: field.text !== "" ? field.text : field.placeholder
            size: 38
            lines: 1
            wrapMode: Text.NoWrap
            elide: field.text !== "" ? Text.ElideLeft : Text.ElideRight
            spoken: false
            color: field.text !== "" ? Theme.ink : Theme.ink2
            x: picture.visible ? picture.x + picture.width + Theme.px(20) : Theme.px(28)
            width: (clear.visible ? clear.x : parent.width - Theme.px(20)) - x
            anchors.verticalCenter: parent.verticalCenter
        }
        PressSurface {
            id: clear
            name: field.clearName
            visible: field.clearName !== "" && field.text !== ""
            flat: true
            faceColor: "transparent"
            outlineWidth: 0
            corner: Theme.radiusSmall
            width: Theme.px(88)
            height: parent.height
            x: parent.width - width
            onActivated: field.cleared()

            Icon {
                anchors.centerIn: parent
                name: "x-circle"
                size: 48
                color: Theme.contrast ? Theme.ink : Theme.ink2
            }
        }
    }
    Row {
        id: below
        visible: field.error !== "" || field.hint !== ""
        y: box.y + box.height + Theme.px(12)
        spacing: Theme.px(12)
        width: parent.width

        Icon {
            visible: field.error !== ""
            name: "warning-circle"
            weight: "fill"
            size: 34
            color: Theme.danger
            y: Theme.px(2)
        }
        Say {
            text: field.error !== "" ? field.error : field.hint
            size: Theme.small
            bold: field.error !== ""
            line: 1.25
            spoken: false
            color: field.error !== "" ? Theme.danger : Theme.ink2
            width: parent.width - (field.error !== "" ? Theme.px(46) : 0)
        }
    }
}
