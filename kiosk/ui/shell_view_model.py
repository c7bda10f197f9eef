"""Which page is on screen, and everything around it."""

from typing import Protocol

from PySide6.QtCore import Property, QObject, Signal, Slot
from PySide6.QtQml import QmlElement

from kiosk.services import requests
from kiosk.services.views import Screen, View
from kiosk.ui.frame_view_models import (
    BarViewModel,
    FrameViewModel,
    LookViewModel,
    QuestionViewModel,
    StripViewModel,
)
from kiosk.ui.page_view_model import PageViewModel, Post, camel_case
from kiosk.ui.qml_types import QVariantList


class Hearing(Protocol):
    """Whoever reads the screen aloud."""

    def stand_at(self, item: QObject | None, stops: list[QObject]) -> None: ...

    def offer(self, pad: QObject, offer: str) -> None: ...


QML_IMPORT_NAME = "CampusKiosk"
QML_IMPORT_MAJOR_VERSION = 1


@QmlElement
class ShellViewModel(QObject):
    """``hearing`` reads the screen aloud while ``hears`` is true. ``opened`` is emitted when another page, or the same
    one for another visit, is to be loaded; ``shown`` after every view; ``fourKey`` with "up", "down", "ok" or "back", a
    key of the keypad, or "here", which only shows where one is.
    """

    opened = Signal()
    shown = Signal()
    fourKey = Signal(str)
    hearsChanged = Signal()

    def __init__(self, post: Post, first: PageViewModel, typing_folder: str) -> None:
        super().__init__()
        self.post = post
        self._typing_folder = typing_folder
        self._look = LookViewModel(post)
        self._frame = FrameViewModel(post)
        self._strip = StripViewModel(post)
        self._bar = BarViewModel(post)
        self._question = QuestionViewModel(post)
        self._page: QObject = first
        self._screen = Screen.ATTRACT
        self._visit = 0
        self._hears = False
        self.hearing: Hearing | None = None

    def surround(self, view: View) -> None:
        """Look, frame, strip, bar and question of ``view``."""
        self._look.take(view.look)
        self._frame.take(view.frame)
        self._strip.take(view.strip)
        self._bar.take(view.bar)
        self._question.take(view.question)

    def open(self, view: View, page: PageViewModel) -> None:
        """Loads the view's page where it is another one, or another visitor's."""
        if (view.screen, view.visit) != (self._screen, self._visit):
            self._screen, self._visit, self._page = view.screen, view.visit, page
            self.opened.emit()
        self.shown.emit()

    def hear(self, hears: bool) -> None:
        if hears is not self._hears:
            self._hears = hears
            self.hearsChanged.emit()

    @Property(bool, notify=hearsChanged)
    def hears(self) -> bool:
        return self._hears

    @Slot(QObject, QVariantList)
    def standAt(self, item: QObject | None, stops: list[QObject]) -> None:
        """The four keys stand at ``item``, one of ``stops`` in their order."""
        if self.hearing is not None:
            self.hearing.stand_at(item, stops)

    @Slot(QObject, str)
    def offerKeys(self, pad: QObject, offer: str) -> None:
        """The four keys are inside ``pad``; ``offer`` is JSON: what each of them takes now."""
        if self.hearing is not None:
            self.hearing.offer(pad, offer)

    @Property(QObject, notify=opened)
    def page(self) -> QObject:
        return self._page

    @Property(str, notify=opened)
    def screen(self) -> str:
        return self._screen.value

    @Property(str, notify=opened)
    def pageFile(self) -> str:
        return f"{camel_case('_' + self._screen.value)}Page.qml"

    @Property(int, notify=opened)
    def visit(self) -> int:
        return self._visit

    @Property(str, constant=True)
    def typingFolder(self) -> str:
        return self._typing_folder

    @Property(LookViewModel, constant=True)
    def look(self) -> LookViewModel:
        return self._look

    @Property(FrameViewModel, constant=True)
    def frame(self) -> FrameViewModel:
        return self._frame

    @Property(StripViewModel, constant=True)
    def strip(self) -> StripViewModel:
        return self._strip

    @Property(BarViewModel, constant=True)
    def bar(self) -> BarViewModel:
        return self._bar

    @Property(QuestionViewModel, constant=True)
    def question(self) -> QuestionViewModel:
        return self._question

    @Slot(bool)
    def knocked(self, by_key: bool) -> None:
        self.post(requests.Knocked(by_key))

    @Slot()
    def touched(self) -> None:
        self.post(requests.Touched())
