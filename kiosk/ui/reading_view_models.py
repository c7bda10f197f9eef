"""What the pages to read show: my tickets, and what happens to personal data."""

from typing import Any

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services import requests, views
from kiosk.ui.page_view_model import BusyViewModel, PageViewModel, Post
from kiosk.ui.qml_types import QVariantList, QVariantMap

QML_IMPORT_NAME = "CampusKiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class TicketsViewModel(BusyViewModel):
    """A person's tickets and the chosen one's story."""

    titleChanged = Signal()
    loadingChanged = Signal()
    rowsChanged = Signal()
    selectedChanged = Signal()
    detailChanged = Signal()
    emptyTitleChanged = Signal()
    emptyTextChanged = Signal()
    footnoteChanged = Signal()
    noticeChanged = Signal()
    waysChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.TicketsPage(), post)

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(bool, notify=loadingChanged)
    def loading(self) -> bool:
        return self.shown_flag("loading")

    @Property(QVariantList, notify=rowsChanged)
    def rows(self) -> list[Any]:
        return self.shown_rows("rows")

    @Property(str, notify=selectedChanged)
    def selected(self) -> str:
        return self.shown_text("selected")

    @Property(QVariantMap, notify=detailChanged)
    def detail(self) -> dict[str, Any]:
        return self.shown_part("detail")

    @Property(str, notify=emptyTitleChanged)
    def emptyTitle(self) -> str:
        return self.shown_text("empty_title")

    @Property(str, notify=emptyTextChanged)
    def emptyText(self) -> str:
        return self.shown_text("empty_text")

    @Property(str, notify=footnoteChanged)
    def footnote(self) -> str:
        return self.shown_text("footnote")

    @Property(QVariantMap, notify=noticeChanged)
    def notice(self) -> dict[str, Any]:
        return self.shown_part("notice")

    @Property(QVariantList, notify=waysChanged)
    def ways(self) -> list[Any]:
        return self.shown_rows("ways")

    @Slot(str)
    def select(self, ticket: str) -> None:
        self.post(requests.SelectTicket(ticket))

    @Slot(str)
    def choose(self, way: str) -> None:
        self.post(requests.Choose(views.Screen.TICKETS, "way", way))

    @Slot(str)
    def open(self, row: str) -> None:
        self.post(requests.Open(row))


@QmlElement
class SlipViewModel(PageViewModel):
    """The one ticket a scanned slip leads to."""

    titleChanged = Signal()
    loadingChanged = Signal()
    chipsChanged = Signal()
    detailChanged = Signal()
    noteChanged = Signal()
    moreChanged = Signal()
    doneChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.SlipPage(), post)

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(bool, notify=loadingChanged)
    def loading(self) -> bool:
        return self.shown_flag("loading")

    @Property(QVariantList, notify=chipsChanged)
    def chips(self) -> list[Any]:
        return self.shown_rows("chips")

    @Property(QVariantMap, notify=detailChanged)
    def detail(self) -> dict[str, Any]:
        return self.shown_part("detail")

    @Property(str, notify=noteChanged)
    def note(self) -> str:
        return self.shown_text("note")

    @Property(str, notify=moreChanged)
    def more(self) -> str:
        return self.shown_text("more")

    @Property(str, notify=doneChanged)
    def done(self) -> str:
        return self.shown_text("done")

    @Slot(str)
    def open(self, row: str) -> None:
        self.post(requests.Open(row))

    @Slot()
    def close(self) -> None:
        self.post(requests.Back())


@QmlElement
class TicketActViewModel(BusyViewModel):
    """Before something is done about a ticket: what it means."""

    titleChanged = Signal()
    ticketChanged = Signal()
    effectsChanged = Signal()
    safeChanged = Signal()
    actChanged = Signal()
    actIconChanged = Signal()
    dangerChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.TicketActPage(), post)

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(QVariantMap, notify=ticketChanged)
    def ticket(self) -> dict[str, Any]:
        return self.shown_part("ticket")

    @Property(QVariantList, notify=effectsChanged)
    def effects(self) -> list[Any]:
        return self.shown_rows("effects")

    @Property(str, notify=safeChanged)
    def safe(self) -> str:
        return self.shown_text("safe")

    @Property(str, notify=actChanged)
    def act(self) -> str:
        return self.shown_text("act")

    @Property(str, notify=actIconChanged)
    def actIcon(self) -> str:
        return self.shown_text("act_icon")

    @Property(bool, notify=dangerChanged)
    def danger(self) -> bool:
        return self.shown_flag("danger")

    @Slot(str)
    def choose(self, part: str) -> None:
        self.post(requests.Choose(views.Screen.TICKET_ACT, part, ""))


@QmlElement
class PrivacyViewModel(PageViewModel):
    """What happens to personal data."""

    titleChanged = Signal()
    linesChanged = Signal()
    moreChanged = Signal()
    doneChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.PrivacyPage(), post)

    @Property(str, notify=moreChanged)
    def more(self) -> str:
        return self.shown_text("more")

    @Slot()
    def showMore(self) -> None:
        self.post(requests.Choose(views.Screen.PRIVACY, "more", ""))

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(QVariantList, notify=linesChanged)
    def lines(self) -> list[Any]:
        return self.shown_rows("lines")

    @Property(str, notify=doneChanged)
    def done(self) -> str:
        return self.shown_text("done")

    @Slot()
    def close(self) -> None:
        self.post(requests.Back())
