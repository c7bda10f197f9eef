"""Whose a report is follows from its service, its building and who is on duty; and who is told of an alarm as well."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from kiosk.domain.announcements import Announcement, AnnouncementKind
from kiosk.domain.text import Text
from kiosk.hub.builtin.campus_folder import BadCampus, CampusFolder, keep_campus, read_campus
from kiosk.hub.services.announcements import current, publish
from kiosk.hub.services.book import read_book
from kiosk.hub.services.desk_acts import assign
from kiosk.hub.services.duty import held
from kiosk.hub.services.roster import Assignment, Shift
from kiosk.hub.store.tables import HistoryLine, Person, Ticket
from tests.hub.conftest import PUBLIC_URL, World
from tests.hub.test_approvals import messages
from tests.hub.test_campus_folder import folder, spoil
from tests.hub.test_complaints import DESK, complained
from tests.hub.test_suspected import many
from tests.hub.test_tickets import ZHANG, listed, send
from tests.real.plain_kiosk import card

__all__ = ["folder"]
#: Who holds the post on call, and two who may stand in.
TANG, DEVICES, SYSTEMS = "T2019967", "T2017852", "T2008402"
SHIFT = Shift("on-call", DEVICES, datetime(2026, 11, 16, 9), datetime(2026, 11, 16, 18))


def with_roster(world: World, *shifts: Shift, rules: tuple[Assignment, ...] = ()) -> World:
    world.book = msgspec.structs.replace(world.book, shifts=list(shifts), assignments=list(rules))
    return world


def on_call(world: World) -> str:
    with world.store.read() as db:
        found = held(db, world.book, "on-call", world.now)
    assert found is not None
    return found.person.number


def reported(world: World, **told: object) -> tuple[str, str]:
    """Team and assignee."""
    kiosk = world.new_kiosk()
    reference = send(world, kiosk, kiosk.report(claim=card(ZHANG), **told)).reference
    return next((one.team, one.assignee) for one in listed(world) if one.reference == reference)


def test_whoever_is_on_duty_holds_the_post_by_the_campuss_clock(world: World) -> None:
    with_roster(world, SHIFT)
    begins = datetime.fromisoformat("2026-11-16T09:00+08:00")
    for moment, number in (
        (begins - timedelta(seconds=1), TANG),
        (begins, DEVICES),
        (begins + timedelta(hours=9) - timedelta(seconds=1), DEVICES),
        (begins + timedelta(hours=9), TANG),
    ):
        world.now = moment
        assert on_call(world) == number


def test_of_two_at_a_time_whoever_began_last_stands_in(world: World) -> None:
    later = msgspec.structs.replace(SHIFT, person=SYSTEMS, begins=datetime(2026, 11, 16, 9, 30))
    with_roster(world, later, SHIFT)
    assert on_call(world) == SYSTEMS


def test_somebody_on_duty_who_has_left_is_stood_in_for(world: World) -> None:
    with_roster(world, SHIFT)
    with world.store.write() as db:
        db.query(Person).where(Person.number == DEVICES).one().valid_until = world.now
    assert on_call(world) == TANG


def test_an_alarm_goes_to_whoever_is_on_duty_with_the_emergency_article(world: World) -> None:
    with_roster(world, SHIFT)
    many(world, world.new_kiosk())
    found = messages(world, "suspected_p0")
    with world.store.read() as db:
        duty = db.query(Person).where(Person.number == DEVICES).one().id
    assert {person for person, _, _ in found} == {duty}
    assert all(f"{PUBLIC_URL}/a/wifi-connected-no-pages" in text for _, _, text in found)


@pytest.mark.parametrize(
    ("rules", "team", "assignee"),
    [
        ((), "network", ""),
        ((Assignment(building="library", team="east"),), "east", ""),
        ((Assignment(building="gym", team="west"),), "network", ""),
        ((Assignment(building="library", team="east"), Assignment(service="network", team="wires")), "wires", ""),
        (
            (
                Assignment(service="network", team="wires"),
                Assignment(service="network", building="library", post="on-call"),
            ),
            "network",
            DEVICES,
        ),
    ],
)
def test_the_most_special_rule_says_whose_a_report_is(
    world: World, rules: tuple[Assignment, ...], team: str, assignee: str
) -> None:
    with_roster(world, SHIFT, rules=rules)
    assert reported(world) == (team, assignee)


def test_a_post_nobody_has_leaves_the_report_to_the_team_and_not_to_the_head_above(world: World) -> None:
    roles = tuple(
        msgspec.structs.replace(role, person="") if role.id == "on-call" else role for role in world.book.roles
    )
    with_roster(world, rules=(Assignment(service="network", team="wires", post="on-call"),))
    world.book = msgspec.structs.replace(world.book, roles=roles)
    assert reported(world) == ("wires", "")


def test_no_rule_gives_a_complaint_to_anybody_but_the_lead(world: World) -> None:
    with_roster(world, SHIFT, rules=(Assignment(service="complaint", team="wires", post="on-call"),))
    complained(world, subject="software")
    (one,) = listed(world)
    assert one.assignee == DESK


def test_a_report_that_is_handed_over_keeps_who_had_it(world: World) -> None:
    with_roster(world, SHIFT, rules=(Assignment(service="network", post="on-call"),))
    reported(world)
    reference = listed(world)[0].reference
    with world.store.write() as db:
        assert assign(db, db.get_one(Ticket, reference), TANG, world.now) is None
    with world.store.read() as db:
        lines = db.query(HistoryLine).where(HistoryLine.what == "assigned").order_by(HistoryLine.id)
        people = {person.id: person.number for person in db.query(Person)}
        assert [people.get(line.text, line.text) for line in lines] == ["network", DEVICES, TANG]


@pytest.mark.parametrize(("own", "shown"), [("", "wifi-connected-no-pages"), ("vpn-fails", "vpn-fails")])
def test_an_outage_is_published_with_the_emergency_article_of_its_service(world: World, own: str, shown: str) -> None:
    outage = Announcement(
        "o1", AnnouncementKind.OUTAGE, Text("断网", "Down"), Text("", ""), world.now, world.now + timedelta(hours=2),
        world.now, service="network", article=own,
    )  # fmt: skip
    with world.store.write() as db:
        assert publish(db, world.book, outage, world.now) == "o1"
        planned = replace(outage, id="o2", kind=AnnouncementKind.PLANNED, article="")
        assert publish(db, world.book, planned, world.now) == "o2"
    with world.store.read() as db:
        standing = {each.id: each.article for each in current(db, world.now)}
    assert (standing["o1"], standing["o2"]) == (shown, "")


ROSTER = '[[shifts]]\nrole = "on-call"\nperson = "T2017852"\nbegins = 2026-11-16T09:00:00\nends = 2026-11-16T18:00:00\n'


def test_a_roster_comes_with_the_campus(world: World, folder: Path) -> None:
    (folder / "roster.toml").write_text(ROSTER)
    campus = read_campus(folder)
    assert isinstance(campus, CampusFolder)
    with world.store.write() as db:
        keep_campus(db, campus)
    with world.store.read() as db:
        world.book = read_book(db)
    assert world.book.shifts == [SHIFT]
    assert on_call(world) == DEVICES


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("roster.toml", '"on-call"', '"of-call"', "of-call"),
        ("roster.toml", "T18:00:00", "T08:00:00", "ends before"),
        ("roster.toml", "T18:00:00", "T18:00", "roster.toml"),
        ("campus.toml", 'holidays = "CN"', 'assignments = [{ service = "netwrk", team = "a" }]', "netwrk"),
        ("campus.toml", 'holidays = "CN"', 'assignments = [{ building = "moon", team = "a" }]', "moon"),
        ("campus.toml", 'holidays = "CN"', 'assignments = [{ building = "gym" }]', "a team or a post"),
    ],
)
def test_a_roster_that_cannot_be_is_refused_by_name(
    folder: Path,
    file: str,
    old: str,
    new: str,
    said: str,
) -> None:
    (folder / "roster.toml").write_text(ROSTER)
    spoil(folder, file, old, new)
    refused = read_campus(folder)
    assert isinstance(refused, BadCampus)
    assert said in f"{refused.file}: {refused.reason}"
