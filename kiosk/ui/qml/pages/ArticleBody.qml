pragma ComponentBehavior: Bound
import QtQuick
import CampusKiosk
import "../components"

// ArticleBody: the parts of an article on as many pages as it needs; a page ends between two parts where that is possible.
// parts: maps of kind, number, title, text. Nothing on it is pressed but the pager, which stands at its foot.
Panel {
    id: body

    required property WordsViewModel words
    required property var parts

    property int page: 0
    property var starts: [0] // y of each page's first part

    readonly property real pad: Theme.px(Theme.portrait ? 40 : 36)
    readonly property real padTop: Theme.px(32)
    readonly property int pages: body.starts.length
    readonly property bool paged: all.height > body.height - 2 * body.padTop
    readonly property real least: body.height - 2 * body.padTop - Theme.px(112) - Theme.px(12) // beside the pager
    readonly property real room: body.paged ? body.least : body.height - 2 * body.padTop

    // Where each page begins: before the first part that would not fit whole on the page before.
    function divide(): void {
        const found = [0];
        let begin = 0;
        for (let i = 0; i < cells.count && body.room > 0; ++i) {
            const cell = cells.itemAt(i);
            if (!cell)
                return;
            if (cell.y + cell.height - begin <= body.room)
                continue;
            // A heading goes with what it heads.
            const head = cells.itemAt(i - 1) as ArticleSection;
            const from = head && head.kind === "heading" && head.y > begin ? head : cell;
            if (from.y > begin)
                found.push(begin = from.y);
            while (cell.y + cell.height - begin > body.room)
                found.push(begin += body.room);
        }
        body.starts = found;
        body.page = Math.min(body.page, found.length - 1);
    }

    onPartsChanged: body.page = 0
    onRoomChanged: body.divide()

    Item {
        id: view
        readonly property real begin: body.starts[body.page] ?? 0
        readonly property real end: body.page + 1 < body.pages ? body.starts[body.page + 1] : all.height
        x: body.pad
        y: body.padTop
        width: body.width - 2 * body.pad
        height: Math.min(body.room, end - begin)
        clip: body.paged

        Column {
            id: all
            y: -view.begin
            width: parent.width
            spacing: Theme.px(Theme.portrait && !Theme.largeText && !Theme.reach ? 36 : 24)
            onHeightChanged: body.divide()

            Repeater {
                id: cells
                model: body.parts

                ArticleSection {
                    required property var modelData
                    kind: modelData.kind
                    number: modelData.number
                    title: modelData.title
                    text: modelData.text
                    picture: modelData.picture
                    ratio: modelData.width > 0 ? modelData.height / modelData.width : 0
                    natural: modelData.width
                    tallest: body.least
                    width: all.width
                    opacity: y + height > view.begin && y < view.end ? 1 : 0
                }
            }
        }
    }
    Pager {
        visible: body.pages > 1
        page: body.page + 1
        pages: body.pages
        text: body.words.of.page_of.replace("{page}", page).replace("{pages}", pages)
        previousName: body.words.of.previous_page
        nextText: body.words.of.next_page
        x: body.pad
        y: body.height - height - Theme.px(16)
        onPrevious: body.page = Math.max(0, body.page - 1)
        onNext: body.page = Math.min(body.pages - 1, body.page + 1)
    }
}
