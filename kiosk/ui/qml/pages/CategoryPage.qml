pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// CategoryPage: all services by type. Where they do not fit with their groups' names they stand six a page without them.
PageFrame {
    id: category

    required property CategoryViewModel page

    readonly property int columns: category.portrait ? 2 : 4
    readonly property real label: Theme.px(54)
    readonly property real begin: Math.max(title.y + title.height + Theme.px(12), category.reachLine)
    readonly property int lines: category.page.groups.reduce((sum, group) => sum + Math.ceil(group.rows.length / category.columns), 0)
    readonly property int heads: category.page.groups.length
    readonly property real tile: Math.min(Theme.px(300), Math.floor((category.floor - category.begin - category.heads * category.label - (category.lines - 1) * Theme.gap) / Math.max(1, category.lines)))
    readonly property bool grouped: !Theme.largeText && category.tile >= (Theme.reach ? Theme.px(130) : Theme.px(216))
    readonly property var everything: category.page.groups.reduce((all, group) => all.concat(group.rows), [])

    heading: category.page.title

    Say {
        id: title
        text: category.heading
        size: Theme.title
        bold: true
        heading: true
        x: category.side
        y: Theme.px(26)
        width: (pager.visible && !pager.low ? pager.x : category.width - category.side) - x
    }
    Loader {
        active: category.grouped
        x: category.side
        y: category.begin
        width: category.inner
        sourceComponent: groups
    }
    Loader {
        id: flat
        active: !category.grouped
        x: category.side
        y: category.begin + (Theme.reach ? 0 : Theme.px(24))
        width: category.inner
        height: category.floor - y - (pager.low && pager.visible ? pager.height + Theme.gap : 0)
        sourceComponent: pages
    }
    Loader {
        id: pager
        readonly property PagedGrid grid: flat.item as PagedGrid
        readonly property bool low: Theme.reach || category.portrait
        visible: pager.grid !== null && category.everything.length > 6
        active: pager.grid !== null
        x: category.width - category.side - width
        y: pager.low ? category.floor - height : Theme.px(18)
        sourceComponent: PagePager {
            words: category.words
            grid: pager.grid
        }
    }

    Component {
        id: groups

        Column {
            spacing: Theme.gap

            Repeater {
                model: category.page.groups

                Column {
                    id: group
                    required property var modelData

                    Row {
                        spacing: Theme.px(18)
                        height: category.label

                        Icon {
                            name: group.modelData.icon
                            weight: "regular"
                            size: 40
                            color: Theme.ink2
                            anchors.verticalCenter: parent.verticalCenter
                        }
                        Say {
                            text: group.modelData.title
                            size: Theme.body
                            wrapMode: Text.NoWrap
                            fontSizeMode: Text.HorizontalFit
                            minimumPixelSize: Theme.px(Theme.least)
                            width: category.inner - Theme.px(58)
                            bold: true
                            heading: true
                            color: Theme.ink2
                            anchors.verticalCenter: parent.verticalCenter
                        }
                    }
                    Grid {
                        columns: category.columns
                        spacing: Theme.gap

                        Repeater {
                            model: group.modelData.rows

                            Tile {
                                required property var modelData
                                title: modelData.title
                                text: modelData.hint
                                icon: modelData.icon
                                textLines: Theme.lang === "en" ? 2 : 1
                                width: Math.floor((category.inner - (category.columns - 1) * Theme.gap) / category.columns)
                                height: category.tile
                                onActivated: category.page.choose(modelData.id)
                            }
                        }
                    }
                }
            }
        }
    }
    Component {
        id: pages

        PagedGrid {
            words: category.words
            rows: category.everything
            ownPager: false
            columns: category.portrait ? 2 : 3
            gap: Theme.gap
            least: Math.min(Theme.px(400), Math.floor((height - (category.portrait ? 2 : 1) * gap) / (category.portrait ? 3 : 2)))
            delegate: Tile {
                required property var modelData
                title: modelData.title
                text: modelData.hint
                icon: modelData.icon
                textLines: Theme.lang === "en" ? 2 : 1
                onActivated: category.page.choose(modelData.id)
            }
        }
    }
}
