"""What an operation's effect is made with: one transaction, one kiosk, one opened payload."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.policy import Policy
from kiosk.domain.references import Reference, parse
from kiosk.hub.keys import HubKeys
from kiosk.hub.ports import CardAccounts, Notices
from kiosk.hub.services.around import Around
from kiosk.hub.services.book import Book
from kiosk.hub.services.numbers import belongs_to, give_block
from kiosk.hub.services.refusal import No
from kiosk.hub.services.sealed import note_incident
from kiosk.hub.store.tables import CardLoss, Kiosk, Ticket
from kiosk.wire.envelope import Context, Envelope
from kiosk.wire.tickets import CardClaimed, ClaimMade

#: Longest id, code, number or card UID an operation may carry, characters.
MAX_ID = 64


@dataclass(frozen=True, slots=True)
class Carried:
    """A PIN that came inside an operation, for ``claim`` and nothing else."""

    claim: ClaimMade
    envelope: Envelope


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a carried PIN: the id of the person it is right for, or ``None``."""

    person: str | None


@dataclass(frozen=True, slots=True)
class House:
    """What every effect may need of the hub itself."""

    keys: HubKeys
    policy: Policy
    cards: CardAccounts
    notices: Notices
    public_url: str


@dataclass(frozen=True, slots=True)
class Doing:
    """``verdict`` is there where the operation carried a PIN. ``payload`` stays out of any repr."""

    db: Session
    book: Book
    house: House
    kiosk: Kiosk
    context: Context
    payload: bytes = field(repr=False)
    now: datetime
    verdict: Verdict | None = None

    @property
    def around(self) -> Around:
        return Around(self.book, self.house.notices, self.house.public_url)


Effect = Callable[[Doing], msgspec.Struct | No]
Payload = TypeVar("Payload")


def read(doing: Doing, wanted: type[Payload], *limits: tuple[str, int]) -> Payload | No:
    """The payload as ``wanted``, with a time that has an offset and a language there is; ``limits`` name its texts."""
    try:
        found = msgspec.json.decode(doing.payload, type=wanted)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return No(422, "malformed", f"the sealed payload is not a {wanted.__name__}")
    made_at, language = getattr(found, "made_at", None), getattr(found, "language", "")
    if not isinstance(made_at, datetime) or made_at.tzinfo is None:
        return No(422, "malformed", "made_at must have an offset")
    if any(len(getattr(found, name)) > limit for name, limit in limits):
        return No(422, "too_long", "a text is longer than agreed")
    if language not in ("zh", "en"):
        return No(422, "malformed", "language must be zh or en")
    return found


def claim_too_long(claim: ClaimMade | None) -> No | None:
    text = "" if claim is None else claim.uid if isinstance(claim, CardClaimed) else claim.number
    return No(422, "too_long", "a text is longer than agreed") if len(text) > MAX_ID else None


def number_for(doing: Doing, reference: str) -> str | No:
    """The number of the envelope, which was given to this kiosk.

    Where another operation has it the kiosk's disk is an older one that was put back: it gives numbers again. What was
    told is not lost for that: it gets a number nobody has, and the answer says so (``instead_of``).
    """
    db, context = doing.db, doing.context
    parsed = parse(reference)
    if parsed is None or str(parsed) != reference or context.aggregate != reference:
        return No(422, "malformed", "not a reference, or not the one in the envelope")
    if not belongs_to(db, doing.kiosk, parsed):
        return No(422, "unknown_reference", "this number was not given to this kiosk")
    taken = (
        select(Ticket.op)
        .where(Ticket.reference == reference)
        .union_all(select(CardLoss.op).where(CardLoss.reference == reference))
    )
    if db.execute(taken).first() is not None:
        note_incident(db, doing.kiosk, context.op, "reference_taken", doing.now)
        another = give_block(db, doing.kiosk, context.op, 1)
        return another if isinstance(another, No) else str(Reference(another.code, another.first))
    return reference
