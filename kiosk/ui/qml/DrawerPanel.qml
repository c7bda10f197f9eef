pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "components"

// DrawerPanel: whose card to tap, and how network, paper and printer stand. Signal closed().
Item {
    id: drawer

    required property DrawerViewModel drawn

    readonly property real gap: Theme.px(11)
    readonly property real inner: panel.width - 2 * Theme.px(20)
    readonly property real half: (drawer.inner - drawer.gap) / 2
    // The last messages, as many as leave the panel on the screen, each of two lines.
    readonly property real message: Theme.px(76) + drawer.gap
    readonly property real room: drawer.height - Theme.barHeight - 2 * rows.y - keys.height - quit.height - drawer.gap
    readonly property int most: Math.max(0, Math.floor(drawer.room / drawer.message))
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
        },
        {
            name: "scanner",
            positions: ["on", "off"],
            acts: [["scan_slip", "scan slip"], ["scan_number", "scan " + drawer.drawn.hands[0].id]]
        },
        {
            name: "phone",
            positions: [],
            acts: [["phone_sign_in", "phone " + drawer.drawn.hands[0].id], ["phone_number", "phone number"]]
        }
    ]
    signal closed

    Timer {
        interval: 1000
        repeat: true
        triggeredOnStart: true
        running: drawer.visible
        onTriggered: drawer.drawn.look()
    }

    Rectangle {
        id: panel
        objectName: "drawerPanel"
        x: drawer.width - width
        y: Math.round((drawer.height - Theme.barHeight - height) / 2)
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

            Column {
                id: keys
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
                        onActivated: drawer.closed()
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
                        readonly property var acts: line.modelData.acts ?? []
                        readonly property real each: (drawer.inner - Theme.px(130)) / (line.modelData.positions.length + line.acts.length)

                        Say {
                            width: Theme.px(130)
                            height: Theme.px(64)
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
                        Repeater {
                            model: line.acts

                            DrawerButton {
                                required property var modelData
                                width: line.each
                                text: drawer.drawn.words[modelData[0]]
                                name: line.label + " " + text
                                onActivated: drawer.drawn.act(modelData[1])
                            }
                        }
                    }
                }
            }
            Repeater {
                model: drawer.most > 0 ? drawer.drawn.messages.slice(-drawer.most) : []

                Say {
                    required property string modelData
                    width: drawer.inner
                    text: modelData
                    size: Theme.least
                    grows: false
                    mono: true
                    lines: 2
                    color: "#F2F2F2"
                }
            }
            DrawerButton {
                id: quit
                width: drawer.inner
                text: drawer.drawn.words.quit
                onActivated: drawer.drawn.quit()
            }
        }
    }
}
