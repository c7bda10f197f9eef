"""A suspected P0: on call is told, not flooded; only the desk, a second person or monitoring makes it one."""

from datetime import timedelta
from typing import Any

import pytest

from kiosk.hub.builtin.notices import BuiltinNotices
from kiosk.hub.services.announcements import current
from kiosk.hub.services.around import Around
from kiosk.hub.services.desk_acts import DeskAct, do
from kiosk.hub.services.refusal import No
from kiosk.hub.services.suspected import MOST_AN_HOUR, QUIET, alarm
from kiosk.hub.store.tables import Ticket
from kiosk.wire.tickets import NumberClaimed
from tests.hub.conftest import PUBLIC_URL, HubKiosk, World
from tests.hub.test_approvals import change_roles, messages
from tests.hub.test_tickets import ZHANG, listed, send
from tests.real.plain_kiosk import card

LI = "9F3A21C4"
LI_NUMBER = "20230115302"


def many(world: World, kiosk: HubKiosk, **changed: Any) -> str:
    """Many people cannot use the network: a suspected P0."""
    return send(world, kiosk, kiosk.report(**{"impact": "many", "claim": card(ZHANG), **changed})).reference


def priorities(world: World) -> list[str]:
    return [one.priority for one in listed(world)]


def told(world: World, kind: str = "suspected_p0") -> int:
    """Messages to whoever is on call, who is reached on two channels."""
    found = messages(world, kind)
    assert {person for person, _, _ in found} <= {"tang-jun"}
    return len(found) // 2


def around(world: World) -> Around:
    return Around(world.book, BuiltinNotices(world.clock), PUBLIC_URL)


def at_desk(world: World, reference: str) -> No | None:
    with world.store.write() as db:
        return do(db, around(world), db.get_one(Ticket, reference), DeskAct(confirm_p0=True), world.now)


def monitoring(world: World, service: str = "network", building: str = "library") -> list[str] | No:
    with world.store.write() as db:
        return alarm(db, around(world), service, building, world.now)


def test_on_call_is_told_where_and_what_and_it_stays_p1(world: World) -> None:
    reference = many(world, world.new_kiosk(), note="CANARY")
    assert priorities(world) == ["P1"]
    assert told(world) == 1
    text = messages(world, "suspected_p0")[0][2]
    for shown in (reference, "图书馆", "连上了，打不开网页"):
        assert shown in text
    assert "CANARY" not in text
    assert listed(world)[0].suspected_p0


def test_the_same_place_is_told_once_in_a_while_and_another_at_once(world: World) -> None:
    kiosk = world.new_kiosk()
    for _ in range(5):
        many(world, kiosk)
    assert told(world) == 1
    many(world, kiosk, building="canteen-west")
    assert told(world) == 2
    world.now += QUIET
    many(world, kiosk)
    assert told(world) == 3


def test_a_prank_over_the_whole_campus_wakes_nobody_up_again_and_again(world: World) -> None:
    kiosk = world.new_kiosk()
    for place in world.book.places:
        many(world, kiosk, building=place.id)
    assert told(world) == MOST_AN_HOUR
    assert set(priorities(world)) == {"P1"}
    world.now += timedelta(hours=1, seconds=1)
    many(world, kiosk)
    assert told(world) == MOST_AN_HOUR + 1


@pytest.mark.parametrize(
    ("first", "second", "same_kiosk", "confirmed"),
    [
        (card(ZHANG), card(LI), True, True),
        (card(ZHANG), card(ZHANG), False, False),
        (card(ZHANG), None, False, False),
        (card(ZHANG), NumberClaimed("20230114287"), False, False),
        (card(ZHANG), NumberClaimed(LI_NUMBER), True, False),  # anyone can type a second number
        (card(ZHANG), NumberClaimed(LI_NUMBER), False, True),
        (NumberClaimed("20230114287"), NumberClaimed(LI_NUMBER), True, False),
        (card("DEADBEEF"), card("DEADBEE0"), True, False),  # cards nobody knows
    ],
)
def test_a_second_person_confirms_only_where_they_are_independent(
    world: World, first: Any, second: Any, same_kiosk: bool, confirmed: bool
) -> None:
    kiosk = world.new_kiosk()
    many(world, kiosk, claim=first)
    world.move(minutes=9)
    many(world, kiosk if same_kiosk else world.new_kiosk("teach2-1f"), claim=second)
    assert priorities(world) == (["P0", "P0"] if confirmed else ["P1", "P1"])
    assert told(world, "confirmed_p0") == int(confirmed)


