"""Making this machine one of the hub's kiosks: the key is made here, only its public half leaves."""

from dataclasses import dataclass
from pathlib import Path

from kiosk.domain.outcomes import Refused, Unreachable
from kiosk.offline import identity, kiosk_key, lock, recalling
from kiosk.offline.marks import Marks
from kiosk.offline.numbers import Numbers
from kiosk.offline.opening import Memory, open_memory
from kiosk.offline.places import Places
from kiosk.services.enrolling import Approved
from kiosk.services.hub_clock import HubClock
from kiosk.uplink.first_contact import approved
from kiosk.uplink.hub_client import HubClient


@dataclass(frozen=True, slots=True)
class Enrolled:
    kiosk: str


@dataclass(frozen=True, slots=True)
class NotEnrolled:
    """``why``: what happened and what to do, in English, one line."""

    why: str


def enrol(data: Path, hub: str, ca_pem: str, code: str) -> Enrolled | NotEnrolled:
    """Uses the one-use ``code``; an already enrolled folder keeps its key and gets a new name and numbers."""
    places = Places(data)
    places.make()
    held = lock.take(places.lock)
    if isinstance(held, lock.InUse):
        return NotEnrolled(f"{data} is in use by process {held.pid}; stop that kiosk first")
    try:
        return enrol_owned(data, hub, ca_pem, code)
    finally:
        held.release()


def enrol_owned(data: Path, hub: str, ca_pem: str, code: str) -> Enrolled | NotEnrolled:
    """As ``enrol``, for a process that holds the folder's lock already."""
    key = kiosk_key.load_or_make(Places(data).key)
    if isinstance(key, kiosk_key.KeyUnreadable):
        return NotEnrolled(f"{key.path} is not a key; move it away and enrol again")
    client = HubClient(hub, ca_pem, HubClock())
    try:
        answer = client.enrol(code, key.public)
    finally:
        client.close()
    match answer:
        case Refused(reason, _):
            return NotEnrolled(f"the hub refused the code ({reason}); get a new one")
        case Unreachable(why):
            return NotEnrolled(f"the hub at {hub} was not reached ({why.value}); check address and CA")
    found = approved(answer, ca_pem)
    if isinstance(found, Unreachable):
        return NotEnrolled(f"the hub at {hub} gave no numbers; ask whoever looks after it")
    return keep_enrolment(data, hub, found)


def keep_enrolment(data: Path, hub: str, answer: Approved) -> Enrolled | NotEnrolled:
    """Writes down who this kiosk is from now on, its name last. What it still had under another name stays in its
    queue: sent, the hub says what becomes of it. The caller holds the folder's lock."""
    places = Places(data)
    key = kiosk_key.load_or_make(places.key)
    if isinstance(key, kiosk_key.KeyUnreadable):
        return NotEnrolled(f"{key.path} is not a key; move it away and enrol again")
    opened = open_memory(places, key)
    if not isinstance(opened, Memory):
        return NotEnrolled(f"{places.database} cannot be used: {opened}")
    try:
        with opened.database.transaction() as connection:
            recalling.burn_others(connection, [])  # of its name before: the hub takes them from that name only
            Numbers.add(connection, answer.block)
        records = recalling.records_of(opened.database.connection, Marks(key.marks_key))
        if records is not None:
            opened.copy.write_anew(records)
        identity.keep(places.identity, identity.named(answer.kiosk, hub, answer.ca, answer.hub_keys))
        return Enrolled(answer.kiosk)
    finally:
        opened.close()
