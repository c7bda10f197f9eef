pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// ArticlePage: what to do, step by step; take it along; and its two ends, solved or still stuck.
PageFrame {
    id: article

    required property ArticleViewModel page

    readonly property bool tight: Theme.reach || Theme.largeText
    readonly property bool take: article.page.along !== ""
    readonly property real column: article.portrait ? article.inner : Theme.px(1180) // of the text
    readonly property real asideX: article.side + article.column + Theme.px(48)

    heading: article.page.title
    lacking: article.take && !article.portrait && !Theme.reach ? along.y + along.height - ends.y : 0

    Say {
        id: title
        text: article.heading
        size: Theme.title
        bold: true
        heading: true
        lines: 2
        fontSizeMode: Text.Fit
        minimumPixelSize: Theme.px(40)
        height: Math.min(implicitHeight, Theme.px(article.portrait ? 160 : 82))
        verticalAlignment: Text.AlignVCenter
        x: article.side
        y: Theme.px(article.portrait ? 28 : 12)
        width: article.inner
    }
    Flow {
        id: facts
        visible: !(article.tight && !article.portrait)
        spacing: Theme.px(16)
        x: article.side
        y: title.y + title.height + Theme.px(16)
        width: article.inner
        height: visible ? implicitHeight : 0

        Repeater {
            model: article.page.facts

            Chip {
                required property var modelData
                text: modelData.title
                icon: modelData.icon
                kind: "mute"
            }
        }
    }
    ArticleBody {
        id: body
        visible: article.page.parts.length > 0
        words: article.words
        parts: article.page.parts
        x: article.side
        y: (facts.visible ? facts.y + facts.height : title.y + title.height) + Theme.px(20)
        width: article.column
        height: (article.portrait ? (along.visible ? along.y : ends.y) - Theme.gap : article.floor) - y
    }
    TakeAlong {
        id: along
        visible: article.take
        page: article.page
        upright: !article.portrait
        x: article.portrait ? article.side : article.asideX
        y: article.portrait ? ends.y - Theme.px(28) - height : Theme.reach ? ends.y - Theme.gap - height : body.y
        width: article.width - article.side - x
        height: implicitHeight
    }
    Item {
        id: ends
        readonly property real high: Math.max(Theme.px(article.portrait ? 128 : 112), stuck.implicitHeight, done.implicitHeight)
        x: article.portrait ? article.side : article.asideX
        y: article.floor - height
        width: article.width - article.side - x
        height: article.portrait ? ends.high : 2 * ends.high + Theme.px(16)

        SecondaryButton {
            id: stuck
            visible: text !== "" && done.text !== ""
            text: article.page.stuck
            size: Theme.button2
            width: !article.portrait ? parent.width : Math.floor((parent.width - Theme.gap) * 0.44)
            height: ends.high
            onActivated: article.page.open("stuck")
        }
        PrimaryButton {
            id: done
            visible: text !== ""
            text: article.page.solved
            icon: "check"
            size: article.portrait ? Theme.button : Theme.button2
            x: parent.width - width
            y: parent.height - height
            width: article.portrait ? parent.width - Theme.gap - Math.floor((parent.width - Theme.gap) * 0.44) : parent.width
            height: ends.high
            onActivated: article.page.open("solved")
        }
        PrimaryButton {
            visible: text !== "" && done.text === ""
            text: article.page.stuck
            y: parent.height - height
            width: parent.width
            height: ends.high
            onActivated: article.page.open("stuck")
        }
    }
}
