import QtQuick
import QtQuick.Controls.Basic

// The least that answers a finger, lists what was typed and opens a text: plain controls of Qt, full screen.
ApplicationWindow {
    id: root

    property var rows: []
    property bool reading: false
    property string article: "校园网连不上怎么办，先看这里。".repeat(12)

    function list(typed: string) {
        const found = [];
        for (let i = 0; i < 8; i++)
            found.push(typed + " " + i);
        root.rows = found;
    }

    width: 1920
    height: 1080
    visible: true
    color: "#ffffff"

    TextField {
        objectName: "field"
        width: 900
        height: 90
        font.pixelSize: 36
        visible: !root.reading
        onTextChanged: root.list(text)
        Component.onCompleted: forceActiveFocus()
    }
    Column {
        y: 120
        spacing: 12
        visible: !root.reading

        Repeater {
            model: root.rows

            Button {
                required property string modelData
                width: 900
                height: 100
                text: modelData
                font.pixelSize: 34
                onClicked: root.reading = true
            }
        }
    }
    Button {
        objectName: "button"
        x: 1000
        width: 560
        height: 400
        text: "报修"
        font.pixelSize: 42
    }
    Loader {
        active: root.reading
        x: 60
        y: 440
        sourceComponent: Column {
            spacing: 16

            Repeater {
                model: 8

                Label {
                    text: root.article
                    width: 900
                    wrapMode: Text.Wrap
                    font.pixelSize: 32
                }
            }
        }
    }
}
