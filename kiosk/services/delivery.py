"""Sends what waits in the outbox, in order per aggregate, as often as it takes; the operation id makes it once.

This is the single layer that tries again, and it waits with full jitter in two places. The line: after a failure one
operation is tried now and then, not each of them. The operation: one the hub chokes on (5xx) waits for itself, so
that the others pass it; a dead line costs an operation no wait of its own, so all go when it is back.

While answers come, twice as many go together as before, up to MOST_TOGETHER in one request; after a request without an
answer half as many, down to one. So a long queue is sent fast, and a slow line still carries something. A hub that has
enough to do says so, and is left in peace for a while, longer each time.
"""

from collections.abc import Callable

from kiosk.domain.operations import OpId
from kiosk.domain.outcomes import (
    ActTaken,
    FeedbackTaken,
    FoundTaken,
    LossTaken,
    MeTooTaken,
    Refused,
    Taken,
    TicketAccepted,
    Unreachable,
    Unreached,
)
from kiosk.domain.parcels import MOST_TOGETHER, Parcel, packed
from kiosk.domain.references import NumberBlock
from kiosk.services.back_off import BackOff
from kiosk.services.hub_requests import (
    Deliver,
    DeliveredTogether,
    DeliverTogether,
    FetchNumbers,
    HubAnswered,
    HubOutcome,
)
from kiosk.services.ports import Clock, Hub, Outbox

#: Most requests with operations under way at once: a visitor's own request must find the hub's queue nearly empty.
MOST_UNDER_WAY = 4
OPERATION_BACK_OFF = BackOff(base=4.0, cap=900.0)
LINE_BACK_OFF = BackOff(base=1.0, cap=30.0)
#: Seconds after which an answer is not waited for any more; it may still come and is then taken.
ANSWER_WITHIN = 60.0
#: Seconds between two looks at what may be thrown away.
TIDY_EVERY = 3600.0


