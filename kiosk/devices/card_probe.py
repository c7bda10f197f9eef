"""Looks at the card on the reader, beside a running kiosk: what it is, and what every profile makes of it."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial

from kiosk.devices.apdu import Response, converse
from kiosk.devices.card_names import name_of
from kiosk.devices.card_profiles import GET_UID, CardProfile, Found, is_random
from kiosk.devices.pcsc import Card, Pcsc, PcscError

LAY_SECONDS = 60.0  # how long somebody may take to lay a card down
ANSWER_SECONDS = 10.0  # all profiles together; PC/SC itself waits for ever
_LOOK_SECONDS = 0.5


class NotProbed(StrEnum):
    """Why there is nothing to say about a card."""

    NO_SERVICE = "no_service"
    NO_READER = "no_reader"
    NO_CARD = "no_card"
    NO_ANSWER = "no_answer"  # pulled, mute


@dataclass(frozen=True, slots=True)
class Probed:
    """``found``: one for each profile; the first that is not ``None`` is what a kiosk goes by."""

    reader: str
    atr: bytes
    name: str
    uid: bytes
    found: tuple[Found, ...]

    @property
    def has_random_uid(self) -> bool:
        return is_random(self.uid)

    @property
    def counts(self) -> int | None:
        """Index of the profile that decides."""
        return next((index for index, found in enumerate(self.found) if found is not None), None)


def probe(reader: str, profiles: Sequence[CardProfile], waiting: Callable[[str], None]) -> Probed | NotProbed:
    """``reader``: part of its name; ``waiting`` is told which one a card has to be laid on, where none lies there."""
    pcsc = Pcsc.open()
    if isinstance(pcsc, PcscError):
        return NotProbed.NO_SERVICE
    try:
        names = pcsc.readers()
        if isinstance(names, PcscError):
            return NotProbed.NO_SERVICE
        name = next((name for name in names if reader.casefold() in name.casefold()), "")
        if not name:
            return NotProbed.NO_READER
        if not _lies(pcsc, name, waiting):
            return NotProbed.NO_CARD
    finally:
        pcsc.close()
    return _answered(name, profiles)


def _lies(pcsc: Pcsc, name: str, waiting: Callable[[str], None]) -> bool:
    deadline = time.monotonic() + LAY_SECONDS
    seen = pcsc.look(name)
    if not isinstance(seen, PcscError) and not seen.present:
        waiting(name)
    while not isinstance(seen, PcscError) and not seen.present and time.monotonic() < deadline:
        pcsc.wait(name, seen, _LOOK_SECONDS)
        seen = pcsc.look(name)
    return not isinstance(seen, PcscError) and seen.present


def _answered(name: str, profiles: Sequence[CardProfile]) -> Probed | NotProbed:
    """On a thread of its own: a mute card keeps it until it is pulled."""
    outcome: list[Probed] = []

    def ask() -> None:
        pcsc = Pcsc.open()
        if isinstance(pcsc, PcscError):
            return
        try:
            card = pcsc.connect(name)
            if not isinstance(card, PcscError):
                try:
                    outcome.extend(_asked(name, card, profiles))
                finally:
                    card.close()
        finally:
            pcsc.close()

    thread = threading.Thread(target=ask, name="card-probe", daemon=True)
    thread.start()
    thread.join(ANSWER_SECONDS)
    return outcome[0] if outcome else NotProbed.NO_ANSWER


def _asked(name: str, card: Card, profiles: Sequence[CardProfile]) -> list[Probed]:
    atr = card.atr()
    if atr is None:
        return []
    ask = partial(converse, card.transmit)
    uid = ask(GET_UID)
    known = uid.data if isinstance(uid, Response) and uid.ok else b""
    return [Probed(name, atr, name_of(atr, ask), known, tuple(profile.read(ask, atr) for profile in profiles))]
