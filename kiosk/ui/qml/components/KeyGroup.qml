pragma ComponentBehavior: Bound
import QtQuick
import "keyStops.js" as KeyStops

// KeyGroup: keys that the four keys of a keypad take as one stop: OK goes in, Back comes out (KeyWalk). corner: of its ring.
// leads: a page with it begins inside · waits: it is switched off for a moment only · next(): where coming out leads, null: to the group itself. enter() · press(key), inside: "up", "down", "ok", "back"; false to come out. Inside it up and down go
// round what can be pressed; pads choose by parts instead (Chooser). offer(): of a pad, what each of the four keys takes now,
// [{key, names}] · choosing: a key of it is half chosen, among so many remaining · chosen, taken: the last one pressed and which that was · leaves: the key that comes out at once, where there is one · told: its keys may be named aloud; of a secret's they are not.
Item {
    id: group

    readonly property bool keyGroup: true
    readonly property bool inside: FourKeys.inside === group
    property bool leads: false
    property bool waits: false
    property bool told: false
    property string leaves: ""
    property bool choosing: false
    property int remaining: 0
    property string chosen: ""
    property int taken: 0
    property var next: () => null
    property real corner: Theme.radiusSmall

    function offer(): var {
        return [];
    }
    function enter(): void {
        const all = KeyStops.below(group, null);
        if (all.length > 0)
            all[0].forceActiveFocus(Qt.TabFocusReason);
    }
    function press(key: string): bool {
        const all = KeyStops.below(group, null);
        const at = all.findIndex(stop => stop.activeFocus);
        if (key === "back" || all.length === 0)
            return false;
        if (at >= 0 && key === "ok")
            all[at].activate();
        else
            all[(at + (key === "up" ? all.length - 1 : 1)) % all.length].forceActiveFocus(Qt.TabFocusReason);
        return true;
    }

    Loader {
        anchors.fill: parent
        z: 1
        active: group.activeFocus && !group.inside && FourKeys.active
        sourceComponent: FocusRing {
            corner: group.corner
        }
    }
}
