import QtQuick

// Mark: the large sign on a done page. kind: "ok" (filled, ✓), "saved" (amber outline, disk), "out" (ink, wrench) ·
// size px @1080.
Rectangle {
    id: mark

    property string kind: "ok"
    property real size: 112

    width: Theme.px(mark.size)
    height: width
    radius: width / 2
    color: mark.kind === "ok" ? Theme.ok : mark.kind === "saved" ? Theme.warnTint : Theme.ink
    border.width: mark.kind === "saved" ? Theme.px(4) : 0
    border.color: Theme.warn

    Icon {
        anchors.centerIn: parent
        name: mark.kind === "ok" ? "check" : mark.kind === "saved" ? "floppy-disk" : "wrench"
        weight: mark.kind === "out" ? "fill" : "bold"
        size: mark.size * 0.62
        color: mark.kind === "saved" ? Theme.warn : Theme.contrast ? Theme.bg : Theme.surface
    }
}
