import QtQuick

// StartButton: one half of Attract. title · text · icon (may be empty) · size of the title.
PressSurface {
    id: start

    property string title: ""
    property string text: ""
    property string icon: ""
    property real size: 72

    name: start.title
    hint: start.text
    corner: Theme.radiusLarge
    footColor: Theme.schoolBrandInk2
    outlineWidth: Theme.contrast ? Theme.outline : 0
    implicitHeight: Math.max(Theme.px(216), words.height + Theme.px(40))

    TextMetrics {
        id: one
        text: heading.text
        font: heading.font
    }
    TextMetrics {
        id: two
        text: below.text
        font: below.font
    }
    Row {
        id: row
        anchors.centerIn: parent
        spacing: Theme.px(36)

        Icon {
            id: picture
            name: start.icon
            weight: "two-tone"
            size: 96
            color: start.accent
            anchors.verticalCenter: parent.verticalCenter
        }
        Column {
            id: words
            readonly property real room: start.width - Theme.px(48) - (picture.visible ? picture.width + row.spacing : 0)
            width: Math.min(room, Math.ceil(Math.max(one.advanceWidth, two.advanceWidth)) + 1)
            spacing: Theme.px(6)
            anchors.verticalCenter: parent.verticalCenter

            Say {
                id: heading
                width: parent.width
                text: start.title
                size: start.size
                bold: true
                spoken: false
                color: start.ink
            }
            Say {
                id: below
                width: parent.width
                text: start.text
                size: 34
                spoken: false
                color: Theme.ink2
            }
        }
    }
}
