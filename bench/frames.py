"""A used kiosk and the least of Qt, each in a window of its own; times from what happened to the frame of it."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, QPoint, QPointF, Qt
from PySide6.QtQml import QQmlApplicationEngine
from PySide6.QtQuick import QQuickItem, QQuickWindow
from PySide6.QtTest import QTest

from kiosk.domain.language import Language
from kiosk.services import requests as ask
from kiosk.services.views import ArticlePage, HomePage, Screen, SearchPage, View
from kiosk.tour import sight
from kiosk.tour.world import World
from kiosk.ui.window import Window
from kiosk.words import say

#: Quiet after the last frame, between two touches on one place, and how long anything may take, seconds.
QUIET, APART, WITHIN = 0.08, 0.5, 20.0
_AWAY = QPoint(4, 4)


class Frames(QObject):
    """What has happened since the last frame, and how long each frame took to show it, milliseconds."""

    def __init__(self, window: QQuickWindow) -> None:
        super().__init__()
        self.taken: list[float] = []
        self.shown_at = 0.0
        self._since = 0.0
        window.frameSwapped.connect(self._swapped, Qt.ConnectionType.DirectConnection)

    def happened(self) -> None:
        """Something on screen is about to change; the first since the last frame counts."""
        self._since = self._since or time.perf_counter()

    def _swapped(self) -> None:
        self.shown_at = time.perf_counter()
        if self._since:
            self.taken.append((self.shown_at - self._since) * 1000)
            self._since = 0.0

    def of(self, act: Callable[[], object]) -> list[float]:
        """The frames ``act`` led to, until it is quiet again."""
        self.taken = []
        self.happened()
        act()
        until(lambda: bool(self.taken), "a frame")
        while time.perf_counter() - self.shown_at < QUIET:
            QCoreApplication.processEvents()
        return self.taken


def until(condition: Callable[[], bool], what: str) -> None:
    end = time.perf_counter() + WITHIN
    while not condition():
        if time.perf_counter() > end:
            raise TimeoutError(f"no {what} within {WITHIN:g} s")
        QCoreApplication.processEvents()


class Fingered:
    """A window with a finger and a keyboard."""

    def __init__(self, window: QQuickWindow) -> None:
        self.window, self.frames = window, Frames(window)
        self._device = QTest.createTouchDevice()

    def down_and_off(self, point: QPoint) -> float:
        """From the finger's coming down to the pressed look; it slides off, so that nothing is asked for."""
        touch = QTest.touchEvent(self.window, self._device)
        first = self.frames.of(lambda: touch.press(0, point, self.window).commit())[0]
        touch.move(0, _AWAY, self.window).commit()
        touch.release(0, _AWAY, self.window).commit()
        end = time.perf_counter() + APART
        until(lambda: time.perf_counter() > end, "pause")
        return first

    def tap(self, point: QPoint) -> None:
        touch = QTest.touchEvent(self.window, self._device)
        touch.press(0, point, self.window).commit()
        touch.release(0, point, self.window).commit()


