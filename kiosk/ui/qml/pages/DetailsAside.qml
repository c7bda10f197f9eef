pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// DetailsAside: beside the report, what may make it needless: a known outage, articles. Runs to the right and lower edge.
Rectangle {
    id: aside

    required property DetailsViewModel page
    readonly property real edge: Theme.px(40)

    color: Theme.sunken

    Rectangle {
        visible: Theme.contrast
        width: Theme.outline
        height: parent.height
        color: Theme.line
    }
    Column {
        x: aside.edge
        y: Theme.px(24)
        width: aside.width - 2 * aside.edge - Theme.px(32)
        spacing: Theme.px(20)

        Rectangle {
            visible: aside.page.known.title !== ""
            width: parent.width
            height: known.height + Theme.px(48)
            radius: Theme.radiusLarge
            color: Theme.warnTint
            border.width: Theme.contrast ? Theme.outline : 0
            border.color: Theme.warn

            Column {
                id: known
                x: Theme.px(28)
                y: Theme.px(24)
                width: parent.width - 2 * x
                spacing: Theme.px(12)

                Row {
                    spacing: Theme.px(16)

                    Icon {
                        name: "warning"
                        weight: "fill"
                        size: 44
                        color: Theme.warn
                        anchors.verticalCenter: parent.verticalCenter
                    }
                    Say {
                        text: aside.page.knownTitle
                        size: 32
                        bold: true
                        width: known.width - Theme.px(60)
                        anchors.verticalCenter: parent.verticalCenter
                    }
                }
                Say {
                    text: aside.page.known.title
                    size: 34
                    bold: true
                    width: parent.width
                }
                Say {
                    visible: text !== ""
                    text: aside.page.known.hint
                    size: Theme.small
                    width: parent.width
                }
                SecondaryButton {
                    text: aside.page.meToo
                    icon: "hand"
                    enabled: !aside.page.busy
                    width: parent.width
                    height: Theme.px(104)
                    onActivated: aside.page.open("me_too")
                }
            }
        }
        Say {
            visible: text !== ""
            text: aside.page.suggestionsTitle
            size: 34
            bold: true
            heading: true
            width: parent.width
        }
        Repeater {
            model: aside.page.suggestions

            ListRow {
                required property var modelData
                title: modelData.title
                text: modelData.hint
                strong: true
                enabled: !aside.page.busy
                width: aside.width - 2 * aside.edge - Theme.px(32)
                onActivated: aside.page.open(modelData.id)
            }
        }
    }
}
