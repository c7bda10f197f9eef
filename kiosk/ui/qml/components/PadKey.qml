import QtQuick

// PadKey: one key of a pad; every touch counts. text or icon · utility: the grey keys · spoken name by name.
PressSurface {
    id: key

    property string text: ""
    property string icon: ""
    property bool utility: false

    name: key.text
    repeatable: true
    corner: Theme.radiusSmall
    faceColor: key.utility ? Theme.sunken : Theme.surface

    Say {
        anchors.centerIn: parent
        visible: key.icon === ""
        text: key.text
        size: key.utility ? 32 : 52
        bold: true
        spoken: false
        wrapMode: Text.NoWrap
        color: key.ink
    }
    Icon {
        anchors.centerIn: parent
        name: key.icon
        size: 56
        color: key.ink
    }
}
