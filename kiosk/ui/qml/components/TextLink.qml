import QtQuick

// TextLink: a quiet way to a page that explains (how personal data is used); flat, 88 high. text · icon · overBrand.
PressSurface {
    id: link

    property string text: ""
    property string icon: ""
    property bool overBrand: false

    name: link.text
    role: Accessible.Link
    flat: true
    faceColor: "transparent"
    pressColor: link.overBrand ? Theme.brandPanel : Theme.press
    outlineWidth: 0
    inkColor: link.overBrand ? Theme.brandInk2 : Theme.ink2
    iconColor: link.inkColor
    implicitHeight: Theme.target
    implicitWidth: row.width + Theme.px(24)

    Row {
        id: row
        spacing: Theme.px(18)
        anchors.verticalCenter: parent.verticalCenter

        Icon {
            name: link.icon
            weight: "two-tone"
            size: 44
            color: link.accent
            anchors.verticalCenter: parent.verticalCenter
        }
        Say {
            text: link.text
            size: Theme.small
            grows: false
            spoken: false
            wrapMode: Text.NoWrap
            color: link.ink
            anchors.verticalCenter: parent.verticalCenter
        }
        Icon {
            name: "caret-right"
            size: 36
            color: link.accent
            anchors.verticalCenter: parent.verticalCenter
        }
    }
}
