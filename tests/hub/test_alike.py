"""Known and unknown numbers are answered alike, by equal work, wherever a claim can be sent; and what a kiosk says of a
card counts as its number."""

from collections.abc import Callable

import msgspec
import pytest

from kiosk.domain.identity import CardProof
from kiosk.wire.identity import PinAccepted
from kiosk.wire.tickets import CardClaimed, ClaimMade, NumberClaimed
from tests.hub import test_card_losses, test_codes, test_pins
from tests.hub.conftest import HubKiosk, World
from tests.real.plain_kiosk import new_op

KNOWN = NumberClaimed("20230114287")
#: Nobody's, somebody's without a PIN, and somebody's with the campus's default one.
OTHERS = [NumberClaimed("20999999999"), NumberClaimed("20230115302"), NumberClaimed("20220208841")]
WRONG = "111222"
#: What differs between any two answers.
ITS_OWN = ("reference",)


def pin(world: World, kiosk: HubKiosk, claim: ClaimMade) -> object:
    return test_pins.attempt(world, kiosk, claim, WRONG)


def code(world: World, kiosk: HubKiosk, claim: ClaimMade) -> object:
    return test_codes.send_(world, kiosk, claim)


def typed_code(world: World, kiosk: HubKiosk, claim: ClaimMade) -> object:
    op = new_op()
    test_codes.send_(world, kiosk, claim, op)
    wrong = "000000" if test_codes.code(world) != "000000" else "000001"
    return test_codes.typed(world, kiosk, claim, op, wrong)


def loss(world: World, kiosk: HubKiosk, claim: ClaimMade) -> object:
    return test_card_losses.told(world, kiosk, claim, WRONG)


@pytest.mark.parametrize("ask", [pin, code, typed_code, loss])
@pytest.mark.parametrize("other", OTHERS, ids=["nobody", "no PIN", "default PIN"])
def test_a_number_is_not_found_out_by_asking(
    world: World, ask: Callable[[World, HubKiosk, ClaimMade], object], other: ClaimMade
) -> None:
    seen = []
    for claim, place in ((KNOWN, "lib-1f"), (other, "teach2-1f")):
        before = world.hasher.verifications
        answer = ask(world, world.new_kiosk(place), claim)
        fields = msgspec.to_builtins(answer)
        seen.append(({k: v for k, v in fields.items() if k not in ITS_OWN}, world.hasher.verifications - before))
    assert seen[0] == seen[1]


@pytest.mark.parametrize("level", list(CardProof))
def test_whatever_a_kiosk_says_a_card_has_proven_it_counts_as_its_number(world: World, level: CardProof) -> None:
    said = CardClaimed("04A1B2C3D4E580", int(level))
    answer = test_pins.attempt(world, world.new_kiosk(), said, "739154")
    assert isinstance(answer, PinAccepted)
    assert answer.proofs == ("card:0", "pin")
