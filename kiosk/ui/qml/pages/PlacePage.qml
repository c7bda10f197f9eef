pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// PlacePage: this building, the last ones chosen here, or by initial letter; then the floor.
PageFrame {
    id: place

    required property PlaceViewModel page

    readonly property bool floors: place.page.floors.length > 0
    readonly property bool byLetter: place.page.letter !== ""
    readonly property bool tight: Theme.reach || Theme.largeText
    readonly property real begin: Math.max(title.y + title.height + Theme.px(20), place.reachLine)
    readonly property real listWidth: place.portrait ? place.inner : Theme.px(800)
    readonly property real listEnd: place.portrait ? initials.y - Theme.gap : place.floor
    readonly property var near: (place.page.here.title === "" ? [] : [place.page.here]).concat(place.page.recent)

    heading: place.page.title

    Say {
        id: title
        text: place.heading
        size: Theme.title
        bold: true
        heading: true
        x: place.side
        y: Theme.px(Theme.largeText ? 16 : 28)
        width: initials.active && place.tight && !place.portrait && !Theme.reach ? Theme.px(872) : place.inner // beside the letters
    }
    Loader {
        active: !place.floors && !place.byLetter && !place.tight && place.page.here.title !== ""
        x: place.side
        y: place.begin
        width: place.listWidth
        height: active ? Theme.px(172) : 0
        id: here
        sourceComponent: ListRow {
            title: place.page.here.title
            text: place.page.here.hint
            icon: place.page.here.icon
            strong: true
            size: 46
            onActivated: place.page.choose(place.page.here.id)
        }
    }
    Say {
        id: recently
        visible: !place.floors && !place.byLetter && !place.tight && text !== ""
        text: place.page.recentTitle
        size: Theme.label
        bold: true
        color: Theme.ink2
        x: place.side
        y: here.y + here.height + Theme.px(22)
        width: place.listWidth
    }
    PagedGrid {
        id: list
        visible: !place.floors
        words: place.words
        rows: place.byLetter ? place.page.matches : place.tight ? place.near : place.page.recent
        columns: place.portrait && Theme.reach ? 2 : 1
        gap: Theme.px(place.tight ? 16 : 24)
        x: place.side
        y: recently.visible ? recently.y + recently.height + Theme.px(10) : place.begin + (here.active ? here.height + Theme.gap : 0)
        width: place.listWidth
        height: place.listEnd - y
        tallest: Theme.px(128)
        delegate: ListRow {
            required property var modelData
            title: modelData.title
            text: place.tight ? "" : modelData.hint
            icon: Theme.largeText && Theme.reach ? "" : modelData.icon
            strong: true
            size: Theme.largeText && Theme.reach ? 30 : 36
            onActivated: place.page.choose(modelData.id)
        }
    }
    Loader {
        id: initials
        active: !place.floors
        x: place.portrait ? place.side : place.side + place.listWidth + Theme.px(48)
        y: place.portrait ? place.floor - height : place.tight ? place.reachLine : place.begin
        width: place.width - place.side - x
        height: place.portrait ? ((item as PlaceInitials)?.implicitHeight ?? 0) : place.floor - y
        sourceComponent: PlaceInitials {
            page: place.page
            tight: place.tight
        }
    }
    PagedGrid {
        id: storeys
        visible: place.floors
        words: place.words
        rows: place.page.floors
        columns: place.portrait ? 2 : 3
        gap: Theme.gap
        x: place.side
        y: place.begin + (place.portrait && !Theme.reach ? Theme.px(60) : 0)
        width: place.inner
        height: others.y - y - Theme.gap
        tallest: Theme.px(150)
        least: Theme.px(112)
        delegate: SecondaryButton {
            required property var modelData
            text: modelData.title
            size: Theme.largeText ? 31 : Theme.button2
            padding: Theme.px(24)
            onActivated: place.page.choose(modelData.id)
        }
    }
    PagedGrid {
        id: others
        visible: place.floors
        words: place.words
        rows: place.page.otherWays
        columns: 2
        gap: Theme.gap
        x: place.side
        y: place.floor - height
        width: place.inner
        height: implicitHeight
        delegate: SecondaryButton {
            required property var modelData
            text: modelData.title
            icon: modelData.icon
            size: 34
            padding: Theme.px(20)
            onActivated: place.page.choose(modelData.id)
        }
    }
}
