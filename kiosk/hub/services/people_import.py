"""A campus's list of people, compared with whom the hub knows, and taken over.

The list is the whole truth about who is there, so whoever is not in it has left: their time ends, their rows stay,
because tickets point at them. It is not the whole truth about cards: a loss that was reported at a kiosk an hour ago
is not in last night's list and stays.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from secrets import token_hex

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.card_accounts import CardState
from kiosk.domain.roles import Role
from kiosk.hub.services.people import is_valid
from kiosk.hub.services.people_file import BadRow, Listed, ListedCard, PeopleList
from kiosk.hub.store.tables import Card, Person

#: A list that would end more than this share of the people, or holds more bad rows than it, is taken for a broken one.
MOST_AT_ONCE = 0.05

_COPIED = ("name", "latin_name", "role", "department", "phone", "email", "language", "valid_until")


@dataclass(frozen=True, slots=True)
class Changed:
    """``columns`` of the list that differ; ``cards`` among them."""

    listed: Listed
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What taking the list would do. ``kept``: not in the list, but a row's number could not be read, so it cannot be
    told whether they are meant."""

    added: tuple[Listed, ...]
    changed: tuple[Changed, ...]
    unchanged: int
    ended: tuple[str, ...]
    kept: tuple[str, ...]
    before: int
    problems: tuple[BadRow, ...]
    no_admin_left: bool

    @property
    def refused(self) -> BadRow | None:
        """Why it is not taken as it is. Only ``ends_many`` can be confirmed, by its exact number."""
        rows = len(self.added) + len(self.changed) + self.unchanged + len(self.problems)
        if len(self.problems) > MOST_AT_ONCE * rows:
            return BadRow(0, "mostly_bad", f"{len(self.problems)}/{rows}")
        if self.no_admin_left:
            return BadRow(0, "no_admin")
        if len(self.ended) > MOST_AT_ONCE * self.before:
            return BadRow(0, "ends_many", f"{len(self.ended)}/{self.before}")
        return None


def plan(db: Session, people: PeopleList, now: datetime) -> Plan:
    known = {person.number: person for person in db.scalars(select(Person))}
    cards = _cards_of(db)
    added, changed, unchanged = [], [], 0
    for listed in people.people:
        person = known.get(listed.number)
        if person is None:
            added.append(listed)
        elif columns := _differences(person, cards.get(person.id, {}), listed):
            changed.append(Changed(listed, columns))
        else:
            unchanged += 1
    spared = {problem.number for problem in people.problems}
    there = {listed.number for listed in people.people} | spared
    valid = {number: person for number, person in known.items() if is_valid(person, now)}
    gone = [number for number in valid if number not in there]
    kept = gone if "" in spared else []
    ended = [number for number in gone if number not in kept]
    return Plan(
        added=tuple(added),
        changed=tuple(changed),
        unchanged=unchanged,
        ended=tuple(ended),
        kept=tuple(kept),
        before=len(valid),
        problems=people.problems,
        no_admin_left=_no_admin_left(valid.values(), people.people, ended, now),
    )


def carry_out(db: Session, plan: Plan, now: datetime) -> list[Person]:
    """Whom the list has touched."""
    known = {person.number: person for person in db.scalars(select(Person))}
    touched = []
    for listed in plan.added:
        person = Person(id=f"p{token_hex(8)}", number=listed.number)
        _copy(person, listed)
        db.add(person)
        db.flush()
        _take_cards(db, person, listed.cards)
        touched.append(person)
    for change in plan.changed:
        person = known[change.listed.number]
        _copy(person, change.listed)
        _take_cards(db, person, change.listed.cards)
        touched.append(person)
    for number in plan.ended:
        known[number].valid_until = now
        touched.append(known[number])
    return touched


def _differences(person: Person, cards: dict[str, CardState], listed: Listed) -> tuple[str, ...]:
    differing = [column for column in _COPIED if getattr(person, column) != getattr(listed, column)]
    if listed.cards is not None and _merged(cards, listed.cards) != cards:
        differing.append("cards")
    return tuple(differing)


def _copy(person: Person, listed: Listed) -> None:
    for column in _COPIED:
        setattr(person, column, getattr(listed, column))


def _merged(cards: dict[str, CardState], listed: Iterable[ListedCard]) -> dict[str, CardState]:
    """What a person's cards are after the list. A card that is not in it any more is replaced; one that was reported
    lost or replaced here does not come back by a list that may be older than the report."""
    told = {card.uid: card.state for card in listed}
    merged = {uid: told.get(uid, CardState.REPLACED) for uid in cards} | told
    for uid, state in cards.items():
        if state is not CardState.ACTIVE and merged[uid] is CardState.ACTIVE:
            merged[uid] = state
    return merged


def _take_cards(db: Session, person: Person, listed: Sequence[ListedCard] | None) -> None:
    if listed is None:
        return
    rows = {card.uid: card for card in db.scalars(select(Card).where(Card.person == person.id))}
    merged = _merged({uid: CardState(card.state) for uid, card in rows.items()}, listed)
    for uid, state in merged.items():
        if uid in rows:
            rows[uid].state = state
        else:
            # Somebody else's before: a card that was given to another person begins anew with them.
            db.merge(Card(uid=uid, person=person.id, state=state, since=None))


def _cards_of(db: Session) -> dict[str, dict[str, CardState]]:
    found: dict[str, dict[str, CardState]] = {}
    for card in db.scalars(select(Card)):
        found.setdefault(card.person, {})[card.uid] = CardState(card.state)
    return found


def _no_admin_left(valid: Iterable[Person], people: Sequence[Listed], gone: Sequence[str], now: datetime) -> bool:
    """Whether the hub has an admin now and would have none."""
    listed = {one.number for one in people}
    admins = [person.number for person in valid if person.role == Role.ADMIN]
    stay = [number for number in admins if number not in listed and number not in gone]
    named = [one for one in people if one.role is Role.ADMIN and (one.valid_until is None or now < one.valid_until)]
    return bool(admins) and not stay and not named
