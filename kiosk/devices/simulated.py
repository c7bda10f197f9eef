"""A card reader without a plug, for demonstration and tours: the same events in the same order as the real one."""

import threading
from collections.abc import Callable

from kiosk.devices.card_profiles import uid_claim
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

READER_NAME = "simulated"


class SimulatedReader:
    """Cards are tapped by calls, from any thread. Without a ready reader a card does nothing, as in real life."""

    def __init__(self, post: Callable[[ReaderEvent], None]) -> None:
        self._post = post
        self._lock = threading.Lock()
        self._state = ReaderState.READY
        self._started = False
        self._card_lies = False

    def start(self) -> None:
        with self._lock:
            self._started = True
            self._say()

    def stop(self) -> None:
        with self._lock:
            self._end_card()
            self._started = False

    def tap(self, uid: str) -> None:
        """Lay down a card with this UID in hex; a card already there is taken away first.

        A text that is no UID of 4, 7 or 10 bytes is read as ``NOT_A_CAMPUS_CARD``.
        """
        self._lay_down(_claim(uid))

    def fail(self, why: CardTrouble) -> None:
        """Lay down a card that cannot be read."""
        self._lay_down(why)

    def remove(self) -> None:
        """Take the card away; nothing happens when none lies there."""
        with self._lock:
            self._end_card()

    def set_state(self, state: ReaderState) -> None:
        """Plug in, unplug, stop or start the service. Losing the reader ends the card."""
        with self._lock:
            if state is not self._state:
                self._end_card()
                self._state = state
                if self._started:
                    self._say()

    def _lay_down(self, found: CardClaim | CardTrouble) -> None:
        with self._lock:
            if not self._started or self._state is not ReaderState.READY:
                return
            self._end_card()
            self._card_lies = True
            self._post(CardReading())
            self._post(CardRead(found) if isinstance(found, CardClaim) else CardFailed(found))

    def _end_card(self) -> None:
        if self._card_lies:
            self._card_lies = False
            self._post(CardRemoved())

    def _say(self) -> None:
        self._post(ReaderChanged(self._state, READER_NAME if self._state is ReaderState.READY else ""))


def _claim(uid: str) -> CardClaim | CardTrouble:
    try:
        return uid_claim(bytes.fromhex(uid))
    except ValueError:
        return CardTrouble.NOT_A_CAMPUS_CARD
