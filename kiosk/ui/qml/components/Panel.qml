import QtQuick

// Panel: a flat sheet that groups things; nothing on it is pressable by itself. quiet: sunken without an outline.
Rectangle {
    property bool quiet: false

    radius: Theme.radiusLarge
    color: quiet ? Theme.sunken : Theme.surface
    border.width: quiet && !Theme.contrast ? 0 : Theme.outline
    border.color: Theme.line
}