def test_too_late_a_second_person_confirms_nothing(world: World) -> None:
    kiosk = world.new_kiosk()
    many(world, kiosk)
    world.move(minutes=10, seconds=1)
    many(world, kiosk, claim=card(LI))
    assert priorities(world) == ["P1", "P1"]


def test_the_desk_confirms_everything_open_that_is_suspected_there(world: World) -> None:
    kiosk = world.new_kiosk()
    first, other = many(world, kiosk), many(world, kiosk, building="canteen-west")
    world.move(hours=1)
    many(world, kiosk)
    assert at_desk(world, first) is None
    assert priorities(world) == ["P0", "P1", "P0"]
    one = listed(world)[0]
    assert one.respond_by == one.created_at + timedelta(minutes=15)
    assert [(step.by, step.what) for step in one.history if step.what == "p0_confirmed"] == [("desk", "p0_confirmed")]
    assert told(world, "confirmed_p0") == 1
    again = at_desk(world, first)
    assert isinstance(again, No)
    assert at_desk(world, other) is None


def test_what_is_not_suspected_cannot_be_confirmed(world: World) -> None:
    kiosk = world.new_kiosk()
    reference = send(world, kiosk, kiosk.report(impact="blocked")).reference
    assert isinstance(at_desk(world, reference), No)
    assert priorities(world) == ["P1"]


def test_monitoring_confirms_what_is_there_and_what_comes_soon_after(world: World) -> None:
    kiosk = world.new_kiosk()
    first = many(world, kiosk)
    many(world, kiosk, building="canteen-west")
    assert monitoring(world) == [first]
    assert priorities(world) == ["P0", "P1"]
    assert monitoring(world, "network", "gym") == []
    world.move(minutes=9)
    many(world, kiosk, building="gym", claim=None)
    assert priorities(world) == ["P0", "P1", "P0"]
    by = [step.by for step in listed(world)[2].history if step.what == "p0_confirmed"]
    assert by == ["monitoring"]
    world.move(minutes=2)
    many(world, kiosk, building="clinic")
    assert priorities(world)[-1] == "P1"


def test_an_alert_for_everywhere_confirms_every_place(world: World) -> None:
    kiosk = world.new_kiosk()
    many(world, kiosk)
    many(world, kiosk, building="canteen-west")
    assert len(monitoring(world, building="")) == 2  # type: ignore[arg-type]
    assert priorities(world) == ["P0", "P0"]
    assert told(world, "confirmed_p0") == 2


@pytest.mark.parametrize(("service", "building"), [("none such", ""), ("network", "none such")])
def test_an_alert_about_something_unknown_is_refused(world: World, service: str, building: str) -> None:
    assert isinstance(monitoring(world, service, building), No)


def test_who_comes_after_it_is_confirmed_joins_without_another_message(world: World) -> None:
    kiosk = world.new_kiosk()
    first = many(world, kiosk)
    at_desk(world, first)
    world.move(hours=3)
    many(world, kiosk, claim=None)
    assert priorities(world) == ["P0", "P0"]
    assert (told(world), told(world, "confirmed_p0")) == (1, 1)
    with world.store.write() as db:
        for row in db.query(Ticket):
            row.state = "closed"
    many(world, kiosk)
    assert priorities(world)[-1] == "P1"


def test_where_nobody_is_on_call_it_is_suspected_all_the_same(world: World) -> None:
    change_roles(world, on_call="", network_head="", centre_head="")
    many(world, world.new_kiosk())
    assert listed(world)[0].suspected_p0
    assert messages(world, "suspected_p0") == []


def test_no_report_puts_a_notice_on_any_kiosk(world: World) -> None:
    kiosk = world.new_kiosk()
    with world.store.read() as db:
        before = len(current(db, world.now))
    many(world, kiosk)
    many(world, kiosk, claim=card(LI))
    assert priorities(world) == ["P0", "P0"]
    with world.store.read() as db:
        assert len(current(db, world.now)) == before
