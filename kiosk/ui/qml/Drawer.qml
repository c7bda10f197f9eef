pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "components"

// Drawer: a tool beside the kiosk, in the demo only: a tab at the right edge that opens a panel above the page.
Item {
    id: drawer

    required property DrawerViewModel drawn
    property bool opened: false

    readonly property real gap: Theme.px(12)
    readonly property real inner: panel.width - 2 * Theme.px(20)
    readonly property real half: (drawer.inner - drawer.gap) / 2
    readonly property var switches: [
        {
            name: "net",
            positions: ["on", "off"]
        },
        {
            name: "paper",
            positions: ["ok", "low", "out"]
        },
        {
            name: "printer",
            positions: ["on", "off"]
        }
    ]

    anchors.fill: parent
    z: 100

    PressSurface {
        objectName: "drawerTab"
        visible: !drawer.opened
        name: drawer.drawn.words.open
        flat: true
        corner: 0
        faceColor: "#3C3C3C"
        pressColor: "#6A6A6A"
        outlineWidth: Theme.px(2)
        outlineColor: "#8A8A8A"
        ringColor: "#F2F2F2"
        x: parent.width - width
        y: Math.round(parent.height * 0.4)
        width: Theme.px(36)
        height: Theme.px(140)
        onActivated: drawer.opened = true

        Icon {
            anchors.centerIn: parent
            name: "wrench"
            size: 26
            color: "#F2F2F2"
        }
    }
    Rectangle {
        id: panel
        objectName: "drawerPanel"
        visible: drawer.opened
        x: parent.width - width
        y: Math.round((parent.height - Theme.barHeight - height) / 2)
        width: Theme.px(660)
        height: rows.height + 2 * Theme.px(20)
        color: "#1E1E1E"
        border.width: Theme.px(2)
        border.color: "#8A8A8A"
        Accessible.role: Accessible.Pane
        Accessible.name: drawer.drawn.words.title

        // A touch between two keys is not one for the page below.
        MouseArea {
            anchors.fill: parent
        }
        Column {
            id: rows
            x: Theme.px(20)
            y: Theme.px(20)
            spacing: drawer.gap

            Row {
                spacing: drawer.gap

                Say {
                    width: drawer.half
                    height: Theme.px(64)
                    text: drawer.drawn.words.title
                    size: Theme.least
                    grows: false
                    mono: true
                    bold: true
                    color: "#F2F2F2"
                    verticalAlignment: Text.AlignVCenter
                }
                DrawerButton {
                    width: drawer.half
                    height: Theme.px(64)
                    text: drawer.drawn.words.close
                    onActivated: drawer.opened = false
                }
            }
            Grid {
                columns: 2
                spacing: drawer.gap

                Repeater {
                    model: drawer.drawn.hands

                    DrawerButton {
                        required property var modelData
                        width: drawer.half
                        height: Theme.px(80)
                        text: modelData.name
                        about: modelData.about
                        on: drawer.drawn.switches.card === modelData.id
                        onActivated: drawer.drawn.act("tap " + modelData.id)
                    }
                }
            }
            Row {
                spacing: drawer.gap

                DrawerButton {
                    width: drawer.half
                    text: drawer.drawn.words.card_off
                    onActivated: drawer.drawn.act("card-off")
                }
                DrawerButton {
                    width: drawer.half
                    text: drawer.drawn.words.card_bad
                    on: drawer.drawn.switches.card === "bad"
                    onActivated: drawer.drawn.act("card-bad")
                }
            }
            Repeater {
                model: drawer.switches

                Row {
                    id: line
                    required property var modelData
                    readonly property string label: drawer.drawn.words[line.modelData.name]
                    readonly property real each: (drawer.inner - Theme.px(130)) / line.modelData.positions.length

                    Say {
                        width: Theme.px(130)
                        height: Theme.px(72)
                        text: line.label
                        size: Theme.least
                        grows: false
                        mono: true
                        color: "#F2F2F2"
                        verticalAlignment: Text.AlignVCenter
                    }
                    Repeater {
                        model: line.modelData.positions

                        DrawerButton {
                            required property string modelData
                            width: line.each
                            text: drawer.drawn.words[modelData]
                            name: line.label + " " + text
                            on: drawer.drawn.switches[line.modelData.name] === modelData
                            onActivated: drawer.drawn.act(line.modelData.name + " " + modelData)
                        }
                    }
                }
            }
            DrawerButton {
                width: drawer.inner
                text: drawer.drawn.words.quit
                onActivated: drawer.drawn.quit()
            }
        }
    }
}
