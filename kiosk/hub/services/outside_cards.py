"""A card system outside the hub behind ports.CardAccounts: by the person's number, each change once, asked between
transactions. What the hub has to know itself stays here: the answer to an operation, and that a lost card opens
nothing.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.card_accounts import (
    Balance,
    CardLimits,
    CardOverview,
    CardPinSet,
    CardRefusal,
    CardRefused,
    CardState,
    CardSystemSilent,
    Frozen,
    LimitsSet,
    MovementList,
    ReplacementOrdered,
    Thawed,
    TopUpPosted,
)
from kiosk.domain.card_capabilities import CardCapabilities, LimitKind
from kiosk.hub.card_systems import CardSystem, Change, Freeze, Replace, SetLimits, SetPin, TopUp, Unfreeze
from kiosk.hub.ports import CardPin, CardTrouble
from kiosk.hub.services.asking import ask_outside
from kiosk.hub.store.card_tables import CardOperation
from kiosk.hub.store.inserting import insert_into
from kiosk.hub.store.tables import Card, Person

#: Days a month of movements counts.
_DAYS_OF_A_MONTH = 31
Found = TypeVar("Found")
Done = TypeVar("Done", Frozen, Thawed, ReplacementOrdered, LimitsSet, CardPinSet, TopUpPosted)


class OutsideCards:
    """``db`` has to come from ``asking.settled`` wherever the card system may be asked."""

    def __init__(self, system: CardSystem) -> None:
        self._system = system

    def capabilities(self, db: Session) -> CardCapabilities:  # noqa: ARG002 - the built-in ones stand in the database
        return self._system.capabilities()

    # -- reading ------------------------------------------------------------------------------------------------
    def overview(self, db: Session, person: str) -> CardOverview | CardTrouble:
        """What was reported lost here stays so until it is taken back here, whatever another desk has lifted: a tap is
        judged by what the hub holds."""
        seen = self._read(db, person, "overview", self._can.of_one_card, self._system.overview)
        if isinstance(seen, CardOverview) and seen.state is CardState.ACTIVE and (lost := _lost(db, person)):
            return replace(seen, state=CardState.LOST, since=lost[0].since)
        return seen

    def balance(self, db: Session, person: str) -> Balance | CardTrouble:
        return self._read(db, person, "balance", self._can.balance, self._system.balance)

    def transactions(self, db: Session, person: str, now: datetime) -> MovementList | CardTrouble:
        declared = self._can.transactions
        since = now - timedelta(days=_DAYS_OF_A_MONTH * declared.months) if declared else now

        def ask(number: str) -> MovementList | CardTrouble:
            return self._system.movements(number, since, now)

        return self._read(db, person, "movements", declared is not None, ask)

    def _read(
        self, db: Session, person: str, what: str, offered: bool, ask: Callable[[str], Found | CardTrouble]
    ) -> Found | CardTrouble:
        if not offered:
            return _no(CardRefusal.NOT_OFFERED)
        number = _number(db, person)
        if not number:
            return _no(CardRefusal.NO_CARD)
        return ask_outside(db, (what, number), lambda: ask(number))

    @property
    def _can(self) -> CardCapabilities:
        return self._system.capabilities()

    # -- card state ---------------------------------------------------------------------------------------------
    def freeze(self, db: Session, op: str, person: str, now: datetime) -> Frozen | CardTrouble:
        offered = self._can.freeze is not None
        after = _marking(db, person, CardState.ACTIVE, CardState.LOST, now)
        return self._change(db, op, person, f"freeze {person}", Freeze(), Frozen, now, offered, after=after)

    def unfreeze(self, db: Session, op: str, person: str, now: datetime) -> Thawed | CardTrouble:
        offered, what = self._can.unfreeze, f"unfreeze {person}"
        after = _marking(db, person, CardState.LOST, CardState.ACTIVE, None)
        return self._change(db, op, person, what, Unfreeze(), Thawed, now, offered, after=after)

    def replace(self, db: Session, op: str, person: str, now: datetime) -> ReplacementOrdered | CardTrouble:
        declared, what = self._can.replace, f"replace {person}"
        change, offered = Replace(declared.fee if declared else 0), declared is not None
        after = _marking(db, person, CardState.LOST, CardState.REPLACED, now)
        return self._change(db, op, person, what, change, ReplacementOrdered, now, offered, after=after)

    # -- money and PIN ------------------------------------------------------------------------------------------
    def set_limits(
        self, db: Session, op: str, person: str, wanted: CardLimits, now: datetime
    ) -> LimitsSet | CardTrouble:
        declared = self._can.limits
        asked = [(kind, amount) for kind in LimitKind if (amount := wanted.of(kind)) is not None]
        spans = [(declared.of(kind) if declared else None, amount) for kind, amount in asked]
        in_range = bool(asked) and all(span is not None and span.allows(amount) for span, amount in spans)
        what = f"limits {person} daily={wanted.daily} single={wanted.single}"
        offered = declared is not None
        return self._change(db, op, person, what, SetLimits(wanted), LimitsSet, now, offered, in_range=in_range)

    def set_pin(
        self, db: Session, op: str, person: str, present: CardPin | None, new: CardPin, now: datetime
    ) -> CardPinSet | CardTrouble:
        offered = self._can.pin is not None
        return self._change(db, op, person, f"pin {person}", SetPin(present, new), CardPinSet, now, offered)

    def top_up(self, db: Session, op: str, person: str, amount: int, now: datetime) -> TopUpPosted | CardTrouble:
        span = self._can.top_up
        in_range, what = span is not None and span.allows(amount), f"top_up {person} {amount}"
        offered = span is not None
        return self._change(db, op, person, what, TopUp(amount), TopUpPosted, now, offered, in_range=in_range)

    def _change(
        self,
        db: Session,
        op: str,
        person: str,
        content: str,
        change: Change,
        kind: type[Done],
        now: datetime,
        offered: bool,
        *,
        in_range: bool = True,
        after: Callable[[], None] = lambda: None,
    ) -> Done | CardTrouble:
        """What was answered once is answered from here; a refusal has no effect and is not kept."""
        if (done := db.get(CardOperation, op, populate_existing=True)) is not None:
            return msgspec.json.decode(done.body, type=kind) if done.content == content else _OTHER
        if not offered:
            return _no(CardRefusal.NOT_OFFERED)
        number = _number(db, person)
        if not number:
            return _no(CardRefusal.NO_CARD)
        if not in_range:
            return _no(CardRefusal.OUT_OF_RANGE)
        answer = ask_outside(db, (op, content), lambda: self._system.change(op, number, change, now))
        if answer == CardRefused(CardRefusal.NOT_LOST) and isinstance(change, Unfreeze) and _lost(db, person):
            answer = Thawed(now)  # lifted at another desk already: here it is now
        if not isinstance(answer, kind):
            if isinstance(answer, CardRefused | CardSystemSilent):
                return answer
            raise TypeError(f"the adapter answered {type(answer).__name__} to {type(change).__name__}")
        self._keep(db, op, content, msgspec.json.encode(answer), now)
        after()
        return answer

    def _keep(self, db: Session, op: str, content: str, body: bytes, now: datetime) -> None:
        """Two that asked at once were answered alike: one of them keeps it."""
        row = {"op": op, "content": content, "body": body, "at": now}
        db.execute(insert_into(db, CardOperation).values(row).on_conflict_do_nothing())


def _lost(db: Session, person: str) -> list[Card]:
    """The cards that were reported lost last, where the person has none in use."""
    rows = list(db.scalars(select(Card).where(Card.person == person)))
    if any(row.state == CardState.ACTIVE for row in rows):
        return []
    lost = [row for row in rows if row.state == CardState.LOST]
    newest = max((row.since for row in lost if row.since), default=None)
    return [row for row in lost if row.since == newest]


def _marking(db: Session, person: str, was: CardState, state: CardState, since: datetime | None) -> Callable[[], None]:
    """What a tap of the person's card says to the hub from then on."""

    def mark() -> None:
        cards = list(db.scalars(select(Card).where(Card.person == person, Card.state == was)))
        if state is CardState.ACTIVE:  # of several that were lost one is found: the one reported last
            newest = max((card.since for card in cards if card.since), default=None)
            cards = [card for card in cards if card.since == newest]
        for card in cards:
            card.state, card.since = state, since
        db.flush()

    return mark


def _number(db: Session, person: str) -> str:
    """'' for nobody."""
    found = db.get(Person, person)
    return found.number if found else ""


def _no(why: CardRefusal) -> CardRefused:
    return CardRefused(why)


_OTHER = CardRefused(CardRefusal.OTHER_OPERATION)
