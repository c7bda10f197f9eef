"""Who may look after a kiosk is the hub's to say: by role, by proofs, at every act, and it is written down first."""

import pytest

from kiosk.domain.identity import CardProof
from kiosk.domain.policy import SHIPPED, Action, CardPresent, Factor, Proofs
from kiosk.domain.roles import Role
from kiosk.domain.upkeep import ClosedFor, UpkeepAct
from kiosk.hub.services.pins import try_pin
from kiosk.hub.services.refusal import MORE_NEEDED, NO_VISIT, No
from kiosk.hub.services.sessions import begin
from kiosk.hub.services.staff_acts import latest
from kiosk.hub.services.upkeep import upkeep
from kiosk.hub.store.tables import Kiosk, Person
from kiosk.wire.identity import PinAccepted, PinAnswer, PinDenied
from kiosk.wire.tickets import ClaimMade, NumberClaimed
from kiosk.wire.upkeep import UpkeepNoted, UpkeepWanted
from tests.hub.conftest import HubKiosk, World
from tests.hub.test_pins import token_of
from tests.real.plain_kiosk import card

ADMIN, ADMIN_PIN = card("04FEEDFACE5680"), "824615"
ENGINEER, ENGINEER_PIN = card("04C0FFEE123480"), "367908"
STUDENT, STUDENT_PIN = card("04A1B2C3D4E580"), "739154"
NO_PIN, NOBODY = card("8192A3B4"), card("DEADBEEF")
CARD_AND_PIN: Proofs = frozenset({Factor.PIN, CardPresent(CardProof.C0_UID)})


def at_the_door(world: World, kiosk: HubKiosk, claim: ClaimMade, pin: str) -> PinAnswer:
    answer = try_pin(
        world.store,
        world.keys,
        world.hasher,
        f"Bearer {token_of(world, kiosk)}",
        kiosk.attempt(claim, pin),
        world.clock,
        latin=False,
        door=Action.MAINTAIN,
    )
    assert not isinstance(answer, No), answer
    return answer


@pytest.mark.parametrize(
    ("claim", "pin"),
    [
        (ENGINEER, ENGINEER_PIN),
        (STUDENT, STUDENT_PIN),
        (STUDENT, "000111"),
        (NumberClaimed("20230114287"), STUDENT_PIN),
        (NO_PIN, "000111"),
        (ADMIN, "000111"),
    ],
    ids=str,
)
def test_at_the_door_whoever_may_not_pass_is_answered_like_nobody(world: World, claim: ClaimMade, pin: str) -> None:
    kiosk, other = world.new_kiosk(), world.new_kiosk("teach2-1f")
    for _ in range(6):
        before = world.hasher.verifications
        answer = at_the_door(world, kiosk, claim, pin)
        judged = world.hasher.verifications - before
        unknown = at_the_door(world, other, NOBODY, "000111")
        assert answer == unknown
        assert isinstance(answer, PinDenied)
        assert judged == world.hasher.verifications - before - judged


def test_the_admins_card_and_pin_pass_and_anywhere_else_everybody_is_who_they_are(world: World) -> None:
    kiosk = world.new_kiosk()
    assert isinstance(at_the_door(world, kiosk, ADMIN, ADMIN_PIN), PinAccepted)
    answer = try_pin(
        world.store,
        world.keys,
        world.hasher,
        f"Bearer {token_of(world, kiosk)}",
        kiosk.attempt(ENGINEER, ENGINEER_PIN),
        world.clock,
        latin=False,
    )
    assert isinstance(answer, PinAccepted)


def do(
    world: World, kiosk: HubKiosk, person: str, proofs: Proofs, act: str = UpkeepAct.OPEN, why: str = ""
) -> UpkeepNoted | No:
    with world.store.write() as db:
        row = db.get_one(Kiosk, kiosk.id)
        token = begin(db, row, db.get_one(Person, person), proofs, world.now)
        return upkeep(db, SHIPPED, row, token, UpkeepWanted(act, why), world.now)


@pytest.mark.parametrize("act", UpkeepAct)
def test_every_act_of_an_admin_is_written_down_with_kiosk_and_reason(world: World, act: UpkeepAct) -> None:
    kiosk = world.new_kiosk()
    why = ClosedFor.PRINTER if act is UpkeepAct.CLOSE else ""
    noted = do(world, kiosk, "yu-hua", CARD_AND_PIN, act, why)
    assert isinstance(noted, UpkeepNoted)
    assert noted.act == act
    assert noted.alias.isalnum()
    assert "yu" not in noted.alias
    with world.store.read() as db:
        line = latest(db)[0]
    assert (line.by, line.what, line.about, line.why) == ("yu-hua", f"kiosk_{act}", kiosk.id, why)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_no_other_role_may_and_nothing_is_written_down_as_done(world: World, role: Role) -> None:
    kiosk = world.new_kiosk()
    with world.store.write() as db:
        db.get_one(Person, "yu-hua").role = role.value
    assert do(world, kiosk, "yu-hua", CARD_AND_PIN) == NO_VISIT
    with world.store.read() as db:
        assert [line.what for line in latest(db)] == []


@pytest.mark.parametrize(
    "proofs",
    [
        frozenset({CardPresent(CardProof.C3_HUB_MUTUAL)}),
        frozenset({Factor.PIN}),
        frozenset({Factor.CODE}),
        frozenset({Factor.DEFAULT_PIN, CardPresent(CardProof.C0_UID)}),
    ],
    ids=str,
)
def test_an_admin_with_too_little_proof_may_not(world: World, proofs: Proofs) -> None:
    answer = do(world, world.new_kiosk(), "yu-hua", proofs)
    assert isinstance(answer, No)
    assert answer.code == MORE_NEEDED


@pytest.mark.parametrize(("act", "why"), [("format", ""), ("close", "because 13812345678"), ("", "printer")])
def test_what_is_not_known_is_refused(world: World, act: str, why: str) -> None:
    answer = do(world, world.new_kiosk(), "yu-hua", CARD_AND_PIN, act, why)
    assert isinstance(answer, No)
    assert answer.status == 422
