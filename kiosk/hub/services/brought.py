"""An operation that came on paper before, after or beside the kiosk that made it: the same one, and one effect.

Nobody is asked who brings it: only an enrolled kiosk can have sealed and signed it, and what is in it was asked for by
whoever stood there. What anybody can make up is refused before anything is written.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import msgspec
from sqlalchemy.orm import Session

from kiosk.domain.on_paper import CLASSES
from kiosk.hub.services.asking import settled
from kiosk.hub.services.book import read_book
from kiosk.hub.services.deferred_proof import Unproven
from kiosk.hub.services.doing import House
from kiosk.hub.services.operations import Answer, Hub, take
from kiosk.hub.services.refusal import REVOKED, No
from kiosk.hub.store.tables import Kiosk
from kiosk.wire.common import Problem
from kiosk.wire.envelope import Envelope, is_signed_by
from kiosk.wire.on_paper import envelope_of
from kiosk.wire.tickets import TicketAnswer


class Why(StrEnum):
    """Why it did not arrive."""

    UNREADABLE = "unreadable"  # cut off, altered, made up, or of another hub: nobody's operation
    OVER = "over"  # it waited too long
    RETIRED = "retired"  # the kiosk was revoked
    REFUSED = "refused"  # for any other reason, which is kept as the operation's answer
    TOO_OFTEN = "too_often"


#: Codes of refusals that time alone brings.
_OVER = frozenset({"expired", "key"})


@dataclass(frozen=True, slots=True)
class Arrived:
    """The hub has it, from here or from the kiosk. ``page``: the address of its phone page, or ''."""

    reference: str
    page: str


@dataclass(frozen=True, slots=True)
class NotArrived:
    """``reference`` '' where nothing that was read can be believed."""

    why: Why
    reference: str = ""


def bring(hub: Hub, house: House, digits: str) -> Arrived | NotArrived:
    envelope = envelope_of(digits)
    if envelope is None or envelope.context.kind not in CLASSES or not _is_ours(hub, envelope):
        return NotArrived(Why.UNREADABLE)
    outcome = settled(hub.store.write, hub.clock, lambda db, now: _taken(db, house, envelope, now))
    reference = envelope.context.aggregate
    if isinstance(outcome, Unproven):
        raise RuntimeError("an operation with a PIN came on paper")
    if isinstance(outcome, No):
        return NotArrived(_why(outcome.code), reference)
    if outcome.status != 200:
        return NotArrived(_why(msgspec.json.decode(outcome.body, type=Problem).code), reference)
    answer = msgspec.json.decode(outcome.body, type=TicketAnswer)
    return Arrived(answer.reference, answer.page)


def _is_ours(hub: Hub, envelope: Envelope) -> bool:
    with hub.store.read() as db:
        kiosk = db.get(Kiosk, envelope.context.kiosk)
        return kiosk is not None and is_signed_by(envelope, kiosk.public)


def _taken(db: Session, house: House, envelope: Envelope, now: datetime) -> Answer | No | Unproven:
    kiosk = db.get_one(Kiosk, envelope.context.kiosk)
    return take(db, read_book(db), house, kiosk, envelope, now) if kiosk.revoked_at is None else REVOKED


def _why(code: str) -> Why:
    if code == REVOKED.code:
        return Why.RETIRED
    return Why.OVER if code in _OVER else Why.REFUSED
