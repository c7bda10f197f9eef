"""A PIN is set, for the first time or anew (journeys 3), by whoever has proven who they are, and never a guessable one.

Who has forgotten theirs sets one the way a newcomer does. Other sessions of the person that rest on the old PIN end,
and the person is told on every channel.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.policy import Action, Policy
from kiosk.hub.clock import Clock
from kiosk.hub.keys import HubKeys
from kiosk.hub.logs import event
from kiosk.hub.ports import Notices, Told
from kiosk.hub.services import guesses, release_use
from kiosk.hub.services.people import resolve
from kiosk.hub.services.pin_hashing import PinHasher
from kiosk.hub.services.pin_rules import is_too_easy
from kiosk.hub.services.pins import open_pin
from kiosk.hub.services.refusal import NO_VISIT, No
from kiosk.hub.services.sessions import require
from kiosk.hub.services.trust import trusted_kiosk
from kiosk.hub.store.database import Store
from kiosk.hub.store.tables import Kiosk, Person, PersonSession, Pin
from kiosk.hub.tokens_made import digest
from kiosk.wire.identity import NEW_PIN_KIND, NewPinAnswer, PinAttempt, PinNotStored, PinStored, claim_digest


@dataclass(frozen=True, slots=True)
class Setting:
    """What setting a PIN is done with."""

    store: Store
    keys: HubKeys
    hasher: PinHasher
    notices: Notices
    policy: Policy
    clock: Clock


def set_pin(using: Setting, authorization: str, attempt: PinAttempt, visit: str) -> NewPinAnswer | No:
    """Proofs are looked at before and after the hash is computed: a session that ended meanwhile sets nothing."""
    with using.store.write() as db:
        now = using.clock()
        kiosk = trusted_kiosk(db, authorization, now)
        if isinstance(kiosk, No):
            return kiosk
        typed = open_pin(db, using.keys, kiosk, attempt, NEW_PIN_KIND, now)
        if isinstance(typed, No):
            return typed
        person = _allowed(db, kiosk, attempt, using.policy, visit, now)
        if isinstance(person, No):
            return person
        if is_too_easy(typed, person.number, person.phone):
            return PinNotStored("guessable")
    phc = using.hasher.hash(typed)
    with using.store.write() as db:
        now = using.clock()
        kiosk_row = db.get_one(Kiosk, kiosk.id)
        person = _allowed(db, kiosk_row, attempt, using.policy, visit, now)
        if isinstance(person, No):
            return person
        return _store(db, using.notices, kiosk_row, attempt, person, phc, visit, now)


def _allowed(db: Session, kiosk: Kiosk, attempt: PinAttempt, policy: Policy, visit: str, now: datetime) -> Person | No:
    person = require(db, kiosk, visit, Action.SET_PIN, policy, now)
    if isinstance(person, No):
        person = require(db, kiosk, visit, Action.CHANGE_PIN, policy, now)
    if isinstance(person, No):
        return person
    resolved = resolve(db, attempt.claim, now)
    return person if resolved is not None and resolved.person.id == person.id else NO_VISIT


def _store(
    db: Session,
    notices: Notices,
    kiosk: Kiosk,
    attempt: PinAttempt,
    person: Person,
    phc: str,
    visit: str,
    now: datetime,
) -> PinStored:
    pin = db.get(Pin, person.id)
    first = pin is None or pin.is_default
    db.merge(Pin(person=person.id, phc=phc, is_default=False))
    guesses.right(db, kiosk, claim_digest(attempt.claim))
    release_use.spend(db, visit, person, Action.SET_PIN, now)
    own = digest(visit)
    others = select(PersonSession).where(PersonSession.person == person.id, PersonSession.ended_at.is_(None))
    for session in db.scalars(others):
        if session.digest != own and "pin" in session.proofs.split():
            session.ended_at = now
    notices.tell(db, person, Told.PIN_SET if first else Told.PIN_CHANGED, now)
    event("pin set", kiosk=kiosk.id, op=attempt.envelope.context.op)
    return PinStored(first)
