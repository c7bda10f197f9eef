"""Many payments, each cut, killed, repeated and taken back at random: what was paid is on the card once (R07)."""

import random
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from uuid import uuid4

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.domain.card_accounts import CardRefused, TopUpPosted
from kiosk.domain.policy import SHIPPED
from kiosk.domain.top_ups import OrderState
from kiosk.hub.builtin.cards import BuiltinCards
from kiosk.hub.services.refusal import No
from kiosk.hub.services.top_ups import TopUps
from kiosk.hub.store.card_tables import JournalEntry, JournalLine
from kiosk.hub.store.payment_tables import SimulatedPayment, TopUp
from tests.counts import count
from tests.hub.conftest import World
from tests.hub.test_top_ups import Killed, Shop

#: Payments before the hub looks what became of them; a visit's session lives longer than they take.
BATCH = 25
SEED = 20261130
AMOUNTS = (1000, 2000, 5000)


class DyingCards(BuiltinCards):
    """The hub dies while the money is being posted: before it, or after it and before anything is committed."""

    dies = ""

    def top_up(self, db: Session, op: str, person: str, amount: int, now: datetime) -> TopUpPosted | CardRefused:
        if self.dies == "before":
            raise Killed
        answer = super().top_up(db, op, person, amount, now)
        if self.dies == "after":
            raise Killed
        return answer


class Till:
    """A shop whose way to the provider and whose hub fail as the dice say. ``paid``: op -> amount the payer lost."""

    def __init__(self, world: World, dice: random.Random, seen: "Counter[str]") -> None:
        self.shop, self.dice, self.seen = Shop(world), dice, seen
        self.cards = DyingCards()
        self.shop.top_ups = TopUps(world.store, world.clock, SHIPPED, self.cards, self.shop.cut)
        self.ordered: dict[str, int] = {}

    def payment(self) -> None:
        shop, dice = self.shop, self.dice
        shop.op, amount = str(uuid4()), dice.choice(AMOUNTS)
        self.ordered[shop.op] = amount
        shop.cut.exchanges, shop.cut.at, shop.cut.after = 0, dice.randrange(6), dice.random() < 0.5
        acts: list[Callable[[], object]] = [lambda: shop.order(amount)]
        acts += dice.choices((lambda: shop.order(amount), self._ask, self._cancel, self._pay, self._again), k=5)
        for act in acts:
            self.cards.dies = dice.choice(("", "", "", "before", "after"))
            try:
                act()
            except Killed:
                self.seen["cuts and kills"] += 1
        self.cards.dies, shop.cut.at = "", 0
        self.seen["payments"] += 1

    def _ask(self) -> None:
        self._told(self.shop.top_ups.ask(self.shop.bearer, self.shop.op))

    def _cancel(self) -> None:
        self._told(self.shop.top_ups.ask(self.shop.bearer, self.shop.op, cancel=True))

    def _told(self, answer: object) -> None:
        self.seen["unknown"] += getattr(answer, "state", None) is OrderState.UNKNOWN

    def _pay(self) -> None:
        self.shop.pay(silent=self.dice.random() < 0.3)

    def _again(self) -> None:
        """The same id for another amount: never."""
        answer = self.shop.order(self.ordered[self.shop.op] + 1000)
        assert isinstance(answer, No)
        assert answer.code in ("other_content", "out_of_range")
        self.seen["ids used again, refused"] += 1

    def settle(self) -> None:
        """The provider speaks again, the hub looks once."""
        world = self.shop.world
        with world.store.read() as db:
            silent = db.scalars(select(SimulatedPayment.code).where(SimulatedPayment.silent)).all()
        for code in silent:
            self.shop.provider.speak(code)
        world.move(minutes=10)
        self.shop.top_ups.sweep()

    def check(self) -> None:
        with self.shop.world.store.read() as db:
            paid = {
                payment.op: payment.amount
                for payment in db.scalars(select(SimulatedPayment).where(SimulatedPayment.op.in_(self.ordered)))
                if payment.state == "paid"
            }
            orders = list(db.scalars(select(TopUp).where(TopUp.op.in_(self.ordered))))
            of_orders = select(JournalEntry.op).where(JournalEntry.op.in_(self.ordered))
            entries = Counter(str(op) for op in db.scalars(of_orders))
            assert db.scalar(select(func.sum(JournalLine.amount))) == 0
        self.seen["paid"] += len(paid)
        self.seen["doubles"] += sum(many > 1 for many in entries.values())
        self.seen["orphans"] += len(paid.keys() ^ entries.keys())
        self.seen["undecided"] += sum(not OrderState(order.state).is_final for order in orders)
        assert {order.op for order in orders if order.state == OrderState.POSTED} == paid.keys() == entries.keys()
        assert all(self.ordered[op] == amount for op, amount in paid.items())
        assert self.shop.gained() == sum(paid.values())


def test_every_payment_is_on_the_card_once_or_not_at_all(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    dice, seen = random.Random(SEED), Counter[str]()
    for _ in range(count(6, 1600)):
        till = Till(world, dice, seen)
        for _ in range(BATCH):
            till.payment()
        till.settle()
        till.check()
    with capsys.disabled():
        print(f"\nmoney: {', '.join(f'{many} {what}' for what, many in seen.items())}, sum of the journal 0")
    assert (seen["doubles"], seen["orphans"], seen["undecided"]) == (0, 0, 0)
    assert seen["paid"] > seen["payments"] // 10
    assert min(seen["cuts and kills"], seen["unknown"], seen["ids used again, refused"]) > 0
