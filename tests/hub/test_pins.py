"""The PIN at the hub: counted first, slowed down, and never telling who exists."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select

from kiosk.domain.identity import CardProof
from kiosk.domain.policy import SHIPPED, Action, CardPresent, Factor, Proofs
from kiosk.hub.builtin.notices import BuiltinNotices
from kiosk.hub.services.guesses import STAFF_HOLD, delay_after
from kiosk.hub.services.new_pin import Setting, set_pin
from kiosk.hub.services.pin_hashing import PinHasher
from kiosk.hub.services.pin_rules import is_guessable
from kiosk.hub.services.pins import try_pin
from kiosk.hub.services.refusal import NO_VISIT, No
from kiosk.hub.services.sessions import begin, require
from kiosk.hub.services.trust import buy_token
from kiosk.hub.store.tables import Kiosk, Message, Person
from kiosk.wire.enrolment import Token
from kiosk.wire.identity import (
    NEW_PIN_KIND,
    NewPinAnswer,
    PinAccepted,
    PinAnswer,
    PinAttempt,
    PinDenied,
    PinNotStored,
    PinStored,
)
from kiosk.wire.tickets import ClaimMade, NumberClaimed
from tests.hub.conftest import CHEAP, HubKiosk, World
from tests.real.plain_kiosk import card, new_op

ZHANG, RIGHT = card("04A1B2C3D4E580"), "739154"
ZHANG_NUMBER = NumberClaimed("20230114287")
NO_PIN, DEFAULT = card("9F3A21C4"), card("04B7112A3C5F80")
NOBODY, NOBODYS_NUMBER = card("DEADBEEF"), NumberClaimed("20999999999")

MINUTE = 60
LADDER = [None] * 4 + [15, 30, MINUTE, 2 * MINUTE, 4 * MINUTE, 8 * MINUTE] + [15 * MINUTE] * 4 + [24 * 60 * MINUTE]


@pytest.mark.parametrize(("failures", "seconds"), list(enumerate(LADDER, start=1)))
def test_five_are_free_then_the_delay_doubles_and_from_fifteen_staff_help(failures: int, seconds: int | None) -> None:
    assert delay_after(failures) == (None if seconds is None else timedelta(seconds=seconds))
    assert delay_after(15) == delay_after(99) == STAFF_HOLD


@pytest.mark.parametrize("claim", [ZHANG, ZHANG_NUMBER, NOBODY, NOBODYS_NUMBER], ids=str)
def test_the_ladder_is_climbed_alike_by_known_and_unknown(world: World, claim: ClaimMade) -> None:
    kiosk = world.new_kiosk()
    shown = []
    for seconds in LADDER:
        answer = denied(attempt(world, kiosk, claim, "111222"))
        shown.append((answer.why, answer.tries_left))
        assert answer.retry_at == (None if seconds is None else world.now + timedelta(seconds=seconds))
        if seconds:
            world.move(seconds=seconds - 1)
            assert denied(attempt(world, kiosk, claim, RIGHT)).why == "locked", "one second too early"
            world.move(seconds=1)
    assert shown == [("wrong", None), ("wrong", 3), ("wrong", 2), ("wrong", 1)] + [("locked", 0)] * 11
    if claim in (ZHANG, ZHANG_NUMBER):
        assert isinstance(attempt(world, kiosk, claim, RIGHT), PinAccepted)
        assert denied(attempt(world, kiosk, claim, "111222")).tries_left is None, "a right one begins anew"


def test_another_kiosk_and_another_card_are_not_slowed_down(world: World) -> None:
    kiosk, other = world.new_kiosk(), world.new_kiosk("teach2-1f")
    for _ in range(5):
        attempt(world, kiosk, ZHANG, "111222")
    assert denied(attempt(world, kiosk, ZHANG, RIGHT)).why == "locked"
    assert isinstance(attempt(world, other, ZHANG, RIGHT), PinAccepted)
    assert isinstance(attempt(world, kiosk, card("04667788990080"), "357142"), PinAccepted)


class PowerCut(Exception):
    pass


class DyingHasher(PinHasher):
    def matches(self, pin: str, phc: str | None) -> bool:
        raise PowerCut(len(pin), phc)


def test_an_attempt_is_counted_before_it_is_verified(world: World) -> None:
    kiosk = world.new_kiosk()
    honest, world.hasher = world.hasher, DyingHasher(CHEAP)
    for _ in range(5):
        with pytest.raises(PowerCut):
            attempt(world, kiosk, ZHANG, "111222")
    world.hasher = honest
    assert denied(attempt(world, kiosk, ZHANG, RIGHT)).why == "locked"


def test_twenty_guesses_at_once_are_judged_five_times(world: World) -> None:
    kiosk = world.new_kiosk()
    token = token_of(world, kiosk)
    sealed = [kiosk.attempt(ZHANG, "111222") for _ in range(20)]
    before = world.hasher.verifications
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda one: ask(world, one, token), sealed))
    assert world.hasher.verifications - before == 5


def test_right_pins_at_once_are_all_right(world: World) -> None:
    """Fewer at a time than wrong ones are free: one is counted while another is forgotten."""
    kiosk = world.new_kiosk()
    token = token_of(world, kiosk)
    sealed = [kiosk.attempt(ZHANG, RIGHT) for _ in range(60)]
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda one: ask(world, one, token), sealed))
    assert [answer for answer in answers if not isinstance(answer, PinAccepted)] == []


@pytest.mark.parametrize("claim", [ZHANG, ZHANG_NUMBER, NO_PIN, DEFAULT, NOBODY, NOBODYS_NUMBER], ids=str)
def test_every_judged_attempt_costs_one_verification(world: World, claim: ClaimMade) -> None:
    kiosk = world.new_kiosk()
    for _ in range(3):
        before = world.hasher.verifications
        attempt(world, kiosk, claim, "111222")
        assert world.hasher.verifications - before == 1


@pytest.mark.parametrize(
    ("claim", "typed", "why"),
    [
        (NO_PIN, "111222", "no_pin"),
        (DEFAULT, "888888", "no_pin"),
        (DEFAULT, "111222", "wrong"),
        (NumberClaimed("20230115302"), "111222", "wrong"),
        (NumberClaimed("20220208841"), "888888", "wrong"),
        (NOBODYS_NUMBER, "888888", "wrong"),
        (NOBODY, "111222", "wrong"),
    ],
)
def test_no_pin_is_only_said_of_a_card_in_the_hand(world: World, claim: ClaimMade, typed: str, why: str) -> None:
    assert denied(attempt(world, world.new_kiosk(), claim, typed)).why == why


def test_the_right_pin_answers_masked_in_the_language_that_was_asked_for(world: World) -> None:
    kiosk = world.new_kiosk()
    zh, en = attempt(world, kiosk, ZHANG, RIGHT), attempt(world, kiosk, ZHANG, RIGHT, latin=True)
    assert isinstance(zh, PinAccepted)
    assert isinstance(en, PinAccepted)
    assert (zh.name, zh.number) == ("张*明", "2023•••••87")
    assert en.name == "Z. Y."
    assert zh.session != en.session
    assert zh.proofs == ("card:0", "pin"), "the card is counted as what a kiosk's word is worth"


def test_a_pin_is_added_to_the_session_of_an_earlier_factor(world: World) -> None:
    kiosk, token = world.new_kiosk(), ""
    token = token_of(world, kiosk)
    first = ask(world, kiosk.attempt(ZHANG_NUMBER, RIGHT), token)
    assert isinstance(first, PinAccepted)
    assert first.proofs == ("pin",)
    world.move(minutes=1)
    again = ask(world, kiosk.attempt(ZHANG, RIGHT), token, visit=first.session)
    assert isinstance(again, PinAccepted)
    assert (again.session, again.proofs, again.expires_in) == (first.session, ("card:0", "pin"), 14 * MINUTE)


def test_an_envelope_is_judged_once_and_for_its_own_claim_only(world: World) -> None:
    kiosk, token = world.new_kiosk(), ""
    token = token_of(world, kiosk)
    sealed = kiosk.attempt(ZHANG, RIGHT)
    assert code(ask(world, PinAttempt(ZHANG_NUMBER, sealed.envelope), token)) == "other_claim"
    assert isinstance(ask(world, sealed, token), PinAccepted)
    assert code(ask(world, sealed, token)) == "already_used"
    assert code(ask(world, kiosk.attempt(ZHANG, RIGHT, kind="ticket"), token)) == "other_claim"
    old = kiosk.attempt(ZHANG, RIGHT)
    world.move(minutes=10)
    assert code(ask(world, old, token)) == "expired"
    other = world.new_kiosk("teach2-1f")
    assert code(ask(world, other.attempt(ZHANG, RIGHT), token)) == "signature"
    assert code(ask(world, kiosk.attempt(ZHANG, "12345"), token)) == "malformed"
    assert code(ask(world, kiosk.attempt(ZHANG, RIGHT, op=new_op().upper()), token)) == "malformed"


@pytest.mark.parametrize(
    "pin",
    [
        "888888",
        "000000",
        "123456",
        "987654",
        "890123",
        "121212",
        "123123",
        "114287",
        "202301",
        "12345",
        "12345a",
        "１２３４５６",
    ],
)
def test_a_pin_everybody_would_guess_counts_as_none(pin: str) -> None:
    assert is_guessable(pin, "20230114287")


@pytest.mark.parametrize("pin", ["739154", "460283", "357142", "287114"])
def test_another_pin_counts(pin: str) -> None:
    assert not is_guessable(pin, "20230114287")


def attempt(world: World, kiosk: HubKiosk, claim: ClaimMade, pin: str, *, latin: bool = False) -> PinAnswer | No:
    return ask(world, kiosk.attempt(claim, pin), token_of(world, kiosk), latin=latin)


def ask(world: World, sealed: PinAttempt, token: str, *, latin: bool = False, visit: str = "") -> PinAnswer | No:
    authorization = f"Bearer {token}"
    return try_pin(world.store, world.keys, world.hasher, authorization, sealed, world.clock, latin=latin, visit=visit)


def token_of(world: World, kiosk: HubKiosk) -> str:
    with world.store.write() as db:
        token = buy_token(db, kiosk.assertion(), world.now)
    assert isinstance(token, Token)
    return token.token


def denied(answer: PinAnswer | No) -> PinDenied:
    assert isinstance(answer, PinDenied), answer
    return answer


def code(answer: PinAnswer | No) -> str:
    assert isinstance(answer, No), answer
    return answer.code


def test_a_new_pin_needs_a_code_and_the_card_counts_at_once_and_is_told(world: World) -> None:
    kiosk = world.new_kiosk()
    held = begun(world, kiosk, frozenset({Factor.CODE, CardPresent(CardProof.C0_UID)}))
    assert set_new(world, kiosk, NO_PIN, "735914", held) == PinStored(first=True)
    assert isinstance(attempt(world, kiosk, NO_PIN, "735914"), PinAccepted)
    with world.store.read() as db:
        assert [message.kind for message in db.scalars(select(Message))] == ["pin_set", "pin_set"]


@pytest.mark.parametrize("proofs", [set(), {Factor.PIN}, {Factor.CODE}, {Factor.PIN, CardPresent(CardProof.C0_UID)}])
def test_a_new_pin_is_not_set_with_less(world: World, proofs: Proofs) -> None:
    kiosk = world.new_kiosk()
    answer = set_new(world, kiosk, NO_PIN, "735914", begun(world, kiosk, frozenset(proofs)))
    assert isinstance(answer, No)
    assert answer.code == "more_needed"


@pytest.mark.parametrize("pin", ["888888", "123456", "050914", "311299", "199912", "390013", "115302"])
def test_a_pin_that_is_easily_guessed_is_not_set(world: World, pin: str) -> None:
    kiosk = world.new_kiosk()
    held = begun(world, kiosk, frozenset({Factor.CODE, CardPresent(CardProof.C0_UID)}))
    assert set_new(world, kiosk, NO_PIN, pin, held) == PinNotStored("guessable")
    assert denied(attempt(world, kiosk, NO_PIN, pin)).why == "no_pin"


def test_a_new_pin_ends_the_sessions_that_rest_on_the_old_one(world: World) -> None:
    kiosk, other = world.new_kiosk(), world.new_kiosk("teach2-1f")
    old = attempt(world, other, ZHANG, RIGHT)
    assert isinstance(old, PinAccepted)
    held = begun(world, kiosk, frozenset({Factor.CODE, CardPresent(CardProof.C0_UID)}), "zhang-ming")
    assert set_new(world, kiosk, ZHANG, "735914", held) == PinStored(first=False)
    with world.store.read() as db:
        gone = require(db, db.get_one(Kiosk, other.id), old.session, Action.SEE_TICKETS, SHIPPED, world.now)
        kept = require(db, db.get_one(Kiosk, kiosk.id), held, Action.SEE_TICKETS, SHIPPED, world.now)
    assert gone == NO_VISIT
    assert isinstance(kept, Person)
    assert denied(attempt(world, kiosk, ZHANG, RIGHT)).why == "wrong"


def test_a_pin_is_changed_with_the_old_one_and_a_code_and_the_person_is_told_on_every_channel(world: World) -> None:
    kiosk, other = world.new_kiosk(), world.new_kiosk("teach2-1f")
    elsewhere = attempt(world, other, ZHANG, RIGHT)
    assert isinstance(elsewhere, PinAccepted)
    held = begun(world, kiosk, frozenset({Factor.PIN, Factor.CODE}), "zhang-ming")
    assert set_new(world, kiosk, ZHANG, "735914", held) == PinStored(first=False)
    assert denied(attempt(world, kiosk, ZHANG, RIGHT)).why == "wrong"
    assert isinstance(attempt(world, kiosk, ZHANG, "735914"), PinAccepted)
    with world.store.read() as db:
        told = [(message.kind, message.channel) for message in db.scalars(select(Message))]
        gone = require(db, db.get_one(Kiosk, other.id), elsewhere.session, Action.SEE_TICKETS, SHIPPED, world.now)
    assert sorted(told) == [("pin_changed", "email"), ("pin_changed", "phone")]
    assert gone == NO_VISIT, "what rests on the old PIN ends"


def test_a_genuine_card_and_the_old_pin_are_enough_to_change_it(world: World) -> None:
    kiosk = world.new_kiosk()
    held = begun(world, kiosk, frozenset({Factor.PIN, CardPresent(CardProof.C2_MUTUAL)}), "zhang-ming")
    assert set_new(world, kiosk, ZHANG, "735914", held) == PinStored(first=False)


def test_nobody_sets_the_pin_of_another_person(world: World) -> None:
    kiosk = world.new_kiosk()
    held = begun(world, kiosk, frozenset({Factor.CODE, CardPresent(CardProof.C0_UID)}), "zhang-ming")
    assert set_new(world, kiosk, NO_PIN, "735914", held) == NO_VISIT


def begun(world: World, kiosk: HubKiosk, proofs: Proofs, person: str = "li-na") -> str:
    with world.store.write() as db:
        return begin(db, db.get_one(Kiosk, kiosk.id), db.get_one(Person, person), proofs, world.now)


def set_new(world: World, kiosk: HubKiosk, claim: ClaimMade, pin: str, visit: str) -> NewPinAnswer | No:
    notices = BuiltinNotices(world.clock)
    using = Setting(world.store, world.keys, world.hasher, notices, SHIPPED, world.clock)
    sealed = kiosk.attempt(claim, pin, kind=NEW_PIN_KIND)
    return set_pin(using, f"Bearer {token_of(world, kiosk)}", sealed, visit)
