"""Handing a report in: committed first, then sent, then said; a slip is printed once its truth is settled.

The visitor waits for the hub only briefly: what is committed is safe, and an answer that comes later changes the
strip, never a slip that was printed.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from kiosk.domain.devices import PrinterState
from kiosk.domain.drafts import TicketDraft
from kiosk.domain.outcomes import (
    DeliveryOutcome,
    NotSaved,
    Printed,
    PrintOutcome,
    Refused,
    Saved,
    TicketAccepted,
    Unreachable,
)
from kiosk.domain.visit_events import ContextChanged
from kiosk.domain.visit_limits import Context
from kiosk.services.ports import Outbox, SlipPrinted, SlipPrinter
from kiosk.services.results import Kept, Result, Told, Waiting
from kiosk.services.session import Session
from kiosk.services.slips import slip
from kiosk.services.views import Screen

#: How long a visitor waits for the hub's answer before the report counts as "saved here", seconds.
WAIT_FOR_HUB = 4.0
#: After this the button says that it is being sent; after SLOW that it is slower than usual, seconds.
BUSY_AFTER = 0.3
SLOW_AFTER = 2.0


class Sender(Protocol):
    """Delivery, as far as handing in needs it."""

    def kick(self) -> None:
        """Sends what is due now instead of at the next beat."""
        ...


@dataclass(slots=True)
class _Pending:
    op_id: str
    reference: str
    told: Told
    since: float


class Submission:
    """One report at a time. ``result`` is what the done page shows; ``None`` before the first one of a visit."""

    def __init__(self, session: Session, outbox: Outbox, sender: Sender, printer: SlipPrinter) -> None:
        self._session, self._outbox, self._sender, self._printer = session, outbox, sender, printer
        self._pending: _Pending | None = None
        self._job = 0
        self._job_generation = -1
        self.result: Result | None = None
        self.handed_in: datetime = session.now

    @property
    def busy(self) -> bool:
        return self._pending is not None

    def busy_text(self) -> str:
        """What the button says while the hub is asked; '' for the first moment."""
        if self._pending is None:
            return ""
        waited = self._session.clock.monotonic() - self._pending.since
        if waited < BUSY_AFTER:
            return ""
        return self._session.speak("report.slow" if waited >= SLOW_AFTER else "report.busy")

    def hand_in(self, draft: TicketDraft, told: Told) -> None:
        if self._pending is not None:
            return
        self.handed_in = self._session.now
        match self._outbox.enqueue(draft):
            case NotSaved() as not_saved:
                self._settle(Result(told, not_saved))
            case Saved(op_id, reference):
                self._pending = _Pending(op_id, reference, told, self._session.clock.monotonic())
                self._sender.kick()
                if not self._session.online:
                    self._stop_waiting()

    def answered(self, op_id: str, outcome: DeliveryOutcome) -> None:
        """The hub's answer to any delivery; only the one this visitor waits for is shown."""
        if self._pending is None or op_id != self._pending.op_id:
            return
        match outcome:
            case TicketAccepted():
                self._settle(Result(self._pending.told, outcome))
            case Refused():
                self._settle(Result(self._pending.told, Kept(self._pending.reference)))
            case Unreachable():
                self._stop_waiting()

    def beat(self) -> None:
        if self._pending and self._session.clock.monotonic() - self._pending.since >= WAIT_FOR_HUB:
            self._stop_waiting()

    def printed(self, event: SlipPrinted) -> None:
        if event.job_id != self._job or self._session.visit.generation != self._job_generation or self.result is None:
            return
        self.result = replace(self.result, slip=event.outcome)
        self._session.printer = _state_after(event.outcome, self._session.printer)
        if isinstance(event.outcome, Printed) and self._session.screen is Screen.DONE:
            self._session.happen(ContextChanged(Context.DONE_WITH_SLIP))

    def forget(self) -> None:
        """The visitor has gone: what was handed in stays handed in, nothing of it stays on the screen."""
        self._pending = None
        self.result = None

    def _stop_waiting(self) -> None:
        assert self._pending is not None
        self._settle(Result(self._pending.told, Waiting(self._pending.reference)))

    def _settle(self, result: Result) -> None:
        self._pending = None
        self.result = result
        session = self._session
        session.pages[:] = [Screen.HOME, Screen.DONE]
        session.happen(ContextChanged(Context.DONE))
        if isinstance(result.outcome, NotSaved) or session.printer is PrinterState.NONE:
            return
        self._job += 1
        self._job_generation = session.visit.generation
        self._printer.print(self._job, slip(session, result, self.handed_in))


def _state_after(outcome: PrintOutcome, before: PrinterState) -> PrinterState:
    if isinstance(outcome, Printed):
        return PrinterState.PAPER_LOW if outcome.paper_low else PrinterState.READY
    return before