class Delivery:
    """Runs on the worker: ``beat`` when idle, ``kick`` when something was just saved, ``answered`` for every answer
    of the hub, also those to other services, because each tells whether the line is up."""

    def __init__(self, outbox: Outbox, hub: Hub, clock: Clock, random: Callable[[], float]) -> None:
        self._outbox = outbox
        self._hub = hub
        self._clock = clock
        self._random = random
        self._under_way: dict[str, float] = {}  # by the first operation of the request
        self._together, self._most_together, self._busy = 1, MOST_TOGETHER, 0
        self._choked: dict[str, int] = {}
        self._numbers_asked_at: float | None = None
        self._line_failures = 0
        self._quiet_until = clock.monotonic()
        self._tidy_at = clock.monotonic()

    def beat(self) -> None:
        now = self._clock.monotonic()
        if now >= self._tidy_at:
            self._tidy_at = now + TIDY_EVERY
            self._outbox.forget_settled()
        if now >= self._quiet_until:
            self._send()

    def kick(self) -> None:
        """Tries now, however long the line has been silent: somebody stands there and waits, or the line is back."""
        self._quiet_until = self._clock.monotonic()
        self._send()

    def answered(self, answer: HubAnswered) -> None:
        self._note_line(answer.outcome)
        match answer.request:
            case Deliver(parcel):
                self._under_way.pop(parcel.op_id.value, None)
                self._close(parcel, answer.outcome)
                self._go_by(answer.outcome)
            case DeliverTogether(parcels):
                self._under_way.pop(parcels[0].op_id.value, None)
                self._close_all(parcels, answer.outcome)
                self._go_by(answer.outcome)
            case FetchNumbers():
                if isinstance(answer.outcome, NumberBlock):  # else it is asked for again, but not at once
                    self._numbers_asked_at = None
                    self._outbox.add_numbers(answer.outcome)
        if self._clock.monotonic() >= self._quiet_until:
            self._send()

    def _send(self) -> None:
        self._ask_numbers()
        given_up = self._clock.monotonic() - ANSWER_WITHIN
        self._under_way = {op_id: since for op_id, since in self._under_way.items() if since > given_up}
        room = (1 if self._line_failures else MOST_UNDER_WAY) - len(self._under_way)
        if room <= 0:
            return
        together = 1 if self._line_failures else self._together
        for parcels in packed(self._outbox.take_due(room * together), together):
            if self._hub.ask(DeliverTogether(parcels) if len(parcels) > 1 else Deliver(parcels[0])):
                self._under_way[parcels[0].op_id.value] = self._clock.monotonic()
            else:
                self._again(parcels, Unreached.TIMED_OUT)

    def _ask_numbers(self) -> None:
        now = self._clock.monotonic()
        if self._numbers_asked_at is not None and now - self._numbers_asked_at < ANSWER_WITHIN:
            return
        wanted = self._outbox.numbers_wanted()
        if wanted is not None and self._hub.ask(FetchNumbers(wanted)):
            self._numbers_asked_at = now

    def _close_all(self, parcels: tuple[Parcel, ...], outcome: HubOutcome) -> None:
        match outcome:
            case DeliveredTogether(outcomes):
                self._busy = 0
                taken: list[tuple[OpId, Taken]] = []
                for parcel, one in zip(parcels, outcomes, strict=True):
                    if isinstance(one, Refused | Unreachable):
                        self._close(parcel, one, line_is_up=True)
                    else:
                        self._choked.pop(parcel.op_id.value, None)
                        self._look_at_number(parcel, one)
                        taken.append((parcel.op_id, one))
                self._outbox.settle_all(taken)
            case Refused():  # of going together, not of what went
                self._most_together = 1
                self._again(parcels, Unreached.HUB_ERROR)
            case Unreachable():
                self._again(parcels, outcome.why)
                if outcome.by_hub:
                    self._busy += 1
                    wait = max(LINE_BACK_OFF.wait(self._busy, self._random), outcome.retry_after)
                    self._quiet_until = self._clock.monotonic() + wait
            case _:
                raise TypeError(f"not an answer to a delivery: {type(outcome).__name__}")

    def _again(self, parcels: tuple[Parcel, ...], why: Unreached) -> None:
        self._outbox.retry_all([parcel.op_id for parcel in parcels], why, 0.0)

    def _go_by(self, outcome: HubOutcome) -> None:
        if isinstance(outcome, Unreachable):
            self._together = max(1, self._together // (1 if outcome.by_hub else 2))
        else:
            self._together = min(self._together * 2, self._most_together)

    def _close(self, parcel: Parcel, outcome: HubOutcome, *, line_is_up: bool = False) -> None:
        if not isinstance(outcome, Unreachable):
            self._choked.pop(parcel.op_id.value, None)
        match outcome:
            case TicketAccepted() | LossTaken() | FoundTaken() | FeedbackTaken() | MeTooTaken() | ActTaken():
                self._look_at_number(parcel, outcome)
                self._outbox.settle(parcel.op_id, outcome)
            case Refused():
                self._outbox.bury(parcel.op_id, outcome)
            case Unreachable():
                wait = self._own_wait(parcel.op_id, outcome) if line_is_up or _is_its_own(outcome) else 0.0
                self._outbox.retry(parcel.op_id, outcome.why, wait)
            case _:
                raise TypeError(f"not an answer to a delivery: {type(outcome).__name__}")

    def _look_at_number(self, parcel: Parcel, outcome: Taken) -> None:
        """Where the hub gave another number, this kiosk gives numbers that were given before."""
        if isinstance(outcome, TicketAccepted | LossTaken) and outcome.reference != parcel.aggregate:
            self._outbox.doubt_numbers()

    def _own_wait(self, op_id: OpId, failure: Unreachable) -> float:
        times = self._choked.get(op_id.value, 0) + 1
        self._choked[op_id.value] = times
        return max(OPERATION_BACK_OFF.wait(times, self._random), failure.retry_after)

    def _note_line(self, outcome: HubOutcome) -> None:
        if not isinstance(outcome, Unreachable) or outcome.by_hub:
            self._line_failures = 0
            self._quiet_until = self._clock.monotonic()
            return
        self._line_failures += 1
        wait = LINE_BACK_OFF.wait(self._line_failures, self._random)
        self._quiet_until = self._clock.monotonic() + max(wait, outcome.retry_after)


def _is_its_own(failure: Unreachable) -> bool:
    """The hub choked on this operation; anything else is the line's, which waits for all."""
    return failure.why is Unreached.HUB_ERROR
