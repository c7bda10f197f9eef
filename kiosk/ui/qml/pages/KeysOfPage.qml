import QtQuick
import CampusKiosk
import "../components"

// KeysOfPage: the on-screen keyboard of a page. latin: no input method, for addresses and numbers.
KeyboardPanel {
    id: keys

    required property ShellViewModel shell
    required property WordsViewModel words
    property bool latin: false

    lang: keys.latin ? "en" : Theme.lang
    userData: keys.shell.typingFolder
    previousName: keys.words.of.previous_page
    nextName: keys.words.of.next_page
}
