pragma Singleton
import QtQuick

// TapGuard: the second half of a double tap does nothing, also when the first half has changed the page under the finger.
// windowMs: how long (400). take(x, y): window position of a touch; false if it repeats the last one at that place.
QtObject {
    id: guard

    property int windowMs: 400
    property real reachPx: Theme.px(80)
    property point last: Qt.point(-10000, -10000)
    readonly property Timer clock: Timer {
        interval: Math.max(1, guard.windowMs)
    }

    function take(x: real, y: real): bool {
        const repeated = windowMs > 0 && clock.running && Math.abs(x - last.x) < reachPx && Math.abs(y - last.y) < reachPx;
        if (repeated)
            return false;
        last = Qt.point(x, y);
        clock.restart();
        return true;
    }
}
