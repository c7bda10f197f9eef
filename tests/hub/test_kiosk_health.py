"""What a kiosk tells of its parts is kept with since when, and a self-test told twice is there once."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace as with_

from kiosk.domain.health import Level, Subject, Why
from kiosk.domain.language import Language
from kiosk.domain.operations import OpId
from kiosk.hub.services import kiosk_health, presence
from kiosk.hub.services.kiosk_health import KEPT, ListedKiosk, list_kiosks
from kiosk.hub.services.kiosk_words import in_words
from kiosk.hub.services.refusal import No
from kiosk.hub.store.tables import Kiosk
from kiosk.wire.health import MAX_LINES, MAX_SAID, MAX_SELF_TESTS, HealthHeard, HealthLine, HealthReport, SelfTestTold
from kiosk.words import Speaker
from tests.hub.conftest import BEGIN, HubKiosk, World

DISK = HealthLine("disk", "ready", "", "12.0 GB", 30.0)
PRINTER = HealthLine("printer", "down", "no_paper", "", 30.0)
TEST = SelfTestTold(OpId.new().value, "printer", BEGIN, "admin", "a1", "passed", "admin", "a1", "")


def tells(world: World, kiosk: HubKiosk, *lines: HealthLine, tests: tuple[SelfTestTold, ...] = ()) -> HealthHeard | No:
    with world.store.write() as db:
        row = db.get_one(Kiosk, kiosk.id)
        return kiosk_health.heard(db, row, HealthReport(list(lines), list(tests)), world.now)


def listed(world: World, kiosk: HubKiosk) -> ListedKiosk:
    with world.store.read() as db:
        return next(each for each in list_kiosks(db, world.book) if each.kiosk == kiosk.id)


def states(world: World, kiosk: HubKiosk) -> dict[str, tuple[str, str]]:
    return {part.subject: (part.level, part.why) for part in listed(world, kiosk).parts}


def test_the_last_state_is_kept_and_since_when(world: World) -> None:
    kiosk = world.new_kiosk()
    assert tells(world, kiosk, DISK, PRINTER) == HealthHeard(2, 0)
    assert states(world, kiosk) == {"printer": ("down", "no_paper"), "disk": ("ready", "")}
    began = world.now - timedelta(seconds=30)
    assert {part.since for part in listed(world, kiosk).parts} == {began}
    world.move(minutes=10)
    tells(world, kiosk, DISK, with_(PRINTER, seconds=5.0))
    assert {part.since for part in listed(world, kiosk).parts} == {began}, "started again, it has forgotten since when"
    world.move(minutes=10)
    tells(world, kiosk, DISK, with_(PRINTER, level="ready", why="", seconds=5.0))
    printer = next(part for part in listed(world, kiosk).parts if part.subject == "printer")
    assert printer.since == world.now - timedelta(seconds=5)
    assert listed(world, kiosk).told_at == world.now


def test_what_is_not_told_any_more_is_forgotten_and_others_stay_as_they_are(world: World) -> None:
    one, other = world.new_kiosk(), world.new_kiosk("teach2-1f")
    tells(world, one, DISK, PRINTER)
    tells(world, other, DISK)
    tells(world, one, DISK)
    assert states(world, one) == {"disk": ("ready", "")}
    assert states(world, other) == {"disk": ("ready", "")}


@pytest.mark.parametrize(
    "line",
    [
        with_(DISK, subject="flux"),
        with_(DISK, level="splendid"),
        with_(PRINTER, why="bewitched"),
        with_(PRINTER, why=""),
        with_(DISK, seconds=-1.0),
        with_(DISK, seconds=float("inf")),
        with_(DISK, seconds=float("nan")),
    ],
)
def test_what_a_newer_kiosk_says_is_left_out_and_the_rest_is_kept(world: World, line: HealthLine) -> None:
    kiosk = world.new_kiosk()
    assert tells(world, kiosk, line, HealthLine("fonts", "ready", "", "", 1.0)) == HealthHeard(1, 0)
    assert states(world, kiosk) == {"fonts": ("ready", "")}


def test_too_much_is_refused(world: World) -> None:
    kiosk = world.new_kiosk()
    assert isinstance(tells(world, kiosk, *[DISK] * (MAX_LINES + 1)), No)
    assert isinstance(tells(world, kiosk, DISK, tests=(TEST,) * (MAX_SELF_TESTS + 1)), No)
    assert states(world, kiosk) == {}


def test_a_device_s_words_are_plain_and_short(world: World) -> None:
    kiosk = world.new_kiosk()
    tells(world, kiosk, with_(DISK, measured="\x1b[2J\u202eevil" + "x" * 500))
    (part,) = listed(world, kiosk).parts
    assert part.measured.startswith("[2Jevil")
    assert len(part.measured) <= MAX_SAID


def test_a_state_from_the_beginning_of_time_begins_where_it_can(world: World) -> None:
    kiosk = world.new_kiosk()
    tells(world, kiosk, with_(DISK, seconds=1e300))
    assert listed(world, kiosk).parts[0].since == world.now - kiosk_health.LONGEST


def test_a_self_test_told_twice_is_there_once_and_nobody_writes_over_another_kiosk_s(world: World) -> None:
    one, other = world.new_kiosk(), world.new_kiosk("teach2-1f")
    for _ in range(2):
        assert tells(world, one, DISK, tests=(TEST,)) == HealthHeard(1, 1)
    tells(world, other, DISK, tests=(with_(TEST, outcome="failed"),))
    (kept,) = listed(world, one).self_tests
    assert (kept.part, kept.outcome, kept.by, kept.confirmed_by) == ("printer", "passed", "admin/a1", "admin/a1")
    assert listed(world, other).self_tests == []


def test_a_report_that_tells_a_self_test_twice_is_kept(world: World) -> None:
    kiosk = world.new_kiosk()
    assert tells(world, kiosk, DISK, tests=(TEST, TEST)) == HealthHeard(1, 1)
    assert len(listed(world, kiosk).self_tests) == 1


def test_the_last_test_of_each_part_is_listed(world: World) -> None:
    kiosk = world.new_kiosk()
    later = with_(TEST, id=OpId.new().value, outcome="failed", at=BEGIN + timedelta(hours=1))
    reader = with_(TEST, id=OpId.new().value, part="reader", confirmed_role="", confirmed_alias="", outcome="given_up")
    tells(world, kiosk, DISK, tests=(TEST, later, reader))
    found = [(test.part, test.outcome, test.confirmed_by) for test in listed(world, kiosk).self_tests]
    assert found == [("printer", "failed", "admin/a1"), ("reader", "given_up", "")]


@pytest.mark.parametrize(
    "wrong", [{"part": "soul"}, {"outcome": "maybe"}, {"role": "king"}, {"confirmed_role": "king"}, {"id": "1"}]
)
def test_a_test_that_makes_no_sense_is_left_out(world: World, wrong: dict[str, str]) -> None:
    kiosk = world.new_kiosk()
    assert tells(world, kiosk, DISK, tests=(with_(TEST, **wrong),)) == HealthHeard(1, 0)


def test_old_tests_are_forgotten(world: World) -> None:
    kiosk = world.new_kiosk()
    tells(world, kiosk, DISK, tests=(TEST,))
    world.move(seconds=KEPT.total_seconds() + 1)
    tells(world, kiosk, DISK)
    assert listed(world, kiosk).self_tests == []


def test_kiosks_are_listed_in_words_with_what_somebody_should_look_at(world: World) -> None:
    kiosk, silent = world.new_kiosk(), world.new_kiosk("teach2-1f")
    tells(world, kiosk, DISK, PRINTER)
    with world.store.write() as db:
        presence.heard(db, world.book, db.get_one(Kiosk, kiosk.id), "degraded", world.now)
    lines = in_words(listed(world, kiosk), Speaker(Language.EN), world.now)
    assert lines[0].startswith(f"A12 lib-1f ({kiosk.id}): works")
    assert len(lines) == 2
    assert "Out of paper" in lines[1]
    assert in_words(listed(world, silent), Speaker(Language.EN), world.now)[0].endswith("never heard of")
    later = world.now + 2 * presence.FRESH
    assert "silent since" in in_words(listed(world, kiosk), Speaker(Language.EN), later)[0]


LINES = st.builds(
    HealthLine,
    st.sampled_from([*Subject, "flux", ""]),
    st.sampled_from([*Level, "x"]),
    st.sampled_from([*Why, ""]),
    st.text(max_size=200),
    st.floats(),
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(LINES, max_size=MAX_LINES))
def test_whatever_is_told_the_list_can_be_read(world: World, lines: list[HealthLine]) -> None:
    kiosk = world.kiosks[0] if world.kiosks else world.new_kiosk()
    answer = tells(world, kiosk, *lines)
    assert isinstance(answer, HealthHeard)
    found = listed(world, kiosk)
    assert len(found.parts) <= answer.lines
    for language in Language:
        assert in_words(found, Speaker(language), world.now)
