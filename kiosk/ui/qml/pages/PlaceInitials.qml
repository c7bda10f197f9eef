pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// PlaceInitials: the initial letters that occur, and two ways out for what is in no building. tight: as low as it can be.
Panel {
    id: panel

    required property PlaceViewModel page
    property bool tight: false

    readonly property real pad: Theme.px(panel.tight ? 24 : 38)
    readonly property int columns: panel.tight && Theme.portrait ? 9 : 6
    readonly property int lines: Math.ceil(panel.page.letters.length / panel.columns)
    readonly property real between: Theme.px(panel.tight ? 12 : 18)
    readonly property real side: Math.floor((panel.width - 2 * panel.pad - (panel.columns - 1) * panel.between) / panel.columns)
    readonly property real keyHeight: Math.max(Theme.target, Math.min(Theme.px(108), Theme.portrait ? Theme.px(108) : Math.floor((others.y - keys.y - Theme.px(20) - (panel.lines - 1) * panel.between) / Math.max(1, panel.lines))))

    implicitHeight: keys.y + panel.lines * (Theme.px(panel.tight ? 88 : 108) + panel.between) + Theme.px(12) + others.implicitHeight + panel.pad

    Say {
        id: label
        visible: !panel.tight
        text: panel.page.lettersTitle
        size: 36
        bold: true
        x: panel.pad
        y: Theme.px(28)
        width: panel.width - 2 * x
    }
    Grid {
        id: keys
        columns: panel.columns
        spacing: panel.between
        x: panel.pad
        y: label.visible ? label.y + label.height + Theme.px(18) : panel.pad

        Repeater {
            model: panel.page.letters

            PadKey {
                required property string modelData
                text: modelData
                selected: modelData === panel.page.letter
                width: panel.side
                height: panel.tight && Theme.portrait ? Theme.target : panel.keyHeight
                onActivated: panel.page.chooseLetter(modelData)
            }
        }
    }
    Grid {
        id: others
        columns: 2
        spacing: Theme.gap
        x: panel.pad
        y: panel.height - height - panel.pad

        Repeater {
            model: panel.page.otherWays

            SecondaryButton {
                required property var modelData
                text: modelData.title
                icon: modelData.icon
                size: 34
                padding: Theme.px(16)
                width: Math.floor((panel.width - 2 * panel.pad - Theme.gap) / 2)
                height: Theme.px(112)
                onActivated: panel.page.choose(modelData.id)
            }
        }
    }
}
