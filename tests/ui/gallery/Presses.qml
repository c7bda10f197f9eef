import QtQuick
import "../../../kiosk/ui/qml/components"

// One pressable of each kind, with counters for what reaches it.
Rectangle {
    id: stage

    property int primary: 0
    property int key: 0
    property int off: 0
    property string digits: ""
    property string spoken: ""
    readonly property real guardReach: TapGuard.reachPx

    function theme(): var {
        return Theme;
    }
    function textSize(size: int): real {
        return Theme.text(size);
    }

    width: 1920
    height: 1080

    PrimaryButton {
        objectName: "primary"
        text: "提交"
        width: 420
        focus: true
        onActivated: stage.primary += 1
    }
    PadKey {
        objectName: "key"
        text: "7"
        x: 600
        width: 200
        height: 104
        onActivated: stage.key += 1
    }
    SecondaryButton {
        objectName: "off"
        text: "还要办别的"
        enabled: false
        x: 900
        width: 300
        onActivated: stage.off += 1
    }
    ChoiceRow {
        objectName: "choice"
        title: "没法继续"
        text: "上课、考试受阻"
        selected: true
        x: 1300
        width: 500
    }
    PinPad {
        objectName: "pad"
        y: 300
        clearText: "清空"
        eraseName: "退格"
        onDigit: value => stage.digits += value
        onErased: stage.digits += "<"
        onCleared: stage.digits += "x"
    }
    Say {
        objectName: "outside"
        text: "<b>bold</b><img src=\"x\">"
        x: 1000
        y: 300
    }
}
