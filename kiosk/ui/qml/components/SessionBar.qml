import QtQuick

// SessionBar: bottom of every screen of a visit, never moves: landscape one row of 120, portrait two rows, 232.
// Texts: backText (empty: no Back), phoneText (empty: none), largeText, contrastText, reachText, endText, timeLeft ("1:48").
// infoIcon, infoTitle, infoText: who is here, or the desk on Home. languages: [{code, label}].
// Signals: back, phone, languageChosen(code), largeToggled, contrastToggled, reachToggled, ended.
KeyGroup {
    id: bar

    property string backText: ""
    property string phoneText: ""
    property string largeText: ""
    property string contrastText: ""
    property string reachText: ""
    property string endText: ""
    property string timeLeft: ""
    property string infoIcon: ""
    property string infoTitle: ""
    property string infoText: ""
    property list<var> languages: []
    signal back
    signal phone
    signal languageChosen(string code)
    signal largeToggled
    signal contrastToggled
    signal reachToggled
    signal ended

    readonly property real side: Theme.portrait ? Theme.px(48) : Theme.px(72)
    readonly property real rowOne: Theme.portrait ? Theme.px(18) : Math.round((Theme.barHeight - Theme.target) / 2)
    readonly property real rowTwo: Theme.portrait ? Theme.px(124) : bar.rowOne
    readonly property real between: Theme.px(15)
    readonly property real wide: Theme.px(bar.crowded ? 260 : 330) // of the languages in portrait
    readonly property real third: (bar.width - 2 * bar.side - bar.wide - 3 * bar.between) / 3
    // Longer words than ours: the keys are closer, one step smaller, and the toggles have no icons.
    readonly property bool crowded: Theme.portrait ? Math.max(large.natural, contrast.natural, reach.natural) > (bar.width - 2 * bar.side - Theme.px(330) - 3 * bar.between) / 3 : bar.takenNaturally > bar.width
    readonly property real takenNaturally: 2 * bar.side + (backButton.visible ? Math.max(Theme.px(184), backButton.natural) + Theme.px(36) : 0) + (bar.infoTitle === "" ? 0 : Theme.px(80) + info.wanted) + (phoneButton.visible ? phoneButton.natural + Theme.px(40) : 0) + languages_.implicitWidth + Theme.px(40) + large.natural + contrast.natural + reach.natural + 2 * bar.between + Theme.px(40) + Math.max(Theme.px(212), endButton.natural)
    // Landscape counts from the right, portrait from the left; neither reads the other's places.
    readonly property real landReach: bar.width - bar.side - endButton.width - Theme.px(40) - reach.width
    readonly property real landContrast: bar.landReach - bar.between - contrast.width
    readonly property real landLarge: bar.landContrast - bar.between - large.width
    readonly property real landLanguages: bar.landLarge - Theme.px(40) - languages_.width

    implicitHeight: Theme.barHeight
    corner: 0

    Rectangle {
        anchors.fill: parent
        color: Theme.surface

        Rectangle {
            width: parent.width
            height: Theme.outline
            color: Theme.line
        }
    }
    UtilityButton {
        id: backButton
        visible: bar.backText !== ""
        text: bar.backText
        icon: "arrow-left"
        tight: bar.crowded
        x: bar.side
        y: bar.rowOne
        width: Math.max(Theme.px(184), implicitWidth)
        onActivated: bar.back()
    }
    TwoLines {
        id: info
        icon: bar.infoIcon
        title: bar.infoTitle
        text: bar.infoText
        x: backButton.visible ? backButton.x + backButton.width + Theme.px(36) : bar.side
        anchors.verticalCenter: backButton.verticalCenter
        room: (phoneButton.visible ? phoneButton.x : Theme.portrait ? endButton.x : languages_.x) - x - Theme.px(80)
    }
    UtilityButton {
        id: phoneButton
        visible: bar.phoneText !== ""
        text: bar.phoneText
        icon: "qr-code"
        tight: bar.crowded
        x: Theme.portrait ? Math.min(Theme.px(454), bar.width - bar.side - endButton.width - width - Theme.gap) : bar.landLanguages - width - Theme.px(Theme.lang === "zh" ? 40 : 30)
        y: bar.rowOne
        onActivated: bar.phone()
    }
    SegmentedLanguage {
        id: languages_
        options: bar.languages
        x: Theme.portrait ? bar.side : bar.landLanguages
        y: bar.rowTwo
        width: Theme.portrait ? bar.wide : implicitWidth
        onChosen: code => bar.languageChosen(code)
    }
    UtilityButton {
        id: large
        text: bar.largeText
        icon: "text-aa"
        tight: bar.crowded
        toggle: true
        on: Theme.large
        x: Theme.portrait ? bar.side + bar.wide + bar.between : bar.landLarge
        y: bar.rowTwo
        width: Theme.portrait ? bar.third : implicitWidth
        onActivated: bar.largeToggled()
    }
    UtilityButton {
        id: contrast
        text: bar.contrastText
        icon: "circle-half"
        tight: bar.crowded
        toggle: true
        on: Theme.contrast
        x: Theme.portrait ? bar.side + bar.wide + 2 * bar.between + bar.third : bar.landContrast
        y: bar.rowTwo
        width: Theme.portrait ? bar.third : implicitWidth
        onActivated: bar.contrastToggled()
    }
    UtilityButton {
        id: reach
        text: bar.reachText
        icon: "arrow-fat-line-down"
        tight: bar.crowded
        toggle: true
        on: Theme.reach
        x: Theme.portrait ? bar.side + bar.wide + 3 * bar.between + 2 * bar.third : bar.landReach
        y: bar.rowTwo
        width: Theme.portrait ? bar.third : implicitWidth
        onActivated: bar.reachToggled()
    }
    UtilityButton {
        id: endButton
        text: bar.endText
        after: bar.timeLeft
        icon: "sign-out"
        tight: bar.crowded
        x: bar.width - bar.side - width
        y: bar.rowOne
        width: Math.max(Theme.px(Theme.lang === "zh" ? 224 : 212), implicitWidth)
        onActivated: bar.ended()
    }
}
