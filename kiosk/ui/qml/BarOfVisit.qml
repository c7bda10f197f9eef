import QtQuick
import CampusKiosk
import "components"

// BarOfVisit: the session bar with its words, filled from the shell.
SessionBar {
    id: bar

    required property ShellViewModel shell
    required property WordsViewModel words

    readonly property BarViewModel model: bar.shell.bar

    backText: bar.model.back ? bar.words.of.back : ""
    infoIcon: bar.model.who !== "" ? bar.model.whoIcon : bar.model.desk !== "" ? "headset" : ""
    infoTitle: bar.model.who !== "" ? bar.model.who : bar.model.desk
    infoText: bar.model.who !== "" ? bar.model.whoDetail : bar.model.deskDetail
    largeText: bar.words.of.large
    contrastText: bar.words.of.contrast
    reachText: bar.words.of.reach
    endText: bar.words.of.end
    timeLeft: bar.model.left
    languages: [
        {
            code: "zh",
            label: bar.words.of.chinese
        },
        {
            code: "en",
            label: bar.words.of.english
        }
    ]
    onBack: bar.model.goBack()
    onEnded: bar.model.end()
    onLanguageChosen: code => bar.shell.look.chooseLanguage(code)
    onLargeToggled: bar.shell.look.toggle("large")
    onContrastToggled: bar.shell.look.toggle("contrast")
    onReachToggled: bar.shell.look.toggle("reach")
}
