import QtQuick

// DialogPage: a question on an opaque page, so that nobody reads what lies behind; used for the time-out, another card and
// leaving a filled form. Fill the window with it. title · text · figure, unit (seconds left) · fraction 0…1 (-1: no bar) ·
// note · primaryText, secondaryText, secondaryIcon. Signals: primary(), secondary().
Rectangle {
    id: page

    property string title: ""
    property string text: ""
    property string figure: ""
    property string unit: ""
    property real fraction: -1
    property string note: ""
    property string primaryText: ""
    property string secondaryText: ""
    property string secondaryIcon: ""
    signal primary
    signal secondary

    readonly property real pad: Theme.px(72)

    color: Theme.brand
    Accessible.role: Accessible.Dialog
    Accessible.name: page.title

    MouseArea {
        anchors.fill: parent
    }
    Rectangle {
        id: sheet
        width: Math.min(Theme.px(1120), page.width - 2 * Theme.px(48))
        height: column.height + page.pad + Theme.px(36)
        x: Math.round((page.width - width) / 2)
        y: Theme.reach || Theme.portrait ? Math.round(page.height - height - Theme.px(Theme.portrait ? 160 : 60)) : Math.round((page.height - height) / 2)
        radius: Theme.radiusDialog
        color: Theme.surface
        border.width: Theme.contrast ? Theme.outline : 0
        border.color: Theme.line

        Column {
            id: column
            x: page.pad
            y: page.pad
            width: parent.width - 2 * page.pad
            spacing: Theme.px(36)

            Item {
                width: parent.width
                height: Math.max(question.height, seconds.height)

                Column {
                    id: question
                    width: parent.width - (seconds.visible ? seconds.width + Theme.px(48) : 0)
                    spacing: Theme.px(14)

                    Say {
                        text: page.title
                        size: 84
                        bold: true
                        heading: true
                        width: parent.width
                    }
                    Say {
                        text: page.text
                        size: 36
                        color: Theme.ink2
                        width: parent.width
                    }
                }
                Column {
                    id: seconds
                    visible: page.figure !== ""
                    x: parent.width - width
                    width: Math.max(Theme.px(240), number.implicitWidth)
                    y: -Theme.px(8)

                    Say {
                        id: number
                        text: page.figure
                        size: 168
                        grows: false
                        bold: true
                        line: 1.1
                        spoken: false
                        wrapMode: Text.NoWrap
                        anchors.horizontalCenter: parent.horizontalCenter
                    }
                    Say {
                        text: page.unit
                        size: 36
                        spoken: false
                        color: Theme.ink2
                        anchors.horizontalCenter: parent.horizontalCenter
                    }
                }
            }
            ProgressBar {
                visible: page.fraction >= 0
                width: parent.width
                value: page.fraction
            }
            Row {
                visible: page.primaryText !== "" || page.secondaryText !== ""
                width: parent.width
                spacing: Theme.gap
                topPadding: Theme.px(12)

                SecondaryButton {
                    id: other
                    visible: text !== ""
                    text: page.secondaryText
                    icon: page.secondaryIcon
                    width: Math.min(Math.max(Theme.px(320), implicitWidth), parent.width / 2)
                    height: Theme.px(140)
                    onActivated: page.secondary()
                }
                PrimaryButton {
                    visible: text !== ""
                    text: page.primaryText
                    size: 46
                    width: parent.width - (other.visible ? other.width + Theme.gap : 0)
                    height: Theme.px(140)
                    onActivated: page.primary()
                }
            }
            Say {
                visible: text !== ""
                text: page.note
                size: Theme.small
                color: Theme.ink2
                width: parent.width
            }
        }
    }
}
