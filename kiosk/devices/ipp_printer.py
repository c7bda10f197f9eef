"""A printer that speaks IPP, by itself or as a CUPS queue. Every question is a connection of its own.

"Printed" is said when the job itself says it is completed. A printer that was switched off keeps its job "processing"
without a reason for ever, so the deadline is ours; a job that did not end well is cancelled, and what is left of an
earlier one (a kiosk that was killed) is cancelled before the next slip.
"""

from __future__ import annotations

import contextlib
import http.client
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from kiosk.deadline import Deadline
from kiosk.devices import ipp_wire as ipp
from kiosk.devices.receipt_fonts import Fonts, FontsMissing, find_fonts
from kiosk.domain.devices import Paper, PrinterChanged, PrinterState
from kiosk.domain.outcomes import NoPaper, NoPrinter, Printed, PrintOutcome, PrintUnknown

if TYPE_CHECKING:
    from kiosk.domain.receipts import Slip

Attributes = dict[str, ipp.Value | list[str]]

PDF = "application/pdf"
JOB_NAME = "slip"  # never a person's name: queues show it
DEFAULT_PORT = 631
_CANCELED, _ABORTED, _COMPLETED = 7, 8, 9  # job-state
_STOPPED = 5  # printer-state
_HEADERS = {"Content-Type": "application/ipp", "Connection": "close"}
_OUT = ("media-empty", "media-needed")
_LOW = ("media-low",)
#: What keeps a printer from printing, by the reason's beginning: how grave it calls it differs from brand to brand.
_BLOCKED = ("cover-open", "door-open", "interlock-open", "media-jam", "marker-supply-empty", "toner-empty", "shutdown")
_ASKED = [
    "printer-state",
    "printer-state-reasons",
    "printer-is-accepting-jobs",
    "document-format-supported",
    "device-uri",
]
#: Ways on which a queue of CUPS follows a job to its end.
_FOLLOWED = ("ipp:", "ipps:", "dnssd:", "implicitclass:")


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds. ``job`` is everything from the first question to the answer, cancelling included."""

    answer: float = 4.0  # to one question
    page: float = 15.0  # to the one that carries the slip
    look: float = 0.5  # between looks at a job, and between tries of a busy printer
    cancel: float = 4.0
    job: float = 45.0


@dataclass(frozen=True, slots=True)
class Seen:
    """The printer as it says it is; ``fault`` is for staff. ``tells``: a job it calls completed is on paper; a CUPS
    queue says so as soon as a printer that is not IPP has taken the bytes."""

    paper: Paper
    fault: str = ""
    tells: bool = True


class IppPrinter:
    """Used by one thread. ``uri`` is ipp://host[:port]/path; ``page`` makes the slip's PDF."""

    def __init__(
        self,
        uri: str,
        page: Callable[[Slip, Fonts], bytes],
        limits: Limits | None = None,
        fonts: Callable[[], Fonts | FontsMissing] = find_fonts,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._uri, self._page = uri, page
        self._limits = limits or Limits()
        self._find_fonts = fonts
        self._fonts: Fonts | FontsMissing | None = None
        self._now, self._sleep = now, sleep
        self._user = f"kiosk-{socket.gethostname()}"  # jobs of other machines are left alone
        self._to_cancel = True  # a job of a kiosk that was killed may still be there

    def warm(self) -> None:
        self._loaded_fonts()

    def state(self) -> PrinterChanged:
        fonts = self._loaded_fonts()
        if isinstance(fonts, FontsMissing):
            return PrinterChanged(PrinterState.OFFLINE, fonts.detail)
        try:
            if self._to_cancel:  # before somebody puts in paper, or switches it on again
                self._to_cancel = not self._cancel_all()
            seen = self._look()
        except _FAILED as error:
            return PrinterChanged(PrinterState.OFFLINE, _reason(error))
        if seen.paper is Paper.OUT:
            return PrinterChanged(PrinterState.NO_PAPER, seen.fault)
        if seen.fault:
            return PrinterChanged(PrinterState.OFFLINE, seen.fault)
        return PrinterChanged(PrinterState.PAPER_LOW if seen.paper is Paper.LOW else PrinterState.READY)

    def print(self, slip: Slip) -> PrintOutcome:
        """Prints one slip; at most ``job`` seconds."""
        fonts = self._loaded_fonts()
        if isinstance(fonts, FontsMissing):
            return NoPrinter(fonts.detail)
        until = self._now() + self._limits.job - self._limits.cancel
        document = self._page(slip, fonts)
        fonts.close()
        try:
            if not self._cancel_all():
                return NoPrinter("an earlier job cannot be cancelled")
            seen = self._look()
        except _FAILED as error:
            return NoPrinter(_reason(error))
        if seen.paper is Paper.OUT or seen.fault:
            return NoPaper() if seen.paper is Paper.OUT else NoPrinter(seen.fault)
        return self._send(document, until)

    def _send(self, document: bytes, until: float) -> PrintOutcome:
        self._to_cancel = True
        try:
            while True:
                said = self._ask(ipp.PRINT_JOB, {"job-name": JOB_NAME, "document-format": PDF}, document)
                if said.status != ipp.BUSY:
                    break
                if self._now() >= until:
                    return NoPrinter("busy")
                self._sleep(self._limits.look)
        except _FAILED as error:  # it may have taken the slip all the same
            return self._given_up(PrintUnknown(_reason(error)))
        job = said.number("job-id")
        if not said.good or not job:
            return NoPrinter(f"refused, status {said.status:#06x}")
        return self._follow(job, until)

    def _follow(self, job: int, until: float) -> PrintOutcome:
        """Until the job has ended, or the paper, or the patience."""
        why: PrintOutcome = PrintUnknown("the job does not end")
        try:
            while self._now() < until:
                state = self._job_state(job)
                if state == _COMPLETED:
                    return self._completed()
                seen = self._look()
                if state in (_CANCELED, _ABORTED):
                    return NoPaper() if seen.paper is Paper.OUT else PrintUnknown("the printer ended the job")
                if seen.paper is Paper.OUT or seen.fault:
                    why = NoPaper() if seen.paper is Paper.OUT else PrintUnknown(seen.fault)
                    break
                self._sleep(self._limits.look)
        except _FAILED as error:
            why = PrintUnknown(_reason(error))
        return self._given_up(why)

    def _completed(self) -> PrintOutcome:
        self._to_cancel = False
        try:
            seen = self._look()
        except _FAILED:
            seen = Seen(Paper.OK)  # the slip is out, that is known
        if not seen.tells:
            return PrintUnknown("the queue is done with it, which says nothing about the paper")
        return Printed(paper_low=seen.paper is not Paper.OK)

    def _given_up(self, why: PrintOutcome) -> PrintOutcome:
        """Cancels what is ours. "No paper" is claimed only where the job is surely gone."""
        try:
            gone = self._cancel_all()
        except _FAILED:
            gone = False
        self._to_cancel = not gone
        return why if gone or isinstance(why, PrintUnknown) else PrintUnknown("the job cannot be cancelled")

    def _cancel_all(self) -> bool:
        """Every job of this machine that has not ended; False where one is still there when time is up."""
        until = self._now() + self._limits.cancel
        while True:
            asked: Attributes = {"which-jobs": "not-completed", "my-jobs": True, "requested-attributes": ["job-id"]}
            said = self._ask(ipp.GET_JOBS, asked)
            if not said.good:  # it did not say that there is none
                raise ipp.BadAnswerError(f"Get-Jobs status {said.status:#06x}")
            left = [job for job in said.every("job-id") if isinstance(job, int)]
            if not left:
                return True
            if self._now() >= until:
                return False
            for job in left:
                self._ask(ipp.CANCEL_JOB, {"job-id": job})
            self._sleep(self._limits.look / 5)

    def _job_state(self, job: int) -> int:
        said = self._ask(ipp.GET_JOB, {"job-id": job, "requested-attributes": ["job-state"]})
        return said.number("job-state")

    def _look(self) -> Seen:
        said = self._ask(ipp.GET_PRINTER, {"requested-attributes": _ASKED})
        reasons = [reason for reason in said.texts("printer-state-reasons") if reason != "none"]
        tells = all(uri.startswith(_FOLLOWED) for uri in said.texts("device-uri"))
        low = any(reason.startswith(_LOW) for reason in reasons)
        if any(reason.startswith(_OUT) for reason in reasons):
            return Seen(Paper.OUT, tells=tells)
        paper = Paper.LOW if low else Paper.OK
        if blocked := [reason for reason in reasons if reason.startswith(_BLOCKED)]:
            return Seen(paper, ", ".join(blocked), tells)
        if not said.good:
            return Seen(paper, f"status {said.status:#06x}", tells)
        if said.number("printer-state") == _STOPPED:
            return Seen(paper, ", ".join(reasons) or "stopped", tells)
        if said.of("printer-is-accepting-jobs") == [False]:
            return Seen(paper, "takes no jobs", tells)
        return Seen(paper, "" if PDF in said.texts("document-format-supported") else "takes no PDF", tells)

    def _ask(self, operation: int, attributes: Attributes, document: bytes = b"") -> ipp.Answer:
        where = urlsplit(self._uri)
        line = http.client.HTTPConnection(where.hostname or "", where.port or DEFAULT_PORT, timeout=self._limits.answer)
        job = {"job-id": attributes.pop("job-id")} if "job-id" in attributes else {}
        body = ipp.request(operation, self._uri, job | {"requesting-user-name": self._user} | attributes, document)
        with Deadline(self._limits.page if document else self._limits.answer) as deadline, contextlib.closing(line):
            try:
                line.connect()
                deadline.watch(line.sock)
                line.request("POST", where.path or "/", body, _HEADERS)
                answer = line.getresponse()
                data = answer.read(ipp.MAX_ANSWER)
            except _FAILED as error:
                if deadline.is_over:
                    raise TimeoutError("timed out") from error
                raise
        if answer.status != http.client.OK:
            raise http.client.HTTPException(f"HTTP {answer.status}")
        return ipp.answer(data)

    def _loaded_fonts(self) -> Fonts | FontsMissing:
        if not isinstance(self._fonts, Fonts):
            self._fonts = self._find_fonts()
        return self._fonts


_FAILED = (OSError, http.client.HTTPException, ipp.BadAnswerError)


def _reason(error: BaseException) -> str:
    """For staff; never anything of the slip."""
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
