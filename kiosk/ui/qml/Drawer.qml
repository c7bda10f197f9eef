pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "components"

// Drawer: a tool beside the kiosk, in the demo only: a tab at the right edge that opens a panel above the page.
Item {
    id: drawer

    required property DrawerViewModel drawn
    property bool opened: false

    anchors.fill: parent
    z: 100

    PressSurface {
        objectName: "drawerTab"
        visible: !drawer.opened
        name: drawer.drawn.words.open
        flat: true
        corner: 0
        faceColor: "#3C3C3C"
        pressColor: "#6A6A6A"
        outlineWidth: Theme.px(2)
        outlineColor: "#8A8A8A"
        ringColor: "#F2F2F2"
        x: parent.width - width
        y: Math.round(parent.height * 0.4)
        width: Theme.px(36)
        height: Theme.px(140)
        onActivated: drawer.opened = true

        Icon {
            anchors.centerIn: parent
            name: "wrench"
            size: 26
            color: "#F2F2F2"
        }
    }
    Loader {
        anchors.fill: parent
        active: drawer.opened
        sourceComponent: DrawerPanel {
            drawn: drawer.drawn
            onClosed: drawer.opened = false
        }
    }
}
