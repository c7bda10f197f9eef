import QtQuick

// Pager: previous, "page 1 of 2", next; 112 high. page (from 1) · pages · text · previousName (spoken; the key shows ‹) ·
// nextText · room: px of the screen it may take (0: any); in less its words take two lines. Signals: previous(), next(). Hidden when there is one page only.
Row {
    id: pager

    property int page: 1
    property int pages: 1
    property string text: ""
    property string previousName: ""
    property string nextText: ""
    property real room: 0
    readonly property real wanted: Theme.px(112) + 2 * pager.spacing + Math.ceil(told.advanceWidth) + Math.max(Theme.px(Theme.largeText ? 200 : 250), Math.ceil(onward.advanceWidth) + 2 * further.padding)
    readonly property bool narrow: pager.room > 0 && pager.wanted > pager.room
    readonly property real share: pager.room - Theme.px(112) - 2 * pager.spacing // of the words and the next key
    signal previous
    signal next

    visible: pager.pages > 1
    spacing: Theme.largeText ? Theme.px(16) : Theme.gap

    TextMetrics {
        id: told
        text: pager.text
        font.family: Theme.family
        font.pixelSize: Theme.text(Theme.label)
    }
    TextMetrics {
        id: onward
        text: pager.nextText
        font.family: Theme.family
        font.weight: Font.Bold
        font.pixelSize: Theme.text(Theme.button2)
    }
    SecondaryButton {
        name: pager.previousName
        icon: "caret-left"
        width: Theme.px(112)
        height: Theme.px(112)
        padding: Theme.px(20)
        enabled: pager.page > 1
        onActivated: pager.previous()
    }
    Say {
        id: words
        text: pager.text
        size: pager.narrow ? Theme.least : Theme.label
        wrapMode: pager.narrow ? Text.Wrap : Text.NoWrap
        width: pager.narrow ? Math.min(Math.ceil(told.advanceWidth), Math.floor(pager.share * 0.45)) : implicitWidth
        anchors.verticalCenter: parent.verticalCenter
    }
    SecondaryButton {
        id: further
        text: pager.nextText
        padding: Theme.px(Theme.largeText ? 20 : 36)
        width: pager.narrow ? pager.share - words.width : Math.max(Theme.px(Theme.largeText ? 200 : 250), implicitWidth)
        height: Theme.px(112)
        enabled: pager.page < pager.pages
        onActivated: pager.next()
    }
}
