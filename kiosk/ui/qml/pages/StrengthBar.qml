pragma ComponentBehavior: Bound
import QtQuick
import "../components"

// StrengthBar: how hard a password is to guess, as filled pieces and in a word. label · word · score of scores.
Row {
    id: bar

    property string label: ""
    property string word: ""
    property int score: 0
    property int scores: 4

    spacing: Theme.px(10)

    Say {
        text: bar.label
        size: Theme.small
        color: Theme.ink2
        anchors.verticalCenter: parent.verticalCenter
    }
    Repeater {
        model: bar.scores

        Rectangle {
            required property int index
            width: Theme.px(52)
            height: Theme.px(16)
            radius: height / 2
            color: index < bar.score ? (bar.score < 2 ? Theme.warn : Theme.ok) : Theme.track
            border.width: Theme.contrast ? Theme.px(2) : 0
            border.color: Theme.line
            anchors.verticalCenter: parent.verticalCenter
        }
    }
    Say {
        text: bar.word
        size: Theme.small
        bold: true
        anchors.verticalCenter: parent.verticalCenter
    }
}
