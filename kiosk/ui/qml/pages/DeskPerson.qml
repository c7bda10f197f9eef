pragma ComponentBehavior: Bound
import QtQuick
import "../components"

// DeskPerson: who is helped, masked, and what is known of them. who, facts: of the page · notice: in place of the facts ·
// closes: when it does · most: facts that have room.
Panel {
    id: person

    required property var who
    required property var facts
    required property var notice
    property string closes: ""
    property string busy: ""
    property int most: 5

    implicitHeight: words.height + 2 * Theme.px(24)

    Column {
        id: words
        x: Theme.px(28)
        y: Theme.px(24)
        width: parent.width - 2 * x
        spacing: Theme.px(Theme.largeText ? 8 : 12)

        Row {
            spacing: Theme.px(20)
            width: parent.width

            Icon {
                id: picture
                name: person.who.icon
                weight: "two-tone"
                size: 60
                color: Theme.primary
            }
            Column {
                width: parent.width - picture.width - parent.spacing

                Say {
                    text: person.who.title
                    size: Theme.head
                    bold: true
                    heading: true
                    lines: 2
                    width: parent.width
                }
                Say {
                    visible: text !== ""
                    text: person.who.hint
                    size: Theme.small
                    lines: 2
                    color: Theme.ink2
                    width: parent.width
                }
            }
        }
        Notice {
            visible: title !== ""
            kind: person.notice.kind
            title: person.notice.title
            text: Theme.largeText ? "" : person.notice.text
            width: parent.width
        }
        Repeater {
            // The last ones say how things stand.
            model: person.notice.title === "" && person.busy === "" ? person.facts.slice(-person.most) : []

            Row {
                id: fact
                required property var modelData
                readonly property color accent: modelData.chipKind === "ok" ? Theme.ok : modelData.chipKind === "warn" ? Theme.warn : modelData.chipKind === "danger" ? Theme.danger : Theme.ink2

                spacing: Theme.px(14)
                width: words.width

                Icon {
                    id: sign
                    name: fact.modelData.icon
                    weight: fact.modelData.chipKind === "" ? "regular" : "fill"
                    size: 36
                    color: fact.accent
                }
                Say {
                    text: fact.modelData.title
                    size: Theme.small
                    lines: 5
                    width: fact.width - sign.width - fact.spacing
                }
            }
        }
        Say {
            visible: text !== ""
            text: person.busy
            size: Theme.small
            color: Theme.ink2
            width: parent.width
        }
        Say {
            visible: text !== "" && !Theme.largeText
            text: person.closes
            size: Theme.least
            lines: 2
            color: Theme.ink2
            width: parent.width
        }
    }
}
