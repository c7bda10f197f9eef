import QtQuick

// TextLink: a quiet way to a page that explains (how personal data is used); flat, at least 88 high. text · icon · overBrand ·
// wraps: a sentence over several lines in the width it is given · natural: its width in one line.
PressSurface {
    id: link

    property string text: ""
    property string icon: ""
    property bool overBrand: false
    property bool wraps: false
    readonly property real natural: words.implicitWidth + Theme.px(44 + 36 + 2 * 18 + 24)

    name: link.text
    role: Accessible.Link
    flat: true
    faceColor: "transparent"
    pressColor: link.overBrand ? Theme.brandPanel : Theme.press
    outlineWidth: 0
    inkColor: link.overBrand ? Theme.brandInk2 : Theme.ink2
    iconColor: link.inkColor
    implicitHeight: Math.max(Theme.target, row.height + Theme.px(16))
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
            id: words
            text: link.text
            size: Theme.small
            grows: false
            spoken: false
            wrapMode: link.wraps ? Text.Wrap : Text.NoWrap
            width: link.wraps ? link.width - Theme.px(44 + 36 + 2 * 18 + 12) : undefined
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
