import QtQuick
import "../../../kiosk/ui/qml/components"

// The note field above the keyboard, as the note page places them.
Rectangle {
    id: page

    property int w: 1920
    property int h: 1080
    property bool contrast: false
    property string lang: "zh"
    property alias typed: note.text
    property alias held: note.preedit

    function wipe(): void {
        note.clear();
    }
    function add(words: string): void {
        note.add(words);
    }

    width: page.w
    height: page.h
    color: Theme.bg
    Component.onCompleted: note.type()

    Binding {
        target: Theme
        property: "width"
        value: page.w
    }
    Binding {
        target: Theme
        property: "height"
        value: page.h
    }
    Binding {
        target: Theme
        property: "contrast"
        value: page.contrast
    }
    NoteField {
        id: note
        label: "补充说明"
        placeholder: "可以不写"
        counter: String(remaining)
        x: Theme.margin
        y: Theme.px(180)
        width: parent.width - 2 * x
        focus: true
    }
    KeyboardPanel {
        objectName: "keyboard"
        lang: page.lang
        previousName: "前面的字"
        nextName: "后面的字"
        width: parent.width
        y: parent.height - Theme.barHeight - height
    }
}
