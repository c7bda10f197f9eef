"""What a session may show or change is decided by the proofs it was given, at its kiosk, until it ends."""

from datetime import timedelta

import pytest

from kiosk.domain.identity import CardProof
from kiosk.domain.policy import SHIPPED, Action, CardPresent, Factor, Proofs
from kiosk.domain.proof_words import proofs_of, words_of
from kiosk.hub.services.refusal import NO_VISIT, No
from kiosk.hub.services.sessions import SESSION_LIFE, begin, end, prove, require
from kiosk.hub.store.tables import Kiosk, Person
from tests.hub.conftest import HubKiosk, World

PIN, CODE, CARD = Factor.PIN, Factor.CODE, CardPresent(CardProof.C0_UID)
ENOUGH: list[tuple[Action, set[object], bool]] = [
    (Action.SEE_TICKETS, set(), False),
    (Action.SEE_TICKETS, {CARD}, False),
    (Action.SEE_TICKETS, {PIN}, True),
    (Action.SEE_TICKETS, {CODE}, True),
    (Action.RESET_PASSWORD, {PIN, CARD}, False),
    (Action.RESET_PASSWORD, {CODE}, False),
    (Action.RESET_PASSWORD, {PIN, CODE}, True),
    (Action.SET_PIN, {CODE}, False),
    (Action.SET_PIN, {CODE, CARD}, True),
]


@pytest.mark.parametrize(("action", "proofs", "enough"), ENOUGH)
def test_a_session_opens_what_its_proofs_are_enough_for(
    world: World, action: Action, proofs: Proofs, enough: bool
) -> None:
    kiosk = world.new_kiosk()
    token = begun(world, kiosk, frozenset(proofs))
    answer = asked(world, kiosk, token, action)
    assert isinstance(answer, Person) is enough
    assert isinstance(answer, Person) or answer.code == "more_needed"


def test_a_further_factor_is_added_to_the_session_of_the_same_person_and_never_to_another(world: World) -> None:
    kiosk = world.new_kiosk()
    token = begun(world, kiosk, frozenset({PIN}))
    with world.store.write() as db:
        row, zhang, li = db.get_one(Kiosk, kiosk.id), db.get_one(Person, "zhang-ming"), db.get_one(Person, "li-na")
        same = prove(db, row, zhang, frozenset({CODE}), token, world.now + timedelta(minutes=1))
        assert (same.token, same.proofs) == (token, frozenset({PIN, CODE}))
        assert same.expires_at == world.now + SESSION_LIFE, "a further factor does not lengthen the visit"
        other = prove(db, row, li, frozenset({CODE}), token, world.now)
        assert (other.token != token, other.proofs) == (True, frozenset({CODE}))
    assert asked(world, kiosk, token, Action.SEE_TICKETS) == NO_VISIT, "the other person's session has ended"


def test_a_session_is_over_when_it_ends_expires_or_is_used_at_another_kiosk(world: World) -> None:
    kiosk, other = world.new_kiosk(), world.new_kiosk("teach2-1f")
    token = begun(world, kiosk, frozenset({PIN}))
    assert asked(world, other, token, Action.SEE_TICKETS) == NO_VISIT
    assert asked(world, kiosk, "", Action.SEE_TICKETS) == NO_VISIT
    with world.store.write() as db:
        end(db, db.get_one(Kiosk, kiosk.id), token, world.now)
    assert asked(world, kiosk, token, Action.SEE_TICKETS) == NO_VISIT
    late = begun(world, kiosk, frozenset({PIN}))
    world.move(minutes=15)
    assert asked(world, kiosk, late, Action.SEE_TICKETS) == NO_VISIT


def test_proofs_survive_being_written_down_and_unknown_words_prove_nothing() -> None:
    proofs: Proofs = frozenset({PIN, CODE, CARD, CardPresent(CardProof.C3_HUB_MUTUAL)})
    assert proofs_of(words_of(proofs)) == proofs
    assert proofs_of(["", "card:9", "card:x", "release:everything", "key", "pin "]) == frozenset()


def begun(world: World, kiosk: HubKiosk, proofs: Proofs) -> str:
    with world.store.write() as db:
        return begin(db, db.get_one(Kiosk, kiosk.id), db.get_one(Person, "zhang-ming"), proofs, world.now)


def asked(world: World, kiosk: HubKiosk, token: str, action: Action) -> Person | No:
    with world.store.read() as db:
        return require(db, db.get_one(Kiosk, kiosk.id), token, action, SHIPPED, world.now)
