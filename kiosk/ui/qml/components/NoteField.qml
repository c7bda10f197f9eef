pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Controls.Basic

// NoteField: the only place where free text is typed (with the on-screen keyboard); loads Qt Quick Controls, so use it only
// on the note page. label: spoken name · placeholder · limit (characters, 200) · counter: words at the lower right ·
// address: for telephone numbers and e-mail, no capitals by itself · remaining: characters left · text: what is committed · preedit: what the input method still holds. clear(): as text = "", which no undo brings back.
Rectangle {
    id: field

    property string label: ""
    property string placeholder: ""
    property string counter: ""
    property int limit: 200
    property bool address: false
    property alias text: area.text
    readonly property string preedit: area.preeditText
    readonly property int remaining: Math.max(0, field.limit - area.length)
    readonly property bool active: area.activeFocus

    function type(): void {
        area.forceActiveFocus();
    }
    function clear(): void {
        InputMethod.reset();
        area.text = "";
    }
    // Puts a ready phrase at the end, after a comma-sized space if there is text already.
    function add(phrase: string): void {
        InputMethod.commit();
        area.insert(area.length, phrase);
        area.cursorPosition = area.length;
    }

    // The input context outlives the field and would keep the text around the cursor for the next visitor; it hears of no
    // change to a field without the focus.
    Component.onDestruction: {
        field.type();
        field.clear();
    }
    implicitWidth: Theme.px(1240)
    implicitHeight: Theme.px(176)
    radius: Theme.radiusSmall
    color: Theme.surface
    border.width: Theme.outline
    border.color: Theme.control

    FocusRing {
        visible: area.activeFocus
        corner: Theme.radiusSmall
    }
    Flickable {
        id: view
        anchors.fill: parent
        anchors.margins: Theme.px(20)
        anchors.bottomMargin: Theme.px(44)
        clip: true
        contentHeight: area.height
        interactive: contentHeight > height

        TextArea {
            id: area
            width: view.width
            padding: 0
            textFormat: TextEdit.PlainText
            wrapMode: TextEdit.Wrap
            selectByMouse: false
            persistentSelection: false
            color: Theme.ink
            selectionColor: Theme.tint
            selectedTextColor: Theme.ink
            font.family: Theme.family
            font.pixelSize: Theme.text(38)
            background: null
            ContextMenu.menu: null
            inputMethodHints: Qt.ImhNoPredictiveText | Qt.ImhSensitiveData | (field.address ? Qt.ImhNoAutoUppercase | Qt.ImhPreferLowercase : 0)
            Accessible.name: field.label
            Accessible.role: Accessible.EditableText
            cursorDelegate: Rectangle {
                width: Theme.px(4)
                color: Theme.primary
                visible: area.activeFocus
            }
            onTextChanged: {
                if (area.length <= field.limit)
                    return;
                const place = Math.min(area.cursorPosition, field.limit);
                area.remove(field.limit, area.length);
                area.cursorPosition = place;
            }
            onCursorRectangleChanged: {
                const box = area.cursorRectangle;
                if (box.y < view.contentY)
                    view.contentY = box.y;
                else if (box.y + box.height > view.contentY + view.height)
                    view.contentY = box.y + box.height - view.height;
            }
        }
    }
    Say {
        visible: area.length === 0 && area.preeditText === "" && text !== ""
        text: field.placeholder
        size: 34
        color: Theme.ink2
        x: view.x
        y: view.y
        spoken: false
    }
    Say {
        text: field.counter
        size: Theme.least
        color: Theme.ink2
        x: parent.width - width - Theme.px(16)
        y: parent.height - height - Theme.px(8)
    }
}
