"""The sample campus's card accounts: some months of meals, shopping and top-ups for everyone who has a card."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from random import Random
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from kiosk.domain.card_accounts import CardLimits, MovementKind
from kiosk.domain.desk import Text
from kiosk.hub.builtin.journal import PROVIDER, merchant_account, open_account, person_account
from kiosk.hub.store.card_tables import JournalEntry, JournalLine, LedgerAccount

#: Days of movements before the day of loading.
DAYS = 170
#: Below this the sample's people top their card up; what they pay in, fen.
_TOPS_UP_BELOW = 4000
_PAID_IN = (5000, 10000, 20000)
_LIMITS = CardLimits(daily=10000, single=5000)
#: How often somebody goes where: one in this many days, by kind of merchant.
_EVERY_DAYS = {"meal": 3, "shop": 6, "printing": 9, "laundry": 11, "library_fee": 60}
_SELDOM = 30
_NO_TEXT = Text("", "")


class SampleMerchant(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``prices`` fen; ``hours`` of the day somebody comes."""

    id: str
    kind: str
    name: Text
    prices: tuple[int, ...]
    hours: tuple[int, ...]


def load_cards(
    db: Session, people: Sequence[str], merchants: Sequence[SampleMerchant], zone: ZoneInfo, now: datetime
) -> None:
    """Whoever has an account already keeps their money as it is."""
    known = set(db.scalars(select(LedgerAccount.person)))
    new = [person for person in people if person not in known]
    if not new:
        return
    open_account(db, PROVIDER)
    for merchant in merchants:
        open_account(db, merchant_account(merchant.id))
    for person in new:
        open_account(db, person_account(person), person, _LIMITS)
    written = [move for person in new for move in _moves(person, merchants, zone, now)]
    ids = db.scalars(
        insert(JournalEntry).returning(JournalEntry.id, sort_by_parameter_order=True),
        [{"op": None, "at": m.at, "kind": m.kind, "merchant_zh": m.name.zh, "merchant_en": m.name.en} for m in written],
    ).all()
    db.execute(
        insert(JournalLine),
        [
            {"entry": entry, "account": account, "amount": amount}
            for entry, move in zip(ids, written, strict=True)
            for account, amount in ((move.debit, move.amount), (move.credit, -move.amount))
        ],
    )


class _Move(NamedTuple):
    at: datetime
    kind: str
    name: Text
    debit: str
    credit: str
    amount: int


def _moves(person: str, merchants: Sequence[SampleMerchant], zone: ZoneInfo, now: datetime) -> Iterator[_Move]:
    """The same person has the same habits at every loading. Nobody spends what they do not have."""
    random, account = Random(person), person_account(person)
    today, balance = now.astimezone(zone).date(), 0
    for back in range(DAYS, -1, -1):
        visits = sorted(_visits(random, merchants), key=lambda visit: visit[0])
        for clock, merchant in visits:
            at = datetime.combine(today - timedelta(days=back), clock, zone)
            price = random.choice(merchant.prices)
            if at > now - timedelta(minutes=10):
                return
            if balance < _TOPS_UP_BELOW:
                paid = random.choice(_PAID_IN)
                balance += paid
                yield _Move(at - timedelta(minutes=2), MovementKind.TOP_UP, _NO_TEXT, PROVIDER, account, paid)
            balance -= price
            yield _Move(at, merchant.kind, merchant.name, account, merchant_account(merchant.id), price)


def _visits(random: Random, merchants: Sequence[SampleMerchant]) -> Iterator[tuple[time, SampleMerchant]]:
    for merchant in merchants:
        if random.random() * _EVERY_DAYS.get(merchant.kind, _SELDOM) < 1:
            yield time(random.choice(merchant.hours), random.randrange(2, 50)), merchant
