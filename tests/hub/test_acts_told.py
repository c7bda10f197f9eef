"""What was done with a report while it waited at the kiosk: it comes after the report and has its effect once."""

from typing import Any

import msgspec
import pytest

from kiosk.hub.services.operations import Answer
from kiosk.hub.services.refusal import No
from kiosk.hub.services.sessions import end
from kiosk.hub.store.tables import Kiosk
from kiosk.wire.envelope import Envelope
from kiosk.wire.tickets import ActTakenAnswer, ActTold
from tests.hub.conftest import HubKiosk, World
from tests.hub.test_tickets import ZHANG, listed, send, signed_in
from tests.real.plain_kiosk import card


def told(kiosk: HubKiosk, reference: str, session: str, aggregate: str = "", **changed: Any) -> Envelope:
    act = ActTold(reference, "zh", "comment", "二楼也这样", session, kiosk.now())
    payload = msgspec.json.encode(msgspec.structs.replace(act, **changed))
    return kiosk.seal(payload, aggregate or reference, kind="ticket_act")


def status(outcome: Answer | No) -> int:
    return outcome.status


def steps(world: World) -> list[str]:
    return [step.what for step in listed(world)[0].history]


def test_it_takes_effect_once_however_late_it_arrives(world: World) -> None:
    kiosk = world.new_kiosk()
    session, report = signed_in(world, kiosk), kiosk.report(claim=card(ZHANG))
    waits = told(kiosk, report.reference, session)
    world.move(days=3)
    send(world, kiosk, report)
    outcomes = [world.take(kiosk, waits) for _ in range(2)]
    assert [status(outcome) for outcome in outcomes] == [200, 200]
    taken = msgspec.json.decode(outcomes[0].body, type=ActTakenAnswer)  # type: ignore[union-attr]
    assert (taken.reference, taken.state) == (report.reference, "new")
    assert steps(world).count("commented") == 1


def test_what_is_withdrawn_on_the_way_is_withdrawn_as_it_arrives(world: World) -> None:
    kiosk = world.new_kiosk()
    session, report = signed_in(world, kiosk), kiosk.report(claim=card(ZHANG))
    waits = told(kiosk, report.reference, session, act="withdraw", text="")
    send(world, kiosk, report)
    assert status(world.take(kiosk, waits)) == 200
    assert listed(world)[0].state == "withdrawn"


@pytest.mark.parametrize(
    "changed",
    [{"act": "confirm"}, {"act": "disown"}, {"act": "none such"}, {"session": "made up"}, {"session": ""},
     {"text": "字" * 201}, {"text": ""}, {"aggregate": "A12-0009-X"}, {"language": "fr"}],
    ids=str,
)  # fmt: skip
def test_what_is_no_act_of_that_person_on_that_ticket_changes_nothing(world: World, changed: dict[str, str]) -> None:
    kiosk = world.new_kiosk()
    session, report = signed_in(world, kiosk), kiosk.report(claim=card(ZHANG))
    send(world, kiosk, report)
    before = steps(world)
    assert status(world.take(kiosk, told(kiosk, report.reference, **{"session": session, **changed}))) == 422
    assert steps(world) == before


def test_somebody_elses_session_or_one_that_was_over_does_nothing(world: World) -> None:
    kiosk, other = world.new_kiosk(), world.new_kiosk("teach2-1f")
    report = kiosk.report(claim=card(ZHANG))
    send(world, kiosk, report)
    theirs, mine = signed_in(world, kiosk, "emma-smith"), signed_in(world, kiosk)
    assert status(world.take(kiosk, told(kiosk, report.reference, theirs))) == 422
    assert status(world.take(other, told(other, report.reference, mine))) == 422
    with world.store.write() as db:
        end(db, db.get_one(Kiosk, kiosk.id), mine, world.now)
    world.move(minutes=2)
    assert status(world.take(kiosk, told(kiosk, report.reference, mine))) == 422
    assert "commented" not in steps(world)


def test_before_its_report_it_is_refused_and_makes_no_ticket(world: World) -> None:
    kiosk = world.new_kiosk()
    waits = told(kiosk, kiosk.next_reference(), signed_in(world, kiosk))
    assert status(world.take(kiosk, waits)) == 422
    assert listed(world) == []
