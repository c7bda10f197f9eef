pragma ComponentBehavior: Bound
import QtQuick

// SegmentedLanguage: the two languages side by side, the present one inverted.
// options: [{code, label}] · current: code · chosen(code) on touch.
Rectangle {
    id: segments

    required property list<var> options
    property string current: Theme.lang
    signal chosen(string code)

    implicitWidth: Theme.px(304)
    implicitHeight: Theme.target
    radius: Theme.radiusSmall
    color: Theme.surface
    border.width: Theme.outline
    border.color: Theme.control

    Row {
        id: row
        anchors.fill: parent
        anchors.margins: Theme.px(5)

        Repeater {
            model: segments.options

            PressSurface {
                id: segment

                required property var modelData
                readonly property bool here: segment.modelData.code === segments.current

                name: segment.modelData.label
                choice: true
                flat: true
                width: row.width / segments.options.length
                height: row.height
                corner: Theme.px(10)
                outlineWidth: 0
                faceColor: segment.here ? Theme.ink : Theme.surface
                inkColor: segment.here ? Theme.surface : Theme.ink
                pressColor: segment.here ? Theme.ink : Theme.press
                Accessible.checked: segment.here
                onActivated: segments.chosen(segment.modelData.code)

                Say {
                    anchors.centerIn: parent
                    text: segment.name
                    size: Theme.small
                    grows: false
                    bold: true
                    spoken: false
                    color: segment.ink
                    wrapMode: Text.NoWrap
                }
            }
        }
    }
}
