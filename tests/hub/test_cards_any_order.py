"""Card accounts under everything at once: top-ups, losses, replacements and their fee, limits, tills, and transactions
that die in the middle. After every step the journal is even, nothing counted twice, nothing hangs in the air."""

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    MultipleResults,
    RuleBasedStateMachine,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from kiosk.domain.card_accounts import (
    Balance,
    CardLimits,
    CardOverview,
    CardRefusal,
    CardRefused,
    CardState,
    Frozen,
    LimitsSet,
    ReplacementOrdered,
    Thawed,
    TopUpPosted,
)
from kiosk.domain.desk import Text
from kiosk.hub.builtin.cards import BuiltinCards
from kiosk.hub.builtin.journal import lock, merchant_account, person_account, post
from kiosk.hub.store.card_tables import CardOperation, CardReplacement, JournalEntry, JournalLine, LedgerAccount
from kiosk.hub.store.database import Store
from tests.counts import count
from tests.hub.card_contract import op
from tests.hub.conftest import BEGIN

FEE = 1500
PEOPLE = ("zhang-ming", "li-na")
people = st.sampled_from(PEOPLE)
limits = st.sampled_from((None, 2000, 20000, 2001, 0))
#: At which write of its transaction a step dies; 0: it lives.
deaths = st.sampled_from((0, 0, 0, 1, 2, 3, 4))


class Killed(Exception):
    pass


class Accounts(RuleBasedStateMachine):
    """Beside the real accounts stands the simplest model: what each person has, how their card is, what was done."""

    ops = Bundle("ops")
    sample: Path
    seen: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="cards-"))
        shutil.copyfile(self.sample, self.folder / "hub.db")
        self.store = Store(f"sqlite:///{self.folder / 'hub.db'}")
        self.cards, self.now = BuiltinCards(), BEGIN
        with self.store.read() as db:
            self.first = db.scalar(select(func.max(JournalEntry.id))) or 0
            self.has = {who: self._balance(db, who) for who in PEOPLE}
        self.state = dict.fromkeys(PEOPLE, CardState.ACTIVE)
        self.limit = dict.fromkeys(PEOPLE, CardLimits(10000, 5000))
        self.done: dict[str, tuple[str, object]] = {}
        self.entries = 0
        self.replaced = 0

    def teardown(self) -> None:
        self.store.close()
        shutil.rmtree(self.folder)

    def _balance(self, db: Session, who: str) -> int:
        found = self.cards.balance(db, who)
        assert isinstance(found, Balance)
        return found.amount

    @contextmanager
    def _transaction(self, dies_at: int) -> Iterator[Session]:
        """Commits, or dies at its ``dies_at``-th write."""
        with self.store.write() as db:
            if dies_at:
                _die(db, dies_at)
            yield db

    def _do(self, key: str, what: str, dies_at: int, act: "object") -> object:
        """The answer; ``None`` where the transaction died. What was done before with this id is not done again."""
        self.now += timedelta(seconds=1)
        self.seen["steps"] += 1
        try:
            with self._transaction(dies_at) as db:
                answer: object = act(db)  # type: ignore[operator]
        except Killed:
            self.seen["killed"] += 1
            return None
        self.seen[what.split()[0] if not isinstance(answer, CardRefused) else "refused"] += 1
        if key in self.done:
            before, first = self.done[key]
            assert answer == (first if before == what else CardRefused(CardRefusal.OTHER_OPERATION))
            return None
        if not isinstance(answer, CardRefused):
            self.done[key] = (what, answer)
        return answer

    @initialize(target=ops)
    def some_ops(self) -> MultipleResults[str]:
        return multiple(*(op() for _ in range(6)))

    @rule(target=ops)
    def new_op(self) -> str:
        return op()

    @rule(first=ops, second=ops, who=people, dies_at=deaths)
    def lose_and_replace(self, first: str, second: str, who: str, dies_at: int) -> None:
        """What leads to a fee: seldom met when every step is drawn alone."""
        self.lose(first, who, 0)
        self.replace(second, who, dies_at)

    @rule(key=ops, who=people, amount=st.sampled_from((1000, 5000, 50000, 50, 60000, -1000)), dies_at=deaths)
    def top_up(self, key: str, who: str, amount: int, dies_at: int) -> None:
        what = f"top_up {who} {amount}"
        answer = self._do(key, what, dies_at, lambda db: self.cards.top_up(db, key, who, amount, self.now))
        if isinstance(answer, TopUpPosted):
            self.has[who] += amount
            self.entries += 1
            assert answer.balance == self.has[who]
        elif answer is not None:
            assert answer == CardRefused(CardRefusal.OUT_OF_RANGE)

    @rule(key=ops, who=people, dies_at=deaths)
    def lose(self, key: str, who: str, dies_at: int) -> None:
        answer = self._do(key, f"lose {who}", dies_at, lambda db: self.cards.freeze(db, key, who, self.now))
        if isinstance(answer, Frozen):
            assert self.state[who] is not CardState.REPLACED
            self.state[who] = CardState.LOST

    @rule(key=ops, who=people, dies_at=deaths)
    def find(self, key: str, who: str, dies_at: int) -> None:
        answer = self._do(key, f"find {who}", dies_at, lambda db: self.cards.unfreeze(db, key, who, self.now))
        if isinstance(answer, Thawed):
            assert self.state[who] is CardState.LOST
            self.state[who] = CardState.ACTIVE

    @rule(key=ops, who=people, dies_at=deaths)
    def replace(self, key: str, who: str, dies_at: int) -> None:
        answer = self._do(key, f"replace {who}", dies_at, lambda db: self.cards.replace(db, key, who, self.now))
        if isinstance(answer, ReplacementOrdered):
            assert self.state[who] is CardState.LOST
            assert self.has[who] >= FEE
            self.has[who] -= FEE
            self.state[who] = CardState.REPLACED
            self.entries += 1
            self.replaced += 1

    @rule(key=ops, who=people, daily=limits, single=limits, dies_at=deaths)
    def set_limits(self, key: str, who: str, daily: int | None, single: int | None, dies_at: int) -> None:
        wanted = CardLimits(daily, single)
        answer = self._do(
            key, f"limits {who} {wanted}", dies_at, lambda db: self.cards.set_limits(db, key, who, wanted, self.now)
        )
        if isinstance(answer, LimitsSet):
            before = self.limit[who]
            self.limit[who] = CardLimits(daily or before.daily, single or before.single)
            assert answer.limits == self.limit[who]

    @rule(who=people, price=st.integers(1, 30000), dies_at=deaths)
    def eat(self, who: str, price: int, dies_at: int) -> None:
        """A till takes what is there, and never more."""

        def act(db: Session) -> bool:
            account = person_account(who)
            lock(db, account)
            if self._balance(db, who) < price:
                return False
            post(db, None, "meal", self.now, Text("", ""), {account: price, merchant_account("canteen-1"): -price})
            return True

        if self._do(op(), "eat", dies_at, act):
            self.has[who] -= price
            self.entries += 1

    @invariant()
    def the_journal_is_even(self) -> None:
        with self.store.read() as db:
            assert db.scalar(select(func.sum(JournalLine.amount))) == 0
            uneven = select(JournalLine.entry).group_by(JournalLine.entry).having(func.sum(JournalLine.amount) != 0)
            assert db.scalars(uneven).all() == []

    @invariant()
    def everybody_has_what_they_should(self) -> None:
        with self.store.read() as db:
            for who in PEOPLE:
                assert self._balance(db, who) == self.has[who] >= 0
                shown = self.cards.overview(db, who)
                assert isinstance(shown, CardOverview)
                assert (shown.state, shown.limits) == (self.state[who], self.limit[who])

    @invariant()
    def nothing_counted_twice_and_nothing_hangs_in_the_air(self) -> None:
        with self.store.read() as db:
            entries = db.scalars(select(JournalEntry).where(JournalEntry.id > self.first)).all()
            assert len(entries) == self.entries
            lines = select(JournalLine.entry, func.count()).group_by(JournalLine.entry)
            assert all(db.execute(lines.where(JournalLine.entry == entry.id)).one()[1] >= 2 for entry in entries)
            known = set(db.scalars(select(CardOperation.op)))
            assert {entry.op for entry in entries if entry.op} <= known
            assert len(db.scalars(select(CardReplacement)).all()) == self.replaced
            assert all(body for body in db.scalars(select(CardOperation.body)))
            assert db.scalars(select(LedgerAccount.person).where(LedgerAccount.person.in_(PEOPLE))).all()


