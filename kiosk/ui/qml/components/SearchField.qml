pragma ComponentBehavior: Bound
import QtQuick

// SearchField: one line that is searched for at every letter. label: spoken name · clearName: spoken name of ✕ · canClear:
// whether ✕ may be pressed where it stands · limit: characters · text: what is committed. Signal edited(words): what stands
// in it now, with what the input method still holds; spaces it puts between syllables are left out. type(): the keyboard
// writes here. As NoteField it leaves nothing to the next visitor.
Rectangle {
    id: field

    property string label: ""
    property string clearName: ""
    property bool canClear: true
    property int limit: 60
    property alias text: input.text
    property bool leaving: false
    signal edited(words: string)

    function type(): void {
        input.forceActiveFocus();
    }
    function clear(): void {
        InputMethod.reset();
        input.text = "";
    }
    function tell(): void {
        if (!field.leaving)
            field.edited(input.text.slice(0, input.cursorPosition) + input.preeditText.replace(/ /g, "") + input.text.slice(input.cursorPosition));
    }

    // The input context outlives the field and would keep the text around the cursor for the next visitor; it hears of no
    // change to a field without the focus.
    Component.onDestruction: {
        field.leaving = true;
        field.type();
        field.clear();
    }
    implicitWidth: Theme.px(936)
    implicitHeight: Theme.px(120)
    radius: Theme.radiusSmall
    color: Theme.surface
    border.width: input.activeFocus ? Theme.px(4) : Theme.outline
    border.color: input.activeFocus ? Theme.primary : Theme.control

    FocusRing {
        visible: input.activeFocus
        corner: Theme.radiusSmall
    }
    Icon {
        id: picture
        name: "magnifying-glass"
        size: 48
        grows: false
        color: Theme.ink2
        x: Theme.px(28)
        anchors.verticalCenter: parent.verticalCenter
    }
    TextInput {
        id: input
        x: picture.x + picture.width + Theme.px(20)
        width: clear.x - x
        anchors.verticalCenter: parent.verticalCenter
        clip: true
        maximumLength: field.limit
        selectByMouse: false
        color: Theme.ink
        selectionColor: Theme.tint
        selectedTextColor: Theme.ink
        font.family: Theme.family
        font.pixelSize: Math.min(Theme.text(38), field.height * 0.5)
        inputMethodHints: Qt.ImhNoPredictiveText | Qt.ImhSensitiveData | Qt.ImhNoAutoUppercase | Qt.ImhPreferLowercase
        Accessible.name: field.label
        Accessible.role: Accessible.EditableText
        cursorDelegate: Rectangle {
            width: Theme.px(4)
            color: Theme.primary
            visible: input.activeFocus
        }
        onTextChanged: field.tell()
        onPreeditTextChanged: field.tell()
    }
    PressSurface {
        id: clear
        name: field.clearName
        visible: input.length > 0 && field.canClear
        flat: true
        faceColor: "transparent"
        outlineWidth: 0
        corner: Theme.radiusSmall
        width: Theme.px(100)
        height: parent.height
        x: parent.width - width
        onActivated: {
            field.clear();
            field.type();
        }

        Icon {
            anchors.centerIn: parent
            name: "x-circle"
            size: 52
            grows: false
            color: Theme.contrast ? Theme.ink : Theme.ink2
        }
    }
}
