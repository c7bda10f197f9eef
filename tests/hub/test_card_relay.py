"""A card proves itself through a kiosk; what it proved counts once, here, now, and with a factor of its owner only."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from kiosk.domain.hidden import SecretBytes
from kiosk.domain.identity import CardProof
from kiosk.domain.policy import Action, CardPresent
from kiosk.domain.proof_words import words_of
from kiosk.hub.services import card_relays
from kiosk.hub.services.card_keys import CardKeys
from kiosk.hub.services.card_relays import MOST_TALKS, PROOF_LIFE, TALK_LIFE
from kiosk.hub.services.desfire_crypto import diversified
from kiosk.hub.services.pins import try_pin
from kiosk.hub.services.refusal import No
from kiosk.hub.services.sessions import require
from kiosk.hub.store.card_proof_tables import CardRelay, OneTimeCardProof
from kiosk.hub.store.tables import Card, Kiosk
from kiosk.wire.card_relay import CardAsk, CardMet, CardNotProven, CardProven, CardRelayed, CardSaid
from kiosk.wire.identity import PinAccepted, PinDenied
from kiosk.wire.tickets import CardClaimed, ClaimMade, NumberClaimed
from tests.devices.desfire_card import APPLICATION, MASTER, REST, DesfireCard
from tests.hub.conftest import HubKiosk, World
from tests.hub.test_pins import token_of

KEYS = CardKeys(APPLICATION, SecretBytes(MASTER), rest=REST)
UID = bytes.fromhex("04A1B2C3D4E580")
ZHANG, RIGHT = CardClaimed("04A1B2C3D4E580", 0), "739154"


def genuine(uid: bytes = UID) -> DesfireCard:
    return DesfireCard(uid, {0: diversified(MASTER, uid, REST)})


def met(world: World, kiosk: HubKiosk, uid: bytes = UID, keys: CardKeys | None = KEYS) -> CardRelayed:
    with world.store.write() as db:
        found = card_relays.begin(db, world.keys, keys, db.get_one(Kiosk, kiosk.id), CardMet(uid), world.now)
    assert not isinstance(found, No)
    return found


def said(world: World, kiosk: HubKiosk, ask: CardAsk, card: DesfireCard) -> CardRelayed:
    answer = card(bytes([0x90, ask.command, 0, 0, len(ask.data)]) + ask.data + b"\0")
    told = CardSaid(ask.relay, ask.turn, int.from_bytes(answer[-2:]), answer[:-2])
    with world.store.write() as db:
        found = card_relays.go_on(db, world.keys, KEYS, db.get_one(Kiosk, kiosk.id), told, world.now)
    assert not isinstance(found, No)
    return found


def proven(world: World, kiosk: HubKiosk, card: DesfireCard) -> CardRelayed:
    step = met(world, kiosk, card.shows)
    while isinstance(step, CardAsk):
        step = said(world, kiosk, step, card)
    return step


def proof(world: World, kiosk: HubKiosk, uid: bytes = UID) -> str:
    found = proven(world, kiosk, genuine(uid))
    assert isinstance(found, CardProven), found
    assert found.card == uid.hex().upper()
    return found.proof


def pin(
    world: World, kiosk: HubKiosk, card: str, digits: str = RIGHT, claim: ClaimMade = ZHANG
) -> PinAccepted | PinDenied:
    found = try_pin(
        world.store,
        world.keys,
        world.hasher,
        f"Bearer {token_of(world, kiosk)}",
        kiosk.attempt(claim, digits),
        world.clock,
        latin=False,
        card=card,
    )
    assert not isinstance(found, No), found
    return found


def held(answer: PinAccepted | PinDenied) -> set[str]:
    assert isinstance(answer, PinAccepted), answer
    return set(answer.proofs)


def may(world: World, kiosk: HubKiosk, answer: PinAccepted | PinDenied, action: Action) -> bool:
    assert isinstance(answer, PinAccepted)
    with world.store.read() as db:
        found = require(db, db.get_one(Kiosk, kiosk.id), answer.session, action, world.policy, world.now)
    return not isinstance(found, No)


def test_a_genuine_card_and_a_pin_reset_a_password_and_its_uid_and_a_pin_do_not(world: World) -> None:
    kiosk = world.new_kiosk()
    with_uid = pin(world, kiosk, "")
    assert held(with_uid) == {"card:0", "pin"}
    assert not may(world, kiosk, with_uid, Action.RESET_PASSWORD)
    with_card = pin(world, kiosk, proof(world, kiosk))
    assert held(with_card) == {"card:0", "card:3", "pin"}
    assert may(world, kiosk, with_card, Action.RESET_PASSWORD)


@pytest.mark.parametrize("level", CardProof)
def test_a_kiosk_s_word_about_a_card_is_never_more_than_its_uid(world: World, level: CardProof) -> None:
    kiosk = world.new_kiosk()
    answer = pin(world, kiosk, "made-up", claim=CardClaimed(ZHANG.uid, int(level)))
    assert held(answer) == {"card:0", "pin"}
    assert not may(world, kiosk, answer, Action.RESET_PASSWORD)


def test_a_copied_uid_is_not_proven(world: World) -> None:
    kiosk = world.new_kiosk()
    for key in (bytes(16), MASTER, diversified(MASTER, UID[::-1], REST)):
        assert proven(world, kiosk, DesfireCard(UID, {0: key})) == CardNotProven("wrong")
    assert proven(world, kiosk, DesfireCard(UID, application=b"\x01\x02\x03")) == CardNotProven("other_card")
    with world.store.read() as db:
        assert list(db.scalars(select(OneTimeCardProof))) == []
        assert list(db.scalars(select(CardRelay))) == []


def test_a_proof_counts_once(world: World) -> None:
    kiosk = world.new_kiosk()
    token = proof(world, kiosk)
    assert "card:3" in held(pin(world, kiosk, token))
    assert "card:3" not in held(pin(world, kiosk, token))


def test_a_wrong_pin_costs_no_proof(world: World) -> None:
    kiosk = world.new_kiosk()
    token = proof(world, kiosk)
    assert isinstance(pin(world, kiosk, token, "111222"), PinDenied)
    assert "card:3" in held(pin(world, kiosk, token))


def test_a_proof_counts_at_no_other_kiosk(world: World) -> None:
    here, there = world.new_kiosk(), world.new_kiosk("teach2-1f")
    assert "card:3" not in held(pin(world, there, proof(world, here)))


def test_a_proof_counts_for_no_other_card_and_for_no_typed_number(world: World) -> None:
    kiosk = world.new_kiosk()
    other = bytes.fromhex("0400112233AA80")
    assert "card:3" not in held(pin(world, kiosk, proof(world, kiosk, other)))
    by_number = pin(world, kiosk, proof(world, kiosk), claim=NumberClaimed("20230114287"))
    assert held(by_number) == {"pin"}


@pytest.mark.parametrize(("late", "counts"), [(-1, True), (0, False), (1, False)])
def test_a_proof_counts_for_a_short_time(world: World, late: int, counts: bool) -> None:
    kiosk = world.new_kiosk()
    token = proof(world, kiosk)
    world.now += PROOF_LIFE + timedelta(seconds=late)
    assert ("card:3" in held(pin(world, kiosk, token))) is counts


def test_a_card_reported_lost_proves_nothing_for_anybody(world: World) -> None:
    kiosk = world.new_kiosk()
    token = proof(world, kiosk)
    with world.store.write() as db:
        db.get_one(Card, ZHANG.uid).state = "lost"
    assert isinstance(pin(world, kiosk, token), PinDenied)


def test_a_turn_is_judged_once_at_its_kiosk_and_in_time(world: World) -> None:
    here, there = world.new_kiosk(), world.new_kiosk("teach2-1f")
    card = genuine()
    first = met(world, here)
    assert isinstance(first, CardAsk)
    assert said(world, there, first, card) == CardNotProven("over"), "another kiosk's"
    second = said(world, here, first, card)
    assert isinstance(second, CardAsk)
    assert said(world, here, first, card) == CardNotProven("over"), "the same turn again"
    assert said(world, here, second, card) == CardNotProven("over"), "the talk has ended by that"
    late = met(world, here)
    assert isinstance(late, CardAsk)
    world.now += TALK_LIFE
    assert said(world, here, late, card) == CardNotProven("over")


def test_a_kiosk_has_few_talks_at_a_time_and_others_do_not_suffer_by_it(world: World) -> None:
    busy, other = world.new_kiosk(), world.new_kiosk("teach2-1f")
    theirs = met(world, other)
    for _ in range(MOST_TALKS * 3):
        world.move(seconds=0.1)
        met(world, busy)
    with world.store.read() as db:
        assert len(list(db.scalars(select(CardRelay).where(CardRelay.kiosk == busy.id)))) == MOST_TALKS
    assert isinstance(theirs, CardAsk)
    assert isinstance(said(world, other, theirs, genuine()), CardAsk)


def test_what_waits_in_the_database_shows_neither_keys_nor_numbers(world: World) -> None:
    kiosk, card = world.new_kiosk(), genuine()
    step = met(world, kiosk)
    own = diversified(MASTER, UID, REST)
    while isinstance(step, CardAsk):
        with world.store.read() as db:
            (row,) = db.scalars(select(CardRelay))
        assert UID not in row.talk
        assert own not in row.talk
        assert step.relay not in row.digest
        step = said(world, kiosk, step, card)
    assert isinstance(step, CardProven)
    with world.store.read() as db:
        (kept,) = db.scalars(select(OneTimeCardProof))
    assert step.proof not in kept.digest


def test_a_hub_without_card_keys_says_so_and_proves_nothing(world: World) -> None:
    assert met(world, world.new_kiosk(), keys=None) == CardNotProven("not_offered")


def test_the_level_of_a_proof_is_that_of_a_key_at_the_hub() -> None:
    assert words_of(frozenset({CardPresent(CardProof.C3_HUB_MUTUAL)})) == ("card:3",)