def _die(db: Session, at: int) -> None:
    """The ``at``-th statement that writes raises in place of being carried out."""
    connection = db.connection()
    left = [at]

    def before(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            left[0] -= 1
            if left[0] == 0:
                raise Killed

    from sqlalchemy import event

    event.listen(connection, "before_cursor_execute", before)


def test_any_order_of_money_and_losses_with_deaths_in_between_stays_even(
    sqlite_sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Accounts.sample = sqlite_sample
    Accounts.seen.clear()
    run_state_machine_as_test(
        Accounts,
        settings=settings(
            max_examples=count(12, 400),
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    with capsys.disabled():
        print(
            f"\ncard accounts: {', '.join(f'{many} {what}' for what, many in Accounts.seen.items())}, even throughout"
        )
    assert Accounts.seen["killed"]


@pytest.mark.parametrize("dies_at", range(1, 9))
def test_a_replacement_that_dies_at_any_write_cost_nothing_and_can_come_again(
    sqlite_sample: Path, dies_at: int
) -> None:
    Accounts.sample = sqlite_sample
    machine = Accounts()
    machine.lose(op(), "zhang-ming", 0)
    key = op()
    for dies in (dies_at, 0, 0):
        machine.replace(key, "zhang-ming", dies)
        machine.the_journal_is_even()
        machine.everybody_has_what_they_should()
        machine.nothing_counted_twice_and_nothing_hangs_in_the_air()
    assert machine.replaced == 1
    machine.teardown()


@pytest.mark.parametrize("dies_at", range(1, 6))
def test_a_top_up_that_dies_at_any_write_never_was_and_can_come_again(sqlite_sample: Path, dies_at: int) -> None:
    Accounts.sample = sqlite_sample
    machine = Accounts()
    key = machine.new_op()
    machine.top_up(key, "zhang-ming", 5000, dies_at)
    machine.top_up(key, "zhang-ming", 5000, 0)
    machine.top_up(key, "zhang-ming", 5000, 0)
    machine.the_journal_is_even()
    machine.everybody_has_what_they_should()
    machine.teardown()
