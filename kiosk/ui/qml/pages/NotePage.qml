pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// NotePage: free text with the on-screen keyboard. What is typed lives in the field only, and goes with the page.
PageFrame {
    id: note

    required property NoteViewModel page

    readonly property real keysHeight: Theme.px(note.portrait ? 518 : 480) // with the row of candidates, always kept free
    readonly property real low: note.height - note.keysHeight
    readonly property int ready: note.page.phrases.length
    readonly property bool contact: note.page.kind === "contact"

    heading: note.page.title
    Component.onCompleted: {
        field.type();
        field.add(note.page.text);
    }

    Say {
        id: title
        text: note.heading
        size: note.portrait ? Theme.title : 54
        bold: true
        heading: true
        grows: note.portrait
        x: note.side
        y: Theme.px(note.portrait ? 28 : 8)
        width: Math.min(implicitWidth, note.inner)
    }
    Say {
        id: hint
        text: note.page.error !== "" ? note.page.error : note.page.hint
        size: Theme.small
        bold: note.page.error !== ""
        grows: note.portrait
        color: note.page.error !== "" ? Theme.danger : Theme.ink2
        line: 1.25
        x: note.portrait ? note.side : title.x + title.width + Theme.px(28)
        y: note.portrait ? title.y + title.height + Theme.px(4) : Math.round(title.y + (title.height - height) / 2)
        width: note.width - note.side - x
    }
    NoteField {
        id: field
        label: note.page.title
        limit: note.page.limit
        address: note.contact
        counter: note.words.of.note_left.replace("{left}", field.remaining)
        x: note.side
        y: note.portrait ? hint.y + hint.height + Theme.px(28) : Theme.px(96)
        width: note.portrait ? note.inner : Theme.px(1240)
        height: note.portrait ? Math.min(Theme.px(note.contact ? 190 : 420), phrases.y - y - Theme.gap) : note.ready > 0 ? Theme.px(174) : Theme.px(250)
    }
    Grid {
        id: phrases
        columns: note.portrait && !Theme.reach ? 1 : Math.max(1, note.ready)
        spacing: Theme.px(16)
        x: note.side
        y: note.portrait ? done.y - Theme.gap - height : field.y + field.height + Theme.px(18)

        Repeater {
            model: note.page.phrases

            SecondaryButton {
                required property string modelData
                text: modelData
                icon: note.portrait && phrases.columns > 1 ? "" : "plus"
                size: Theme.label
                iconSize: 36
                grows: false
                padding: Theme.px(16)
                width: Math.floor((field.width - (phrases.columns - 1) * phrases.spacing) / phrases.columns)
                height: Theme.px(94)
                onActivated: field.add(modelData)
            }
        }
    }
    PrimaryButton {
        id: done
        text: note.page.done
        icon: "check"
        grows: note.portrait
        x: note.portrait ? note.side : field.x + field.width + Theme.px(64)
        y: note.low - height - Theme.px(note.portrait ? 28 : 22)
        width: note.width - note.side - x
        height: Theme.px(note.portrait ? 124 : 114)
        onActivated: {
            InputMethod.commit();
            note.page.finish(field.text);
        }
    }
    KeysOfPage {
        next: () => done
        onTyping: field.type()
        y: note.low
        width: note.width
        height: note.keysHeight
        words: note.words
        shell: note.shell
        latin: note.contact
    }
}
