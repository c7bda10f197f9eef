"""What the page of spending limits shows."""

from typing import Any

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services import requests, views
from kiosk.ui.page_view_model import BusyViewModel, Post
from kiosk.ui.qml_types import QVariantList, QVariantMap

QML_IMPORT_NAME = "CampusKiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class LimitsViewModel(BusyViewModel):
    """Which limit, and how much."""

    titleChanged = Signal()
    textChanged = Signal()
    kindsChanged = Signal()
    kindChanged = Signal()
    amountsChanged = Signal()
    amountChanged = Signal()
    noticeChanged = Signal()
    submitChanged = Signal()
    canSubmitChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.LimitsPage(), post)

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(str, notify=textChanged)
    def text(self) -> str:
        return self.shown_text("text")

    @Property(QVariantList, notify=kindsChanged)
    def kinds(self) -> list[Any]:
        return self.shown_rows("kinds")

    @Property(str, notify=kindChanged)
    def kind(self) -> str:
        return self.shown_text("kind")

    @Property(QVariantList, notify=amountsChanged)
    def amounts(self) -> list[Any]:
        return self.shown_rows("amounts")

    @Property(str, notify=amountChanged)
    def amount(self) -> str:
        return self.shown_text("amount")

    @Property(QVariantMap, notify=noticeChanged)
    def notice(self) -> dict[str, Any]:
        return self.shown_part("notice")

    @Property(str, notify=submitChanged)
    def submit(self) -> str:
        return self.shown_text("submit")

    @Property(bool, notify=canSubmitChanged)
    def canSubmit(self) -> bool:
        return self.shown_flag("can_submit")

    @Slot(str, str)
    def choose(self, part: str, row: str) -> None:
        self.post(requests.Choose(views.Screen.LIMITS, part, row))
