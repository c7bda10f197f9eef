import QtQuick
import QtQuick.Window
import CampusKiosk
import "components"
import "components/keyStops.js" as KeyStops

// KeyWalk: the whole kiosk by the four keys of a keypad: "up", "down", "ok", "back". Up and down go round the page's stops in
// reading order, its blue button after the others and the session bar last; OK presses, or goes into a group of keys; Back comes
// out of one, else it is the bar's Back; "here" only shows where one is. A page begins at what is most likely wanted on it, one returned to where it was left.
Item {
    id: walk

    required property ShellViewModel shell
    required property Loader stage
    required property Loader bar
    required property Loader question

    readonly property Item focused: walk.Window.activeFocusItem
    property bool used: false // a key was pressed since the page opened: from then on only what vanishes moves the focus
    property string name: "" // of the stop, and its place: where to go when it vanishes
    property int place: 0
    property var trail: [] // the pages down to this one: screen, and the name of the stop it was left at
    property string returned: ""

    function press(key: string): void {
        const shown = FourKeys.active && walk.stands();
        FourKeys.active = true;
        if (!shown) // the first press only shows where it is; the start page has one thing to do
            walk.keep();
        Qt.callLater(walk.tell);
        if (key === "here")
            return;
        walk.used = true;
        if (!shown && !walk.stands())
            walk.stand(walk.stops()[0] ?? null); // nothing but the bar
        if (!shown) {
            if (key === "ok" && walk.shell.screen === "attract")
                (walk.focused as PressSurface)?.activate();
            return;
        }
        const group = walk.asking ? null : FourKeys.inside as KeyGroup;
        if (group !== null) {
            if (group.enabled && !group.press(key))
                walk.leave(group);
            return;
        }
        if (key === "ok")
            walk.act();
        else if (key !== "back")
            walk.go(key === "up" ? -1 : 1);
        else if (!walk.asking && walk.shell.bar.back)
            walk.shell.bar.goBack();
    }
    // Another page has opened.
    function open(): void {
        FourKeys.forget();
        if (!FourKeys.active) {
            walk.trail = [];
            walk.used = false;
            walk.returned = "";
            walk.name = "";
            return;
        }
        const screen = walk.shell.screen;
        const known = walk.trail.length > 1 && walk.trail[walk.trail.length - 2].screen === screen;
        if (known)
            walk.trail.pop();
        else {
            if (walk.trail.length > 0)
                walk.trail[walk.trail.length - 1].name = walk.name;
            walk.trail.push({
                screen: screen,
                name: ""
            });
        }
        walk.returned = walk.trail[walk.trail.length - 1].name;
        walk.begin();
    }
    function begin(): void {
        FourKeys.forget();
        walk.used = false;
        walk.keep();
    }
    // What stands there now, for whoever hears the kiosk.
    function tell(): void {
        if (!walk.shell.hears || !FourKeys.active)
            return;
        const group = walk.asking ? null : FourKeys.inside as KeyGroup;
        if (group === null)
            walk.shell.standAt(walk.focused, walk.stops());
        else if (group.leads)
            walk.shell.offerKeys(group, JSON.stringify({
                told: group.told,
                choosing: group.choosing,
                remaining: group.remaining,
                chosen: group.told ? group.chosen : "",
                taken: group.taken,
                exit: group.leaves,
                parts: group.told || !group.choosing ? group.offer() : []
            }));
        else
            walk.shell.standAt(walk.focused, KeyStops.below(group, null));
    }
    // Stands where it should: where nothing was pressed yet, at the beginning; and on something, when what it stood on is gone.
    function keep(): void {
        if (!FourKeys.active)
            return;
        Qt.callLater(walk.tell);
        if (FourKeys.inside !== null && !walk.asking) {
            const group = FourKeys.inside as KeyGroup;
            if (group.visible && (group.enabled || group.waits))
                return;
            FourKeys.inside = null;
            walk.used = false;
        }
        const all = walk.stops();
        const at = all.indexOf(walk.focused);
        if (walk.used && at >= 0) {
            walk.name = all[at].name ?? "";
            walk.place = at;
        } else {
            const same = all.find(stop => stop.name === walk.name && walk.name !== "");
            walk.stand(!walk.used ? walk.first(all) : same ?? walk.leading(all) ?? walk.nearest(all));
        }
    }

    readonly property bool asking: walk.question.active

    function stops(): var {
        if (walk.asking)
            return KeyStops.below(walk.question, null);
        const all = KeyStops.below(walk.stage, FourKeys.opened);
        return walk.bar.item && walk.bar.visible ? all.concat([walk.bar.item]) : all;
    }
    function stands(): bool {
        return FourKeys.inside !== null && !walk.asking || walk.stops().indexOf(walk.focused) >= 0;
    }
    function first(all: var): Item {
        const page = (walk.asking ? walk.question.item : walk.stage.item) as KeyPage;
        const named = name => name !== "" ? all.find(stop => stop.name === name) : undefined;
        return named(walk.asking ? "" : walk.returned) ?? named(page?.firstStop ?? "") ?? walk.leading(all) ?? walk.nearest(all.slice(0, 1));
    }
    function leading(all: var): Item {
        return all.find(stop => stop.keyGroup && stop.leads) ?? null;
    }
    // Never the bar alone: the page is still on its way.
    function nearest(all: var): Item {
        return all.length > 0 && all[0] !== walk.bar.item ? all[Math.min(walk.place, all.length - 1)] : null;
    }
    function stand(stop: Item): void {
        if (stop === null)
            return;
        const group = stop as KeyGroup;
        if (group !== null && group.leads && !walk.used) {
            walk.enter(group);
            return;
        }
        if (FourKeys.opened !== stop.parent)
            FourKeys.opened = null;
        if (stop !== walk.focused)
            stop.forceActiveFocus(Qt.TabFocusReason);
        walk.name = (stop as PressSurface)?.name ?? "";
        walk.place = walk.stops().indexOf(stop);
    }
    function go(by: int): void {
        const all = walk.stops();
        walk.stand(all[(all.indexOf(walk.focused) + by + all.length) % all.length]);
    }
    function act(): void {
        const group = walk.focused as KeyGroup;
        const surface = walk.focused as PressSurface;
        if (group !== null)
            walk.enter(group);
        else if (surface.chosen && FourKeys.opened !== surface.parent)
            FourKeys.opened = surface.parent;
        else {
            FourKeys.opened = null;
            surface.activate();
        }
    }
    function enter(group: KeyGroup): void {
        FourKeys.inside = group;
        group.enter();
    }
    function leave(group: KeyGroup): void {
        const next = group.next();
        FourKeys.inside = null;
        walk.stand(next !== null && next.visible && next.enabled ? next : group);
    }

    onFocusedChanged: Qt.callLater(walk.keep)
    onAskingChanged: Qt.callLater(walk.asking ? walk.begin : walk.keep)

    Connections {
        target: walk.shell

        function onShown(): void {
            Qt.callLater(walk.keep);
        }
    }
}
