"""``kiosk drill``: the real enqueue path without a window, for kill tests and for admins who want to see it work."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from kiosk.domain.drafts import TicketDraft
from kiosk.domain.language import Language
from kiosk.domain.outcomes import NotSaved, Saved, SaveOutcome
from kiosk.domain.references import ALPHABET, HIGHEST_COUNTER, NumberBlock
from kiosk.offline import identity, kiosk_key, lock
from kiosk.offline.boot import DiskRefuses, TooNew
from kiosk.offline.kiosk_key import KeyUnreadable
from kiosk.offline.lock import InUse
from kiosk.offline.opening import Memory, open_memory
from kiosk.offline.outbox import Outbox
from kiosk.offline.places import Places
from kiosk.offline.sealer import Sealer
from kiosk.services.hub_clock import HubClock
from kiosk.wire.envelope import HubKey

#: Name of a kiosk that was never enrolled; no hub takes its operations.
DRILL_KIOSK = "drill"
_CODES = tuple(f"{letter}{digits:02d}" for letter in ALPHABET for digits in range(100))


@dataclass(frozen=True, slots=True)
class NotDrilled:
    """Nothing was enqueued; ``why`` in English, one line."""

    why: str


@dataclass(frozen=True, slots=True)
class Drilled:
    acked: int
    refused: int


Enqueue = Callable[[TicketDraft], SaveOutcome]
Say = Callable[[str], None]


def drill(
    folder: Path, hub_key_file: Path, count: int, say: Say = lambda line: print(line, flush=True)
) -> Drilled | NotDrilled:
    """Enqueues ``count`` reports sealed to the key in ``hub_key_file`` (JSON ``{"id", "public"}``). ``say`` gets
    ``ACK op_id`` after each commit, ``REFUSED reason`` otherwise. A new folder gets a key and numbers of its own."""
    try:
        hub_key = msgspec.json.decode(hub_key_file.read_bytes(), type=HubKey)
    except (OSError, msgspec.DecodeError) as error:
        return NotDrilled(f"{hub_key_file}: {error}")
    places = Places(folder)
    places.make()
    held = lock.take(places.lock)
    if isinstance(held, InUse):
        return NotDrilled(f"{folder} is in use by process {held.pid}")
    try:
        outbox = _outbox(places, hub_key)
        if isinstance(outbox, NotDrilled):
            return outbox
        try:
            return run(outbox.enqueue, count, say)
        finally:
            outbox.close()
    finally:
        held.release()


def run(enqueue: Enqueue, count: int, say: Say) -> Drilled:
    """``enqueue`` is a parameter so that a test can plant the bug this drill exists to catch."""
    acked = refused = 0
    for number in range(count):
        match enqueue(_report(number)):
            case Saved(op_id):
                acked += 1
                say(f"ACK {op_id}")
            case NotSaved(reason, _):
                refused += 1
                say(f"REFUSED {reason.value}")
    return Drilled(acked, refused)


def _outbox(places: Places, hub_key: HubKey) -> Outbox | NotDrilled:
    key = kiosk_key.load_or_make(places.key)
    if isinstance(key, KeyUnreadable):
        return NotDrilled(f"{key.path} is not a key; enrol this kiosk again")
    match open_memory(places, key):
        case TooNew(migrations):
            return NotDrilled(f"{places.database} was written by a newer version: {', '.join(migrations)}")
        case DiskRefuses(why):
            return NotDrilled(f"{places.database}: {why.value}")
        case Memory(database, copy):
            database.grow_log()
            enrolled = identity.load(places.identity)
            sealer = Sealer(enrolled.kiosk if enrolled else DRILL_KIOSK, key, lambda: hub_key)
            outbox = Outbox(database, sealer, HubClock(), copy)
            if enrolled is None and outbox.numbers_left() == 0:
                _own_numbers(outbox)
            return outbox


def _own_numbers(outbox: Outbox) -> None:
    """The first kiosk code this folder has not used up."""
    for code in _CODES:
        outbox.add_numbers(NumberBlock.fresh(code, 1, HIGHEST_COUNTER))
        if outbox.numbers_left():
            return


def _report(number: int) -> TicketDraft:
    return TicketDraft(Language.ZH, service="network", symptom="", note=f"drill {number}")
