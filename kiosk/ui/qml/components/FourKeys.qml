pragma Singleton
import QtQuick

// FourKeys: whether somebody goes by the four keys of a keypad instead of the glass, and where they are.
// active: the keys were used in this visit · inside: the group that takes them now (KeyGroup) · opened: the parent of answers
// that are gone through again although one of them is chosen.
QtObject {
    property bool active: false
    property Item inside: null
    property Item opened: null

    function forget(): void {
        inside = null;
        opened = null;
    }
}
