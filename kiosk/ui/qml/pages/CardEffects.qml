pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// CardEffects: what a change means, group by group on sheets; where they do not fit, as one list with pages.
// groups: title and rows (icon, title, hint) · footnote.
Item {
    id: effects

    required property WordsViewModel words
    required property var groups
    property string footnote: ""

    readonly property bool whole: sheets.height + (effects.footnote !== "" ? note.height + Theme.gap : 0) <= effects.height
    readonly property var flat: effects.groups.reduce((all, group) => all.concat([
                {
                    title: group.title,
                    hint: "",
                    icon: ""
                }
            ], group.rows), [])

    function signColor(icon: string): color {
        return icon === "prohibit" ? Theme.danger : icon === "check" ? Theme.ok : Theme.primary;
    }

    component Line: Item {
        id: line
        property var told: ({})
        property real size: Theme.label
        width: 100
        implicitHeight: Math.max(sign.height, said.height)
        height: implicitHeight

        Icon {
            id: sign
            name: line.told.icon ?? ""
            weight: "bold"
            size: 40
            color: effects.signColor(name)
            y: Math.round((said.firstLine - height) / 2)
        }
        Column {
            id: said
            readonly property real firstLine: title.font.pixelSize * title.line
            x: line.told.icon ? sign.width + Theme.px(20) : 0
            width: line.width - x

            Say {
                id: title
                text: line.told.title ?? ""
                size: line.size
                bold: !line.told.icon
                width: parent.width
            }
            Say {
                visible: text !== "" && !Theme.largeText
                text: line.told.hint ?? ""
                size: Theme.small
                color: Theme.ink2
                width: parent.width
            }
        }
    }

    Column {
        id: sheets
        visible: effects.whole
        width: effects.width
        spacing: Theme.gap

        Repeater {
            model: effects.groups

            Panel {
                id: sheet
                required property var modelData
                width: sheets.width
                height: lines.height + 2 * Theme.px(28)

                Column {
                    id: lines
                    x: Theme.px(40)
                    y: Theme.px(28)
                    width: parent.width - 2 * x
                    spacing: Theme.px(12)

                    Say {
                        text: sheet.modelData.title
                        size: Theme.button2
                        bold: true
                        width: parent.width
                    }
                    Repeater {
                        model: sheet.modelData.rows

                        Line {
                            required property var modelData
                            told: modelData
                            width: lines.width
                        }
                    }
                }
            }
        }
    }
    Say {
        id: note
        visible: effects.whole && text !== ""
        text: effects.footnote
        size: Theme.small
        color: Theme.ink2
        y: sheets.height + Theme.gap
        width: effects.width
    }
    PagedGrid {
        visible: !effects.whole
        words: effects.words
        rows: effects.whole ? [] : effects.flat
        gap: Theme.px(12)
        width: effects.width
        height: effects.height
        delegate: Line {
            required property var modelData
            told: modelData
        }
    }
}
