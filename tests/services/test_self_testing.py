"""Self-tests at the kiosk: nobody's visit is touched by one, and what came of it is kept."""

import pytest

from kiosk.domain.devices import CardFailed, CardRead, CardTrouble, PrinterState, ReaderState, Scanned, ScannerState
from kiosk.domain.language import Language
from kiosk.domain.outcomes import NoPaper, NoPrinter, Printed, PrintOutcome, PrintUnknown
from kiosk.domain.roles import Role
from kiosk.domain.self_tests import DOTS, LONGEST, Part, Staff, Verdict
from kiosk.domain.speech import SpeechState
from kiosk.services import requests
from kiosk.services.ports import SlipPrinted
from kiosk.services.self_testing import SelfTesting
from kiosk.services.views import Screen
from tests.services.a_station import NOW, ZHANG, AStation

ME = Staff(Role.ADMIN, "a1")


@pytest.fixture
def station() -> AStation:
    return AStation()


def under_test(station: AStation) -> SelfTesting:
    return station.flows.self_testing


def outcome(station: AStation) -> tuple[Verdict, bool]:
    """And whether a person vouches for it."""
    record = station.self_tests.kept[-1]
    assert under_test(station).ended == record
    assert under_test(station).running is None
    return record.outcome, record.confirmed_by is not None


def test_only_what_is_there_is_offered() -> None:
    bare = AStation(PrinterState.NONE)
    bare.session.reader = ReaderState.NONE
    assert under_test(bare).offered() == (Part.TOUCH,)
    full = AStation()
    full.session.scanner = ScannerState.READY
    assert under_test(full).offered() == (Part.PRINTER, Part.READER, Part.SCANNER, Part.TOUCH)
    full.session.speech = SpeechState.NO_SOUND
    assert under_test(full).offered() == tuple(Part)
    assert not under_test(bare).begin(Part.PRINTER, ME)
    assert under_test(bare).running is None


@pytest.mark.parametrize(
    ("printed", "right", "expected"),
    [
        (Printed(), True, (Verdict.PASSED, True)),
        (Printed(), False, (Verdict.FAILED, True)),
        (PrintUnknown("no answer"), True, (Verdict.PASSED, True)),
        (NoPaper(), None, (Verdict.FAILED, False)),
        (NoPrinter("cover open"), None, (Verdict.FAILED, False)),
    ],
)
def test_a_page_is_printed_and_a_person_says_whether_it_came_out_whole(
    station: AStation, printed: PrintOutcome, right: bool | None, expected: tuple[Verdict, bool]
) -> None:
    assert under_test(station).begin(Part.PRINTER, ME)
    job, page = station.printer.slips[-1]
    assert page.headline
    assert page.steps
    under_test(station).say(True, ME)
    assert under_test(station).running is not None, "nothing is out yet"
    station.station.slip_printed(SlipPrinted(job, printed))
    if right is not None:
        under_test(station).say(right, ME)
    assert outcome(station) == expected


def test_a_visitor_s_slip_is_never_taken_for_the_test_s_nor_the_other_way_round(station: AStation) -> None:
    assert under_test(station).begin(Part.PRINTER, ME)
    job, _ = station.printer.slips[-1]
    station.station.slip_printed(SlipPrinted(1, Printed()))
    running = under_test(station).running
    assert running is not None
    assert not running.asks
    under_test(station).leave()
    station.station.slip_printed(SlipPrinted(job, Printed()))
    assert outcome(station) == (Verdict.GIVEN_UP, False)


def test_a_card_for_the_test_begins_no_visit_and_is_not_remembered(station: AStation) -> None:
    assert under_test(station).begin(Part.READER, ME)
    station.station.reader(CardFailed(CardTrouble.UNREADABLE))
    assert under_test(station).running is not None
    station.station.reader(CardRead(ZHANG))
    assert outcome(station) == (Verdict.PASSED, True)
    assert station.shows(Screen.ATTRACT)
    assert "04A1" not in repr(station.self_tests.kept)
    station.station.reader(CardRead(ZHANG))
    assert station.shows(Screen.HOME), "the next card is somebody's"


def test_a_scan_for_the_test_opens_nothing(station: AStation) -> None:
    station.session.scanner = ScannerState.READY
    assert under_test(station).begin(Part.SCANNER, ME)
    station.station.scanner(Scanned(b""))
    assert under_test(station).running is not None
    station.station.scanner(Scanned(b"20230000087"))
    assert outcome(station) == (Verdict.PASSED, True)
    assert station.shows(Screen.ATTRACT)
    assert "20230000087" not in repr(station.self_tests.kept)


def test_five_dots_are_pressed(station: AStation) -> None:
    assert under_test(station).begin(Part.TOUCH, ME)
    for dot in reversed(range(DOTS)):
        under_test(station).dot(dot)
    assert outcome(station) == (Verdict.PASSED, True)


@pytest.mark.parametrize("right", [True, False])
def test_something_is_played_and_a_person_says_whether_it_was_heard(station: AStation, right: bool) -> None:
    station.session.speech = SpeechState.READY
    assert under_test(station).begin(Part.SOUND, ME)
    (said,) = station.speech.said
    assert (said.text, said.tone is None) == (station.session.speak("maintenance.test_sound_ask"), False)
    under_test(station).say(right, ME)
    assert outcome(station) == (Verdict.PASSED if right else Verdict.FAILED, True)


@pytest.mark.parametrize("state", [SpeechState.NO_ENGINE, SpeechState.NO_SOUND])
def test_where_nothing_can_speak_the_sound_has_failed_and_nobody_is_asked(
    station: AStation, state: SpeechState
) -> None:
    station.session.speech = state
    assert under_test(station).begin(Part.SOUND, ME)
    assert outcome(station) == (Verdict.FAILED, False)
    assert station.self_tests.kept[-1].seen == state
    assert station.speech.said == []


def test_one_at_a_time_and_left_alone_it_ends(station: AStation) -> None:
    assert under_test(station).begin(Part.TOUCH, ME)
    assert not under_test(station).begin(Part.READER, ME)
    station.wait(LONGEST + 1)
    assert outcome(station) == (Verdict.GIVEN_UP, False)


def test_whoever_walks_away_has_given_it_up(station: AStation) -> None:
    station.press(requests.Start(Language.ZH))
    assert under_test(station).begin(Part.TOUCH, ME)
    station.press(requests.End())
    assert outcome(station) == (Verdict.GIVEN_UP, False)


def test_the_record_says_what_when_and_by_whom_in_a_role_and_an_alias(station: AStation) -> None:
    assert under_test(station).begin(Part.TOUCH, ME)
    under_test(station).say(False, ME)
    (record,) = station.self_tests.kept
    assert (record.part, record.by, record.outcome, record.confirmed_by) == (Part.TOUCH, ME, Verdict.FAILED, ME)
    assert record.at.date() == NOW.date()
    assert under_test(station).latest() == (record,)


def test_a_record_the_disk_does_not_take_is_said_to_be_lost(station: AStation) -> None:
    station.self_tests.disk_takes = False
    assert under_test(station).begin(Part.TOUCH, ME)
    under_test(station).leave()
    assert not under_test(station).kept
