import QtQuick
import QtQuick.Controls.Basic

// The least a kiosk of this kind can be: six buttons, full screen; with clock: the time, once a second.
ApplicationWindow {
    id: root

    property bool clock: false

    width: Screen.width
    height: Screen.height
    visibility: Window.FullScreen
    visible: true
    color: "#ffffff"

    Grid {
        anchors.centerIn: parent
        columns: 3
        spacing: 24

        Repeater {
            model: ["报修", "我的报修", "重置密码", "校园卡", "知识库", "帮助"]

            Button {
                required property string modelData
                width: 560
                height: 400
                text: modelData
                font.pixelSize: 42
            }
        }
    }
    Label {
        id: time
        font.pixelSize: 42
    }
    Timer {
        running: root.clock
        interval: 1000
        repeat: true
        onTriggered: time.text = Qt.formatTime(new Date(), "hh:mm:ss")
    }
}
