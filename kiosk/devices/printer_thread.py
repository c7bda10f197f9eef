"""The printer's own thread: a silent printer keeps nobody waiting but itself."""

from __future__ import annotations

import logging
import queue
import threading
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from kiosk.domain.devices import PrinterChanged, PrinterState
from kiosk.domain.outcomes import NoPrinter, PrintOutcome, PrintUnknown
from kiosk.domain.receipts import Slip
from kiosk.services.ports import SlipPrinted

QUEUE_LIMIT = 4  # slips that may wait
WAIT_LIMIT = 30.0  # seconds; whoever waited longer has left, and the next person must not find the slip
LOOK_EVERY = 30.0  # seconds between status queries while idle
STOP_LIMIT = 2.0  # seconds ``stop`` waits; a job in work may take longer and ends with the process

BUG = "internal error"

T = TypeVar("T")

_LOST: PrintOutcome = PrintUnknown(BUG)

PrinterEvent = SlipPrinted | PrinterChanged

log = logging.getLogger(__name__)


class Printer(Protocol):
    """What the thread drives: ESC/POS, IPP or simulated, maybe with its roll counted."""

    def warm(self) -> None:
        """Loads fonts and libraries."""
        ...

    def state(self) -> PrinterChanged: ...

    def print(self, slip: Slip) -> PrintOutcome: ...


@dataclass(frozen=True, slots=True)
class _Job:
    job_id: int
    slip: Slip
    made: float


@dataclass(frozen=True, slots=True)
class _Look:
    pass


@dataclass(frozen=True, slots=True)
class _Warm:
    pass


@dataclass(frozen=True, slots=True)
class _Stop:
    pass


_Work = _Job | _Look | _Warm | _Stop


class PrinterThread:
    """``services.ports.SlipPrinter`` on a thread. ``make_printer`` runs there, and so does whatever it imports.

    ``post`` is called from the printer's thread, and from the caller's where the queue is full.
    """

    def __init__(
        self,
        make_printer: Callable[[], Printer],
        post: Callable[[PrinterEvent], None],
        look_every: float = LOOK_EVERY,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._make_printer = make_printer
        self._post = post
        self._look_every = look_every
        self._now = now
        self._jobs: queue.Queue[_Work] = queue.Queue(QUEUE_LIMIT)
        self._thread = threading.Thread(target=self._run, name="printer", daemon=True)
        self._stopping = threading.Event()
        self._said: PrinterChanged | None = None

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ends the thread after the job in work; waiting slips are not printed."""
        self._stopping.set()
        self._offer(_Stop())
        if self._thread.ident is not None:
            self._thread.join(STOP_LIMIT)

    @property
    def stopping(self) -> bool:
        return self._stopping.is_set()

    def warm(self) -> None:
        """Called once after the first frame: loads fonts and libraries, then says the printer's state."""
        if self._jobs.empty():  # a waiting slip does the same, and must find room
            self._offer(_Warm())

    def look(self) -> None:
        """Asks the printer for its state now."""
        if self._jobs.empty():
            self._offer(_Look())

    def print(self, job_id: int, slip: Slip) -> None:
        """Queues the slip; ``SlipPrinted`` follows exactly once."""
        if self._stopping.is_set() or not self._offer(_Job(job_id, slip, self._now())):
            self._post(SlipPrinted(job_id, NoPrinter("too many slips waiting")))

    def _offer(self, work: _Work) -> bool:
        try:
            self._jobs.put_nowait(work)
        except queue.Full:
            return False
        return True

    def _run(self) -> None:
        printer: Printer | None = None
        while not self._stopping.is_set():
            try:
                work = self._jobs.get(timeout=self._look_every)
            except queue.Empty:
                work = _Look()
            try:
                printer = printer or self._make_printer()
            except Exception as error:
                _log_bug(error)
                self._refuse(work, NoPrinter(BUG))
                self._say(PrinterChanged(PrinterState.OFFLINE, BUG))
                continue
            self._do(printer, work)
        self._refuse_waiting()

    def _do(self, printer: Printer, work: _Work) -> None:
        match work:
            case _Job(job_id, slip, made):
                outcome: PrintOutcome = NoPrinter("waited too long")
                if self._now() - made <= WAIT_LIMIT:
                    outcome = _guarded(lambda: printer.print(slip), _LOST)
                self._post(SlipPrinted(job_id, outcome))
            case _Warm():
                _guarded(printer.warm, None)
        if self._jobs.empty():
            self._say(_guarded(printer.state, PrinterChanged(PrinterState.OFFLINE, BUG)))

    def _refuse_waiting(self) -> None:
        while not self._jobs.empty():
            self._refuse(self._jobs.get_nowait(), NoPrinter("the kiosk is closing"))

    def _refuse(self, work: _Work, outcome: PrintOutcome) -> None:
        if isinstance(work, _Job):
            self._post(SlipPrinted(work.job_id, outcome))

    def _say(self, changed: PrinterChanged) -> None:
        if changed != self._said:
            self._said = changed
            self._post(changed)


def _guarded(call: Callable[[], T], otherwise: T) -> T:
    """A bug must not end the printer's thread, nor leave a slip without its answer."""
    try:
        return call()
    except Exception as error:
        _log_bug(error)
        return otherwise


def _log_bug(error: Exception) -> None:
    """Only type and place: the message may hold a slip's words."""
    log.error("printer: %s\n%s", type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
