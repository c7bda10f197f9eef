"""Reading one card on an own thread, because PC/SC's connect and transmit may block for ever."""

import threading
from collections.abc import Sequence
from functools import partial

from kiosk.devices.apdu import converse
from kiosk.devices.card_profiles import CardProfile, read_card
from kiosk.devices.pcsc import Pcsc, PcscError
from kiosk.domain.devices import CardTrouble
from kiosk.domain.identity import CardClaim

READ_TRIES = 10  # within a second: a card moving into the field fails for a while, some drivers miss a quick swap
TRY_GAP_SECONDS = 0.1


class ReadAttempt:
    """One card, read at most ``READ_TRIES`` times. ``outcome`` is ``None`` until the thread has finished.

    A mute card keeps the thread until it is pulled; whoever started the attempt gives up by ``abandon``.
    """

    def __init__(self, reader: str, profiles: Sequence[CardProfile]) -> None:
        self._reader = reader
        self._profiles = profiles
        self._abandoned = threading.Event()
        self._finished = threading.Event()
        self._outcome: CardClaim | CardTrouble = CardTrouble.UNREADABLE
        self._thread = threading.Thread(target=self._run, name="card-read", daemon=True)

    def start(self) -> "ReadAttempt":
        self._thread.start()
        return self

    @property
    def alive(self) -> bool:
        return self._thread.is_alive()

    def outcome(self, seconds: float) -> CardClaim | CardTrouble | None:
        """The outcome, waiting at most ``seconds`` for it."""
        return self._outcome if self._finished.wait(seconds) else None

    def abandon(self) -> None:
        """Nobody waits any more: no further try, the outcome is dropped."""
        self._abandoned.set()

    def _run(self) -> None:
        try:
            for _ in range(READ_TRIES):
                self._try_once()
                if self._finished.is_set() or self._abandoned.wait(TRY_GAP_SECONDS):
                    return
        finally:
            self._finished.set()

    def _try_once(self) -> None:
        pcsc = Pcsc.open()
        if isinstance(pcsc, PcscError):
            return
        try:
            card = pcsc.connect(self._reader)
            if isinstance(card, PcscError):
                return
            try:
                atr = card.atr()
                if atr is None:
                    return
                self._outcome = read_card(self._profiles, partial(converse, card.transmit), atr)
                if self._outcome is not CardTrouble.UNREADABLE:
                    self._finished.set()  # before letting go, which talks to the service again
            finally:
                card.close()
        finally:
            pcsc.close()
