import QtQuick

// StatusStrip: top of every page, 80 (portrait 96) high. One message at a time; kind: "normal" (brand, place, time),
// "offline", "trouble" (amber), "sending" (blue), "sent" (green).
// letter, school, service, place, time · message, count (right, "3 项待发送") · icon: instead of the kind's own ·
// showBrand: false beside Home's brand panel · overBrand: lies on the brand colour · side: left and right margin.
Rectangle {
    id: strip

    property string kind: "normal"
    property string letter: ""
    property string school: ""
    property string service: ""
    property string place: ""
    property string time: ""
    property string message: ""
    property string count: ""
    property string icon: ""
    property bool showBrand: true
    property bool overBrand: false
    property real side: Theme.margin

    readonly property bool plain: strip.kind === "normal"
    readonly property color accent: strip.kind === "sent" ? Theme.ok : strip.kind === "sending" ? Theme.primary : Theme.warn
    readonly property string kindIcon: ({
            offline: "wifi-slash",
            trouble: "warning",
            sending: "arrows-clockwise",
            sent: "check-circle"
        })[strip.kind] ?? ""

    implicitHeight: Theme.stripHeight
    color: strip.plain ? "transparent" : strip.kind === "sent" ? Theme.okTint : strip.kind === "sending" ? Theme.tint : Theme.warnTint

    BrandMark {
        visible: strip.plain && strip.showBrand
        letter: strip.letter
        school: strip.school
        service: Theme.largeText && Theme.portrait ? "" : strip.service
        overBrand: strip.overBrand
        room: corner.x - strip.side - Theme.gap
        x: strip.side
        anchors.verticalCenter: parent.verticalCenter
    }
    Row {
        id: corner
        visible: strip.plain
        spacing: Theme.px(36)
        x: strip.width - strip.side - width
        anchors.verticalCenter: parent.verticalCenter

        Say {
            text: strip.place
            size: Theme.small
            wrapMode: Text.NoWrap
            color: strip.overBrand ? Theme.brandInk2 : Theme.ink2
            anchors.verticalCenter: parent.verticalCenter
        }
        Say {
            text: strip.time
            size: 32
            bold: true
            wrapMode: Text.NoWrap
            color: strip.overBrand ? Theme.brandInk : Theme.ink
            anchors.verticalCenter: parent.verticalCenter
        }
    }
    Icon {
        id: sign
        visible: !strip.plain
        name: strip.icon !== "" ? strip.icon : strip.kindIcon
        size: 44
        color: strip.accent
        x: strip.side
        anchors.verticalCenter: parent.verticalCenter
    }
    TextMetrics {
        id: natural
        text: strip.message
        font.family: Theme.family
        font.weight: Font.Bold
        font.pixelSize: Theme.text(Theme.label)
    }
    Say {
        readonly property bool long: natural.advanceWidth > width
        visible: !strip.plain
        text: strip.message
        size: long ? Theme.least : Theme.label
        grows: !long
        bold: true
        line: long ? 1.1 : 1.18
        lines: long ? 2 : 1
        color: strip.accent
        x: sign.x + sign.width + Theme.px(18)
        width: amount.x - x - Theme.gap
        anchors.verticalCenter: parent.verticalCenter
        Accessible.role: Accessible.AlertMessage
    }
    Row {
        id: amount
        visible: !strip.plain
        spacing: Theme.px(14)
        x: strip.width - strip.side - width
        anchors.verticalCenter: parent.verticalCenter

        Icon {
            visible: strip.kind === "offline" && strip.count !== ""
            name: "tray"
            size: 36
            color: strip.accent
            anchors.verticalCenter: parent.verticalCenter
        }
        Say {
            text: strip.count
            size: Theme.small
            bold: true
            wrapMode: Text.NoWrap
            color: strip.accent
            anchors.verticalCenter: parent.verticalCenter
        }
    }
    Rectangle {
        visible: !strip.plain
        width: parent.width
        height: Theme.outline
        y: parent.height - height
        color: Theme.contrast || strip.kind !== "offline" && strip.kind !== "trouble" ? strip.accent : Theme.hwEdge
    }
}
