import QtQuick

// SecondaryButton: left of the primary one, or a list of other ways. LabelButton's properties.
LabelButton {
    size: Theme.button2
    outlineColor: Theme.control
    outlineWidth: Theme.outline
}
