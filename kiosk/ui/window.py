"""The one window: QML engine, view models and the way in for views."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import SIGNAL, QCoreApplication, QObject, QTimer, QUrl
from PySide6.QtGui import QGuiApplication, QPixmapCache
from PySide6.QtQml import QQmlApplicationEngine, QQmlComponent

from kiosk.services import requests
from kiosk.services.views import View
from kiosk.ui.environment import QML_FOLDER
from kiosk.ui.no_network import NoNetworkFactory
from kiosk.ui.page_view_model import Post
from kiosk.ui.relay import Relay
from kiosk.ui.screens import Screens
from kiosk.ui.secret_keys import SecretKeys
from kiosk.ui.typing_folder import TypingFolder

if TYPE_CHECKING:
    from PySide6.QtQuick import QQuickItem, QQuickWindow

    from kiosk.services.ports import Speech
    from kiosk.ui.by_ear import ByEar
    from kiosk.ui.window_guard import WindowGuard

NAME = "kiosk"  # of the application, the window and the root of the accessibility tree


#: How long after a visit its memory is given back, milliseconds: the next person may be waiting already.
TIDY_AFTER_MS = 1500


class WindowFailedError(RuntimeError):
    """The QML of the window does not load: the installation is broken."""


class WindowSettings(Struct, frozen=True):
    """Sizes in pixels; ``diagonal`` of the panel in inches, 0 where unknown. ``colours``: role -> #rrggbb, the school.

    ``typing_folder`` holds what the input method learns and is emptied with every visit; best in memory. ``pictures``:
    where those of articles lie.
    """

    full_screen: bool = True
    width: int = 1920
    height: int = 1080
    diagonal: float = 0.0
    reduce_motion: bool = False
    may_quit: bool = False
    warm_up: bool = True
    colours: tuple[tuple[str, str], ...] = ()
    typing_folder: Path | None = None
    pictures: Path | None = None


class Window:
    """Made, settled and closed on the interface thread. ``show`` may be called from any thread.

    The first frame does without pictures, the guard and the other pages' view models: ``settle`` brings them, soon
    after that frame, or with the first view that is shown.
    """

    def __init__(
        self, settings: WindowSettings, first: View, post: Post, keys: SecretKeys, speech: "Speech | None" = None
    ) -> None:
        self._screens = Screens(first, post, keys, TypingFolder(settings.typing_folder))
        self.shown = first  # a view that was handed over later may still be on its way
        self._relay = Relay(self._show)
        self.show: Callable[[View], None] = self._relay.show
        self._network = NoNetworkFactory()
        self._settings = settings
        self._post, self._speech = post, speech
        self._by_ear: ByEar | None = None
        self._guard: WindowGuard | None = None
        self._root: QQuickWindow | None = None
        self._tidying = QTimer(singleShot=True, interval=TIDY_AFTER_MS)
        self._tidying.timeout.connect(self._tidy)
        self._engine: QQmlApplicationEngine | None = self._load(settings)
        self._over: list[tuple[QQmlComponent, QQuickItem, dict[str, QObject]]] = []
        if settings.full_screen:
            self.root.showFullScreen()
        else:
            self.root.show()
        # Without a window manager nothing else gives the window the keyboard, and typing needs it.
        self.root.requestActivate()

    def _load(self, settings: WindowSettings) -> QQmlApplicationEngine:
        engine = QQmlApplicationEngine()
        # The whole screen from the first layout on, also where no window manager makes a window full screen.
        whole = QGuiApplication.primaryScreen().size() if settings.full_screen else None
        engine.setNetworkAccessManagerFactory(self._network)
        engine.setInitialProperties(
            {
                "shell": self._screens.shell,
                "words": self._screens.words,
                "width": whole.width() if whole else settings.width,
                "height": whole.height() if whole else settings.height,
                "diagonal": settings.diagonal,
                "reduceMotion": settings.reduce_motion,
                "colours": dict(settings.colours),
                "title": NAME,
            }
        )
        engine.load(QUrl.fromLocalFile(str(QML_FOLDER / "Main.qml")))
        return engine

    def settle(self) -> None:
        """Brings what the first frame did without; once."""
        if self._guard is not None or self._engine is None:
            return
        from kiosk.ui.article_pictures import ArticlePictureProvider
        from kiosk.ui.icons import IconProvider
        from kiosk.ui.key_hold import KeyHold
        from kiosk.ui.memory import keep_small
        from kiosk.ui.pictures import CardProvider, QrProvider
        from kiosk.ui.window_guard import WindowGuard

        keep_small()
        shell = self._screens.shell
        leave = self.quit if self._settings.may_quit else None
        hold = KeyHold(shell.fourKey.emit, self._held, self._hears, lambda: self.shown.hearable)
        self._guard = WindowGuard(shell.touched, hold, shell.knocked, leave)
        self.root.installEventFilter(self._guard)
        self._engine.addImageProvider("icon", IconProvider())
        self._engine.addImageProvider("qr", QrProvider())
        self._engine.addImageProvider("card", CardProvider())
        self._engine.addImageProvider("article", ArticlePictureProvider(self._settings.pictures))
        self.root.setProperty("pictures", True)
        self._screens.settle()
        self.root.setProperty("warmUp", self._settings.warm_up)

    def _show(self, view: View) -> None:
        self.settle()
        ended = view.visit != self.shown.visit and view.visit <= 0
        self._screens.show(view)
        self.shown = view
        if self._engine is not None and (view.ear.on or self._by_ear is not None):
            self._hear(view)
        if ended:
            self._tidying.start()

    def _hears(self) -> bool:
        return self.shown.ear.on

    def _held(self, key: str) -> None:
        """A key of the keypad is held: the first time that begins speech."""
        if not self.shown.ear.on:
            self._post(requests.HearScreen())
        elif key == "ok":
            if self._by_ear is not None:
                self._by_ear.repeat()
        else:
            self._post(requests.Hear({"up": "louder", "down": "softer", "back": "speed"}[key]))

    def _hear(self, view: View) -> None:
        if self._by_ear is None and self._speech is not None:
            from kiosk.ui.by_ear import ByEar

            self._by_ear = ByEar(self.root, self._screens.shell, self._speech)
        if self._by_ear is not None:
            self._by_ear.took(view)

    def _tidy(self) -> None:
        """After a visit, once the start page stands: what it used is given back, pictures of its numbers included."""
        if self._engine is None or self.shown.visit > 0:
            return
        from kiosk.ui.memory import give_back

        self._engine.collectGarbage()
        self._engine.trimComponentCache()
        QPixmapCache.clear()
        self.root.releaseResources()
        give_back()

    @property
    def root(self) -> "QQuickWindow":
        """The window itself. Do not hold on to it before ``settle``: without Qt Quick's bindings, which cost the first
        frame 6 ms, Python knows it as a QWindow. Raises WindowFailedError.
        """
        if self._root is not None:
            return self._root
        for item in self._engine.rootObjects() if self._engine is not None else ():
            if item.isWindowType():
                root: QQuickWindow = item  # type: ignore[assignment]
                # What Python knows of the window's items ends with what it knows of the window.
                self._root = root if "PySide6.QtQuick" in sys.modules else None
                return root
        raise WindowFailedError("Main.qml could not be loaded")

    def watch_frames(self, watcher: QObject, signal: str) -> None:
        """``watcher`` emits ``signal`` ("shown()") with every frame, from the render thread."""
        QObject.connect(self.root, SIGNAL("frameSwapped()"), watcher, SIGNAL(signal))

    def watch_no_frames(self, watcher: QObject, signal: str) -> None:
        QObject.disconnect(self.root, SIGNAL("frameSwapped()"), watcher, SIGNAL(signal))

    def lay_over(self, file: str, **properties: QObject) -> None:
        """An item of ``file`` above the pages, for tools that are not part of them. Raises WindowFailedError."""
        assert self._engine is not None
        from PySide6.QtQuick import QQuickItem

        component = QQmlComponent(self._engine, QUrl.fromLocalFile(str(QML_FOLDER / file)))
        item = component.createWithInitialProperties({"parent": self.root.contentItem(), **properties})
        if not isinstance(item, QQuickItem):
            raise WindowFailedError(component.errorString())
        item.setParent(self.root)
        self._over.append((component, item, properties))

    def quit(self, status: int = 0) -> None:
        """Ends the application's event loop."""
        # not quit(): that asks the window first, and it never wants to be closed
        QCoreApplication.exit(status)

    def close(self) -> None:
        """Takes the window away; the engine goes before the view models its bindings read."""
        if self._guard is not None:
            self._guard.closing = True
            self.root.removeEventFilter(self._guard)
        self.root.close()
        if self._by_ear is not None:
            self._by_ear.close()
            self._by_ear = None
        self._root = None
        self._engine = None
        self._over.clear()


def open_window(
    settings: WindowSettings, first: View, post: Post, keys: SecretKeys, speech: "Speech | None" = None
) -> Window:
    """Shows ``first`` in a new window. The application object must exist. Raises WindowFailedError."""
    QGuiApplication.setApplicationName(NAME)
    QGuiApplication.setApplicationDisplayName(NAME)
    return Window(settings, first, post, keys, speech)
