import QtQuick

// TwoLines: an icon with a bold line and a quieter one under it; says both, does nothing (who is here, the desk).
// icon · title · text.
Row {
    id: lines

    property string icon: ""
    property string title: ""
    property string text: ""
    property real room: Theme.px(320)

    spacing: Theme.px(18)
    Accessible.role: Accessible.StaticText
    Accessible.name: lines.title + (lines.text === "" ? "" : " " + lines.text)
    Accessible.ignored: lines.title === ""

    Icon {
        id: picture
        name: lines.icon
        weight: "two-tone"
        size: 52
        color: Theme.primary
        anchors.verticalCenter: parent.verticalCenter
    }
    Column {
        anchors.verticalCenter: parent.verticalCenter

        Say {
            text: lines.title
            size: Theme.small
            grows: false
            bold: true
            lines: 1
            spoken: false
            width: lines.room
        }
        Say {
            visible: text !== ""
            text: lines.text
            size: Theme.least
            grows: false
            line: 1.25
            lines: 1
            spoken: false
            color: Theme.ink2
            width: lines.room
        }
    }
}
