"""What the pages after something was done, or cannot be done, show."""

from typing import Any

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services import requests, views
from kiosk.ui.page_view_model import BusyViewModel, PageViewModel, Post
from kiosk.ui.qml_types import QVariantList, QVariantMap

QML_IMPORT_NAME = "CampusKiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class DoneViewModel(PageViewModel):
    """Received, saved here, or not saved; the number and what happens next."""

    kindChanged = Signal()
    headlineChanged = Signal()
    promiseChanged = Signal()
    referenceLabelChanged = Signal()
    referenceChanged = Signal()
    chipChanged = Signal()
    linesChanged = Signal()
    nextTitleChanged = Signal()
    stepsChanged = Signal()
    guideChanged = Signal()
    numberedChanged = Signal()
    noticeChanged = Signal()
    slipChanged = Signal()
    slipTitleChanged = Signal()
    slipTextChanged = Signal()
    slipPositionChanged = Signal()
    qrChanged = Signal()
    qrLabelChanged = Signal()
    numberLargeChanged = Signal()
    againChanged = Signal()
    endChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.DonePage(), post)

    @Property(str, notify=kindChanged)
    def kind(self) -> str:
        return self.shown_text("kind")

    @Property(str, notify=headlineChanged)
    def headline(self) -> str:
        return self.shown_text("headline")

    @Property(str, notify=promiseChanged)
    def promise(self) -> str:
        return self.shown_text("promise")

    @Property(str, notify=referenceLabelChanged)
    def referenceLabel(self) -> str:
        return self.shown_text("reference_label")

    @Property(str, notify=referenceChanged)
    def reference(self) -> str:
        return self.shown_text("reference")

    @Property(str, notify=chipChanged)
    def chip(self) -> str:
        return self.shown_text("chip")

    @Property(QVariantList, notify=linesChanged)
    def lines(self) -> list[Any]:
        return self.shown_rows("lines")

    @Property(str, notify=nextTitleChanged)
    def nextTitle(self) -> str:
        return self.shown_text("next_title")

    @Property(QVariantList, notify=stepsChanged)
    def steps(self) -> list[Any]:
        return self.shown_rows("steps")

    @Property(QVariantList, notify=guideChanged)
    def guide(self) -> list[Any]:
        return self.shown_rows("guide")

    @Property(bool, notify=numberedChanged)
    def numbered(self) -> bool:
        return self.shown_flag("numbered")

    @Property(QVariantMap, notify=noticeChanged)
    def notice(self) -> dict[str, Any]:
        return self.shown_part("notice")

    @Property(str, notify=slipChanged)
    def slip(self) -> str:
        return self.shown_text("slip")

    @Property(str, notify=slipTitleChanged)
    def slipTitle(self) -> str:
        return self.shown_text("slip_title")

    @Property(str, notify=slipTextChanged)
    def slipText(self) -> str:
        return self.shown_text("slip_text")

    @Property(str, notify=slipPositionChanged)
    def slipPosition(self) -> str:
        return self.shown_text("slip_position")

    @Property(str, notify=qrChanged)
    def qr(self) -> str:
        return self.shown_text("qr")

    @Property(str, notify=qrLabelChanged)
    def qrLabel(self) -> str:
        return self.shown_text("qr_label")

    @Property(bool, notify=numberLargeChanged)
    def numberLarge(self) -> bool:
        return self.shown_flag("number_large")

    @Property(str, notify=againChanged)
    def again(self) -> str:
        return self.shown_text("again")

    @Property(str, notify=endChanged)
    def end(self) -> str:
        return self.shown_text("end")

    @Slot()
    def startAgain(self) -> None:
        self.post(requests.Again())

    @Slot()
    def finish(self) -> None:
        self.post(requests.End())


@QmlElement
class UnavailableViewModel(BusyViewModel):
    """Something needs the network and there is none."""

    iconChanged = Signal()
    titleChanged = Signal()
    textChanged = Signal()
    waysChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.UnavailablePage(), post)

    @Property(str, notify=iconChanged)
    def icon(self) -> str:
        return self.shown_text("icon")

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(str, notify=textChanged)
    def text(self) -> str:
        return self.shown_text("text")

    @Property(QVariantList, notify=waysChanged)
    def ways(self) -> list[Any]:
        return self.shown_rows("ways")

    @Slot(str)
    def open(self, row: str) -> None:
        self.post(requests.Open(row))


@QmlElement
class OutOfServiceViewModel(PageViewModel):
    """Both languages at once."""

    reasonZhChanged = Signal()
    reasonEnChanged = Signal()
    deskZhChanged = Signal()
    deskEnChanged = Signal()
    phoneChanged = Signal()
    nearZhChanged = Signal()
    nearEnChanged = Signal()
    neighboursChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.OutOfServicePage(), post)

    @Property(str, notify=nearZhChanged)
    def nearZh(self) -> str:
        return self.shown_text("near_zh")

    @Property(str, notify=nearEnChanged)
    def nearEn(self) -> str:
        return self.shown_text("near_en")

    @Property(QVariantList, notify=neighboursChanged)
    def neighbours(self) -> list[Any]:
        return self.shown_rows("neighbours")

    @Property(str, notify=reasonZhChanged)
    def reasonZh(self) -> str:
        return self.shown_text("reason_zh")

    @Property(str, notify=reasonEnChanged)
    def reasonEn(self) -> str:
        return self.shown_text("reason_en")

    @Property(str, notify=deskZhChanged)
    def deskZh(self) -> str:
        return self.shown_text("desk_zh")

    @Property(str, notify=deskEnChanged)
    def deskEn(self) -> str:
        return self.shown_text("desk_en")

    @Property(str, notify=phoneChanged)
    def phone(self) -> str:
        return self.shown_text("phone")
