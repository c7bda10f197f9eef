pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.VirtualKeyboard
import QtQuick.VirtualKeyboard.Settings

// KeyboardPanel: Qt's on-screen keyboard in our looks, with a candidate row that is always there. Load it in a Loader on the
// note page only: it costs nothing before. Dock it on the SessionBar; its height is 400 + 80 (portrait 438 + 80).
// lang: "zh" opens with pinyin, the language key goes to Latin letters and back · previousName, nextName: spoken names of ‹ ›.
// next(): where coming out of the four keys leads · texts: as TextKeys'. Signal typing: its field is to have the focus.
// spare: without Chinese no row of candidates is kept free, and height is for the page to read from candidatesShown.
// userData: a folder of this visit for input methods that keep words.
// What a visitor types is not learned because NoteField says ImhSensitiveData; the pinyin plugin still makes an empty
// dictionary below XDG_CONFIG_HOME (it does not look at userDataPath).
Item {
    id: panel

    property string userData: ""
    property string lang: Theme.lang
    property string previousName: ""
    property string nextName: ""
    property bool spare: false // the row of candidates only while there may be some
    property var next: () => null
    property var texts: ({})
    signal typing

    readonly property bool candidatesShown: !panel.spare || VirtualKeyboardSettings.locale === "zh_CN"
    readonly property real rowHeight: panel.candidatesShown ? Theme.px(80) : 0
    readonly property real keysHeight: Theme.px(Theme.portrait ? 438 : 400)
    readonly property ListView candidates: (input.item as InputPanel)?.keyboard.wordCandidateView as ListView ?? null
    readonly property real first: panel.candidates?.originX ?? 0
    readonly property real shown: (panel.candidates?.width ?? 0) - turns.width
    readonly property real last: Math.max(panel.first, panel.first + (panel.candidates?.contentWidth ?? 0) - panel.shown)
    readonly property real now: panel.candidates?.contentX ?? 0

    function turn(direction: int): void {
        panel.candidates.contentX = Math.max(panel.first, Math.min(panel.last, panel.now + direction * panel.shown));
    }

    implicitHeight: panel.rowHeight + panel.keysHeight

    Component.onCompleted: {
        VirtualKeyboardSettings.userDataPath = panel.userData;
        panel.dress();
        VirtualKeyboardSettings.wordCandidateList.alwaysVisible = true;
        VirtualKeyboardSettings.wordCandidateList.autoHideDelay = 0;
        VirtualKeyboardSettings.handwritingModeDisabled = true;
        VirtualKeyboardSettings.fullScreenMode = false;
        VirtualKeyboardSettings.keySoundVolume = 0;
        VirtualKeyboardSettings.visibleFunctionKeys = QtVirtualKeyboard.KeyboardFunctionKeys.Hide | QtVirtualKeyboard.KeyboardFunctionKeys.Language;
        VirtualKeyboardSettings.activeLocales = ["zh_CN", "en_US"];
        panel.speak(panel.lang);
        input.active = true;
    }
    onLangChanged: panel.speak(panel.lang)

    // Qt looks for a style below each import path's QtQuick/VirtualKeyboard/Styles, which exists in Qt's own folder; the
    // style's name may lead from there up to the root and down to ours. A first, far too long way shows where Qt's folder is;
    // then the exact one is set, because QML shortens ".." as text and the theme is one object only for one address.
    function dress(): void {
        const ours = Qt.resolvedUrl("../keyboard").toString().replace("file:///", "");
        VirtualKeyboardSettings.styleName = "../".repeat(40) + ours;
        const styles = VirtualKeyboardSettings.style.toString().replace("file:///", "").split("/../")[0];
        VirtualKeyboardSettings.styleName = "../".repeat(styles.split("/").length) + ours;
    }
    function speak(language: string): void {
        VirtualKeyboardSettings.locale = language === "zh" ? "zh_CN" : "en_US";
    }

    // The first candidates, as many as a row of keys holds.
    function offered(): var {
        const all = InputContext.inputEngine.wordCandidateListModel;
        return Array.from({
            length: Math.min(all?.count ?? 0, 9)
        }, (_, place) => all.dataAt(place));
    }
    function click(key: string): void {
        if (key === "language")
            panel.speak(VirtualKeyboardSettings.locale === "zh_CN" ? "en" : "zh");
        else if (key === "erase")
            InputContext.inputEngine.virtualKeyClick(Qt.Key_Backspace, "", Qt.NoModifier);
        else
            InputContext.inputEngine.virtualKeyClick(key.toUpperCase().charCodeAt(0), key, key !== key.toLowerCase() ? Qt.ShiftModifier : Qt.NoModifier);
    }

    Rectangle {
        visible: panel.candidatesShown
        width: parent.width
        height: panel.rowHeight
        color: Theme.surface

        Rectangle {
            width: parent.width
            height: Theme.px(2)
            color: Theme.edge
        }
    }
    // Not before the settings: the panel is made once, in the style and language that are set then.
    Loader {
        id: input
        active: false
        y: panel.rowHeight
        width: panel.width
        height: panel.keysHeight
        sourceComponent: InputPanel {
            externalLanguageSwitchEnabled: true
            onExternalLanguageSwitch: panel.speak(VirtualKeyboardSettings.locale === "zh_CN" ? "en" : "zh")
        }
    }
    // Whoever goes by keys types here, through the keyboard that lies below.
    Loader {
        active: FourKeys.active
        y: panel.rowHeight
        width: panel.width
        height: panel.keysHeight
        sourceComponent: TextKeys {
            texts: panel.texts
            next: panel.next
            chinese: VirtualKeyboardSettings.locale === "zh_CN"
            candidates: () => panel.offered()
            onEntered: panel.typing()
            onTyped: key => panel.click(key)
            onPicked: place => InputContext.inputEngine.wordCandidateListModel.selectItem(place)
        }
    }
    Rectangle {
        id: turns
        visible: panel.candidatesShown
        x: parent.width - width
        y: Theme.px(2)
        width: Theme.px(88 * 2 + 24)
        height: panel.rowHeight - Theme.px(2)
        color: Theme.surface

        Row {
            x: Theme.px(8)
            spacing: Theme.px(8)

            PadKey {
                name: panel.previousName
                icon: "caret-left"
                utility: true
                activeFocusOnTab: false
                width: Theme.px(88)
                height: turns.height
                enabled: panel.now > panel.first
                onActivated: panel.turn(-1)
            }
            PadKey {
                name: panel.nextName
                icon: "caret-right"
                utility: true
                activeFocusOnTab: false
                width: Theme.px(88)
                height: turns.height
                enabled: panel.now < panel.last
                onActivated: panel.turn(1)
            }
        }
    }
}
