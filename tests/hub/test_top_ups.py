"""Top-ups in two phases: whatever dies or falls silent in between, money is on the card once or not at all."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar
from uuid import uuid4

import msgspec
import pytest
from sqlalchemy import func, select

from kiosk.domain.card_accounts import Balance
from kiosk.domain.card_capabilities import PaymentTerms
from kiosk.domain.policy import SHIPPED, Factor
from kiosk.domain.top_ups import OrderState, PaymentState, PayPage, ProviderSilent, TopUpOrder
from kiosk.hub.builtin.cards import BuiltinCards
from kiosk.hub.builtin.payments import SimulatedPayments
from kiosk.hub.services.refusal import No
from kiosk.hub.services.sessions import begin
from kiosk.hub.services.top_ups import MOST_AT_ONCE, TopUps
from kiosk.hub.services.trust import buy_token
from kiosk.hub.store.card_tables import JournalEntry, JournalLine
from kiosk.hub.store.payment_tables import SimulatedPayment, TopUp
from kiosk.hub.store.tables import Kiosk, Person
from kiosk.wire.cards import TopUpWanted
from kiosk.wire.enrolment import Token
from tests.hub.conftest import PUBLIC_URL, World

Answer = TypeVar("Answer")
WHO, AMOUNT = "zhang-ming", 5000


class Killed(Exception):
    pass


@dataclass
class Cut:
    """The way to the provider: its ``at``-th exchange dies, before it arrives or after it has taken effect."""

    inner: SimulatedPayments
    at: int = 0
    after: bool = False
    exchanges: int = field(default=0)

    @property
    def terms(self) -> PaymentTerms:
        return self.inner.terms

    def begin(self, op: str, amount: int, until: datetime) -> PayPage | ProviderSilent:
        return self._through(lambda: self.inner.begin(op, amount, until))

    def ask(self, op: str) -> PaymentState | ProviderSilent:
        return self._through(lambda: self.inner.ask(op))

    def close(self, op: str) -> PaymentState | ProviderSilent:
        return self._through(lambda: self.inner.close(op))

    def _through(self, act: Callable[[], Answer]) -> Answer:
        self.exchanges += 1
        if self.exchanges == self.at and not self.after:
            raise Killed
        answer = act()
        if self.exchanges == self.at:
            raise Killed
        return answer


class Shop:
    def __init__(self, world: World) -> None:
        self.world, self.kiosk = world, world.new_kiosk()
        self.provider = SimulatedPayments(world.store, world.clock, PUBLIC_URL)
        self.cut = Cut(self.provider)
        self.top_ups = TopUps(world.store, world.clock, SHIPPED, BuiltinCards(), self.cut)
        self.op = str(uuid4())
        with world.store.write() as db:
            bought = buy_token(db, self.kiosk.assertion(), world.now)
            assert isinstance(bought, Token)
            kiosk, who = db.get_one(Kiosk, self.kiosk.id), db.get_one(Person, WHO)
            self.visit = begin(db, kiosk, who, frozenset({Factor.PIN}), world.now)
        self.bearer = f"Bearer {bought.token}"
        self.before = self.money()

    def order(self, amount: int = AMOUNT, visit: str | None = None) -> TopUpOrder | No:
        token = self.visit if visit is None else visit
        return self.top_ups.order(self.bearer, token, TopUpWanted(self.op, amount))

    def ask(self, *, cancel: bool = False) -> TopUpOrder:
        answer = self.top_ups.ask(self.bearer, self.op, cancel=cancel)
        assert isinstance(answer, TopUpOrder)
        return answer

    def pay(self, *, silent: bool = False) -> bool:
        with self.world.store.read() as db:
            code = db.scalar(select(SimulatedPayment.code).where(SimulatedPayment.op == self.op))
        return bool(code) and self.provider.pay(str(code), silent=silent)

    def money(self) -> int:
        with self.world.store.read() as db:
            found = BuiltinCards().balance(db, WHO)
            assert isinstance(found, Balance)
            assert db.scalar(select(func.sum(JournalLine.amount))) == 0
            return found.amount

    def gained(self) -> int:
        return self.money() - self.before

    def paid(self) -> bool:
        with self.world.store.read() as db:
            payment = db.get(SimulatedPayment, self.op)
            return payment is not None and payment.state == PaymentState.PAID


@pytest.fixture
def shop(world: World) -> Shop:
    return Shop(world)


def ordered(shop: Shop) -> TopUpOrder:
    order = shop.order()
    assert isinstance(order, TopUpOrder)
    return order


def test_a_paid_order_is_on_the_card_once_however_often_it_is_asked_for(shop: Shop) -> None:
    order = ordered(shop)
    assert order.state is OrderState.OPEN
    assert order.pay_url.startswith(f"{PUBLIC_URL}/p/")
    assert shop.ask().state is OrderState.OPEN
    assert shop.pay()
    assert [shop.ask().state for _ in range(3)] == [OrderState.POSTED] * 3
    shop.ask(cancel=True)
    shop.world.move(minutes=10)
    shop.top_ups.sweep()
    assert shop.gained() == AMOUNT


def test_a_cancelled_order_takes_nothing_and_cannot_be_paid_any_more(shop: Shop) -> None:
    ordered(shop)
    assert shop.ask(cancel=True).state is OrderState.CANCELLED
    assert not shop.pay()
    assert shop.ask().state is OrderState.CANCELLED
    assert shop.gained() == 0


def test_who_pays_faster_than_the_cancel_gets_the_money(shop: Shop) -> None:
    ordered(shop)
    shop.pay()
    assert shop.ask(cancel=True).state is OrderState.POSTED
    assert shop.gained() == AMOUNT


def test_an_order_nobody_pays_runs_out_at_the_provider_too(shop: Shop) -> None:
    order = ordered(shop)
    shop.world.now = order.expires_at
    assert not shop.pay()
    assert shop.ask().state is OrderState.EXPIRED
    assert shop.gained() == 0


def test_the_same_order_again_is_the_same_order_and_nothing_else(shop: Shop) -> None:
    first = ordered(shop)
    assert shop.order() == first
    other = shop.order(amount=2000)
    assert isinstance(other, No)
    assert other.code == "other_content"


@pytest.mark.parametrize("amount", [0, -5000, 50, 60000, 5050])
def test_an_amount_out_of_range_orders_nothing(shop: Shop, amount: int) -> None:
    assert isinstance(shop.order(amount), No)
    with shop.world.store.read() as db:
        assert db.get(TopUp, shop.op) is None


def test_an_order_needs_the_visit_and_another_kiosk_learns_nothing_of_it(shop: Shop) -> None:
    refused = shop.order(visit="")
    assert isinstance(refused, No)
    assert refused.code == "no_visit"
    ordered(shop)
    other = Shop(shop.world)
    other.op = shop.op
    answer = other.top_ups.ask(other.bearer, shop.op, cancel=True)
    assert isinstance(answer, No)
    assert shop.ask().state is OrderState.OPEN


def test_a_silent_provider_leaves_the_outcome_unknown_until_it_answers(shop: Shop) -> None:
    ordered(shop)
    shop.pay(silent=True)
    assert shop.ask().state is OrderState.UNKNOWN
    assert shop.ask(cancel=True).state is OrderState.UNKNOWN
    shop.world.move(minutes=10)
    assert shop.top_ups.sweep() == 0
    assert shop.gained() == 0
    with shop.world.store.read() as db:
        code = db.get_one(SimulatedPayment, shop.op).code
    shop.provider.speak(code)
    assert shop.top_ups.sweep() == 1
    assert shop.ask().state is OrderState.POSTED
    assert shop.gained() == AMOUNT


def test_a_provider_silent_about_many_keeps_nobody_else_waiting(shop: Shop) -> None:
    for _ in range(MOST_AT_ONCE + 1):
        shop.op = str(uuid4())
        ordered(shop)
        shop.pay(silent=True)
    last = max(shop.op, f"ffffffff{str(uuid4())[8:]}")
    shop.op = last
    ordered(shop)
    shop.pay()
    shop.world.move(minutes=10)
    assert shop.top_ups.sweep() == 1
    assert shop.gained() == AMOUNT


def test_an_order_taken_back_while_its_code_is_made_can_never_be_paid(shop: Shop) -> None:
    begin_payment = shop.cut.begin

    def slow(op: str, amount: int, until: datetime) -> PayPage | ProviderSilent:
        assert shop.ask(cancel=True).state is OrderState.CANCELLED
        return begin_payment(op, amount, until)

    shop.cut.begin = slow  # type: ignore[method-assign]
    order = shop.order()
    assert isinstance(order, TopUpOrder)
    assert (order.state, order.pay_url) == (OrderState.CANCELLED, "")
    assert not shop.pay()
    assert shop.gained() == 0


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("at", range(1, 5))
@pytest.mark.parametrize("pays", [False, True])
def test_a_cut_at_any_exchange_with_the_provider_is_healed_by_asking(
    shop: Shop, at: int, after: bool, pays: bool
) -> None:
    shop.cut.at, shop.cut.after = at, after
    steps: list[Callable[[], object]] = [shop.order, shop.ask, shop.pay if pays else shop.ask, shop.ask, shop.ask]
    for step in steps:
        try:
            step()
        except Killed:
            step()
    shop.world.move(minutes=10)
    shop.top_ups.sweep()
    assert shop.gained() == (AMOUNT if shop.paid() else 0)
    assert shop.ask().state is (OrderState.POSTED if shop.paid() else OrderState.EXPIRED)
    assert shop.paid() is pays


def test_a_hub_that_dies_before_the_money_is_posted_posts_it_after_its_start(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    ordered(shop)
    shop.pay()

    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(BuiltinCards, "top_up", die)
        with pytest.raises(Killed):
            shop.ask()
    assert shop.gained() == 0
    shop.world.move(minutes=10)
    assert shop.top_ups.sweep() == 1
    assert shop.gained() == AMOUNT
    with shop.world.store.read() as db:
        assert len(db.scalars(select(JournalEntry).where(JournalEntry.op == shop.op)).all()) == 1


def test_the_answer_of_an_order_says_nothing_of_its_person(shop: Shop) -> None:
    body = msgspec.json.encode(ordered(shop)).decode()
    assert WHO not in body
