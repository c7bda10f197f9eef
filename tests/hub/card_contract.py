"""What every card system behind ports.CardAccounts keeps to: the test kit of an adapter. Its tests make an
``AccountsUnderTest`` and run what ``checks_for`` gives for its capabilities; these ask through the port alone. An
adapter to a system outside the hub is put into services.outside_cards.OutsideCards first, as the hub does."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import uuid4

from sqlalchemy.orm import Session

from kiosk.domain.card_accounts import (
    Balance,
    CardLimits,
    CardOverview,
    CardPinSet,
    CardRefusal,
    CardRefused,
    CardState,
    Frozen,
    LimitsSet,
    MovementList,
    ReplacementOrdered,
    Thawed,
    TopUpPosted,
)
from kiosk.domain.card_capabilities import CardCapabilities, LimitRange
from kiosk.hub.ports import CardAccounts, CardPin


@dataclass(frozen=True, slots=True)
class AccountsUnderTest:
    """``holder`` has an active card, movements, no card PIN, and more money than a replacement costs; ``stranger`` has
    no card. Both are persons of the hub. ``reading``: a transaction for what only reads, where there is another one."""

    cards: CardAccounts
    transaction: Callable[[], AbstractContextManager[Session]]
    holder: str
    stranger: str
    now: datetime
    reading: Callable[[], AbstractContextManager[Session]] | None = None


Check = Callable[[AccountsUnderTest], None]
QUESTIONS, THREADS = 1000, 50
#: What somebody types who knows how systems are asked, where a person's id belongs.
NOBODYS = ("*)(uid=*", "' OR 1=1 --", "张三 🧑‍💻", "%", "", "../1", "a\r\nX: y", "0" * 300)


def op() -> str:
    return str(uuid4())


def money_of(under: AccountsUnderTest) -> int:
    with under.transaction() as db:
        found = under.cards.balance(db, under.holder)
    assert isinstance(found, Balance)
    return found.amount


def state_of(under: AccountsUnderTest) -> CardState:
    with under.transaction() as db:
        found = under.cards.overview(db, under.holder)
    assert isinstance(found, CardOverview)
    return found.state


def what_is_declared_is_answered(under: AccountsUnderTest) -> None:
    with under.transaction() as db:
        declared = under.cards.capabilities(db)
        assert declared.of_one_card
        assert isinstance(under.cards.overview(db, under.holder), CardOverview)
        assert isinstance(under.cards.balance(db, under.holder), Balance) is declared.balance
        moves = under.cards.transactions(db, under.holder, under.now)
    assert isinstance(moves, MovementList) is bool(declared.transactions)
    if isinstance(moves, MovementList):
        assert moves.movements, "the holder has some"
        times = [move.at for move in moves.movements]
        assert times == sorted(times, reverse=True)
        assert all(moves.since <= at <= under.now for at in times)
        assert all(move.amount and move.id for move in moves.movements)


def tried(under: AccountsUnderTest, db: Session, who: str) -> dict[str, object]:
    """Each capability, and what the change that belongs to it is answered for ``who``."""
    cards, now = under.cards, under.now
    return {
        "freeze": cards.freeze(db, op(), who, now),
        "unfreeze": cards.unfreeze(db, op(), who, now),
        "replace": cards.replace(db, op(), who, now),
        "limits": cards.set_limits(db, op(), who, CardLimits(5000), now),
        "pin": cards.set_pin(db, op(), who, None, CardPin("735914"), now),
        "top_up": cards.top_up(db, op(), who, 5000, now),
    }


def what_is_not_declared_is_refused(under: AccountsUnderTest) -> None:
    with under.transaction() as db:
        declared = under.cards.capabilities(db)
        refused = CardRefused(CardRefusal.NOT_OFFERED)
        before = under.cards.overview(db, under.holder)
        answers = tried(under, db, under.stranger)
        assert [name for name in answers if (answers[name] == refused) is bool(getattr(declared, name))] == []
        assert (under.cards.balance(db, under.stranger) == refused) is not declared.balance
        assert under.cards.overview(db, under.holder) == before


def who_has_no_card_is_told_so(under: AccountsUnderTest) -> None:
    no_card = CardRefused(CardRefusal.NO_CARD)
    with under.transaction() as db:
        declared, who = under.cards.capabilities(db), under.stranger
        assert under.cards.overview(db, who) == no_card
        assert under.cards.balance(db, who) == no_card or not declared.balance
        assert under.cards.transactions(db, who, under.now) == no_card or not declared.transactions
        answers = tried(under, db, who)
        assert [name for name in answers if getattr(declared, name) and answers[name] != no_card] == []


def what_is_nobodys_id_reaches_nobody(under: AccountsUnderTest) -> None:
    with under.transaction() as db:
        before = under.cards.overview(db, under.holder)
        for who in NOBODYS:
            answers = [
                under.cards.overview(db, who),
                under.cards.balance(db, who),
                under.cards.transactions(db, who, under.now),
                *tried(under, db, who).values(),
            ]
            assert all(isinstance(answer, CardRefused) for answer in answers), who
        assert under.cards.overview(db, under.holder) == before


def a_thousand_questions_from_fifty_threads_get_their_own_answers(under: AccountsUnderTest) -> None:
    """One in a hundred is a top-up, always the same one."""
    same, before = op(), money_of(under)
    with under.transaction() as db:
        tops_up = under.cards.capabilities(db).top_up is not None

    def ask(number: int) -> object:
        if tops_up and number % (QUESTIONS // 10) == 0:
            with under.transaction() as db:
                return under.cards.top_up(db, same, under.holder, 5000, under.now)
        with (under.reading or under.transaction)() as db:
            return under.cards.balance(db, (under.holder, under.stranger)[number % 2])

    with ThreadPoolExecutor(THREADS) as threads:
        answers = list(threads.map(ask, range(QUESTIONS)))
    assert set(answers[1::2]) == {CardRefused(CardRefusal.NO_CARD)}
    amounts = {answer.amount for answer in answers[::2] if isinstance(answer, Balance)}
    posted = [answer for answer in answers[::2] if isinstance(answer, TopUpPosted)]
    if tops_up:
        assert posted == [TopUpPosted(before + 5000)] * 10
    assert amounts <= {before, money_of(under)}
    assert len(posted) + sum(isinstance(answer, Balance) for answer in answers[::2]) == QUESTIONS // 2
    assert money_of(under) == before + 5000 * tops_up


def a_top_up_counts_once_however_often_it_is_sent(under: AccountsUnderTest) -> None:
    before, same = money_of(under), op()
    for _ in range(3):
        with under.transaction() as db:
            answer = under.cards.top_up(db, same, under.holder, 5000, under.now)
        assert answer == TopUpPosted(before + 5000)
    assert money_of(under) == before + 5000


def an_id_is_good_for_one_thing(under: AccountsUnderTest) -> None:
    same = op()
    with under.transaction() as db:
        assert isinstance(under.cards.top_up(db, same, under.holder, 5000, under.now), TopUpPosted)
        other = CardRefused(CardRefusal.OTHER_OPERATION)
        assert under.cards.top_up(db, same, under.holder, 2000, under.now) == other
        assert under.cards.freeze(db, same, under.holder, under.now) == other
    assert state_of(under) is CardState.ACTIVE


def amounts_out_of_range_change_nothing(under: AccountsUnderTest) -> None:
    before = money_of(under)
    with under.transaction() as db:
        declared = under.cards.capabilities(db)
        assert declared.top_up
        assert declared.limits
        for amount in (
            0,
            -100,
            declared.top_up.lowest - 100,
            declared.top_up.highest + 100,
            declared.top_up.lowest + 1,
        ):
            answer = under.cards.top_up(db, op(), under.holder, amount, under.now)
            assert answer == CardRefused(CardRefusal.OUT_OF_RANGE)
        wanted = [CardLimits()]
        if daily := declared.limits.daily:
            wanted += [CardLimits(daily=amount) for amount in beside(daily)]
        if single := declared.limits.single:
            wanted += [CardLimits(single=amount) for amount in beside(single)]
        if daily and single:
            wanted += [CardLimits(daily=amount, single=single.lowest) for amount in beside(daily)]
        before_limits = limits_of(under, db)
        for limits in wanted:
            limited = under.cards.set_limits(db, op(), under.holder, limits, under.now)
            assert limited == CardRefused(CardRefusal.OUT_OF_RANGE)
        assert limits_of(under, db) == before_limits
    assert money_of(under) == before


def a_limit_is_what_was_last_set_and_the_other_one_stays(under: AccountsUnderTest) -> None:
    with under.transaction() as db:
        declared = under.cards.capabilities(db).limits
        assert declared
        for kind in declared.kinds:
            span, before, same = declared.of(kind), limits_of(under, db), op()
            assert span
            for amount, key in ((span.highest, op()), (span.lowest, same), (span.highest, op()), (span.lowest, same)):
                wanted = CardLimits(**{kind.value: amount})
                answer = under.cards.set_limits(db, key, under.holder, wanted, under.now)
                assert answer == LimitsSet(replace(before, **{kind.value: amount}), under.now)
            assert limits_of(under, db) == replace(before, **{kind.value: span.highest})


def limits_of(under: AccountsUnderTest, db: Session) -> CardLimits:
    found = under.cards.overview(db, under.holder)
    assert isinstance(found, CardOverview)
    return found.limits


def beside(span: LimitRange) -> tuple[int, ...]:
    """Amounts that are not allowed."""
    return 0, -span.step, span.lowest - span.step, span.highest + span.step, span.lowest + 1


def a_pin_is_changed_only_with_the_present_one(under: AccountsUnderTest) -> None:
    """``holder`` has none at first."""
    one, other = CardPin("284719"), CardPin("735914")
    wrong = CardRefused(CardRefusal.WRONG_PIN)

    def set_pin(key: str, present: CardPin | None, new: CardPin, at: datetime) -> object:
        with under.transaction() as db:
            return under.cards.set_pin(db, key, under.holder, present, new, at)

    def is_set() -> bool:
        with under.transaction() as db:
            seen = under.cards.overview(db, under.holder)
        assert isinstance(seen, CardOverview)
        return seen.pin_set

    same, later = op(), under.now + timedelta(minutes=1)
    assert not is_set()
    assert set_pin(op(), other, one, under.now) == wrong
    assert set_pin(same, None, one, under.now) == CardPinSet(under.now, first=True)
    assert set_pin(same, None, one, later) == CardPinSet(under.now, first=True)
    assert is_set()
    assert set_pin(op(), None, other, later) == wrong
    assert set_pin(op(), other, other, later) == wrong
    assert set_pin(op(), one, other, later) == CardPinSet(later, first=False)
    assert set_pin(op(), one, other, later) == wrong


def losing_finding_and_replacing(under: AccountsUnderTest) -> None:
    """Reversible until replaced; the fee is taken once and only for a lost card."""
    before, later = money_of(under), under.now + timedelta(minutes=1)
    with under.transaction() as db:
        cards, who = under.cards, under.holder
        declared = cards.capabilities(db)
        assert declared.replace
        assert cards.unfreeze(db, op(), who, under.now) == CardRefused(CardRefusal.NOT_LOST)
        assert cards.replace(db, op(), who, under.now) == CardRefused(CardRefusal.NOT_LOST)
        first = cards.freeze(db, op(), who, under.now)
        assert isinstance(first, Frozen)
        assert cards.freeze(db, op(), who, later) == first
    assert state_of(under) is CardState.LOST
    with under.transaction() as db:
        assert isinstance(cards.unfreeze(db, op(), who, later), Thawed)
    assert state_of(under) is CardState.ACTIVE
    same = op()
    with under.transaction() as db:
        cards.freeze(db, op(), who, later)
        ordered = cards.replace(db, same, who, later)
        assert isinstance(ordered, ReplacementOrdered)
        assert ordered.fee == declared.replace.fee
    with under.transaction() as db:
        assert cards.replace(db, same, who, later) == ordered
        gone = CardRefused(CardRefusal.ALREADY_REPLACED)
        assert cards.replace(db, op(), who, later) == gone
        assert cards.unfreeze(db, op(), who, later) == gone
        assert cards.freeze(db, op(), who, later) == gone
    assert state_of(under) is CardState.REPLACED
    assert money_of(under) == before - ordered.fee


def what_was_rolled_back_never_was(under: AccountsUnderTest) -> None:
    """Only for card systems that keep their effect in the caller's transaction."""
    before, same = money_of(under), op()
    try:
        with under.transaction() as db:
            assert isinstance(under.cards.top_up(db, same, under.holder, 5000, under.now), TopUpPosted)
            raise RuntimeError("the power went")
    except RuntimeError:
        pass
    assert money_of(under) == before
    with under.transaction() as db:
        assert under.cards.top_up(db, same, under.holder, 5000, under.now) == TopUpPosted(before + 5000)


#: What is checked only where all of this is declared.
NEEDS: dict[Check, tuple[str, ...]] = {
    what_is_declared_is_answered: (),
    what_is_not_declared_is_refused: (),
    who_has_no_card_is_told_so: (),
    what_is_nobodys_id_reaches_nobody: (),
    a_top_up_counts_once_however_often_it_is_sent: ("top_up", "balance"),
    an_id_is_good_for_one_thing: ("top_up", "freeze"),
    amounts_out_of_range_change_nothing: ("top_up", "limits", "balance"),
    a_limit_is_what_was_last_set_and_the_other_one_stays: ("limits",),
    a_pin_is_changed_only_with_the_present_one: ("pin",),
    losing_finding_and_replacing: ("freeze", "unfreeze", "replace", "balance"),
}


def checks_for(declared: CardCapabilities) -> list[Check]:
    return [check for check, needs in NEEDS.items() if all(getattr(declared, name) for name in needs)]
