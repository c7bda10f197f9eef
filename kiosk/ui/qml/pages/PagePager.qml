import QtQuick
import CampusKiosk
import "../components"

// PagePager: the pager of a PagedGrid, with its words.
Pager {
    id: pager

    required property WordsViewModel words
    required property PagedGrid grid

    room: pager.grid.width
    page: Math.min(pager.grid.page, pager.grid.pages - 1) + 1
    pages: pager.grid.pages
    text: pager.words.of.page_of.replace("{page}", pager.page).replace("{pages}", pager.pages)
    previousName: pager.words.of.previous_page
    nextText: pager.words.of.next_page
    onPrevious: pager.grid.previous()
    onNext: pager.grid.next()
}
