pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// LimitsPage: which limit, and how much? What would change stands in the limit's own row; one blue button.
PageFrame {
    id: limits

    required property LimitsViewModel page

    readonly property bool tight: Theme.largeText || Theme.reach
    readonly property real rightX: limits.portrait ? limits.side : Theme.px(800)
    readonly property real rightWidth: limits.width - limits.side - limits.rightX

    heading: limits.page.title

    Column {
        id: ask
        x: limits.side
        y: Theme.px(limits.tight ? 20 : 36)
        width: limits.portrait ? limits.inner : limits.rightX - limits.side - Theme.px(72)
        spacing: Theme.px(limits.tight ? 8 : 16)

        Say {
            text: limits.heading
            size: Theme.title
            bold: true
            heading: true
            width: parent.width
        }
        Say {
            visible: text !== ""
            text: limits.page.text
            size: Theme.body
            color: Theme.ink2
            width: parent.width
        }
    }
    Grid {
        id: kinds
        readonly property real cell: Math.floor((ask.width - (columns - 1) * spacing) / columns)
        columns: limits.portrait && (!Theme.largeText || Theme.reach) && limits.page.kinds.length > 1 ? 2 : 1
        x: limits.side
        y: Math.max(ask.y + ask.height + Theme.px(limits.tight ? 20 : 36), limits.reachLine)
        width: ask.width
        spacing: Theme.px(20)

        Repeater {
            model: limits.page.kinds

            PressSurface {
                id: kind
                required property var modelData
                name: modelData.title
                hint: modelData.hint
                choice: true
                selected: limits.page.kinds.length > 1 && modelData.id === limits.page.kind
                enabled: !limits.page.busy
                outlineColor: Theme.control
                width: kinds.cell
                implicitHeight: Math.max(Theme.px(112), lines.height + 2 * Theme.px(16) + Theme.foot)
                onActivated: limits.page.choose("kind", modelData.id)

                Column {
                    id: lines
                    x: Theme.px(32)
                    width: parent.width - 2 * x
                    anchors.verticalCenter: parent.verticalCenter

                    Say {
                        text: kind.modelData.title
                        size: Theme.label
                        spoken: false
                        color: kind.selected || !kind.enabled ? kind.ink : Theme.ink2
                        width: parent.width
                    }
                    Say {
                        text: kind.modelData.hint
                        size: Theme.largeText && kinds.columns > 1 ? 28 : Theme.head
                        bold: true
                        spoken: false
                        color: kind.ink
                        width: parent.width
                    }
                }
            }
        }
    }
    Notice {
        id: notice
        readonly property real least: limits.portrait ? amounts.y + 2 * (amounts.least + Theme.gap) : kinds.y + kinds.height + Theme.gap
        visible: title !== "" && (limits.portrait ? y >= least : y + height <= limits.floor) // else the rows say it all
        kind: limits.page.notice.kind
        title: limits.page.notice.title
        text: limits.page.notice.text
        x: limits.side
        y: limits.portrait ? foot.y - height - Theme.gap : kinds.y + kinds.height + Theme.gap
        width: ask.width
    }
    PagedGrid {
        id: amounts
        words: limits.words
        rows: limits.page.amounts
        columns: 3
        gap: Theme.gap
        x: limits.rightX
        y: limits.portrait ? kinds.y + kinds.height + Theme.px(36) : Math.max(Theme.px(44), limits.reachLine)
        width: limits.rightWidth
        height: (notice.visible && limits.portrait ? notice.y : foot.y) - Theme.gap - y
        tallest: Theme.px(270)
        least: Theme.px(150)
        delegate: PressSurface {
            id: amount
            required property var modelData
            name: modelData.title
            hint: modelData.hint
            choice: true
            selected: modelData.id === limits.page.amount
            enabled: !limits.page.busy
            corner: Theme.radiusLarge
            implicitHeight: words.height + Theme.px(limits.tight ? 20 : 40)
            onActivated: limits.page.choose("amount", modelData.id)

            Column {
                id: words
                width: parent.width
                anchors.verticalCenter: parent.verticalCenter

                Say {
                    text: amount.modelData.title
                    size: limits.tight ? 56 : 72
                    bold: true
                    grows: false
                    spoken: false
                    wrapMode: Text.NoWrap
                    horizontalAlignment: Text.AlignHCenter
                    color: amount.ink
                    width: parent.width
                }
                Say {
                    visible: text !== ""
                    text: amount.modelData.hint
                    size: Theme.small
                    spoken: false
                    horizontalAlignment: Text.AlignHCenter
                    color: amount.selected ? amount.ink : Theme.ink2
                    width: parent.width
                }
            }
            ChosenMark {
                on: true
                visible: amount.selected
                size: 44
                x: parent.width - width - Theme.px(16)
                y: Theme.px(16)
            }
        }
    }
    PrimaryButton {
        id: foot
        text: limits.page.submit
        enabled: limits.page.canSubmit || limits.page.busy
        busy: limits.page.busy
        busyText: limits.page.busyText
        x: limits.rightX
        y: limits.floor - height
        width: limits.rightWidth
        onActivated: limits.page.choose("set", "")
    }
}
