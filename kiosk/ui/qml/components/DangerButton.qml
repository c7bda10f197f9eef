import QtQuick

// DangerButton: only on a screen that lists what will happen; the safe button sits left of it. LabelButton's properties.
// quiet: outlined form that leads to such a screen (DangerOutline, 104 high).
LabelButton {
    id: danger

    property bool quiet: false

    last: !danger.quiet
    size: danger.quiet ? Theme.button2 : Theme.button
    implicitHeight: danger.quiet ? Theme.px(104) : Theme.buttonHeight
    faceColor: danger.quiet ? Theme.surface : Theme.danger
    pressColor: danger.quiet ? (Theme.contrast ? Theme.press : Theme.dangerTint) : Theme.dangerPress
    footColor: danger.quiet ? (Theme.contrast ? Theme.edge : "#E3A39F") : Theme.dangerEdge
    inkColor: danger.quiet ? Theme.danger : Theme.dangerInk
    outlineColor: Theme.danger
    outlineWidth: danger.quiet ? Theme.outline : 0
    ringColor: Theme.ink
}
