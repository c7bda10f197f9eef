import QtQuick

// ChoiceRow: one of several answers; a ring, ✓ when selected. title · text · icon · size · selected.
PressSurface {
    id: row

    property string title: ""
    property string text: ""
    property string icon: ""
    property real size: 33

    name: row.title
    hint: row.text
    choice: true
    outlineColor: Theme.control
    implicitWidth: Theme.px(540)
    implicitHeight: Math.max(Theme.px(112), words.height + 2 * Theme.px(14) + Theme.foot)

    Icon {
        id: picture
        name: row.icon
        weight: "two-tone"
        size: 60
        color: row.accent
        x: Theme.px(28)
        anchors.verticalCenter: parent.verticalCenter
    }
    Column {
        id: words
        x: row.icon !== "" ? picture.x + picture.width + Theme.px(28) : Theme.px(32)
        width: mark.x - x - Theme.px(12)
        anchors.verticalCenter: parent.verticalCenter

        Say {
            text: row.title
            size: row.size
            bold: true
            lines: 3
            spoken: false
            color: row.ink
            width: parent.width
        }
        Say {
            visible: text !== ""
            text: row.text
            size: Theme.least
            line: 1.25
            lines: 2
            spoken: false
            color: row.selected || !row.enabled ? row.ink : Theme.ink2
            width: parent.width
        }
    }
    ChosenMark {
        id: mark
        on: row.selected
        size: 48
        x: parent.width - width - Theme.px(24)
        anchors.verticalCenter: parent.verticalCenter
    }
}
