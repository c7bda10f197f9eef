pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// SlipPage: the one ticket a scanned slip leads to, to read only.
PageFrame {
    id: slip

    required property SlipViewModel page

    heading: slip.page.title

    Say {
        id: title
        text: slip.heading
        size: Theme.title
        bold: true
        heading: true
        x: slip.side
        y: Theme.px(32)
        width: slip.inner
    }
    Loader {
        active: slip.page.loading
        x: slip.side
        y: title.y + title.height + Theme.px(24)
        width: slip.inner
        sourceComponent: TicketsLoading {
            words: slip.words
            width: slip.inner
        }
    }
    Panel {
        id: panel
        visible: slip.page.detail.title !== ""
        x: slip.side
        y: title.y + title.height + Theme.px(24)
        width: slip.inner
        height: Math.min(words.height + 2 * words.y, note.y - Theme.px(24) - y)

        Column {
            id: words
            x: Theme.px(48)
            y: Theme.px(Theme.largeText ? 24 : 40)
            width: parent.width - 2 * x
            spacing: Theme.px(Theme.largeText ? 12 : 24)

            Say {
                id: what
                text: slip.page.detail.title
                size: Theme.tile
                bold: true
                heading: true
                width: parent.width
            }
            Flow {
                id: facts
                width: parent.width
                spacing: Theme.px(20)

                Repeater {
                    model: slip.page.chips

                    Chip {
                        required property var modelData
                        text: modelData.title
                        kind: modelData.chipKind
                    }
                }
                Say {
                    text: slip.page.detail.line
                    size: Theme.small
                    color: Theme.ink2
                    topPadding: Theme.px(8)
                    width: Math.min(implicitWidth, parent.width)
                }
            }
            FittedStory {
                all: slip.page.detail.steps
                room: note.y - Theme.px(24) - panel.y - 2 * words.y - what.height - facts.height - 2 * words.spacing
                width: parent.width
                height: implicitHeight
            }
        }
    }
    Say {
        id: note
        visible: text !== "" && panel.visible
        text: slip.page.note
        size: Theme.small
        color: Theme.ink2
        x: slip.side
        y: done.y - height - Theme.px(24)
        width: slip.inner
    }
    SecondaryButton {
        id: more
        text: slip.page.more
        icon: Theme.largeText ? "" : "clipboard-text"
        width: Math.round((slip.inner - Theme.gap) * 0.44)
        x: slip.side
        y: done.y
        height: done.height
        onActivated: slip.page.open("tickets")
    }
    PrimaryButton {
        id: done
        text: slip.page.done
        width: slip.inner - more.width - Theme.gap
        x: slip.width - slip.side - width
        y: slip.floor - height
        onActivated: slip.page.close()
    }
}
