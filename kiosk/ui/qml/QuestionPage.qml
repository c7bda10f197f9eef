import QtQuick
import CampusKiosk
import "components"

// QuestionPage: "are you still there?" and its like over everything; nothing of the visit shows through.
KeyPage {
    id: page

    required property ShellViewModel shell
    required property WordsViewModel words

    readonly property QuestionViewModel question: page.shell.question
    readonly property int seconds: parseInt(page.question.seconds)
    property int longest: 1 // the first figure seen: the bar is full there

    firstStop: page.question.stay
    onSecondsChanged: page.longest = Math.max(page.longest, page.seconds)
    Component.onCompleted: {
        page.longest = Math.max(page.longest, page.seconds);
        page.forceActiveFocus();
    }

    DialogPage {
        anchors.fill: parent
        title: page.question.title
        text: page.question.text
        figure: page.question.seconds
        unit: page.question.seconds === "" ? "" : page.words.of.seconds
        fraction: page.question.seconds === "" ? -1 : page.seconds / page.longest
        note: page.question.kind === "warning" ? page.words.of.more_time : page.question.kind === "different_card" ? page.words.of.both_end : ""
        primaryText: page.question.stay
        secondaryText: page.question.leave
        secondaryIcon: page.question.kind === "different_card" ? "identification-card" : page.question.kind === "warning" ? "sign-out" : ""
        onPrimary: page.question.goOn()
        onSecondary: page.question.goAway()
    }
}
