"""Handing a report in: committed first, then sent, then said; a slip is printed once its truth is settled.

The visitor waits for the hub only briefly: what is committed is safe, and an answer that comes later changes the
strip, never a slip that was printed.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from kiosk.domain.drafts import TicketDraft
from kiosk.domain.outcomes import NotSaved, Refused, Saved, TicketAccepted
from kiosk.domain.text import Text
from kiosk.services.done_page import done_page
from kiosk.services.finish import Finish
from kiosk.services.flow import Flow
from kiosk.services.hub_requests import Deliver, HubAnswered
from kiosk.services.ports import Outbox
from kiosk.services.results import Kept, Result, Told, Waiting
from kiosk.services.session import Session
from kiosk.services.slips import slip
from kiosk.services.unsent import Matter, UnsentReports
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
    saved: Waiting
    told: Told
    since: float

    @property
    def reference(self) -> str:
        return self.saved.reference


class Submission(Flow):
    """One report at a time. ``result`` is what the done page shows; ``None`` before the first one of a visit."""

    def __init__(self, session: Session, outbox: Outbox, sender: Sender, finish: Finish) -> None:
        self._session, self._outbox, self._sender, self._finish = session, outbox, sender, finish
        self.unsent = UnsentReports()
        self._pending: _Pending | None = None
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
            case Saved(op_id, reference, on_paper):
                matter = Matter(draft.service, draft.symptom, Text(told.place_zh, told.place_en))
                self.unsent.remember(op_id, draft.claim, reference, self.handed_in, matter)
                self._pending = _Pending(op_id, Waiting(reference, on_paper), told, self._session.clock.monotonic())
                self._sender.kick()
                if not self._session.online:
                    self._stop_waiting()

    def take(self, answer: HubAnswered) -> bool:
        """The hub's answer to any delivery; only the one this visitor waits for is shown."""
        self.unsent.answered(answer)
        pending, outcome = self._pending, answer.outcome
        if not isinstance(answer.request, Deliver) or pending is None:
            return False
        if answer.request.parcel.op_id.value != pending.op_id:
            return False
        match outcome:
            case TicketAccepted():
                self._settle(Result(pending.told, outcome))
            case Refused():
                self._settle(Result(pending.told, Kept(pending.reference)))
            case _:
                self._stop_waiting()
        return True

    def beat(self) -> None:
        if self._pending and self._session.clock.monotonic() - self._pending.since >= WAIT_FOR_HUB:
            self._stop_waiting()

    def forget(self) -> None:
        """The visitor has gone: what was handed in stays handed in, nothing of it stays on the screen."""
        self._pending = None
        self.result = None

    def _stop_waiting(self) -> None:
        assert self._pending is not None
        self._settle(Result(self._pending.told, self._pending.saved))

    def _settle(self, result: Result) -> None:
        self._pending, self.result = None, result
        session, handed_in = self._session, self.handed_in
        printed = None if isinstance(result.outcome, NotSaved) else slip(session, result, handed_in)
        self._finish.show(
            lambda outcome: done_page(session, replace(result, slip=outcome), handed_in),
            printed,
            self._again,
            only_proof=not isinstance(result.outcome, TicketAccepted),
        )

    def _again(self) -> None:
        """Something else; what was not saved is still filled in and can be tried once more."""
        if self.result is not None and self.result.reference:
            self._session.home()
        else:
            self._session.pages[:] = [Screen.HOME, Screen.CATEGORY, Screen.DETAILS]
        self.result = None
