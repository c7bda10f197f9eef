"""Operations take effect once: the id, the effect and the answer are committed together (promises 4a.3).

The same id again, alone or at the same time, gets the stored answer; the same id with other content is refused and
kept for the admins. Refusals of a well-signed operation are answers too, and are stored like any other.

An operation that carries a PIN takes two transactions: the first takes the id and counts the attempt, the second, after
the PIN was judged, has the effect. In between, and after a crash there, the id has no answer yet (status 0); whoever
brings the same content again judges the same PIN again, without another count.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Protocol
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy.orm import Session

from kiosk.domain.operations import OperationClass
from kiosk.hub.clock import Clock
from kiosk.hub.logs import event
from kiosk.hub.services import (
    acts_told,
    asked_again,
    card_losses,
    deferred_proof,
    feedback,
    found_cards,
    me_too,
    quarantine,
    reports_told,
)
from kiosk.hub.services.asking import settled
from kiosk.hub.services.book import Book, read_book
from kiosk.hub.services.deferred_proof import Unproven
from kiosk.hub.services.doing import Carried, Doing, Effect, House, Verdict
from kiosk.hub.services.pin_hashing import PinHasher
from kiosk.hub.services.refusal import No
from kiosk.hub.services.sealed import moment, note_incident, open_checked
from kiosk.hub.services.trust import trusted_kiosk
from kiosk.hub.store.database import Store
from kiosk.hub.store.inserting import insert_into
from kiosk.hub.store.tables import Kiosk, Operation
from kiosk.wire.common import Problem
from kiosk.wire.envelope import Envelope


@dataclass(frozen=True, slots=True)
class Kind:
    """What a class of operation does; ``proof`` finds the PIN it carries, if it does."""

    effect: Effect
    proof: Callable[[bytes], Carried | None] = lambda _payload: None


KINDS: dict[str, Kind] = {
    OperationClass.TICKET: Kind(reports_told.tell),
    OperationClass.CARD_LOSS: Kind(card_losses.report_lost, card_losses.proof),
    OperationClass.FOUND_CARD: Kind(found_cards.hand_in),
    OperationClass.FEEDBACK: Kind(feedback.mark),
    OperationClass.ME_TOO: Kind(me_too.count_in),
    OperationClass.TICKET_ACT: Kind(acts_told.act),
}
#: An operation whose id is taken and whose PIN is not judged yet.
_OPEN = 0
#: An effect that cannot be known now (the card system is silent) is no answer: the same operation comes again.
_NOT_NOW = 500


class Answer(msgspec.Struct, frozen=True):
    """``body`` is the JSON text that was, and will be, answered."""

    status: int
    body: bytes


class Hub(Protocol):
    """What the whole of an operation needs beside its transaction."""

    @property
    def store(self) -> Store: ...
    @property
    def hasher(self) -> PinHasher: ...
    @property
    def clock(self) -> Clock: ...


def carry_out(hub: Hub, house: House, authorization: str, envelope: Envelope) -> Answer | No:
    """The whole operation, in one transaction or, where it carries a PIN, in two."""
    outcome = _within(hub, house, authorization, envelope, None)
    if isinstance(outcome, Unproven):
        outcome = _within(hub, house, authorization, envelope, deferred_proof.judge(hub.hasher, outcome))
    if isinstance(outcome, Unproven):
        raise RuntimeError("a judged operation asked to be judged")
    return outcome


def _within(
    hub: Hub, house: House, authorization: str, envelope: Envelope, verdict: Verdict | None
) -> Answer | No | Unproven:
    def taken(db: Session, now: datetime) -> Answer | No | Unproven:
        kiosk = trusted_kiosk(db, authorization, now)
        if isinstance(kiosk, No):
            return kiosk
        return take(db, read_book(db), house, kiosk, envelope, now, verdict)

    return settled(hub.store.write, hub.clock, taken)


def take(
    db: Session,
    book: Book,
    house: House,
    kiosk: Kiosk,
    envelope: Envelope,
    now: datetime,
    verdict: Verdict | None = None,
    *,
    arrived: datetime | None = None,
) -> Answer | No | Unproven:
    """One transaction's part. ``Unproven`` is to be committed and judged, and comes back as ``verdict``.

    Of a revoked kiosk it is kept for staff (quarantine.py); once they take it, ``arrived`` says when it came.
    """
    sender, kiosk = kiosk, quarantine.maker(db, kiosk, envelope) or kiosk
    payload = open_checked(db, house.keys, kiosk, envelope, now)
    if isinstance(payload, No):
        return payload
    context = envelope.context
    content = sha256(payload).hexdigest()
    if kiosk.revoked_at is not None and arrived is None and db.get(Operation, context.op) is None:
        return quarantine.keep(db, sender, kiosk, envelope, content, now)
    first = _first(db, context.op, kiosk, content, _at(book, context.kind, now))
    row = first or db.get_one(Operation, context.op, with_for_update=True, populate_existing=True)
    if row.kiosk != kiosk.id or row.digest != content:
        note_incident(db, kiosk, context.op, "other_content", now)
        return No(409, "other_content", "this operation id was used for something else")
    if row.status != _OPEN:
        asked_again.answered(db, context.op)
        return Answer(row.status, row.body)
    doing = Doing(db, book, house, kiosk, context, payload, now, verdict)
    refused = _refused(doing, arrived or now)
    kind = KINDS.get(context.kind)
    carried = kind.proof(payload) if kind and refused is None else None
    if carried is not None and verdict is None:
        wait = deferred_proof.count(db, kiosk, carried, now) if first else None
        if wait is not None:
            db.delete(row)  # not judged now: the same operation comes again when it may be
            return No(429, "locked", "too many wrong PINs; not judged yet", int(wait.total_seconds()) + 1)
        return deferred_proof.prepare(db, house.keys, kiosk, context, carried, now)
    if carried is not None and verdict is not None and verdict.person is not None:
        deferred_proof.forget_failures(db, kiosk, carried)
    outcome = refused if refused or kind is None else kind.effect(doing)
    if isinstance(outcome, No) and outcome.status >= _NOT_NOW:
        db.delete(row)
        return outcome
    answer = _answer(doing, outcome)
    row.status, row.body = answer.status, answer.body
    return answer


def _at(book: Book, kind: str, now: datetime) -> datetime:
    """When an operation came; of feedback only the day is kept."""
    return feedback.start_of_day(now, ZoneInfo(book.zone)) if kind == OperationClass.FEEDBACK else now


def _first(db: Session, op: str, kiosk: Kiosk, content: str, now: datetime) -> Operation | None:
    """Takes the id, or waits for the transaction that has it. ``None`` where it was taken before."""
    row = {"op": op, "kiosk": kiosk.id, "digest": content, "status": _OPEN, "body": b"", "at": now}
    return db.scalar(insert_into(db, Operation).values(row).on_conflict_do_nothing().returning(Operation))


def _refused(doing: Doing, arrived: datetime) -> No | None:
    if doing.context.kind not in KINDS:
        return No(422, "unknown_kind", f"this hub takes operations of the kinds: {', '.join(KINDS)}")
    expires = moment(doing.context.expires)
    if expires is None or (expires <= arrived and not asked_again.is_wanted(doing.db, doing.context.op)):
        return No(422, "expired", "this operation waited too long")
    return None


def _answer(doing: Doing, outcome: msgspec.Struct | No | None) -> Answer:
    kiosk, op, kind = doing.kiosk.id, doing.context.op, doing.context.kind
    if isinstance(outcome, No):
        event("operation refused", kiosk=kiosk, op=op, code=outcome.code)
        return Answer(outcome.status, msgspec.json.encode(Problem(outcome.code, outcome.detail)))
    if kind == OperationClass.FEEDBACK:
        return Answer(200, msgspec.json.encode(outcome))  # its time is nobody's business
    event("operation taken", kiosk=kiosk, op=op, kind=kind, reference=getattr(outcome, "reference", ""))
    return Answer(200, msgspec.json.encode(outcome))
