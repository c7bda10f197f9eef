"""A PIN that waited inside an operation (journeys 5): counted when it arrives, then judged, then the operation done.

It is one attempt like any other: counted in a transaction of its own before it is verified, slowed down by the same
counter. A PIN sealed for another class, claim or kiosk is a wrong one.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

import msgspec
from sqlalchemy.orm import Session

from kiosk.hub.keys import HubKeys
from kiosk.hub.services import guesses
from kiosk.hub.services.doing import Carried, Verdict
from kiosk.hub.services.people import resolve
from kiosk.hub.services.pin_hashing import PinHasher
from kiosk.hub.services.refusal import No
from kiosk.hub.services.sealed import note_incident, open_checked
from kiosk.hub.store.tables import Kiosk, Pin
from kiosk.wire.envelope import Context
from kiosk.wire.identity import PIN_LENGTH, claim_digest, deferred_pin_kind
from kiosk.wire.identity import Pin as TypedPin


@dataclass(frozen=True, slots=True)
class Unproven:
    """To be judged outside any transaction; ``phc`` is ``None`` where nothing can be right."""

    person: str | None
    phc: str | None = field(repr=False)
    typed: str = field(repr=False)


def count(db: Session, kiosk: Kiosk, carried: Carried, now: datetime) -> timedelta | None:
    """One attempt more, or how long this claim is not judged at this kiosk."""
    counted = guesses.count(db, kiosk, claim_digest(carried.claim), carried.envelope.context.op, now)
    return counted.until - now if isinstance(counted, guesses.Waiting) else None


def prepare(db: Session, keys: HubKeys, kiosk: Kiosk, outer: Context, carried: Carried, now: datetime) -> Unproven:
    typed = _typed(db, keys, kiosk, outer, carried, now)
    resolved = resolve(db, carried.claim, now) if typed else None
    pin = db.get(Pin, resolved.person.id) if resolved else None
    usable = pin is not None and not pin.is_default
    return Unproven(resolved.person.id if resolved else None, pin.phc if pin and usable else None, typed)


def judge(hasher: PinHasher, unproven: Unproven) -> Verdict:
    """Costs one verification, whoever it is about."""
    return Verdict(unproven.person if hasher.matches(unproven.typed, unproven.phc) else None)


def forget_failures(db: Session, kiosk: Kiosk, carried: Carried) -> None:
    guesses.right(db, kiosk, claim_digest(carried.claim))


def _typed(db: Session, keys: HubKeys, kiosk: Kiosk, outer: Context, carried: Carried, now: datetime) -> str:
    """'' where the sealed PIN is none, or was sealed for something else."""
    context = carried.envelope.context
    payload = open_checked(db, keys, kiosk, carried.envelope, now)
    if isinstance(payload, No):
        return ""
    if context.kind != deferred_pin_kind(outer.kind) or context.aggregate != claim_digest(carried.claim):
        note_incident(db, kiosk, outer.op, "other_claim", now)
        return ""
    try:
        typed = msgspec.json.decode(payload, type=TypedPin).pin
    except (msgspec.DecodeError, UnicodeDecodeError):
        return ""
    return typed if len(typed) == PIN_LENGTH and typed.isascii() and typed.isdigit() else ""
