"""What the pages of a top-up show: the amount, and the code to pay."""

from typing import Any

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services import requests, views
from kiosk.ui.page_view_model import BusyViewModel, PageViewModel, Post
from kiosk.ui.qml_types import QVariantList, QVariantMap

QML_IMPORT_NAME = "CampusKiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class TopUpViewModel(BusyViewModel):
    """How much?"""

    stepChanged = Signal()
    titleChanged = Signal()
    textChanged = Signal()
    amountsChanged = Signal()
    amountChanged = Signal()
    otherChanged = Signal()
    typingChanged = Signal()
    typedChanged = Signal()
    errorChanged = Signal()
    noticeChanged = Signal()
    waysChanged = Signal()
    submitChanged = Signal()
    canSubmitChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.TopUpPage(), post)

    @Property(str, notify=stepChanged)
    def step(self) -> str:
        return self.shown_text("step")

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(str, notify=textChanged)
    def text(self) -> str:
        return self.shown_text("text")

    @Property(QVariantList, notify=amountsChanged)
    def amounts(self) -> list[Any]:
        return self.shown_rows("amounts")

    @Property(str, notify=amountChanged)
    def amount(self) -> str:
        return self.shown_text("amount")

    @Property(str, notify=otherChanged)
    def other(self) -> str:
        return self.shown_text("other")

    @Property(bool, notify=typingChanged)
    def typing(self) -> bool:
        return self.shown_flag("typing")

    @Property(str, notify=typedChanged)
    def typed(self) -> str:
        return self.shown_text("typed")

    @Property(str, notify=errorChanged)
    def error(self) -> str:
        return self.shown_text("error")

    @Property(QVariantMap, notify=noticeChanged)
    def notice(self) -> dict[str, Any]:
        return self.shown_part("notice")

    @Property(str, notify=waysChanged)
    def ways(self) -> str:
        return self.shown_text("ways")

    @Property(str, notify=submitChanged)
    def submit(self) -> str:
        return self.shown_text("submit")

    @Property(bool, notify=canSubmitChanged)
    def canSubmit(self) -> bool:
        return self.shown_flag("can_submit")

    @Slot(str, str)
    def choose(self, part: str, row: str) -> None:
        self.post(requests.Choose(views.Screen.TOP_UP, part, row))


@QmlElement
class TopUpPayViewModel(PageViewModel):
    """The code, and how long it is good."""

    stepChanged = Signal()
    titleChanged = Signal()
    textChanged = Signal()
    factsChanged = Signal()
    qrChanged = Signal()
    qrNameChanged = Signal()
    waitChanged = Signal()
    noteChanged = Signal()
    otherChanged = Signal()
    cancelChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.TopUpPayPage(), post)

    @Property(str, notify=stepChanged)
    def step(self) -> str:
        return self.shown_text("step")

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(str, notify=textChanged)
    def text(self) -> str:
        return self.shown_text("text")

    @Property(QVariantList, notify=factsChanged)
    def facts(self) -> list[Any]:
        return self.shown_rows("facts")

    @Property(str, notify=qrChanged)
    def qr(self) -> str:
        return self.shown_text("qr")

    @Property(str, notify=qrNameChanged)
    def qrName(self) -> str:
        return self.shown_text("qr_name")

    @Property(str, notify=waitChanged)
    def wait(self) -> str:
        return self.shown_text("wait")

    @Property(str, notify=noteChanged)
    def note(self) -> str:
        return self.shown_text("note")

    @Property(str, notify=otherChanged)
    def other(self) -> str:
        return self.shown_text("other")

    @Property(str, notify=cancelChanged)
    def cancel(self) -> str:
        return self.shown_text("cancel")

    @Slot(str, str)
    def choose(self, part: str, row: str) -> None:
        self.post(requests.Choose(views.Screen.TOP_UP_PAY, part, row))
