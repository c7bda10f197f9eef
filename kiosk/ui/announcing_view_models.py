"""What the pages everybody may read show: announcements, and what the desk promises."""

from typing import Any

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services import requests, views
from kiosk.ui.page_view_model import PageViewModel, Post
from kiosk.ui.qml_types import QVariantList

QML_IMPORT_NAME = "CampusKiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class NoticesViewModel(PageViewModel):
    """Announcements, the pressing ones first."""

    titleChanged = Signal()
    rowsChanged = Signal()
    emptyChanged = Signal()
    promiseChanged = Signal()
    doneChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.NoticesPage(), post)

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(QVariantList, notify=rowsChanged)
    def rows(self) -> list[Any]:
        return self.shown_rows("rows")

    @Property(str, notify=emptyChanged)
    def empty(self) -> str:
        return self.shown_text("empty")

    @Property(str, notify=promiseChanged)
    def promise(self) -> str:
        return self.shown_text("promise")

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
class PromiseViewModel(PageViewModel):
    """Target times and the ways to the desk."""

    titleChanged = Signal()
    textChanged = Signal()
    targetsChanged = Signal()
    channelsTitleChanged = Signal()
    channelsChanged = Signal()
    portalChanged = Signal()
    portalLabelChanged = Signal()
    reportChanged = Signal()
    doneChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.PromisePage(), post)

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(str, notify=textChanged)
    def text(self) -> str:
        return self.shown_text("text")

    @Property(QVariantList, notify=targetsChanged)
    def targets(self) -> list[Any]:
        return self.shown_rows("targets")

    @Property(str, notify=channelsTitleChanged)
    def channelsTitle(self) -> str:
        return self.shown_text("channels_title")

    @Property(QVariantList, notify=channelsChanged)
    def channels(self) -> list[Any]:
        return self.shown_rows("channels")

    @Property(str, notify=portalChanged)
    def portal(self) -> str:
        return self.shown_text("portal")

    @Property(str, notify=portalLabelChanged)
    def portalLabel(self) -> str:
        return self.shown_text("portal_label")

    @Property(str, notify=reportChanged)
    def report(self) -> str:
        return self.shown_text("report")

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
class OutageViewModel(PageViewModel):
    """A known outage and what "me too" brings."""

    titleChanged = Signal()
    textChanged = Signal()
    chipsChanged = Signal()
    stepsChanged = Signal()
    askTitleChanged = Signal()
    askTextChanged = Signal()
    factsChanged = Signal()
    skipChanged = Signal()
    notMineChanged = Signal()
    meTooChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.OutagePage(), post)

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(str, notify=textChanged)
    def text(self) -> str:
        return self.shown_text("text")

    @Property(QVariantList, notify=chipsChanged)
    def chips(self) -> list[Any]:
        return self.shown_rows("chips")

    @Property(QVariantList, notify=stepsChanged)
    def steps(self) -> list[Any]:
        return self.shown_rows("steps")

    @Property(str, notify=askTitleChanged)
    def askTitle(self) -> str:
        return self.shown_text("ask_title")

    @Property(str, notify=askTextChanged)
    def askText(self) -> str:
        return self.shown_text("ask_text")

    @Property(QVariantList, notify=factsChanged)
    def facts(self) -> list[Any]:
        return self.shown_rows("facts")

    @Property(str, notify=skipChanged)
    def skip(self) -> str:
        return self.shown_text("skip")

    @Property(str, notify=notMineChanged)
    def notMine(self) -> str:
        return self.shown_text("not_mine")

    @Property(str, notify=meTooChanged)
    def meToo(self) -> str:
        return self.shown_text("me_too")

    @Slot(str)
    def open(self, row: str) -> None:
        self.post(requests.Open(row))
