pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// SearchPage: results while typing, what can be done at once first. The keyboard opens with Latin letters: pinyin and first
// letters find as they are, so nobody has to pick characters. What is typed lives in the field and goes with the page.
PageFrame {
    id: search

    required property SearchViewModel page

    readonly property bool tight: Theme.reach || Theme.largeText
    readonly property real keysHeight: Theme.px(search.portrait ? 438 : 400) + (keys.candidatesShown ? Theme.px(80) : 0)
    readonly property real low: search.height - search.keysHeight
    readonly property bool beside: !search.portrait // title and field in one line
    readonly property bool far: search.beside && Theme.reach // the field stands out of reach: there it is only read
    // Where few find room, the first answer is one of them.
    readonly property var atOnce: search.tight ? search.page.direct.slice(0, 1) : search.page.direct
    readonly property var everything: search.atOnce.concat(search.page.rows)
    readonly property bool brief: search.beside || search.tight || search.everything.length > 5
    readonly property int direct: search.atOnce.length
    readonly property bool squeezed: Theme.largeText && Theme.reach
    readonly property real gap: Theme.px(search.portrait && !search.tight ? 20 : Theme.reach ? 10 : 14)

    heading: search.page.title
    Component.onCompleted: {
        field.text = search.page.text;
        field.type();
        field.told = true;
    }

    Say {
        id: title
        text: search.heading
        size: search.portrait ? Theme.title : 54
        bold: true
        heading: true
        grows: search.portrait
        x: search.side
        y: Theme.px(search.portrait ? 28 : 16)
        width: search.beside ? Math.min(implicitWidth, Theme.px(460)) : search.inner
    }
    SearchField {
        id: field
        property bool told: false
        label: search.page.label
        clearName: search.page.clear
        canClear: !search.far
        x: search.beside ? title.x + title.width + Theme.px(48) : search.side
        y: search.beside ? Theme.px(12) : Math.max(title.y + title.height + Theme.px(24), search.reachLine)
        width: search.width - search.side - x
        height: Theme.px(search.portrait && !search.tight ? 120 : 96)
        onEdited: words => {
            if (field.told)
                search.page.find(words);
        }
    }
    Say {
        id: hint
        visible: !(search.portrait && Theme.reach)
        text: search.page.hint
        size: Theme.small
        grows: search.portrait
        line: 1.25
        lines: 2
        color: Theme.ink2
        x: field.x
        y: field.y + field.height + Theme.px(12)
        width: field.width
    }
    PagedGrid {
        id: list
        readonly property real wide: search.portrait ? (Theme.reach ? 2 : 1) : search.squeezed ? 2 : 3
        readonly property real begin: Math.max((hint.visible ? hint.y + hint.height : field.y + field.height) + search.gap, search.reachLine)
        words: search.words
        // Where a pager would leave no room for results, whoever looks further types on.
        rows: search.tight || search.beside ? search.everything.slice(0, search.far ? list.wide : search.beside ? 6 : Theme.reach ? 4 : 20) : search.everything
        columns: list.wide
        ownPager: search.portrait && !Theme.reach
        gap: search.gap
        x: search.side
        y: search.far ? Math.min(list.begin, search.low - Theme.px(8) - list.wanted) : list.begin
        width: search.inner
        height: search.low - y - Theme.px(8)
        delegate: ListRow {
            required property var modelData
            required property int index
            readonly property bool atOnce: index < search.direct
            title: modelData.title
            pieces: modelData.pieces
            light: !atOnce
            text: search.brief ? "" : modelData.hint
            icon: search.beside || search.tight ? "" : modelData.icon
            size: search.squeezed ? 26 : search.beside ? 30 : 34
            strong: atOnce
            faceColor: atOnce ? Theme.tint : Theme.surface
            outlineColor: atOnce ? Theme.primary : Theme.line
            footColor: atOnce ? Theme.primaryEdge : Theme.edge
            onActivated: search.page.open(modelData.id)
        }
    }
    Loader {
        id: nothing
        active: search.page.emptyTitle !== ""
        x: search.side
        y: search.far ? Math.min(list.begin, search.low - Theme.px(8) - height) : list.begin
        width: search.inner
        sourceComponent: search.tight || search.beside ? line : whole
    }
    Component {
        id: whole

        EmptyState {
            icon: "magnifying-glass"
            title: search.page.emptyTitle
            text: search.page.emptyText
            buttonText: search.page.report
            buttonIcon: "wrench"
            onActivated: search.page.open("report")
        }
    }
    Component {
        id: line

        ListRow {
            title: search.page.emptyTitle
            text: search.page.emptyText
            icon: "wrench"
            size: 32
            onActivated: search.page.open("report")
        }
    }
    KeysOfPage {
        id: keys
        next: () => list.cell(0) ?? nothing.item
        onTyping: field.type()
        y: search.low
        width: search.width
        height: search.keysHeight
        words: search.words
        shell: search.shell
        latin: true
        spare: true
    }
}
