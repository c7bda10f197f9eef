import QtQuick

// PrimaryButton: the one blue button of a screen. LabelButton's properties; landscape at least 420 wide.
LabelButton {
    last: true
    faceColor: Theme.primary
    pressColor: showBusy ? Theme.primary : Theme.primaryPress
    footColor: Theme.contrast ? "#8A8A8A" : Theme.primaryEdge
    inkColor: Theme.primaryInk
    outlineColor: Theme.line
    outlineWidth: enabled ? 0 : Theme.outline
    ringColor: Theme.contrast ? Theme.bg : Theme.ink
    corner: Theme.radius
}
