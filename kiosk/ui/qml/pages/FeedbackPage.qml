pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// FeedbackPage: five faces, then reasons, then words if one likes. In landscape the reasons stand beside the faces.
PageFrame {
    id: feedback

    required property FeedbackViewModel page

    readonly property bool beside: !feedback.portrait
    readonly property bool tight: Theme.largeText || Theme.reach
    readonly property real leftWidth: feedback.beside ? Math.round(feedback.inner * 0.5) : feedback.inner
    readonly property real rightX: feedback.beside ? feedback.side + feedback.leftWidth + Theme.px(56) : feedback.side
    readonly property real rightWidth: feedback.width - feedback.side - feedback.rightX
    readonly property real gap: Theme.px(feedback.tight ? 12 : 24)
    readonly property real facesTop: Math.max(ask.y + ask.height + feedback.gap * (feedback.portrait && !feedback.tight ? 2 : 1), feedback.reachLine)

    heading: feedback.page.title
    lacking: Math.max(reasons.y + reasons.height - (feedback.beside ? submit.y : words.y), feedback.beside ? faces.y + faces.height - words.y : 0)

    Column {
        id: ask
        x: feedback.side
        y: Theme.px(feedback.portrait ? 40 : 28)
        width: feedback.beside && !Theme.reach ? feedback.leftWidth : feedback.inner
        spacing: Theme.px(10)

        Say {
            text: feedback.heading
            size: Theme.title
            bold: true
            heading: true
            width: parent.width
        }
        Say {
            text: feedback.page.text
            size: Theme.small
            color: Theme.ink2
            width: parent.width
        }
    }
    Row {
        id: abouts
        x: feedback.side
        y: feedback.facesTop
        spacing: Theme.px(16)
        width: feedback.leftWidth
        visible: feedback.page.abouts.length > 0

        Repeater {
            model: feedback.page.abouts

            ChoiceRow {
                required property var modelData
                title: modelData.title
                selected: modelData.id === feedback.page.about
                width: Math.round((abouts.width - abouts.spacing) / 2)
                height: Math.max(Theme.px(92), implicitHeight - Theme.px(20))
                onActivated: feedback.page.choose("about", modelData.id)
            }
        }
    }
    Row {
        id: faces
        x: feedback.side
        y: abouts.visible ? abouts.y + abouts.height + feedback.gap : feedback.facesTop
        spacing: Theme.px(16)
        width: feedback.leftWidth

        Repeater {
            model: feedback.page.faces

            FaceChoice {
                required property var modelData
                title: modelData.title
                icon: modelData.icon
                selected: modelData.id === feedback.page.face
                width: Math.floor((faces.width - 4 * faces.spacing) / 5)
                height: Theme.px(feedback.portrait && !feedback.tight ? 250 : Theme.reach ? 168 : 196)
                onActivated: feedback.page.choose("face", modelData.id)
            }
        }
    }
    Say {
        id: reasonsTitle
        text: feedback.page.reasonsTitle
        size: Theme.button
        bold: true
        heading: true
        visible: text !== "" && !Theme.reach
        wrapMode: feedback.beside || Theme.largeText ? Text.Wrap : Text.NoWrap
        x: feedback.rightX
        y: feedback.beside ? Math.max(Theme.px(36), feedback.reachLine) : faces.y + faces.height + feedback.gap * (feedback.tight ? 1 : 1.6)
        width: feedback.beside || Theme.largeText ? feedback.rightWidth : Math.min(implicitWidth, feedback.rightWidth)
    }
    Say {
        text: feedback.page.reasonsHint
        size: Theme.small
        color: Theme.ink2
        visible: text !== "" && !feedback.tight && feedback.portrait
        x: reasonsTitle.x + reasonsTitle.width + Theme.px(32)
        y: reasonsTitle.y + reasonsTitle.height - height - Theme.px(2)
        width: feedback.width - feedback.side - x
    }
    Grid {
        id: reasons
        columns: feedback.portrait || Theme.reach ? 3 : 2
        spacing: Theme.px(16)
        x: feedback.rightX
        y: reasonsTitle.visible ? reasonsTitle.y + reasonsTitle.height + Theme.px(16) : reasonsTitle.y

        Repeater {
            model: feedback.page.reasons

            SecondaryButton {
                required property var modelData
                text: modelData.title
                icon: selected ? "check" : ""
                iconSize: 36
                size: Theme.largeText ? 27 : 32
                padding: Theme.px(10)
                selected: feedback.page.chosen.indexOf(modelData.id) >= 0
                width: Math.floor((feedback.rightWidth - (reasons.columns - 1) * reasons.spacing) / reasons.columns)
                height: Theme.px(Theme.reach ? 92 : 104)
                onActivated: feedback.page.choose("reason", modelData.id)
            }
        }
    }
    ListRow {
        id: words
        title: feedback.page.words.title
        text: Theme.largeText ? "" : feedback.page.words.hint
        icon: Theme.largeText ? "" : feedback.page.words.icon
        strong: true
        x: feedback.beside ? feedback.side : feedback.rightX
        y: feedback.beside ? submit.y : submit.y - height - feedback.gap
        width: feedback.beside ? feedback.leftWidth : feedback.rightWidth
        height: Math.max(Theme.buttonHeight, implicitHeight)
        onActivated: feedback.page.choose("words", "")
    }
    PrimaryButton {
        id: submit
        text: feedback.page.submit
        icon: "paper-plane-tilt"
        enabled: feedback.page.canSubmit
        x: feedback.rightX
        y: feedback.floor - height
        width: feedback.rightWidth
        height: Theme.buttonHeight
        onActivated: feedback.page.choose("submit", "")
    }
}