class Used(Fingered):
    """The kiosk of a whole campus of its own."""

    PAGES = ("home", "category", "topics")

    def __init__(self, folder: Path, width: int, height: int) -> None:
        kind: Any = Window
        show = kind._show
        began: list[Frames] = []

        def timed(window: Window, view: View) -> None:
            for frames in began:
                frames.happened()
            show(window, view)

        kind._show = timed
        self.world = World(folder, width, height)
        super().__init__(self.world.root)
        began.append(self.frames)
        try:
            self._on(Screen.ATTRACT)
            self._ask(ask.Start(Language.ZH), Screen.HOME)
            self.world.until(lambda: "knowledge" in self._tiles(), "articles")
        except BaseException:
            self.world.stop()
            raise

    def _tiles(self) -> list[str]:
        page = self.world.view.page
        return [tile.id for tile in page.tiles] if isinstance(page, HomePage) else []

    def close(self) -> None:
        self.world.stop()

    def pages(self) -> list[Callable[[], None]]:
        """Each brings the next of PAGES on screen."""
        return [
            lambda: self._on(Screen.HOME),
            lambda: self._ask(ask.Open("report"), Screen.CATEGORY),
            self._topics,
        ]

    def _topics(self) -> None:
        self._ask(ask.Back(), Screen.HOME)
        self._ask(ask.Open("knowledge"), Screen.TOPICS)

    def touched(self) -> float:
        """One of the page's own controls, not of the bar."""
        return self.down_and_off(sight.centre(self._controls()[0][1]))

    def _controls(self) -> list[tuple[str, QQuickItem]]:
        """What can be pressed on the page, with its name, from above."""
        stage = self.window.findChild(QObject, "stage")
        assert isinstance(stage, QQuickItem)
        found = [
            (str(item.property("name")), item)
            for item in sight.items(stage)
            if item.metaObject().indexOfProperty("repeatable") >= 0 and item.isEnabled() and item.property("name")
        ]
        return sorted(found, key=lambda one: sight.centre(one[1]).y())

    def search(self) -> None:
        """An empty field."""
        while self.world.view.screen is not Screen.SEARCH:
            if self.world.view.screen is Screen.HOME:
                self._ask(ask.Open("knowledge"), Screen.TOPICS)
            elif self.world.view.screen is Screen.TOPICS:
                self._ask(ask.Open("search"), Screen.SEARCH)
            else:
                self._ask(ask.Back(), None)
        while sight.typed(self.window) or self._text():
            QTest.keyClick(self.window, Qt.Key.Key_Backspace)
            QCoreApplication.processEvents()

    def _text(self) -> str:
        focus = self.window.activeFocusItem()
        return str(focus.property("text") or "") if focus else ""

    def typed(self, letter: str) -> list[float]:
        return self.frames.of(lambda: QTest.keyClick(self.window, Qt.Key(ord(letter.upper()))))

    def opened(self) -> float:
        """From the touch on the first answer to the frame with the article."""
        self.world.until(lambda: bool(self._search().rows) and not self._search().busy, "answers")
        self.world.until(self.world.on_screen, "the answers on screen")
        row = dict(self._controls())[self._search().rows[0].title]
        began = time.perf_counter()
        self.tap(sight.centre(row))
        until(self._article_shown, "article")
        shown = time.perf_counter()
        until(lambda: self.frames.shown_at >= shown, "frame of the article")
        return (self.frames.shown_at - began) * 1000

    def _article_shown(self) -> bool:
        page = self.world.kiosk.window.shown.page
        return isinstance(page, ArticlePage) and not page.loading

    def turned(self) -> list[float]:
        """An article's pages are turned, not scrolled: there and back, where it has more than one."""
        taken: list[float] = []
        for name in ("screen.next_page", "screen.previous_page"):
            self.world.until(self.world.on_screen, "the article on screen")
            button = dict(self._controls()).get(say(Language.ZH, name))
            if button is not None:
                point = sight.centre(button)
                taken += self.frames.of(lambda point=point: self.tap(point))  # type: ignore[misc]
        return taken

    def _search(self) -> SearchPage:
        page = self.world.view.page
        return page if isinstance(page, SearchPage) else SearchPage()

    def _ask(self, request: object, screen: Screen | None) -> None:
        before = self.world.view.screen
        self.world.kiosk.worker.post(request)
        self.world.until(lambda: self.world.view.screen is (screen or self.world.view.screen), "the page")
        if screen is None:
            self.world.until(lambda: self.world.view.screen is not before, "another page")
        self.world.until(self.world.on_screen, "the page on screen")

    def _on(self, screen: Screen) -> None:
        self.world.until(lambda: self.world.view.screen is screen and self.world.on_screen(), screen.value)


class Bare(Fingered):
    """bare_pages.qml."""

    def __init__(self, width: int, height: int) -> None:
        self._engine = QQmlApplicationEngine()
        self._engine.load(str(Path(__file__).with_name("bare_pages.qml")))
        window = self._engine.rootObjects()[0]
        assert isinstance(window, QQuickWindow)
        window.resize(width, height)
        super().__init__(window)
        until(lambda: self.frames.shown_at > 0, "first frame")

    def touched(self) -> float:
        return self.down_and_off(self._centre("button"))

    def typed(self, letter: str) -> list[float]:
        field = self._item("field")
        field.forceActiveFocus()
        return self.frames.of(lambda: field.setProperty("text", str(field.property("text")) + letter))

    def opened(self) -> float:
        began = time.perf_counter()
        self.frames.of(lambda: self.window.setProperty("reading", True))
        return (self.frames.shown_at - began) * 1000

    def back(self) -> None:
        self._item("field").setProperty("text", "")
        self.frames.of(lambda: self.window.setProperty("reading", False))

    def _item(self, name: str) -> QQuickItem:
        item = self.window.findChild(QObject, name)
        assert isinstance(item, QQuickItem)
        return item

    def _centre(self, name: str) -> QPoint:
        item = self._item(name)
        return item.mapToScene(QPointF(item.width() / 2, item.height() / 2)).toPoint()
