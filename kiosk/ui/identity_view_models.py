"""What the pages about who someone is show."""

from typing import Any

from PySide6.QtCore import Property, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services import requests, views
from kiosk.ui.page_view_model import BusyViewModel, PageViewModel, Post
from kiosk.ui.qml_types import QVariantList, QVariantMap
from kiosk.ui.secret_keys import SecretKeys

QML_IMPORT_NAME = "CampusKiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class IdentifyViewModel(PageViewModel):
    """Asks for the card; other ways are rows."""

    matterChanged = Signal()
    iconChanged = Signal()
    readerChanged = Signal()
    noticeChanged = Signal()
    otherWaysChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.IdentifyPage(), post)

    @Property(str, notify=matterChanged)
    def matter(self) -> str:
        return self.shown_text("matter")

    @Property(str, notify=iconChanged)
    def icon(self) -> str:
        return self.shown_text("icon")

    @Property(QVariantMap, notify=readerChanged)
    def reader(self) -> dict[str, Any]:
        return self.shown_part("reader")

    @Property(QVariantMap, notify=noticeChanged)
    def notice(self) -> dict[str, Any]:
        return self.shown_part("notice")

    @Property(QVariantList, notify=otherWaysChanged)
    def otherWays(self) -> list[Any]:
        return self.shown_rows("other_ways")

    @Slot(str)
    def open(self, row: str) -> None:
        self.post(requests.Open(row))


@QmlElement
class NumberViewModel(PageViewModel):
    """A student or staff number, typed key by key."""

    typedChanged = Signal()
    hintChanged = Signal()
    errorChanged = Signal()
    lettersChanged = Signal()
    canGoChanged = Signal()
    readerChanged = Signal()
    otherWaysChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.NumberPage(), post)

    @Property(str, notify=typedChanged)
    def typed(self) -> str:
        return self.shown_text("typed")

    @Property(str, notify=hintChanged)
    def hint(self) -> str:
        return self.shown_text("hint")

    @Property(str, notify=errorChanged)
    def error(self) -> str:
        return self.shown_text("error")

    @Property(str, notify=lettersChanged)
    def letters(self) -> str:
        return self.shown_text("letters")

    @Property(bool, notify=canGoChanged)
    def canGo(self) -> bool:
        return self.shown_flag("can_go")

    @Property(QVariantMap, notify=readerChanged)
    def reader(self) -> dict[str, Any]:
        return self.shown_part("reader")

    @Property(QVariantList, notify=otherWaysChanged)
    def otherWays(self) -> list[Any]:
        return self.shown_rows("other_ways")

    @Slot(str)
    def key(self, key: str) -> None:
        self.post(requests.NumberKey(key))

    @Slot()
    def done(self) -> None:
        self.post(requests.NumberDone())

    @Slot(str)
    def open(self, row: str) -> None:
        self.post(requests.Open(row))


@QmlElement
class PinViewModel(PageViewModel):
    """Knows how many digits there are, never which.

    Keys go straight to the secret helper: no request, property or log line ever holds one.
    """

    lengthChanged = Signal()
    filledChanged = Signal()
    noticeChanged = Signal()
    lockedChanged = Signal()
    busyChanged = Signal()
    otherWaysChanged = Signal()

    def __init__(self, post: Post, keys: SecretKeys) -> None:
        super().__init__(views.PinPage(), post)
        self._keys = keys

    @Property(int, notify=lengthChanged)
    def length(self) -> int:
        return self.shown_number("length")

    @Property(int, notify=filledChanged)
    def filled(self) -> int:
        return self.shown_number("filled")

    @Property(QVariantMap, notify=noticeChanged)
    def notice(self) -> dict[str, Any]:
        return self.shown_part("notice")

    @Property(bool, notify=lockedChanged)
    def locked(self) -> bool:
        return self.shown_flag("locked")

    @Property(bool, notify=busyChanged)
    def busy(self) -> bool:
        return self.shown_flag("busy")

    @Property(QVariantList, notify=otherWaysChanged)
    def otherWays(self) -> list[Any]:
        return self.shown_rows("other_ways")

    @Slot(int)
    def pinKey(self, code: int) -> None:
        self._keys.key(code)

    @Slot()
    def pinClear(self) -> None:
        self._keys.clear()

    @Slot(str)
    def open(self, row: str) -> None:
        self.post(requests.Open(row))


