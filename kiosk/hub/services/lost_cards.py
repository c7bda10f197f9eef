"""What becomes of a card after it was reported lost: where it lies, in use again, or a new one ordered."""

from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.card_accounts import CardOverview, CardRefused, CardState, CardSystemSilent, ReplacementOrdered
from kiosk.domain.policy import Action
from kiosk.hub.ports import CardTrouble, Told
from kiosk.hub.services import findings
from kiosk.hub.services.book import Book
from kiosk.hub.services.doing import House
from kiosk.hub.services.operation_ids import is_operation_id
from kiosk.hub.services.refusal import SILENT, No
from kiosk.hub.services.self_service import Served, note_served
from kiosk.hub.services.sessions import require
from kiosk.hub.store.tables import Card, CardFinding, Kiosk
from kiosk.wire.cards_told import (
    CancelLoss,
    CardLooked,
    FoundAt,
    LossCancelled,
    LossState,
    OrderReplacement,
    Replacement,
)
from kiosk.wire.tickets import CardClaimed

Value = TypeVar("Value")


def look(db: Session, claimed: CardClaimed) -> CardLooked:
    """A card reported lost says so to whoever holds it; everything else reads alike."""
    card = db.get(Card, claimed.uid.upper()) if claimed.uid.isprintable() else None
    return CardLooked(card is not None and card.state == CardState.LOST)


def loss_state(db: Session, book: Book, house: House, kiosk: Kiosk, token: str, now: datetime) -> LossState | No:
    person = require(db, kiosk, token, Action.SEE_CARD, house.policy, now)
    if isinstance(person, No):
        return person
    overview = _answered(house.cards.overview(db, person.id))
    if isinstance(overview, No):
        return overview
    zone = ZoneInfo(book.zone)
    return LossState(
        state=overview.state,
        since=overview.since.astimezone(zone) if overview.since else None,
        found=_found(db, person.id, zone) if overview.state is CardState.LOST else None,
        replacement=_in_zone(overview, zone),
    )


def cancel(
    db: Session, book: Book, house: House, kiosk: Kiosk, token: str, wish: CancelLoss, now: datetime
) -> LossCancelled | No:
    person = require(db, kiosk, token, Action.CANCEL_LOSS_REPORT, house.policy, now)
    if isinstance(person, No):
        return person
    if not is_operation_id(wish.op):
        return No(422, "malformed", "op must be a UUID in lower-case hex with dashes")
    thawed = _answered(house.cards.unfreeze(db, wish.op, person.id, now))
    if isinstance(thawed, No):
        return thawed
    findings.restored(db, person.id, now)
    if thawed.at == now:  # a stored answer is told to nobody again
        house.notices.tell(db, person, Told.CARD_RESTORED, now, phone=book.desk.phone)
        note_served(db, person.id, kiosk.id, Served.CARD_RESTORED, now)
    return LossCancelled(thawed.at)


def replace(
    db: Session, book: Book, house: House, kiosk: Kiosk, token: str, wish: OrderReplacement, now: datetime
) -> Replacement | No:
    person = require(db, kiosk, token, Action.REPLACE_CARD, house.policy, now)
    if isinstance(person, No):
        return person
    if not is_operation_id(wish.op):
        return No(422, "malformed", "op must be a UUID in lower-case hex with dashes")
    overview = _answered(house.cards.overview(db, person.id))
    if isinstance(overview, No):
        return overview
    declared = house.cards.capabilities(db).replace
    if overview.state is CardState.LOST and declared is not None and declared.fee != wish.fee:
        return No(409, "fee_changed", "the fee is another one than was said")
    ordered = _answered(house.cards.replace(db, wish.op, person.id, now))
    if isinstance(ordered, ReplacementOrdered) and ordered.ordered_at == now:
        house.notices.tell(db, person, Told.CARD_ORDERED, now, phone=book.desk.phone)
        note_served(db, person.id, kiosk.id, Served.CARD_ORDERED, now)
    return ordered if isinstance(ordered, No) else _shown(ordered, ZoneInfo(book.zone))


def _found(db: Session, person: str, zone: ZoneInfo) -> FoundAt | None:
    wanted = select(CardFinding).where(CardFinding.person == person, CardFinding.closed_at.is_(None))
    finding = db.scalars(wanted.order_by(CardFinding.received_at.desc(), CardFinding.op)).first()
    if finding is None:
        return None
    at = findings.lies(db, finding)
    return FoundAt(at.place, at.at.astimezone(zone), at.arrived)


def _in_zone(overview: CardOverview, zone: ZoneInfo) -> Replacement | None:
    return _shown(overview.replacement, zone) if overview.replacement else None


def _shown(ordered: ReplacementOrdered, zone: ZoneInfo) -> Replacement:
    ready = ordered.ready_at.astimezone(zone) if ordered.ready_at else None
    return Replacement(ordered.fee, ordered.ordered_at.astimezone(zone), ready)


def _answered(outcome: Value | CardTrouble) -> Value | No:
    if isinstance(outcome, CardRefused):
        return No(409, outcome.why.value, "the card system refused")
    return SILENT if isinstance(outcome, CardSystemSilent) else outcome
