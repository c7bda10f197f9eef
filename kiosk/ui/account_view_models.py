"""What the pages about account and password show."""

from typing import Any

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services import requests, views
from kiosk.ui.page_view_model import BusyViewModel, Post
from kiosk.ui.qml_types import QVariantList, QVariantMap
from kiosk.ui.secret_keys import SecretKeys

QML_IMPORT_NAME = "CampusKiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class AccountViewModel(BusyViewModel):
    """Which account, what it opens, and what can be done about it."""

    titleChanged = Signal()
    accountChanged = Signal()
    opensLabelChanged = Signal()
    opensChanged = Signal()
    rowsChanged = Signal()
    noticeChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.AccountPage(), post)

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(str, notify=accountChanged)
    def account(self) -> str:
        return self.shown_text("account")

    @Property(str, notify=opensLabelChanged)
    def opensLabel(self) -> str:
        return self.shown_text("opens_label")

    @Property(QVariantList, notify=opensChanged)
    def opens(self) -> list[Any]:
        return self.shown_rows("opens")

    @Property(QVariantList, notify=rowsChanged)
    def rows(self) -> list[Any]:
        return self.shown_rows("rows")

    @Property(QVariantMap, notify=noticeChanged)
    def notice(self) -> dict[str, Any]:
        return self.shown_part("notice")

    @Slot(str)
    def open(self, row: str) -> None:
        self.post(requests.Open(row))


@QmlElement
class AccountLockedViewModel(BusyViewModel):
    """Unlocking comes first; where an old password may still be saved."""

    titleChanged = Signal()
    textChanged = Signal()
    factsChanged = Signal()
    placesTitleChanged = Signal()
    placesChanged = Signal()
    noticeChanged = Signal()
    forgotChanged = Signal()
    printChanged = Signal()
    unlockChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.AccountLockedPage(), post)

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(str, notify=textChanged)
    def text(self) -> str:
        return self.shown_text("text")

    @Property(QVariantList, notify=factsChanged)
    def facts(self) -> list[Any]:
        return self.shown_rows("facts")

    @Property(str, notify=placesTitleChanged)
    def placesTitle(self) -> str:
        return self.shown_text("places_title")

    @Property(QVariantList, notify=placesChanged)
    def places(self) -> list[Any]:
        return self.shown_rows("places")

    @Property(QVariantMap, notify=noticeChanged)
    def notice(self) -> dict[str, Any]:
        return self.shown_part("notice")

    @Property(str, notify=forgotChanged)
    def forgot(self) -> str:
        return self.shown_text("forgot")

    @Property(str, notify=printChanged)
    def print(self) -> str:
        return self.shown_text("print")

    @Property(str, notify=unlockChanged)
    def unlock(self) -> str:
        return self.shown_text("unlock")

    @Slot()
    def unlockNow(self) -> None:
        self.post(requests.Open("unlock_now"))

    @Slot()
    def reset(self) -> None:
        self.post(requests.Open("forgot"))

    @Slot()
    def printPlaces(self) -> None:
        self.post(requests.Open("print_places"))


@QmlElement
class PasswordViewModel(BusyViewModel):
    """Knows how long each word is and which rules it keeps, never a letter.

    Keys go straight to the secret helper: no request, property or log line ever holds one.
    """

    titleChanged = Signal()
    accountChanged = Signal()
    opensLabelChanged = Signal()
    opensChanged = Signal()
    fieldsChanged = Signal()
    hintChanged = Signal()
    rulesChanged = Signal()
    strengthLabelChanged = Signal()
    strengthChanged = Signal()
    scoreChanged = Signal()
    scoresChanged = Signal()
    noticeChanged = Signal()
    heldChanged = Signal()
    primaryChanged = Signal()
    canGoChanged = Signal()
    backOneChanged = Signal()
    otherWaysChanged = Signal()

    def __init__(self, post: Post, keys: SecretKeys) -> None:
        super().__init__(views.PasswordPage(), post)
        self._keys = keys

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(str, notify=accountChanged)
    def account(self) -> str:
        return self.shown_text("account")

    @Property(str, notify=opensLabelChanged)
    def opensLabel(self) -> str:
        return self.shown_text("opens_label")

    @Property(QVariantList, notify=opensChanged)
    def opens(self) -> list[Any]:
        return self.shown_rows("opens")

    @Property(QVariantList, notify=fieldsChanged)
    def fields(self) -> list[Any]:
        return self.shown_rows("fields")

    @Property(str, notify=hintChanged)
    def hint(self) -> str:
        return self.shown_text("hint")

    @Property(QVariantList, notify=rulesChanged)
    def rules(self) -> list[Any]:
        return self.shown_rows("rules")

    @Property(str, notify=strengthLabelChanged)
    def strengthLabel(self) -> str:
        return self.shown_text("strength_label")

    @Property(str, notify=strengthChanged)
    def strength(self) -> str:
        return self.shown_text("strength")

    @Property(int, notify=scoreChanged)
    def score(self) -> int:
        return self.shown_number("score")

    @Property(int, notify=scoresChanged)
    def scores(self) -> int:
        return self.shown_number("scores")

    @Property(QVariantMap, notify=noticeChanged)
    def notice(self) -> dict[str, Any]:
        return self.shown_part("notice")

    @Property(bool, notify=heldChanged)
    def held(self) -> bool:
        return self.shown_flag("held")

    @Property(str, notify=primaryChanged)
    def primary(self) -> str:
        return self.shown_text("primary")

    @Property(bool, notify=canGoChanged)
    def canGo(self) -> bool:
        return self.shown_flag("can_go")

    @Property(str, notify=backOneChanged)
    def backOne(self) -> str:
        return self.shown_text("back_one")

    @Property(QVariantList, notify=otherWaysChanged)
    def otherWays(self) -> list[Any]:
        return self.shown_rows("other_ways")

    @Slot(int)
    def letter(self, code: int) -> None:
        self._keys.letter(code)

    @Slot()
    def next(self) -> None:
        self.post(requests.PasswordNext())

    @Slot()
    def backToFirst(self) -> None:
        self.post(requests.PasswordBack())

    @Slot(str)
    def open(self, row: str) -> None:
        self.post(requests.Open(row))