@QmlElement
class PinNewViewModel(PageViewModel):
    """A new PIN: like PinViewModel, it knows how many digits there are, never which."""

    titleChanged = Signal()
    textChanged = Signal()
    stepChanged = Signal()
    stepsChanged = Signal()
    stepTextChanged = Signal()
    rulesTitleChanged = Signal()
    rulesChanged = Signal()
    lengthChanged = Signal()
    filledChanged = Signal()
    noticeChanged = Signal()
    lockedChanged = Signal()
    busyChanged = Signal()
    finishChanged = Signal()
    otherWaysChanged = Signal()

    def __init__(self, post: Post, keys: SecretKeys, first: views.PinNewPage | None = None) -> None:
        super().__init__(first or views.PinNewPage(), post)
        self._keys = keys

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(str, notify=textChanged)
    def text(self) -> str:
        return self.shown_text("text")

    @Property(int, notify=stepChanged)
    def step(self) -> int:
        return self.shown_number("step")

    @Property(int, notify=stepsChanged)
    def steps(self) -> int:
        return self.shown_number("steps")

    @Property(str, notify=stepTextChanged)
    def stepText(self) -> str:
        return self.shown_text("step_text")

    @Property(str, notify=rulesTitleChanged)
    def rulesTitle(self) -> str:
        return self.shown_text("rules_title")

    @Property(QVariantList, notify=rulesChanged)
    def rules(self) -> list[Any]:
        return self.shown_rows("rules")

    @Property(int, notify=lengthChanged)
    def length(self) -> int:
        return self.shown_number("length")

    @Property(int, notify=filledChanged)
    def filled(self) -> int:
        return self.shown_number("filled")

    @Property(QVariantMap, notify=noticeChanged)
    def notice(self) -> dict[str, Any]:
        return self.shown_part("notice")

    @Property(bool, notify=lockedChanged)
    def locked(self) -> bool:
        return self.shown_flag("locked")

    @Property(bool, notify=busyChanged)
    def busy(self) -> bool:
        return self.shown_flag("busy")

    @Property(str, notify=finishChanged)
    def finish(self) -> str:
        return self.shown_text("finish")

    @Property(QVariantList, notify=otherWaysChanged)
    def otherWays(self) -> list[Any]:
        return self.shown_rows("other_ways")

    @Slot(int)
    def pinKey(self, code: int) -> None:
        self._keys.key(code)

    @Slot()
    def pinClear(self) -> None:
        self._keys.clear()

    @Slot()
    def done(self) -> None:
        self.post(requests.Choose(views.Screen.PIN_NEW, "finish", ""))

    @Slot(str)
    def open(self, row: str) -> None:
        self.post(requests.Open(row))


@QmlElement
class CardPinViewModel(PinNewViewModel):
    """The PIN that tills ask for."""

    def __init__(self, post: Post, keys: SecretKeys) -> None:
        super().__init__(post, keys, views.CardPinPage())


@QmlElement
class CodeViewModel(PageViewModel):
    """A one-time code: it may be seen, so its digits are ordinary keys."""

    titleChanged = Signal()
    lengthChanged = Signal()
    digitsChanged = Signal()
    textChanged = Signal()
    noticeChanged = Signal()
    lockedChanged = Signal()
    busyChanged = Signal()
    resendChanged = Signal()
    canResendChanged = Signal()
    otherWaysChanged = Signal()

    def __init__(self, post: Post, first: views.CodePage | None = None) -> None:
        page = first or views.CodePage()
        super().__init__(page, post)
        self._screen = page.screen

    @Property(str, notify=titleChanged)
    def title(self) -> str:
        return self.shown_text("title")

    @Property(int, notify=lengthChanged)
    def length(self) -> int:
        return self.shown_number("length")

    @Property(str, notify=digitsChanged)
    def digits(self) -> str:
        return self.shown_text("digits")

    @Property(str, notify=textChanged)
    def text(self) -> str:
        return self.shown_text("text")

    @Property(QVariantMap, notify=noticeChanged)
    def notice(self) -> dict[str, Any]:
        return self.shown_part("notice")

    @Property(bool, notify=lockedChanged)
    def locked(self) -> bool:
        return self.shown_flag("locked")

    @Property(bool, notify=busyChanged)
    def busy(self) -> bool:
        return self.shown_flag("busy")

    @Property(str, notify=resendChanged)
    def resend(self) -> str:
        return self.shown_text("resend")

    @Property(bool, notify=canResendChanged)
    def canResend(self) -> bool:
        return self.shown_flag("can_resend")

    @Property(QVariantList, notify=otherWaysChanged)
    def otherWays(self) -> list[Any]:
        return self.shown_rows("other_ways")

    @Slot(str)
    def key(self, key: str) -> None:
        self.post(requests.Choose(self._screen, "key", key))

    @Slot()
    def again(self) -> None:
        self.post(requests.Choose(self._screen, "resend", ""))

    @Slot(str)
    def open(self, row: str) -> None:
        self.post(requests.Open(row))


@QmlElement
class DeskCodeViewModel(CodeViewModel):
    """A code that the desk gave."""

    def __init__(self, post: Post) -> None:
        super().__init__(post, views.DeskCodePage())


@QmlElement
class NoneOfTheseViewModel(BusyViewModel):
    """What someone who cannot prove anything can do now."""

    deskTitleChanged = Signal()
    deskLinesChanged = Signal()
    bringTitleChanged = Signal()
    bringChanged = Signal()
    noticeChanged = Signal()
    waysChanged = Signal()

    def __init__(self, post: Post) -> None:
        super().__init__(views.NoneOfThesePage(), post)

    @Property(str, notify=deskTitleChanged)
    def deskTitle(self) -> str:
        return self.shown_text("desk_title")

    @Property(QVariantList, notify=deskLinesChanged)
    def deskLines(self) -> list[Any]:
        return self.shown_rows("desk_lines")

    @Property(str, notify=bringTitleChanged)
    def bringTitle(self) -> str:
        return self.shown_text("bring_title")

    @Property(QVariantList, notify=bringChanged)
    def bring(self) -> list[Any]:
        return self.shown_rows("bring")

    @Property(QVariantMap, notify=noticeChanged)
    def notice(self) -> dict[str, Any]:
        return self.shown_part("notice")

    @Property(QVariantList, notify=waysChanged)
    def ways(self) -> list[Any]:
        return self.shown_rows("ways")

    @Slot(str)
    def open(self, row: str) -> None:
        self.post(requests.Open(row))
