"""The built-in card accounts keep the port's contract, and their journal is always even."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from kiosk.domain.card_accounts import Balance, CardLimits, CardRefusal, CardRefused, MovementKind, MovementList
from kiosk.domain.card_capabilities import NOTHING
from kiosk.domain.desk import Text
from kiosk.hub.builtin.cards import BuiltinCards
from kiosk.hub.builtin.journal import PROVIDER, person_account, post
from kiosk.hub.builtin.sample import sample_people
from kiosk.hub.card_settings import CardExtent
from kiosk.hub.services.asking import ask_within
from kiosk.hub.store.card_tables import CardPinHash, JournalLine
from kiosk.hub.store.tables import Person
from tests.hub.card_contract import (
    NEEDS,
    AccountsUnderTest,
    Check,
    a_thousand_questions_from_fifty_threads_get_their_own_answers,
    op,
    what_was_rolled_back_never_was,
)
from tests.hub.conftest import World

HOLDER, STRANGER = "zhang-ming", "nobody-with-a-card"


@pytest.fixture
def under(world: World) -> AccountsUnderTest:
    with world.store.write() as db:
        db.add(
            Person(
                id=STRANGER,
                number="20990101001",
                name="无卡",
                latin_name="",
                role="student",
                department="",
                phone="",
                email="",
                language="zh",
                valid_until=None,
            )
        )
        BuiltinCards().top_up(db, op(), HOLDER, 5000, world.now)
        db.execute(delete(CardPinHash).where(CardPinHash.person == HOLDER))

    @contextmanager
    def transaction() -> Iterator[Session]:
        with world.store.write() as db:
            yield ask_within(db)

    cards = BuiltinCards(hasher=world.hasher)
    return AccountsUnderTest(cards, transaction, HOLDER, STRANGER, world.now, world.store.read)


@pytest.mark.parametrize(
    "check",
    [*NEEDS, what_was_rolled_back_never_was, a_thousand_questions_from_fifty_threads_get_their_own_answers],
    ids=lambda check: check.__name__,
)
def test_the_built_in_card_accounts_keep_the_contract(under: AccountsUnderTest, check: Check) -> None:
    check(under)
    with under.transaction() as db:
        assert db.scalar(select(func.sum(JournalLine.amount))) == 0


def test_a_read_only_card_system_declares_and_does_nothing_else(world: World) -> None:
    cards = BuiltinCards(CardExtent.READ_ONLY)
    with world.store.write() as db:
        declared = cards.capabilities(db)
        assert declared.balance
        assert declared.transactions
        assert not any((declared.freeze, declared.unfreeze, declared.replace, declared.pin, declared.limits))
        assert declared.top_up is None
        assert declared.found is None
        assert isinstance(cards.balance(db, HOLDER), Balance)
        no = CardRefused(CardRefusal.NOT_OFFERED)
        assert cards.freeze(db, op(), HOLDER, world.now) == no
        assert cards.top_up(db, op(), HOLDER, 5000, world.now) == no
        assert cards.set_limits(db, op(), HOLDER, CardLimits(5000), world.now) == no


def test_a_card_system_that_lets_nobody_in_declares_and_answers_nothing(world: World) -> None:
    cards = BuiltinCards(CardExtent.NONE)
    with world.store.write() as db:
        assert cards.capabilities(db) == NOTHING
        no = CardRefused(CardRefusal.NOT_OFFERED)
        assert cards.overview(db, HOLDER) == cards.balance(db, HOLDER) == no
        assert cards.transactions(db, HOLDER, world.now) == no


def test_an_uneven_entry_is_not_written(world: World) -> None:
    with pytest.raises(ValueError, match="sum to zero"), world.store.write() as db:
        post(db, None, "meal", world.now, Text("", ""), {PROVIDER: 100, person_account(HOLDER): -99})


def test_everyone_with_a_card_has_months_of_several_kinds_and_never_a_debt(world: World) -> None:
    people = [person.id for person in sample_people() if person.cards]
    with world.store.read() as db:
        for person in people:
            found = BuiltinCards().transactions(db, person, world.now)
            assert isinstance(found, MovementList)
            kinds = {move.kind for move in found.movements}
            assert {MovementKind.MEAL, MovementKind.SHOP, MovementKind.TOP_UP} <= kinds
            assert len({(move.at.year, move.at.month) for move in found.movements}) >= 5
            running = 0
            for move in reversed(found.movements):
                running += move.amount
                assert running >= 0
            assert BuiltinCards().balance(db, person) == Balance(running)
            assert all(bool(move.merchant.zh) == (move.amount < 0) for move in found.movements)


def test_amounts_and_merchants_stay_out_of_logs(world: World) -> None:
    with world.store.read() as db:
        cards = BuiltinCards()
        shown = repr((cards.balance(db, HOLDER), cards.transactions(db, HOLDER, world.now)))
    assert "食堂" not in shown
    assert not any(character.isdigit() for character in repr(Balance(123456)))
