import QtQuick

// TwoLines: an icon with a bold line and a quieter one under it; says both, does nothing (who is here, the desk).
// icon · title · text · room: px of the screen for the words · wanted: what they would take.
Row {
    id: lines

    property string icon: ""
    property string title: ""
    property string text: ""
    property real room: Theme.px(320)
    readonly property real wanted: Math.ceil(Math.max(first.advanceWidth, second.advanceWidth))

    spacing: Theme.px(18)
    Accessible.role: Accessible.StaticText
    Accessible.name: lines.title + (lines.text === "" ? "" : " " + lines.text)
    Accessible.ignored: lines.title === ""

    TextMetrics {
        id: first
        text: lines.title
        font.family: Theme.family
        font.weight: Font.Bold
        font.pixelSize: Theme.px(Theme.small)
    }
    TextMetrics {
        id: second
        text: lines.text
        font.family: Theme.family
        font.pixelSize: Theme.px(Theme.least)
    }
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
            lines: lines.text === "" ? 2 : 1
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
