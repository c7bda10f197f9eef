pragma ComponentBehavior: Bound
import QtQuick

// PressSurface: the one pressable thing. Stands up on a 6 px foot, drops on touch-down, acts on touch-up inside.
// name: spoken name (required) · hint: spoken description · role · selected · choice: announced as checkable ·
// last: comes after all others of its page (the blue button) · held: keeps the pressed look while a result is awaited · repeatable: pads' keys, double taps count · flat: no foot ·
// colours: faceColor, pressColor, outlineColor, footColor, inkColor, iconColor · corner: radius.
// For content: ink and accent are the right text and icon colours for the present state; children go on the face.
// Signal activated(): finger, Enter/Space or an assistive press.
Item {
    id: surface

    required property string name
    property string hint: ""
    property int role: surface.choice ? Accessible.RadioButton : Accessible.Button
    property bool selected: false
    property bool choice: false
    property bool last: false
    property bool held: false
    property bool repeatable: false
    property bool flat: false
    property bool showOff: true
    property real corner: Theme.radius
    property color faceColor: Theme.surface
    property color pressColor: Theme.press
    property color outlineColor: Theme.line
    property color footColor: Theme.edge
    property color inkColor: Theme.ink
    property color iconColor: Theme.primary
    property color ringColor: Theme.primary
    property real outlineWidth: Theme.outline

    readonly property bool keyStop: true
    property bool chosen: surface.choice && surface.selected
    readonly property bool down: surface.enabled && (surface.held || (touch.pressed && touch.containsMouse))
    readonly property bool standing: surface.enabled && !surface.flat && !Theme.contrast
    readonly property color ink: !surface.enabled && surface.showOff ? Theme.off : surface.selected ? Theme.selInk : surface.inkColor
    readonly property color accent: !surface.enabled && surface.showOff ? Theme.off : surface.selected && Theme.contrast ? Theme.selInk : surface.iconColor
    readonly property real drop: surface.standing ? Theme.foot : 0
    property real sunk: 0 // 0 up, 1 down
    default property alias content: face.data

    signal activated

    function activate(): void {
        if (surface.enabled && !surface.held)
            surface.activated();
    }

    implicitWidth: Theme.target
    implicitHeight: Theme.target
    activeFocusOnTab: surface.enabled
    Accessible.role: surface.role
    Accessible.name: surface.name
    Accessible.description: surface.hint
    Accessible.focusable: surface.enabled
    Accessible.checkable: surface.choice
    Accessible.checked: surface.choice && surface.selected
    Accessible.onPressAction: surface.activate()
    Accessible.onToggleAction: surface.activate()
    Keys.onPressed: event => {
        if (event.key !== Qt.Key_Return && event.key !== Qt.Key_Enter && event.key !== Qt.Key_Space)
            return;
        event.accepted = true;
        if (!event.isAutoRepeat)
            surface.activate();
    }
    onDownChanged: {
        release.stop();
        if (surface.down)
            surface.sunk = 1;
        else
            release.start();
    }

    NumberAnimation {
        id: release
        target: surface
        property: "sunk"
        to: 0
        duration: Theme.releaseTime
    }
    Rectangle {
        visible: surface.standing && surface.sunk < 1
        width: surface.width
        y: surface.height - height
        height: Math.min(surface.height, surface.corner * 2 + Theme.foot)
        radius: surface.corner
        color: surface.footColor
    }
    Rectangle {
        id: face
        y: surface.drop * surface.sunk
        width: surface.width
        height: surface.height - surface.drop
        radius: surface.corner
        color: !surface.enabled && surface.showOff ? Theme.sunken : surface.down ? surface.pressColor : surface.selected ? Theme.sel : surface.faceColor
        border.width: surface.selected ? (Theme.contrast ? 0 : Theme.chosenOutline) : surface.outlineWidth
        border.color: surface.selected || (surface.down && !Theme.contrast && surface.outlineWidth > 0) ? Theme.primary : surface.outlineColor
    }
    Loader {
        anchors.fill: parent
        active: surface.activeFocus
        sourceComponent: FocusRing {
            corner: surface.corner
            inner: surface.ringColor
        }
    }
    MouseArea {
        id: touch
        anchors.fill: parent
        anchors.margins: -Theme.px(8)
        onClicked: mouse => {
            const place = touch.mapToItem(null, mouse.x, mouse.y);
            if (surface.repeatable || TapGuard.take(place.x, place.y))
                surface.activate();
        }
    }
}
