import QtQuick

// Pager: previous, "page 1 of 2", next; 112 high. page (from 1) · pages · text · previousName (spoken; the key shows ‹) ·
// nextText. Signals: previous(), next(). Hidden when there is one page only.
Row {
    id: pager

    property int page: 1
    property int pages: 1
    property string text: ""
    property string previousName: ""
    property string nextText: ""
    signal previous
    signal next

    visible: pager.pages > 1
    spacing: Theme.largeText ? Theme.px(16) : Theme.gap

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
        text: pager.text
        size: Theme.label
        wrapMode: Text.NoWrap
        anchors.verticalCenter: parent.verticalCenter
    }
    SecondaryButton {
        text: pager.nextText
        padding: Theme.px(Theme.largeText ? 20 : 36)
        width: Math.max(Theme.px(Theme.largeText ? 200 : 250), implicitWidth)
        height: Theme.px(112)
        enabled: pager.page < pager.pages
        onActivated: pager.next()
    }
}
