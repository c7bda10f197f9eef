"""After a loss report: where the card lies, in use again, or a new one ordered, each once however often it is asked."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from kiosk.domain.identity import CardProof
from kiosk.domain.policy import Action, CardPresent, Factor, Proof
from kiosk.hub.builtin.cards import BuiltinCards
from kiosk.hub.builtin.journal import balance_of, person_account
from kiosk.hub.card_settings import CardExtent
from kiosk.hub.services import lost_cards
from kiosk.hub.services.refusal import No
from kiosk.hub.services.sessions import begin
from kiosk.hub.store.card_tables import CardReplacement, JournalLine
from kiosk.hub.store.tables import CardFinding, Kiosk, Message, Person
from kiosk.wire.cards_told import (
    CancelLoss,
    FoundAnswer,
    FoundCard,
    LossCancelled,
    LossState,
    OrderReplacement,
    Replacement,
)
from tests.counts import count as examples
from tests.hub.conftest import World
from tests.hub.test_card_losses import RIGHT, ZHANG, ZHANG_NUMBER, state, told
from tests.real.plain_kiosk import card, new_op

PERSON = "zhang-ming"
ONE: frozenset[Proof] = frozenset({Factor.PIN})
TWO: frozenset[Proof] = frozenset({Factor.PIN, Factor.CODE})
AT_ONCE = 12


class Desk:
    """One kiosk and one person of the sample at it."""

    def __init__(self, world: World) -> None:
        self.world, self.kiosk = world, world.new_kiosk()
        with world.store.read() as db:
            declared = world.cards.capabilities(db)
        assert declared.replace is not None
        self.fee = declared.replace.fee

    def session(self, proofs: frozenset[Proof]) -> str:
        with self.world.store.write() as db:
            return begin(db, db.get_one(Kiosk, self.kiosk.id), db.get_one(Person, PERSON), proofs, self.world.now)

    def state(self, proofs: frozenset[Proof] = ONE) -> LossState:
        token, world = self.session(proofs), self.world
        with world.store.read() as db:
            kiosk = db.get_one(Kiosk, self.kiosk.id)
            found = lost_cards.loss_state(db, world.book, world.house, kiosk, token, world.now)
        assert isinstance(found, LossState), found
        return found

    def cancel(self, op: str, proofs: frozenset[Proof] = TWO) -> LossCancelled | No:
        token, world = self.session(proofs), self.world
        with world.store.write() as db:
            kiosk = db.get_one(Kiosk, self.kiosk.id)
            return lost_cards.cancel(db, world.book, world.house, kiosk, token, CancelLoss(op), world.now)

    def replace(self, op: str, proofs: frozenset[Proof] = TWO, fee: int | None = None) -> Replacement | No:
        token, world = self.session(proofs), self.world
        wish = OrderReplacement(op, self.fee if fee is None else fee)
        with world.store.write() as db:
            kiosk = db.get_one(Kiosk, self.kiosk.id)
            return lost_cards.replace(db, world.book, world.house, kiosk, token, wish, world.now)

    def lose(self) -> None:
        assert told(self.world, self.kiosk, ZHANG_NUMBER, RIGHT).effect in ("blocked", "already_lost")

    def find(self, uid: str = ZHANG.uid, place: str = "it-desk", op: str = "") -> FoundAnswer:
        op = op or new_op()
        payload = msgspec.json.encode(FoundCard("zh", card(uid), place, self.kiosk.now()))
        answer = self.world.take(self.kiosk, self.kiosk.seal(payload, op, op, kind="found_card"))
        assert getattr(answer, "status", 0) == 200, answer
        return msgspec.json.decode(answer.body, type=FoundAnswer)  # type: ignore[union-attr]

    def balance(self) -> int:
        with self.world.store.read() as db:
            return balance_of(db, person_account(PERSON))

    def orders(self) -> int:
        with self.world.store.read() as db:
            return db.scalar(select(func.count()).select_from(CardReplacement)) or 0

    def sum(self) -> int:
        with self.world.store.read() as db:
            return int(db.scalar(select(func.sum(JournalLine.amount))) or 0)


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world)


def why(outcome: object) -> str:
    assert isinstance(outcome, No), outcome
    return outcome.code


def test_a_loss_report_is_cancelled_once_and_the_card_opens_again(desk: Desk) -> None:
    desk.lose()
    op = new_op()
    first = desk.cancel(op)
    assert isinstance(first, LossCancelled)
    assert (state(desk.world), desk.state().state) == ("active", "active")
    desk.lose()
    assert desk.cancel(op) == first, "an old answer again"
    assert state(desk.world) == "lost", "and it changes nothing"


@pytest.mark.parametrize("proofs", [ONE, frozenset({Factor.CODE}), ONE | {CardPresent(CardProof.C1_CLASSIC)}])
def test_cancelling_and_replacing_ask_for_two_factors(desk: Desk, proofs: frozenset[Proof]) -> None:
    desk.lose()
    assert why(desk.cancel(new_op(), proofs)) == "more_needed"
    assert why(desk.replace(new_op(), proofs)) == "more_needed"
    assert (state(desk.world), desk.orders()) == ("lost", 0)


def test_a_card_that_is_not_lost_is_neither_cancelled_nor_replaced(desk: Desk) -> None:
    assert why(desk.cancel(new_op())) == "not_lost"
    assert why(desk.replace(new_op())) == "not_lost"


def test_a_new_card_is_ordered_once_and_paid_once(desk: Desk) -> None:
    desk.lose()
    before, op = desk.balance(), new_op()
    first = desk.replace(op)
    assert isinstance(first, Replacement)
    assert first.fee == desk.fee
    assert desk.replace(op) == first
    assert why(desk.replace(new_op())) == "already_replaced"
    assert (desk.balance(), desk.orders(), desk.sum()) == (before - desk.fee, 1, 0)
    shown = desk.state()
    assert (shown.state, shown.replacement) == ("replaced", first)
    assert why(desk.cancel(new_op())) == "already_replaced", "the old card never comes back"


def test_asked_many_times_at_once_one_card_is_ordered(desk: Desk) -> None:
    desk.lose()
    before = desk.balance()
    ops = [new_op() for _ in range(3)] * 4
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(desk.replace, ops))
    ordered = [answer for answer in answers if isinstance(answer, Replacement)]
    assert len({answer.ordered_at for answer in ordered}) == 1
    assert {why(answer) for answer in answers if isinstance(answer, No)} <= {"already_replaced"}
    assert (desk.balance(), desk.orders(), desk.sum()) == (before - desk.fee, 1, 0)


def test_another_fee_than_was_said_is_not_taken(desk: Desk) -> None:
    desk.lose()
    before = desk.balance()
    assert why(desk.replace(new_op(), fee=desk.fee + 1)) == "fee_changed"
    assert (desk.balance(), desk.orders()) == (before, 0)


def test_where_a_found_card_lies_is_said_until_it_is_back(desk: Desk) -> None:
    desk.lose()
    assert desk.state().found is None
    assert desk.find(place="card-office").known
    desk.world.move(hours=1)
    assert desk.find(place="it-desk").known
    found = desk.state().found
    assert found is not None
    assert found.place == "it-desk", "the last word counts"
    assert isinstance(desk.cancel(new_op()), LossCancelled)
    desk.lose()
    assert desk.state().found is None


def test_a_finding_that_came_before_the_loss_report_is_said_too(desk: Desk) -> None:
    desk.find()
    assert desk.state().found is None, "nobody misses it"
    desk.lose()
    assert desk.state().found is not None


def test_a_card_nobody_knows_is_kept_for_the_office_and_told_to_nobody(desk: Desk) -> None:
    assert not desk.find("DEADBEEF", "a-place-that-closed").known
    with desk.world.store.read() as db:
        (finding,) = db.scalars(select(CardFinding))
    assert (finding.card, finding.person, finding.place) == ("DEADBEEF", None, "")


def test_a_finding_delivered_many_times_is_one(desk: Desk) -> None:
    op = new_op()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(lambda _: desk.find(op=op), range(AT_ONCE)))
    assert len(set(map(msgspec.json.encode, answers))) == 1
    with desk.world.store.read() as db:
        assert db.scalar(select(func.count()).select_from(CardFinding)) == 1


def test_only_a_card_reported_lost_says_so(desk: Desk) -> None:
    def lost(uid: str) -> bool:
        with desk.world.store.read() as db:
            return lost_cards.look(db, card(uid)).lost

    assert not lost(ZHANG.uid)
    assert not lost("DEADBEEF")
    assert not lost("\0")
    desk.lose()
    assert lost(ZHANG.uid)
    assert lost(ZHANG.uid.lower())
    assert not lost("04B7112A3C5F80"), "another card in use"


def test_a_campus_whose_cards_can_only_be_read_blocks_and_replaces_nothing(desk: Desk) -> None:
    desk.world.cards = BuiltinCards(CardExtent.READ_ONLY)
    assert told(desk.world, desk.kiosk, ZHANG_NUMBER, RIGHT).effect == "no_card"
    assert why(desk.cancel(new_op())) == "not_offered"
    assert why(desk.replace(new_op())) == "not_offered"
    assert state(desk.world) == "active"


def test_a_campus_may_ask_for_more_than_a_pin(desk: Desk) -> None:
    desk.world.policy = {**desk.world.policy, Action.REPORT_CARD_LOST: (TWO,)}
    assert told(desk.world, desk.kiosk, ZHANG_NUMBER, RIGHT).effect == "not_proven"
    assert state(desk.world) == "active"


def test_the_person_is_told_of_each_once_on_every_channel_and_never_a_secret(desk: Desk) -> None:
    assert told(desk.world, desk.kiosk, ZHANG_NUMBER, "111222").effect == "not_proven"
    desk.lose()
    op = new_op()
    desk.find(op=op)
    desk.find(op=op)
    cancel = new_op()
    desk.cancel(cancel)
    desk.world.move(minutes=1)
    desk.cancel(cancel)
    with desk.world.store.read() as db:
        messages = list(db.scalars(select(Message).where(Message.person == PERSON).order_by(Message.id)))
    kinds = ["card_not_lost", "card_lost", "card_found", "card_restored"]
    assert [message.kind for message in messages if message.channel == "phone"] == kinds
    assert [message.kind for message in messages if message.channel == "email"] == kinds
    texts = "".join(message.text for message in messages)
    assert "IT 服务台" in texts
    assert RIGHT not in texts


STEPS = ["lose", "cancel", "replace", "find"]


@settings(
    max_examples=examples(20, 400),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 1)), max_size=10))
def test_in_any_order_and_repeated_the_card_has_one_state_and_is_paid_once(
    world: World, steps: list[tuple[str, int]]
) -> None:
    """A second of each kind uses the same operation id now and then: it must change nothing."""
    from kiosk.hub.store.tables import Card

    with world.store.write() as db:
        if db.scalar(select(func.count()).select_from(CardReplacement)):
            return
        db.get_one(Card, ZHANG.uid).state = "active"
    desk = Desk(world)
    before = desk.balance()
    ops: dict[tuple[str, int], str] = {}
    wanted, done = "active", set[tuple[str, int]]()
    for step in steps:
        op, first = ops.setdefault(step, new_op()), step not in done
        action: dict[str, Callable[[], object]] = {
            "lose": lambda: told(world, desk.kiosk, ZHANG_NUMBER, RIGHT),
            "cancel": lambda op=op: desk.cancel(op),  # type: ignore[misc]
            "replace": lambda op=op: desk.replace(op),  # type: ignore[misc]
            "find": lambda op=op: desk.find(op=op),  # type: ignore[misc]
        }
        answer = action[step[0]]()
        if isinstance(answer, No):
            continue
        if step[0] == "lose":
            wanted = "lost" if wanted == "active" else wanted
        elif first and step[0] == "cancel":
            wanted = "active"
        elif first and step[0] == "replace":
            wanted = "replaced"
        done.add(step)
        assert state(world) == wanted
    paid = desk.fee if wanted == "replaced" else 0
    assert (before - desk.balance(), desk.sum()) == (paid, 0)
