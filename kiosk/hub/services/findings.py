"""Found cards as the card office sees them: which lie where, ticked off one by one, with what has happened to each."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.desk import Desk
from kiosk.domain.language import Language
from kiosk.hub.ports import CardAccounts, Notices, Told
from kiosk.hub.services.book import Book
from kiosk.hub.services.refusal import No
from kiosk.hub.store.tables import CardFinding, CardFindingStep, Person

#: Findings in one list; the newest.
MOST_LISTED = 1000


class Tick(StrEnum):
    """What became of a found card."""

    ARRIVED = "arrived"  # it really lies at a place, which may be another one than the finder said
    COLLECTED = "collected"  # its owner has fetched it
    MISSING = "missing"  # nobody ever handed it in


#: Beside the ticks stands in a history: where a finder said it would be, and that its owner uses it again.
SAID, RESTORED = "said", "restored"


@dataclass(frozen=True, slots=True)
class FindingStep:
    at: datetime
    what: str
    place: str


@dataclass(frozen=True, slots=True)
class FindingLine:
    """``person`` is the owner's id, ``None`` for a card nobody knows; ``place`` the campus's id, '' for none it has."""

    id: str
    card: str
    person: str | None
    kiosk: str
    place: str
    open: bool
    history: tuple[FindingStep, ...]


@dataclass(frozen=True, slots=True)
class Lies:
    """Where a card is: as its finder said, or ``arrived`` there."""

    place: str
    at: datetime
    arrived: bool


def list_findings(db: Session, book: Book, *, closed: bool) -> tuple[FindingLine, ...]:
    """Newest first; with ``closed`` also those that are over."""
    wanted = select(CardFinding).order_by(CardFinding.received_at.desc(), CardFinding.op).limit(MOST_LISTED)
    found = db.scalars(wanted if closed else wanted.where(CardFinding.closed_at.is_(None)))
    return tuple(_line(db, finding, ZoneInfo(book.zone)) for finding in found)


def lies(db: Session, finding: CardFinding) -> Lies:
    arrived = [step for step in _steps(db, finding.op) if step.what == Tick.ARRIVED]
    if arrived:
        return Lies(arrived[-1].place, arrived[-1].at, arrived=True)
    return Lies(finding.place, finding.received_at, arrived=False)


def tick(
    db: Session, book: Book, cards: CardAccounts, notices: Notices, asked: tuple[str, Tick, str], now: datetime
) -> CardFinding | No:
    """``asked``: the finding's id, what became of it, and at which place ('': where the finder said). Saying again what
    is known changes nothing and tells nobody."""
    op, what, place = asked
    finding = db.get(CardFinding, op, with_for_update=True)
    if finding is None:
        return No(404, "unknown", "no such finding")
    declared = cards.capabilities(db).found
    places = {each.id: each.at for each in declared.places} if declared else {}
    if place and place not in places:
        return No(422, "unknown_place", "no such place")
    before = lies(db, finding)
    at = place or before.place
    if what is Tick.ARRIVED and (before.arrived, before.place) == (True, at):
        return finding
    if finding.closed_at is not None:
        return No(409, "over", "this finding is over")
    note(db, finding, what, at, now)
    if what is not Tick.ARRIVED:
        finding.closed_at = now
    _tell_the_owner(db, notices, finding, what, places.get(at, _office(book)), now)
    return finding


def note(db: Session, finding: CardFinding, what: str, place: str, now: datetime) -> None:
    db.add(CardFindingStep(finding=finding.op, at=now, what=what, place=place))
    db.flush()


def restored(db: Session, person: str, now: datetime) -> None:
    """Whoever uses the card again does not look for it."""
    for finding in db.scalars(select(CardFinding).where(CardFinding.person == person, CardFinding.closed_at.is_(None))):
        finding.closed_at = now
        note(db, finding, RESTORED, lies(db, finding).place, now)


def _tell_the_owner(db: Session, notices: Notices, finding: CardFinding, what: Tick, at: Desk, now: datetime) -> None:
    """That it lies there now, or that nobody need go there; who fetched it knows."""
    told = {Tick.ARRIVED: Told.CARD_ARRIVED, Tick.MISSING: Told.CARD_NOT_HANDED_IN}.get(what)
    owner = db.get(Person, finding.person) if finding.person else None
    if told is not None and owner is not None:
        notices.tell(db, owner, told, now, place=at.place.of(Language(owner.language)))


def _office(book: Book) -> Desk:
    return book.cards.office if book.cards else book.desk


def _steps(db: Session, op: str) -> list[CardFindingStep]:
    wanted = select(CardFindingStep).where(CardFindingStep.finding == op)
    return list(db.scalars(wanted.order_by(CardFindingStep.at, CardFindingStep.id)))


def _line(db: Session, finding: CardFinding, zone: ZoneInfo) -> FindingLine:
    steps = _steps(db, finding.op)
    said = FindingStep(finding.received_at.astimezone(zone), SAID, finding.place)
    return FindingLine(
        id=finding.op,
        card=finding.card,
        person=finding.person,
        kiosk=finding.kiosk,
        place=steps[-1].place if steps else finding.place,
        open=finding.closed_at is None,
        history=(said, *(FindingStep(step.at.astimezone(zone), step.what, step.place) for step in steps)),
    )
