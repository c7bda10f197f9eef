"""What the pages of the knowledge base show."""

from typing import Any

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services import requests, views
from kiosk.ui.page_view_model import PageViewModel, Post
from kiosk.ui.qml_types import QVariantList

QML_IMPORT_NAME = "CampusKiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class TopicsViewModel(PageViewModel):
    """Where to begin: topics, and what helps most people."""

    titleChanged = Signal()
    searchChanged = Signal()
    topicsChanged = Signal()
    helpfulTitleChanged = Signal()
    helpfulChanged = Signal()
    emptyTitleChanged = Signal()
    emptyTextChanged = Signal()
    reportChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.TopicsPage(), post)

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(str, notify=searchChanged)
    def search(self) -> str:
        return self.shown_text("search")

    @Property(QVariantList, notify=topicsChanged)
    def topics(self) -> list[Any]:
        return self.shown_rows("topics")

    @Property(str, notify=helpfulTitleChanged)
    def helpfulTitle(self) -> str:
        return self.shown_text("helpful_title")

    @Property(QVariantList, notify=helpfulChanged)
    def helpful(self) -> list[Any]:
        return self.shown_rows("helpful")

    @Property(str, notify=emptyTitleChanged)
    def emptyTitle(self) -> str:
        return self.shown_text("empty_title")

    @Property(str, notify=emptyTextChanged)
    def emptyText(self) -> str:
        return self.shown_text("empty_text")

    @Property(str, notify=reportChanged)
    def report(self) -> str:
        return self.shown_text("report")

    @Slot(str)
    def open(self, row: str) -> None:
        self.post(requests.Open(row))


@QmlElement
class TopicViewModel(PageViewModel):
    """The articles of one topic."""

    titleChanged = Signal()
    rowsChanged = Signal()
    loadingChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.TopicPage(), post)

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(QVariantList, notify=rowsChanged)
    def rows(self) -> list[Any]:
        return self.shown_rows("rows")

    @Property(bool, notify=loadingChanged)
    def loading(self) -> bool:
        return self.shown_flag("loading")

    @Slot(str)
    def open(self, row: str) -> None:
        self.post(requests.Open(row))


@QmlElement
class SearchViewModel(PageViewModel):
    """What is typed is searched for at every letter; it lives in the field."""

    titleChanged = Signal()
    labelChanged = Signal()
    clearChanged = Signal()
    textChanged = Signal()
    busyChanged = Signal()
    hintChanged = Signal()
    directChanged = Signal()
    rowsChanged = Signal()
    emptyTitleChanged = Signal()
    emptyTextChanged = Signal()
    reportChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.SearchPage(), post)

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(str, notify=labelChanged)
    def label(self) -> str:
        return self.shown_text("label")

    @Property(str, notify=clearChanged)
    def clear(self) -> str:
        return self.shown_text("clear")

    @Property(str, notify=textChanged)
    def text(self) -> str:
        return self.shown_text("text")

    @Property(bool, notify=busyChanged)
    def busy(self) -> bool:
        return self.shown_flag("busy")

    @Property(str, notify=hintChanged)
    def hint(self) -> str:
        return self.shown_text("hint")

    @Property(QVariantList, notify=directChanged)
    def direct(self) -> list[Any]:
        return self.shown_rows("direct")

    @Property(QVariantList, notify=rowsChanged)
    def rows(self) -> list[Any]:
        return self.shown_rows("rows")

    @Property(str, notify=emptyTitleChanged)
    def emptyTitle(self) -> str:
        return self.shown_text("empty_title")

    @Property(str, notify=emptyTextChanged)
    def emptyText(self) -> str:
        return self.shown_text("empty_text")

    @Property(str, notify=reportChanged)
    def report(self) -> str:
        return self.shown_text("report")

    @Slot(str)
    def open(self, row: str) -> None:
        self.post(requests.Open(row))

    @Slot(str)
    def find(self, text: str) -> None:
        self.post(requests.SearchFor(text))


@QmlElement
class ArticleViewModel(PageViewModel):
    """One article, taking it along, and its two ends."""

    titleChanged = Signal()
    loadingChanged = Signal()
    factsChanged = Signal()
    partsChanged = Signal()
    qrChanged = Signal()
    alongChanged = Signal()
    alongTextChanged = Signal()
    slipChanged = Signal()
    canPrintChanged = Signal()
    slipNoteChanged = Signal()
    stuckChanged = Signal()
    solvedChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.ArticlePage(), post)

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(bool, notify=loadingChanged)
    def loading(self) -> bool:
        return self.shown_flag("loading")

    @Property(QVariantList, notify=factsChanged)
    def facts(self) -> list[Any]:
        return self.shown_rows("facts")

    @Property(QVariantList, notify=partsChanged)
    def parts(self) -> list[Any]:
        return self.shown_rows("parts")

    @Property(str, notify=qrChanged)
    def qr(self) -> str:
        return self.shown_text("qr")

    @Property(str, notify=alongChanged)
    def along(self) -> str:
        return self.shown_text("along")

    @Property(str, notify=alongTextChanged)
    def alongText(self) -> str:
        return self.shown_text("along_text")

    @Property(str, notify=slipChanged)
    def slip(self) -> str:
        return self.shown_text("slip")

    @Property(bool, notify=canPrintChanged)
    def canPrint(self) -> bool:
        return self.shown_flag("can_print")

    @Property(str, notify=slipNoteChanged)
    def slipNote(self) -> str:
        return self.shown_text("slip_note")

    @Property(str, notify=stuckChanged)
    def stuck(self) -> str:
        return self.shown_text("stuck")

    @Property(str, notify=solvedChanged)
    def solved(self) -> str:
        return self.shown_text("solved")

    @Slot(str)
    def open(self, row: str) -> None:
        self.post(requests.Open(row))
