"""What a card reader posted, waited for with a deadline, and the order it must always keep."""

import threading
import time
from collections.abc import Sequence

from kiosk.domain.devices import (
    CardFailed,
    CardRead,
    CardReading,
    CardRemoved,
    CardTrouble,
    ReaderChanged,
    ReaderEvent,
    ReaderState,
)
from kiosk.domain.identity import CardClaim
from kiosk.domain.people import CardUid
from tests.patience import PATIENCE

#: Seconds of a SlowClock that pass in one: a reader calls a card mute after a minute and a half.
SLOW = 1 / 60


class SlowClock:
    """For a reader: no machine is so busy that a card is mute by it, until a test about mute cards sets ``pace``."""

    def __init__(self) -> None:
        self.pace, self._now, self._looked = SLOW, 0.0, time.monotonic()

    def __call__(self) -> float:
        looked = time.monotonic()
        self._now += (looked - self._looked) * self.pace
        self._looked = looked
        return self._now


class CardLog:
    """Give ``post`` to a reader; then wait for events in the order they must come."""

    def __init__(self) -> None:
        self.events: list[ReaderEvent] = []
        self._changed = threading.Condition()
        self._next = 0

    def post(self, event: ReaderEvent) -> None:
        with self._changed:
            self.events.append(event)
            self._changed.notify_all()

    def expect(self, *wanted: ReaderEvent) -> None:
        """The very next events are these."""
        for event in wanted:
            self._await(self._next + 1, event)
            assert self.events[self._next] == event, f"wanted {event}, got {self._story()}"
            self._next += 1

    def until(self, *wanted: ReaderEvent | type[ReaderEvent]) -> None:
        """One of these events, or of these kinds of event, comes, whatever comes before it."""
        while True:
            self._await(self._next + 1, wanted)
            self._next += 1
            event = self.events[self._next - 1]
            if event in wanted or type(event) in wanted:
                return

    def uids(self) -> list[str]:
        return [event.claim.uid.reveal() for event in self.events if isinstance(event, CardRead)]

    def _await(self, count: int, wanted: object) -> None:
        deadline = time.monotonic() + PATIENCE
        with self._changed:
            while len(self.events) < count:
                if not self._changed.wait(deadline - time.monotonic()):
                    raise AssertionError(f"{wanted} did not come after {self._story()}")

    def _story(self) -> str:
        return f"{self.events[: self._next]} then {self.events[self._next :]}"


def read(uid: str) -> CardRead:
    return CardRead(CardClaim(CardUid(uid)))


def failed(why: CardTrouble) -> CardFailed:
    return CardFailed(why)


def assert_order(events: Sequence[ReaderEvent]) -> None:
    """CardReading, one outcome, CardRemoved; the reader's state changes only between cards and only to a new one."""
    step, state = "empty", None
    for number, event in enumerate(events):
        match step, event:
            case "empty", ReaderChanged() if event != state:
                state = event
            case "empty", CardReading() if state and state.state is ReaderState.READY:
                step = "reading"
            case "reading", CardRead() | CardFailed():
                step = "lies"
            case "lies", CardRemoved():
                step = "empty"
            case _:
                raise AssertionError(f"event {number} is out of order ({step}, {state}): {list(events)}")
