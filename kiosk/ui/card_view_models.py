"""What the pages of one's own campus card show."""

from typing import Any

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services import requests, views
from kiosk.ui.page_view_model import PageViewModel, Post
from kiosk.ui.qml_types import QVariantList

QML_IMPORT_NAME = "CampusKiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class CardViewModel(PageViewModel):
    """State, balance by touch, and what can be done."""

    titleChanged = Signal()
    loadingChanged = Signal()
    chipChanged = Signal()
    chipKindChanged = Signal()
    schoolChanged = Signal()
    wordsChanged = Signal()
    nameChanged = Signal()
    numberChanged = Signal()
    balanceLabelChanged = Signal()
    balanceChanged = Signal()
    balanceButtonChanged = Signal()
    balanceIconChanged = Signal()
    balanceHintChanged = Signal()
    tilesChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.CardPage(), post)

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(bool, notify=loadingChanged)
    def loading(self) -> bool:
        return self.shown_flag("loading")

    @Property(str, notify=chipChanged)
    def chip(self) -> str:
        return self.shown_text("chip")

    @Property(str, notify=chipKindChanged)
    def chipKind(self) -> str:
        return self.shown_text("chip_kind")

    @Property(str, notify=schoolChanged)
    def school(self) -> str:
        return self.shown_text("school")

    @Property(str, notify=wordsChanged)
    def words(self) -> str:
        return self.shown_text("words")

    @Property(str, notify=nameChanged)
    def name(self) -> str:
        return self.shown_text("name")

    @Property(str, notify=numberChanged)
    def number(self) -> str:
        return self.shown_text("number")

    @Property(str, notify=balanceLabelChanged)
    def balanceLabel(self) -> str:
        return self.shown_text("balance_label")

    @Property(str, notify=balanceChanged)
    def balance(self) -> str:
        return self.shown_text("balance")

    @Property(str, notify=balanceButtonChanged)
    def balanceButton(self) -> str:
        return self.shown_text("balance_button")

    @Property(str, notify=balanceIconChanged)
    def balanceIcon(self) -> str:
        return self.shown_text("balance_icon")

    @Property(str, notify=balanceHintChanged)
    def balanceHint(self) -> str:
        return self.shown_text("balance_hint")

    @Property(QVariantList, notify=tilesChanged)
    def tiles(self) -> list[Any]:
        return self.shown_rows("tiles")

    @Slot(str)
    def open(self, row: str) -> None:
        self.post(requests.Open(row))

    @Slot()
    def seeBalance(self) -> None:
        self.post(requests.Choose(views.Screen.CARD, "balance", "show"))


@QmlElement
class CardOfficeViewModel(PageViewModel):
    """Whom to ask about the card where the kiosk cannot help."""

    titleChanged = Signal()
    textChanged = Signal()
    officeTitleChanged = Signal()
    officeLinesChanged = Signal()
    bringTitleChanged = Signal()
    bringChanged = Signal()
    waysChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.CardOfficePage(), post)

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(str, notify=textChanged)
    def text(self) -> str:
        return self.shown_text("text")

    @Property(str, notify=officeTitleChanged)
    def officeTitle(self) -> str:
        return self.shown_text("office_title")

    @Property(QVariantList, notify=officeLinesChanged)
    def officeLines(self) -> list[Any]:
        return self.shown_rows("office_lines")

    @Property(str, notify=bringTitleChanged)
    def bringTitle(self) -> str:
        return self.shown_text("bring_title")

    @Property(QVariantList, notify=bringChanged)
    def bring(self) -> list[Any]:
        return self.shown_rows("bring")

    @Property(QVariantList, notify=waysChanged)
    def ways(self) -> list[Any]:
        return self.shown_rows("ways")

    @Slot(str)
    def open(self, row: str) -> None:
        self.post(requests.Open(row))


@QmlElement
class MovementsViewModel(PageViewModel):
    """Movements of one month and kind; where one of them was, by touch."""

    titleChanged = Signal()
    loadingChanged = Signal()
    hintChanged = Signal()
    filtersChanged = Signal()
    filterChanged = Signal()
    monthsChanged = Signal()
    monthChanged = Signal()
    rowsChanged = Signal()
    openedChanged = Signal()
    openedTextChanged = Signal()
    emptyTitleChanged = Signal()
    emptyTextChanged = Signal()
    printChanged = Signal()
    printTextChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.MovementsPage(), post)

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(bool, notify=loadingChanged)
    def loading(self) -> bool:
        return self.shown_flag("loading")

    @Property(str, notify=hintChanged)
    def hint(self) -> str:
        return self.shown_text("hint")

    @Property(QVariantList, notify=filtersChanged)
    def filters(self) -> list[Any]:
        return self.shown_rows("filters")

    @Property(str, notify=filterChanged)
    def filter(self) -> str:
        return self.shown_text("filter")

    @Property(QVariantList, notify=monthsChanged)
    def months(self) -> list[Any]:
        return self.shown_rows("months")

    @Property(str, notify=monthChanged)
    def month(self) -> str:
        return self.shown_text("month")

    @Property(QVariantList, notify=rowsChanged)
    def rows(self) -> list[Any]:
        return self.shown_rows("rows")

    @Property(str, notify=openedChanged)
    def opened(self) -> str:
        return self.shown_text("opened")

    @Property(str, notify=openedTextChanged)
    def openedText(self) -> str:
        return self.shown_text("opened_text")

    @Property(str, notify=emptyTitleChanged)
    def emptyTitle(self) -> str:
        return self.shown_text("empty_title")

    @Property(str, notify=emptyTextChanged)
    def emptyText(self) -> str:
        return self.shown_text("empty_text")

    @Property(str, notify=printChanged)
    def print(self) -> str:
        return self.shown_text("print")

    @Property(str, notify=printTextChanged)
    def printText(self) -> str:
        return self.shown_text("print_text")

    @Slot(str, str)
    def choose(self, part: str, row: str) -> None:
        self.post(requests.Choose(views.Screen.MOVEMENTS, part, row))
