pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// DetailsPage: one symptom, perhaps how bad it is, the place, a note; one blue button.
PageFrame {
    id: details

    required property DetailsViewModel page

    readonly property bool tight: Theme.largeText || Theme.reach
    // With large text and low reach one question after the other: what is wrong alone, and once that is chosen its answer in one
    // line, to be changed by a touch, and the rest.
    readonly property bool inTurn: Theme.largeText && Theme.reach
    property bool again: false
    readonly property bool first: details.inTurn && (details.page.symptom === "" || details.again)
    readonly property bool then: details.inTurn && !details.first
    readonly property real gap: Theme.reach || details.portrait || details.wide ? Theme.px(12) : Theme.px(16)
    readonly property int many: details.page.symptoms.length
    readonly property int symptomColumns: details.then ? 1 : details.portrait ? (Theme.reach || details.many > 5 || details.knownRow ? 2 : 1) : Theme.reach ? (details.many > 4 ? 3 : Math.max(2, details.many)) : details.many > 4 ? 3 : 2
    readonly property int impactColumns: !details.portrait ? 3 : !Theme.reach ? 1 : Theme.largeText ? 2 : 3
    readonly property bool oneFoot: !details.portrait && details.tight // place, note and the button in one line
    readonly property bool beside: details.oneFoot && !Theme.reach && label.visible // how we answer, beside the question above it
    // Beside the form where there is room, else a row of it.
    readonly property bool hasAside: details.page.known.title !== "" || details.page.suggestions.length > 0
    readonly property bool wide: details.hasAside && !details.portrait && !details.tight
    readonly property real formWidth: details.wide ? Theme.px(1120) : details.inner
    // With large text or low reach nothing of the form gives way: there the outage is asked about before the form.
    readonly property bool knownRow: !details.wide && !details.tight && details.page.known.title !== ""
    readonly property var more: [details.page.place, details.page.note].filter(row => row.title !== "")

    bottomGap: Theme.px(26)
    heading: details.page.title
    lacking: symptoms.missing - Theme.px(8)

    Say {
        id: title
        text: details.heading
        size: Theme.title
        bold: true
        heading: true
        // Height is what the form lacks: a long question gets smaller before it takes a second line.
        readonly property bool one: !details.portrait || !Theme.largeText && text.length <= (Theme.lang === "en" ? 36 : 19)
        lines: one ? 1 : 0
        wrapMode: one ? Text.NoWrap : Text.Wrap
        fontSizeMode: one ? Text.HorizontalFit : Text.FixedSize
        minimumPixelSize: Theme.px(40)
        x: details.side
        y: Theme.px(Theme.largeText && !details.portrait ? 8 : 22)
        width: details.formWidth - (turn.active ? turn.width + Theme.gap : 0)
    }
    Loader {
        id: turn
        active: details.beside && symptoms.pages > 1
        x: details.width - details.side - width
        y: Theme.px(4)
        sourceComponent: PagePager {
            words: details.words
            grid: symptoms
            room: Math.round(details.inner * 0.42)
        }
    }
    Column {
        id: form
        readonly property real room: (details.oneFoot ? details.floor : foot.y) - begin - details.gap
        readonly property real begin: Math.max(title.y + title.height + Theme.px(details.portrait && !details.tight ? 24 : 14) + (details.oneFoot && how.visible && !details.beside ? how.height : 0), details.reachLine)
        x: details.side
        // What follows the answer stands on the button's line: the freed room is above.
        y: details.then ? Math.max(form.begin, form.begin + form.room - height + (details.oneFoot ? details.gap : 0)) : form.begin
        width: details.formWidth
        spacing: details.gap

        ListRow {
            id: known
            visible: details.knownRow
            title: details.page.known.title
            text: details.page.knownTitle
            icon: "warning"
            strong: true
            enabled: !details.page.busy
            width: parent.width
            onActivated: details.page.open("outage")
        }
        PagedGrid {
            id: symptoms
            words: details.words
            rows: details.then ? details.page.symptoms.filter(row => row.id === details.page.symptom) : details.page.symptoms
            ownPager: !details.beside
            columns: details.symptomColumns
            gap: details.gap
            width: parent.width
            height: Math.min(implicitHeight + details.share, Math.max(implicitHeight, lines * (Theme.px(132) + gap)))
            tallest: Theme.px(132)
            delegate: ChoiceRow {
                required property var modelData
                title: modelData.title
                text: Theme.reach && !details.portrait ? "" : modelData.hint // there rows have no second line
                icon: Theme.largeText && (details.portrait || Theme.reach || details.many > 4) ? "" : modelData.icon
                size: details.inTurn && details.portrait ? 28 : 33
                selected: modelData.id === details.page.symptom
                enabled: !details.page.busy
                showOff: false
                onActivated: {
                    details.again = details.then;
                    if (!details.again)
                        details.page.chooseSymptom(modelData.id);
                }
            }
        }
        Say {
            id: label
            visible: text !== "" && !details.first && (details.inTurn || !(Theme.reach && details.many > 4))
            text: details.page.impactTitle
            size: Theme.label
            bold: true
            line: 1.2
            topPadding: details.tight ? 0 : Theme.px(8)
            width: details.beside ? parent.width / 2 : parent.width
        }
        PagedGrid {
            id: impacts
            visible: rows.length > 0
            words: details.words
            rows: details.first ? [] : details.page.impacts
            columns: details.impactColumns
            gap: details.gap
            width: parent.width
            height: implicitHeight
            delegate: ChoiceRow {
                required property var modelData
                title: modelData.title
                text: details.tight || details.wide && Theme.lang === "en" ? "" : modelData.hint
                selected: modelData.id === details.page.impact
                enabled: !details.page.busy
                showOff: false
                onActivated: details.page.chooseImpact(modelData.id)
            }
        }
        PagedGrid {
            id: more
            words: details.words
            rows: details.first ? [] : details.more
            columns: details.portrait && Theme.largeText && !Theme.reach ? 1 : 2
            gap: details.gap
            width: details.oneFoot ? parent.width - send.width - details.gap : parent.width
            height: implicitHeight
            delegate: ListRow {
                required property var modelData
                title: modelData.title
                text: details.tight ? "" : modelData.hint
                icon: details.inTurn && details.portrait ? "" : modelData.icon
                size: details.inTurn && details.portrait ? 28 : 34
                strong: true
                enabled: !details.page.busy
                showOff: false
                onActivated: details.page.open(modelData.id)
            }
        }
    }
    // What is left over goes to the symptoms; what is missing makes them pages.
    readonly property real share: form.room - symptoms.implicitHeight - (known.visible ? known.height + details.gap : 0) - (impacts.visible ? impacts.implicitHeight + details.gap : 0) - (label.visible ? label.height + details.gap : 0) - more.implicitHeight - details.gap

    Loader {
        active: details.wide
        x: details.width - width
        width: details.width - details.side - details.formWidth - Theme.px(56)
        height: details.height
        sourceComponent: DetailsAside {
            page: details.page
        }
    }
    Item {
        id: foot
        x: details.side
        y: details.floor - height
        width: details.formWidth
        height: details.portrait ? send.height + (how.visible && !Theme.reach ? how.height + Theme.px(12) : 0) : Math.max(send.height, how.visible && !details.oneFoot ? how.height : 0)

        Item {
            id: how
            visible: details.page.answerLine !== ""
            x: details.beside ? label.contentWidth + Theme.px(48) : 0
            y: details.beside ? form.y + label.y + Math.round((label.height - height) / 2) - foot.y : details.oneFoot ? title.y + title.height + Theme.px(Theme.reach ? 20 : 0) - foot.y : !details.portrait ? Math.round((parent.height - height) / 2) : Theme.reach ? title.y + title.height + Theme.px(20) - foot.y : 0
            width: details.portrait || details.oneFoot ? parent.width - x : send.x - Theme.px(40)
            height: Theme.reach ? words.height : change.height

            // Out of reach nothing may be pressed: there the line only tells.
            TextLink {
                id: change
                visible: !Theme.reach
                icon: "chat-text"
                text: details.page.answerLine
                wraps: details.wide || change.natural > how.width
                width: change.wraps ? how.width : implicitWidth
                x: -Theme.px(12)
                onActivated: details.page.open("answer")
            }
            Say {
                id: words
                visible: Theme.reach
                text: details.page.answerLine
                size: Theme.small
                color: Theme.ink2
                width: how.width
            }
        }
        PrimaryButton {
            id: send
            text: details.page.submit
            icon: details.page.submitIcon
            enabled: details.page.canSubmit || details.page.busy
            busy: details.page.busy
            busyText: details.page.busyText
            width: details.portrait ? parent.width : details.oneFoot ? Theme.px(560) : Theme.px(640)
            x: parent.width - width
            y: parent.height - height
            onActivated: details.page.send()
        }
    }
}
