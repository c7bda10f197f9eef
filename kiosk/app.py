"""Composition root of the kiosk: makes the parts, joins them, starts and stops them in order.

Qt comes first and alone; everything else is imported by the worker's thread once the first frame is on screen.
"""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from kiosk.config import Settings
from kiosk.domain.language import Language
from kiosk.offline.places import Places
from kiosk.outside import Outside
from kiosk.services.views import AttractPage, OutOfServicePage, View
from kiosk.ui.end_signals import EndSignals
from kiosk.ui.window import Window, WindowSettings, open_window
from kiosk.words import say
from kiosk.worker import Wiring, Worker

if TYPE_CHECKING:
    from kiosk.backstage import Backstage
    from kiosk.domain.speech import Utterance

#: How long the worker may take to hand in its last commands, seconds.
STOP_WITHIN = 10.0
#: The worker starts at the latest this long after the window was made, milliseconds: a window that is never exposed
#: (no display yet) must not keep the queue from being sent.
START_AT_LATEST_MS = 2000

#: After the first frame a touch is answered before anything more is loaded, milliseconds.
SETTLE_MS = 50

#: Exit status of a kiosk that wants to be started again (EX_TEMPFAIL of sysexits.h): systemd's RestartForceExitStatus.
RESTART = 75

_log = logging.getLogger(__name__)


class _Keys:
    """Key codes on their way to the secret helper; nothing is kept before there is one."""

    def __init__(self) -> None:
        self.backstage: Backstage | None = None

    def key(self, code: int) -> None:
        if self.backstage is not None:
            self.backstage.pin_pad.key(code)

    def clear(self) -> None:
        if self.backstage is not None:
            self.backstage.pin_pad.clear()

    def letter(self, code: int) -> None:
        if self.backstage is not None:
            self.backstage.password_pad.key(code)


class _Voice:
    """What the window says on its way to the speech device; nothing is said before there is one."""

    def __init__(self, keys: _Keys) -> None:
        self._keys = keys

    def say(self, utterance: "Utterance") -> None:
        if self._keys.backstage is not None:
            self._keys.backstage.speech.say(utterance)

    def hush(self) -> None:
        if self._keys.backstage is not None:
            self._keys.backstage.speech.hush()


class _FirstFrame(QObject):
    """From the render thread to the interface thread."""

    shown = Signal()


class _Restart(QObject):
    """From the worker to the interface thread."""

    wanted = Signal()

    def __init__(self, window: Window) -> None:
        super().__init__()
        self._window = window
        self.wanted.connect(self._come)

    @Slot()
    def _come(self) -> None:
        self._window.quit(RESTART)


class _Known(QObject):
    """From the worker to the interface thread: the kiosk is one of the hub's now."""

    made = Signal()

    def __init__(self, begin: Callable[[], None]) -> None:
        super().__init__()
        self._begin = begin
        self.made.connect(self._come)

    @Slot()
    def _come(self) -> None:
        self._begin()


class Kiosk:
    """Made and run on the interface thread; the application object exists already. ``seen`` gets every view."""

    def __init__(
        self,
        settings: Settings,
        outside: Outside,
        window: WindowSettings,
        seen: Callable[[View], None] | None = None,
    ) -> None:
        self._settings, self._outside = settings, outside
        self._keys = _Keys()
        self._seen = seen
        self._started = False
        self.why_not = ""
        self._worker = Worker(self._wire, self._after_bug, monotonic=outside.monotonic)
        placed = replace(window, pictures=Places(settings.data).pictures)
        self.window: Window = open_window(placed, View(AttractPage()), self._post, self._keys, _Voice(self._keys))
        self._first = _FirstFrame()
        self._first.shown.connect(self._first_frame)
        self.window.watch_frames(self._first, "shown()")
        QTimer.singleShot(START_AT_LATEST_MS, self._first, self._start)
        self._restart = _Restart(self.window)
        self._known = _Known(self._begin)

    @property
    def backstage(self) -> "Backstage | None":
        return self._keys.backstage

    @property
    def worker(self) -> Worker:
        return self._worker

    def stop(self) -> bool:
        """False where the worker did not end in time."""
        ended = self._worker.stop(STOP_WITHIN)
        self.window.close()
        return ended

    def _post(self, request: object) -> None:
        self._worker.post(request)

    def _first_frame(self) -> None:
        self.window.watch_no_frames(self._first, "shown()")
        QTimer.singleShot(SETTLE_MS, self._first, self._start)

    def _start(self) -> None:
        if not self._started:
            self._started = True
            self.window.settle()
            self._worker.start()

    def _begin(self) -> None:
        """With a worker of its own: what it wires is made on its thread."""
        if not self._worker.stop(STOP_WITHIN):
            _log.error("the worker of the enrolment did not end")
        self._worker = Worker(self._wire, self._after_bug, monotonic=self._outside.monotonic)
        self._worker.start()

    def _wire(self) -> Wiring:
        from kiosk import backstage, enrol_stage

        try:
            if not enrol_stage.is_known(self._settings):
                post, known = self._worker.post, self._known.made.emit
                return enrol_stage.wire(self._settings, self._outside, post, self._show, known)
            ways = backstage.Ways(self._worker.post, self._show, self._made, self._restart.wanted.emit)
            return backstage.wire(self._settings, self._outside, ways)
        except (backstage.CannotStartError, enrol_stage.NoKeyError, OSError) as error:
            self.why_not = str(error)
            _log.error("cannot start: %s", error)
            raise

    def _made(self, made: "Backstage") -> None:
        self._keys.backstage = made

    def _show(self, view: View) -> None:
        if self._seen is not None:
            self._seen(view)
        self.window.show(view)

    def _after_bug(self) -> None:
        """On the worker's thread: the visit is over, the kiosk goes on; what could not even start says so."""
        backstage = self._keys.backstage
        if backstage is not None:
            backstage.station.recover()
        else:
            broken = "service.broken"
            self._show(View(OutOfServicePage(say(Language.ZH, broken), say(Language.EN, broken))))


def run(
    settings: Settings, outside: Outside, window: WindowSettings, opened: Callable[[Window], None] = lambda _: None
) -> int:
    """Until SIGTERM or SIGINT, or Esc where that may end it. 0, 1 where the kiosk could not start, or RESTART.

    ``opened`` gets the window before the event loop runs.
    """
    application = QGuiApplication.instance() or QGuiApplication([])
    with EndSignals():
        kiosk = Kiosk(settings, outside, window)
        opened(kiosk.window)
        status = application.exec()
    kiosk.stop()
    return 1 if kiosk.why_not else status
