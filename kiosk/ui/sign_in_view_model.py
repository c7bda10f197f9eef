"""What the page of a sign-in by phone shows."""

from typing import Any

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services import requests, views
from kiosk.ui.page_view_model import PageViewModel, Post
from kiosk.ui.qml_types import QVariantList, QVariantMap

QML_IMPORT_NAME = "CampusKiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class SignInViewModel(PageViewModel):
    """The code to scan, then the number to type on the phone."""

    stepChanged = Signal()
    atChanged = Signal()
    titleChanged = Signal()
    textChanged = Signal()
    placeChanged = Signal()
    qrChanged = Signal()
    qrNameChanged = Signal()
    numberChanged = Signal()
    numberNameChanged = Signal()
    waitChanged = Signal()
    noticeChanged = Signal()
    againChanged = Signal()
    otherWaysChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.SignInPage(), post)

    @Property(str, notify=stepChanged)
    def step(self) -> str:
        return self.shown_text("step")

    @Property(int, notify=atChanged)
    def at(self) -> int:
        return self.shown_number("at")

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(str, notify=textChanged)
    def text(self) -> str:
        return self.shown_text("text")

    @Property(QVariantMap, notify=placeChanged)
    def place(self) -> dict[str, Any]:
        return self.shown_part("place")

    @Property(str, notify=qrChanged)
    def qr(self) -> str:
        return self.shown_text("qr")

    @Property(str, notify=qrNameChanged)
    def qrName(self) -> str:
        return self.shown_text("qr_name")

    @Property(str, notify=numberChanged)
    def number(self) -> str:
        return self.shown_text("number")

    @Property(str, notify=numberNameChanged)
    def numberName(self) -> str:
        return self.shown_text("number_name")

    @Property(str, notify=waitChanged)
    def wait(self) -> str:
        return self.shown_text("wait")

    @Property(QVariantMap, notify=noticeChanged)
    def notice(self) -> dict[str, Any]:
        return self.shown_part("notice")

    @Property(str, notify=againChanged)
    def again(self) -> str:
        return self.shown_text("again")

    @Property(QVariantList, notify=otherWaysChanged)
    def otherWays(self) -> list[Any]:
        return self.shown_rows("other_ways")

    @Slot()
    def anew(self) -> None:
        self.post(requests.Choose(views.Screen.SIGN_IN, "again", ""))

    @Slot(str)
    def open(self, row: str) -> None:
        self.post(requests.Open(row))
