"""What the pages about losing and finding a card show."""

from typing import Any

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services import requests, views
from kiosk.ui.page_view_model import BusyViewModel, Post
from kiosk.ui.qml_types import QVariantList, QVariantMap

QML_IMPORT_NAME = "CampusKiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class CardConfirmViewModel(BusyViewModel):
    """What a change to a card means, and whether it is wanted."""

    titleChanged = Signal()
    textChanged = Signal()
    holderChanged = Signal()
    effectsChanged = Signal()
    noticeChanged = Signal()
    footnoteChanged = Signal()
    waysChanged = Signal()
    safeChanged = Signal()
    actChanged = Signal()
    actIconChanged = Signal()
    dangerChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.CardConfirmPage(), post)

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(str, notify=textChanged)
    def text(self) -> str:
        return self.shown_text("text")

    @Property(QVariantList, notify=holderChanged)
    def holder(self) -> list[Any]:
        return self.shown_rows("holder")

    @Property(QVariantList, notify=effectsChanged)
    def effects(self) -> list[Any]:
        return self.shown_rows("effects")

    @Property(QVariantMap, notify=noticeChanged)
    def notice(self) -> dict[str, Any]:
        return self.shown_part("notice")

    @Property(str, notify=footnoteChanged)
    def footnote(self) -> str:
        return self.shown_text("footnote")

    @Property(QVariantList, notify=waysChanged)
    def ways(self) -> list[Any]:
        return self.shown_rows("ways")

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
    def open(self, row: str) -> None:
        self.post(requests.Open(row))

    @Slot()
    def confirm(self) -> None:
        self._choose("act")

    @Slot()
    def leave(self) -> None:
        self._choose("safe")

    def _choose(self, button: str) -> None:
        self.post(requests.Choose(views.Screen.CARD_CONFIRM, "button", button))


@QmlElement
class FoundCardViewModel(BusyViewModel):
    """A found card, and where it is handed in."""

    titleChanged = Signal()
    textChanged = Signal()
    readerChanged = Signal()
    noticeChanged = Signal()
    placesChanged = Signal()
    privacyChanged = Signal()
    otherWaysChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.FoundCardPage(), post)

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(str, notify=textChanged)
    def text(self) -> str:
        return self.shown_text("text")

    @Property(QVariantMap, notify=readerChanged)
    def reader(self) -> dict[str, Any]:
        return self.shown_part("reader")

    @Property(QVariantMap, notify=noticeChanged)
    def notice(self) -> dict[str, Any]:
        return self.shown_part("notice")

    @Property(QVariantList, notify=placesChanged)
    def places(self) -> list[Any]:
        return self.shown_rows("places")

    @Property(str, notify=privacyChanged)
    def privacy(self) -> str:
        return self.shown_text("privacy")

    @Property(QVariantList, notify=otherWaysChanged)
    def otherWays(self) -> list[Any]:
        return self.shown_rows("other_ways")

    @Slot(str)
    def open(self, row: str) -> None:
        self.post(requests.Open(row))

    @Slot(str)
    def choose(self, place: str) -> None:
        self.post(requests.Choose(views.Screen.FOUND_CARD, "place", place))
