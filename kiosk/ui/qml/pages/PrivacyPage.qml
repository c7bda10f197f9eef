pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// PrivacyPage: what happens to personal data, one promise a panel.
PageFrame {
    id: privacy

    required property PrivacyViewModel page

    heading: privacy.page.title
    lacking: facts.missing

    Say {
        id: title
        text: privacy.heading
        size: Theme.title
        bold: true
        heading: true
        x: privacy.side
        y: Theme.px(32)
        width: privacy.inner
    }
    PagedGrid {
        id: facts
        words: privacy.words
        rows: privacy.page.lines
        columns: privacy.portrait ? 1 : 2
        gap: Theme.px(20)
        x: privacy.side
        y: title.y + title.height + Theme.px(privacy.portrait ? 32 : 24)
        width: privacy.inner
        height: Math.min(done.y, more.visible && !privacy.portrait ? more.y : done.y) - Theme.gap - y - (privacy.portrait && privacy.page.more !== "" ? Theme.buttonHeight + Theme.gap : 0)
        tallest: Theme.px(privacy.portrait ? 220 : 250)
        delegate: FactPanel {
            required property var modelData
            title: modelData.title
            text: modelData.hint
            icon: modelData.icon
        }
    }
    SecondaryButton {
        id: more
        visible: privacy.page.more !== ""
        text: privacy.page.more
        icon: "list-bullets"
        width: privacy.portrait ? privacy.inner : Theme.px(560)
        x: privacy.side
        y: privacy.portrait ? done.y - height - Theme.gap : privacy.floor - height
        onActivated: privacy.page.showMore()
    }
    PrimaryButton {
        id: done
        text: privacy.page.done
        width: privacy.portrait ? privacy.inner : Theme.px(560)
        x: privacy.width - privacy.side - width
        y: privacy.floor - height
        onActivated: privacy.page.close()
    }
}
