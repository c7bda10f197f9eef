"""The card reader: one thread that outlives pcscd, readers and cards, and says what it sees as values.

What it posts always follows one order: ``CardReading``, then exactly one of ``CardRead`` or ``CardFailed``, then
``CardRemoved``; a ``ReaderChanged`` never comes while a card lies there, because whatever ends the reader or the
service ends the card first.
"""

import threading
import time
from collections.abc import Callable, Sequence

from kiosk.devices.card_profiles import CardProfile, UidProfile
from kiosk.devices.pcsc import Pcsc, PcscError, Sight
from kiosk.devices.pcsc_attempt import ReadAttempt
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

RELAY_DEADLINE_SECONDS = 4.0  # where a card talks with the hub, a dozen exchanges on a slow line
CARD_DEADLINE_SECONDS = 1.5  # from the card's arrival to an outcome; PC/SC itself waits for ever
WAIT_SECONDS = 1.0  # longest sleep of the thread, and so of a stop whose wake-up came too early
GLANCE_SECONDS = 0.02  # between two looks at a card being read
PAUSE_SECONDS = 0.05  # after a wait that ended without news, so that an eager service cannot make us spin
SERVICE_RETRY_SECONDS = 0.5
STOP_SECONDS = 3.0  # how long stop() waits for the thread
MAX_STUCK_READS = 4  # threads held by mute cards; beyond that a card is called mute at once


class CardReader:
    """Watches the first reader whose name contains ``reader`` (any case; empty: the first of all).

    ``post`` is called on the reader's thread and must return at once. ``clock`` gives monotonic seconds.
    """

    def __init__(
        self,
        post: Callable[[ReaderEvent], None],
        *,
        reader: str = "",
        profiles: Sequence[CardProfile] = (UidProfile(),),
        clock: Callable[[], float] = time.monotonic,
        service_retry: float = SERVICE_RETRY_SECONDS,
        deadline: float = CARD_DEADLINE_SECONDS,
    ) -> None:
        self._post = post
        self._filter = reader.casefold()
        self._profiles = tuple(profiles)
        self._clock = clock
        self._service_retry = service_retry
        self._deadline = deadline
        self._stopping = threading.Event()
        self._pcsc: Pcsc | None = None
        self._said: ReaderChanged | None = None
        self._card: Sight | None = None  # the card that lies there, as first seen
        self._reads: list[ReadAttempt] = []  # those whose thread still lives
        self._thread = threading.Thread(target=self._run, name="card-reader", daemon=True)

    def start(self) -> None:
        """Returns at once. The first event says in what state the reader is."""
        self._thread.start()

    def stop(self) -> None:
        """Ends the thread; a card that lies there is posted as removed. Waits at most ``STOP_SECONDS``."""
        self._stopping.set()
        if (pcsc := self._pcsc) is not None:
            pcsc.cancel()
        self._thread.join(STOP_SECONDS)

    def _run(self) -> None:
        while not self._stopping.is_set():
            pcsc = Pcsc.open()
            if not isinstance(pcsc, PcscError):
                self._pcsc = pcsc
                self._serve(pcsc)
                self._pcsc = None
                pcsc.close()
            if not self._stopping.is_set():
                self._say(ReaderState.SERVICE_DOWN)
                self._stopping.wait(self._service_retry)
        self._end_card()

    def _serve(self, pcsc: Pcsc) -> None:
        """Follow readers and cards until the service fails or we stop."""
        watched, known = "", None
        while not self._stopping.is_set():
            names = pcsc.readers()
            if isinstance(names, PcscError):
                return
            name = next((name for name in names if self._filter in name.casefold()), "")
            if name != watched:
                watched, known = name, None
            self._say(ReaderState.READY if name else ReaderState.NO_READER, name)
            seen = pcsc.wait(name, known, WAIT_SECONDS)
            if isinstance(seen, PcscError):
                if not seen.reader_lost:
                    return
                self._end_card()
                watched, known = "", None
                self._stopping.wait(PAUSE_SECONDS)
            elif seen is not None:
                if seen == known:
                    self._stopping.wait(PAUSE_SECONDS)
                known = seen
                self._follow(pcsc, name, seen)

    def _follow(self, pcsc: Pcsc, reader: str, seen: Sight) -> None:
        if self._card is not None and not seen.same_card(self._card):
            self._end_card()
        if seen.present and self._card is None:
            self._card = seen
            self._post(CardReading())
            found = self._read(pcsc, reader, seen)
            self._post(CardRead(found) if isinstance(found, CardClaim) else CardFailed(found))

    def _read(self, pcsc: Pcsc, reader: str, card: Sight) -> CardClaim | CardTrouble:
        """Read on a helper thread, looking all the while whether ``card`` still lies there."""
        self._reads = [read for read in self._reads if read.alive]
        if len(self._reads) >= MAX_STUCK_READS:
            return CardTrouble.MUTE
        attempt = ReadAttempt(reader, self._profiles).start()
        self._reads.append(attempt)
        deadline = self._clock() + self._deadline
        try:
            while not self._stopping.is_set():
                found = attempt.outcome(GLANCE_SECONDS)
                now = pcsc.look(reader)
                if isinstance(now, PcscError) or not now.same_card(card):
                    return CardTrouble.UNREADABLE
                if found is not None:
                    return found
                if self._clock() >= deadline:
                    return CardTrouble.MUTE
            return CardTrouble.UNREADABLE
        finally:
            attempt.abandon()

    def _end_card(self) -> None:
        if self._card is not None:
            self._card = None
            self._post(CardRemoved())

    def _say(self, state: ReaderState, reader: str = "") -> None:
        changed = ReaderChanged(state, reader)
        if changed != self._said:
            self._end_card()
            self._said = changed
            self._post(changed)
