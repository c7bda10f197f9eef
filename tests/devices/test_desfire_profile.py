"""The kiosk between a DESFire card and the hub: it carries, it never decides, and a hub cannot make it write."""

from collections.abc import Callable, Sequence
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.devices.apdu import Ask, converse
from kiosk.devices.card_profiles import CardProfile, UidProfile, read_card
from kiosk.devices.desfire_card import MOST_TURNS, DesfireProfile, NoRelay, Relay
from kiosk.domain.card_relay import RelayAsk, RelayAway, RelayOver, RelayProven, RelayRefused, RelayStep
from kiosk.domain.devices import CardTrouble
from kiosk.domain.identity import CardClaim, CardProof
from kiosk.domain.people import CardUid
from tests.counts import count
from tests.devices.desfire_card import APPLICATION, DESFIRE_ATR, DesfireCard
from tests.devices.plain_cards import CLASSIC_ATR

GOES_ON = RelayAsk("talk", 1, 0x51, b"")
PROVEN = RelayProven("04782E21801D80", "good once")


class Told:
    """Says these steps, the last one for ever; keeps what it was told."""

    def __init__(self, *steps: RelayStep) -> None:
        self.steps, self.heard = list(steps), list[object]()

    def met(self, uid: bytes, /) -> RelayStep:
        self.heard.append(uid)
        return self._next()

    def said(self, ask: RelayAsk, status: int, data: bytes, /) -> RelayStep:
        self.heard.append((ask.turn, status, data))
        return self._next()

    def _next(self) -> RelayStep:
        return self.steps.pop(0) if len(self.steps) > 1 else self.steps[0]


def read(relay: Relay, card: Callable[[bytes], bytes | None]) -> CardClaim | CardTrouble | None:
    return DesfireProfile(APPLICATION, relay).read(asked(card), DESFIRE_ATR)


def asked(card: Callable[[bytes], bytes | None]) -> Ask:
    return partial(converse, card)


def test_what_the_hub_asks_is_carried_and_what_it_has_proven_is_a_claim_of_c3() -> None:
    card, relay = DesfireCard(), Told(RelayAsk("talk", 1, 0x5A, APPLICATION), RelayAsk("talk", 2, 0x51, b""), PROVEN)
    found = read(relay, card)
    assert found == CardClaim(CardUid("04782E21801D80"), CardProof.C3_HUB_MUTUAL)
    assert isinstance(found, CardClaim)
    assert found.shown == "good once"
    assert relay.heard == [card.uid, (1, 0x9100, b""), (2, 0x91AE, b"")]


@pytest.mark.parametrize(
    ("step", "found"),
    [
        (RelayRefused(), CardTrouble.NOT_A_CAMPUS_CARD),
        (RelayOver(), CardTrouble.UNREADABLE),
        (RelayAway(), CardClaim(CardUid("04782E21801D80"))),
    ],
)
def test_what_the_hub_does_not_prove_is_at_most_a_uid(step: RelayStep, found: object) -> None:
    for steps in ((step,), (GOES_ON, step)):
        assert read(Told(*steps), DesfireCard()) == found


def test_a_card_that_is_not_genuine_is_not_taken_by_its_uid_either() -> None:
    kinds: list[CardProfile] = [DesfireProfile(APPLICATION, Told(RelayRefused())), UidProfile()]
    assert read_card(kinds, asked(DesfireCard()), DESFIRE_ATR) is CardTrouble.NOT_A_CAMPUS_CARD


def test_without_network_a_card_that_hides_its_uid_says_so() -> None:
    assert read(NoRelay(), DesfireCard(random_uid=True)) is CardTrouble.NO_NETWORK


def test_a_card_without_the_application_is_another_kind_and_the_hub_hears_nothing_of_it() -> None:
    relay = Told(PROVEN)
    assert read(relay, DesfireCard(application=b"\x01\x02\x03")) is None
    assert DesfireProfile(APPLICATION, relay).read(asked(DesfireCard()), CLASSIC_ATR) is None
    assert relay.heard == []


@pytest.mark.parametrize("command", sorted(set(range(256)) - {0x5A, 0xAA, 0x71, 0xAF, 0x51, 0xBD}))
def test_whatever_the_hub_wants_no_card_is_written_to(command: int) -> None:
    card = DesfireCard()
    assert read(Told(RelayAsk("talk", 1, command, b"")), card) is CardTrouble.UNREADABLE
    assert len(card.asked) == 2, "only the application and the UID"


def test_a_hub_that_never_comes_to_an_end_is_left_alone() -> None:
    relay = Told(GOES_ON)
    assert read(relay, DesfireCard()) is CardTrouble.UNREADABLE
    assert len(relay.heard) == 1 + MOST_TURNS
    assert read(Told(RelayAsk("talk", 1, 0xBD, bytes(65))), DesfireCard()) is CardTrouble.UNREADABLE


@pytest.mark.parametrize("pulled_at", range(5))
def test_a_card_pulled_at_any_command_is_nobody(pulled_at: int) -> None:
    card, left = DesfireCard(), pulled_at

    def pulled(command: bytes) -> bytes | None:
        nonlocal left
        left -= 1
        return card(command) if left >= 0 else None

    assert read(Told(GOES_ON, GOES_ON, GOES_ON, PROVEN), pulled) is CardTrouble.UNREADABLE


STEPS = st.one_of(
    st.just(GOES_ON), st.builds(RelayAsk, st.just("t"), st.integers(0, 9), st.integers(0, 255), st.binary(max_size=70))
)
ANSWERS = st.one_of(
    st.none(),
    st.sampled_from([b"\x91\x00", b"\x91\xaf", b"\x91\xae", b"\x61\x10", b"\x6c\x10", b"", b"\x90", bytes(300)]),
    st.builds(lambda data: data + b"\x91\x00", st.binary(max_size=256)),
    st.binary(max_size=260),
)


def test_whatever_card_and_hub_say_it_ends_with_a_claim_or_a_word(say_figure: Callable[[str], None]) -> None:
    told = 0

    @settings(max_examples=count(1_000, 20_000), deadline=None)
    @given(
        answers=st.lists(ANSWERS, min_size=1, max_size=12),
        steps=st.lists(STEPS, max_size=12),
        honest=st.booleans(),
    )
    def talk(answers: Sequence[bytes | None], steps: list[RelayStep], honest: bool) -> None:
        nonlocal told
        card, turns = DesfireCard(), 0

        def answer(command: bytes) -> bytes | None:
            nonlocal turns, told
            turns, told = turns + 1, told + 1
            assert turns <= 20 * MOST_TURNS, "it asks for ever"
            return card(command) if honest and turns <= 2 else answers[turns % len(answers)]

        found = read(Told(*steps, RelayRefused()), answer)
        assert found is None or isinstance(found, CardTrouble), "nobody has proven anything"

    talk()
    say_figure(f"DESFire at the kiosk: {told} fuzzed answers, 0 crashes, 0 endless talks, 0 claims")
