import QtQuick
import CampusKiosk
import "../components"

// KeysOfPage: the on-screen keyboard of a page. latin: no input method, for addresses and numbers.
KeyboardPanel {
    id: keys

    required property ShellViewModel shell
    required property WordsViewModel words
    property bool latin: false

    texts: ({
            erase: keys.words.of.erase,
            space: keys.words.of.key_space,
            shift: keys.words.of.key_shift,
            language: keys.words.of.key_language,
            more: keys.words.of.key_more
        })
    lang: keys.latin ? "en" : Theme.lang
    userData: keys.shell.typingFolder
    previousName: keys.words.of.previous_page
    nextName: keys.words.of.next_page
}
