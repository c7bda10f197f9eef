"""Scans at the kiosk: a slip opens its one ticket to anybody, a number is a claim, and neither takes anything away."""

import random
from datetime import timedelta

import pytest

from kiosk.domain.devices import Scanned, ScannerChanged, ScannerState
from kiosk.domain.identity import NumberClaim
from kiosk.domain.language import Language
from kiosk.domain.outcomes import Refused, Unreachable, Unreached
from kiosk.domain.people import PersonNumber
from kiosk.domain.text import Text
from kiosk.domain.ticket_views import Step, TicketView
from kiosk.services import views as v
from kiosk.services.hub_requests import FetchMyTickets, HubOutcome, LookAtSlip
from kiosk.services.requests import (
    Back,
    Choose,
    ChooseLanguage,
    ChooseService,
    ChooseSymptom,
    End,
    Open,
    Request,
    Start,
)
from kiosk.services.scanning import OPEN_TO_SLIPS, Scanning
from kiosk.services.views import Overlay, Screen, StripKind
from kiosk.words import say
from tests.domain.test_scans import payload
from tests.services.a_station import NOW, AStation
from tests.services.test_my_tickets import at_tickets

ZH = Language.ZH
CODE = "abcDEFGHJK23"
SLIP = f"https://k.example/f/{CODE}".encode()
OTHER = b"https://k.example/f/zzzzzzzzzzzz"
NUMBER = "20230115301"
TICKET = TicketView(
    "A12-0473-K", Text("打不开网页", "Pages do not open"), Text("", ""), "incident", "new",
    NOW - timedelta(hours=1), NOW + timedelta(hours=2), None, (Step(NOW - timedelta(hours=1), "", "created"),),
)  # fmt: skip


def ready() -> AStation:
    station = AStation()
    station.station.scanner(ScannerChanged(ScannerState.READY))
    return station


def scan(station: AStation, line: bytes) -> AStation:
    station.station.scanner(Scanned(line))
    return station


def looked(station: AStation) -> list[LookAtSlip]:
    return [request for request in station.hub.asked if isinstance(request, LookAtSlip)]


def page(station: AStation) -> v.SlipPage:
    assert isinstance(station.view.page, v.SlipPage)
    return station.view.page


def home(station: AStation) -> v.HomePage:
    assert isinstance(station.view.page, v.HomePage)
    return station.view.page


# -- a slip -------------------------------------------------------------------------------------------------------
def test_a_slip_at_the_start_page_opens_its_ticket_for_nobody_in_particular() -> None:
    station = scan(ready(), SLIP)
    assert page(station).loading
    assert [request.code.reveal() for request in looked(station)] == [CODE]
    station.answer(TICKET)
    shown = page(station)
    assert shown.detail is not None
    assert (shown.detail.title, shown.chips[0].title) == ("打不开网页", say(ZH, "state.new"))
    assert "A12-0473-K" in shown.detail.line
    assert (station.view.bar.who, station.session.claim) == ("", None)
    assert station.press(Back()).shows(Screen.HOME)


def test_it_is_said_in_the_language_that_is_read_now() -> None:
    station = scan(ready(), SLIP).answer(TICKET).press(ChooseLanguage(Language.EN))
    shown = page(station)
    assert shown.detail is not None
    assert shown.detail.title == "Pages do not open"


def test_nothing_can_be_done_about_it_without_a_proof() -> None:
    station = scan(ready(), SLIP).answer(TICKET)
    for touch in (Choose(Screen.SLIP, "way", "withdraw"), Choose(Screen.TICKETS, "way", "withdraw")):
        assert station.press(touch).shows(Screen.SLIP)
    assert station.press(Open("tickets")).shows(Screen.IDENTIFY)
    assert not [request for request in station.hub.asked if isinstance(request, FetchMyTickets)]


def test_a_ticket_stands_there_no_longer_than_any_other() -> None:
    station = scan(ready(), SLIP).answer(TICKET).wait(61.0)
    assert station.shows(Screen.ATTRACT)
    assert station.flows.slip_look._seen is None


def test_an_answer_to_a_slip_that_was_put_away_changes_nothing() -> None:
    station = scan(ready(), SLIP)
    (first,) = looked(station)
    scan(station, OTHER).answer(TICKET, first)
    assert page(station).loading
    station.press(End()).answer(TICKET)
    assert station.shows(Screen.ATTRACT)


def test_a_slip_nobody_knows_is_said_to_be_that_and_what_can_be_done() -> None:
    station = scan(ready(), SLIP).answer(Refused("no_such_slip"))
    shown = station.view.page
    assert isinstance(shown, v.UnavailablePage)
    assert shown.title == say(ZH, "slip_gone.failed")
    assert next(row.id for row in shown.ways) == "tickets"
    assert station.press(Back()).shows(Screen.HOME)


def test_without_network_it_is_said_and_nothing_waits() -> None:
    station = scan(ready(), SLIP).answer(Unreachable(Unreached.NO_CONNECTION))
    shown = station.view.page
    assert isinstance(shown, v.UnavailablePage)
    assert shown.title == say(ZH, "slip_look.unavailable")
    station.press(Back())
    scan(station, OTHER)
    assert station.shows(Screen.UNAVAILABLE)
    assert len(looked(station)) == 1, "what cannot be asked is not asked"


def test_whoever_has_gone_on_is_not_called_back_by_a_late_answer() -> None:
    station = scan(ready(), SLIP).press(Back()).answer(Refused("no_such_slip"), None)
    assert station.shows(Screen.HOME)


def test_over_ones_own_tickets_a_slip_stands_and_goes_again() -> None:
    station = scan(at_tickets(), SLIP).answer(TICKET)
    assert page(station).detail is not None
    assert station.press(Back()).shows(Screen.TICKETS)


#: Where something is typed or chosen, written out once more.
FILLED_IN = {
    *(Screen.DETAILS, Screen.NOTE, Screen.WRITE, Screen.PASSWORD, Screen.PIN, Screen.PIN_NEW, Screen.CARD_PIN),
    *(Screen.CODE, Screen.FEEDBACK, Screen.PLACE, Screen.SEARCH, Screen.TOP_UP, Screen.TOP_UP_PAY, Screen.LIMITS),
    *(Screen.CARD_CONFIRM, Screen.TICKET_ACT, Screen.ANSWER, Screen.CATEGORY, Screen.SUBJECT, Screen.SIGN_IN),
    Screen.DESK_CODE,
}


def test_no_page_on_which_something_is_filled_in_is_open_to_slips() -> None:
    assert not FILLED_IN & OPEN_TO_SLIPS


@pytest.mark.parametrize("screen", sorted(set(Screen) - OPEN_TO_SLIPS))
def test_no_scan_takes_away_what_is_being_filled_in(screen: Screen) -> None:
    station = ready().press(Start(ZH))
    station.session.pages[:] = [Screen.HOME, screen]
    scanning = Scanning(station.session, station.flows, lambda: None)
    for line in (SLIP, NUMBER.encode()):
        scanning.scanned(line)
        assert station.session.pages[-1] is screen
    assert looked(station) == []
    assert station.session.claim is None


def test_a_report_half_filled_in_stays_and_the_strip_says_why() -> None:
    station = ready().press(Start(ZH), Open("report"), ChooseService("network"), ChooseSymptom("s1"))
    scan(station, SLIP)
    assert station.shows(Screen.DETAILS)
    assert station.strip_is(StripKind.TROUBLE)
    assert station.view.strip.text == say(ZH, "strip.scan_not_now")


def test_while_a_question_stands_nothing_is_taken() -> None:
    station = ready().press(Start(ZH), Open("tickets")).wait(101.0)
    assert station.asks(Overlay.WARNING)
    scan(scan(station, SLIP), NUMBER.encode())
    assert station.asks(Overlay.WARNING)
    assert (looked(station), station.session.claim) == ([], None)


# -- a number -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("typing", [False, True])
def test_where_a_number_is_asked_for_it_goes_on_as_if_it_had_been_typed(typing: bool) -> None:
    station = ready().press(Start(ZH), Open("tickets"), *([Open("number")] if typing else []))
    scan(station, NUMBER.encode())
    assert station.shows(Screen.PIN)
    assert station.session.number == NumberClaim(PersonNumber(NUMBER))
    assert station.session.verified is None
    assert station.view.bar.who == say(ZH, "bar.number_typed")


def test_at_the_start_page_it_begins_a_visit_that_has_proven_nothing() -> None:
    station = scan(ready(), NUMBER.encode())
    assert station.shows(Screen.HOME)
    assert station.session.number == NumberClaim(PersonNumber(NUMBER))
    assert station.session.verified is None


def test_a_number_is_not_taken_in_the_place_of_somebody_who_is_there() -> None:
    station = at_tickets()
    before = station.session.visit.who
    scan(station, NUMBER.encode())
    assert station.session.visit.who == before
    tapped = ready().tap()
    claim = tapped.session.claim
    scan(tapped, NUMBER.encode())
    assert tapped.session.claim == claim
    assert tapped.view.strip.text == say(ZH, "strip.scan_not_now")


@pytest.mark.parametrize("line", [b"", b"9" * 11 + b" ", b"123", b"\x1b[A", b"https://k.example/f/short"])
def test_what_is_neither_is_called_unreadable_and_starts_nothing(line: bytes) -> None:
    station = scan(ready(), line)
    assert station.shows(Screen.ATTRACT)
    assert station.view.strip.text == say(ZH, "strip.scan_unreadable")
    assert station.wait(7.0).view.strip.text == ""


# -- hints --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("state", [None, *ScannerState])
def test_only_a_scanner_that_is_there_is_spoken_of(state: ScannerState | None) -> None:
    station = AStation()
    if state is not None:
        station.station.scanner(ScannerChanged(state))
    station.press(Start(ZH))
    hints = {row.hint for row in home(station).tiles}
    there = state is ScannerState.READY
    assert (say(ZH, "home.tickets_hint_scan") in hints, say(ZH, "home.tickets_hint") in hints) == (there, not there)
    asked = station.press(Open("tickets")).view.page
    assert isinstance(asked, v.IdentifyPage)
    assert asked.reader.text == say(ZH, "identify.text_scan" if there else "identify.text")
    assert not station.strip_is(StripKind.TROUBLE), "a scanner that is away is no trouble of the visitor's"


# -- anything -----------------------------------------------------------------------------------------------------
def test_whatever_is_scanned_nothing_is_proven_and_no_page_is_lost() -> None:
    chance = random.Random(7)
    station, lines = ready(), [SLIP, OTHER, NUMBER.encode(), b"T1234567"]
    touches: list[Request] = [Start(ZH), Back(), Open("tickets"), Open("report"), Open("number"), Open("none"), End()]
    answers: list[HubOutcome] = [TICKET, Refused("no_such_slip")]
    for _ in range(1500):
        line = chance.choice(lines) if chance.random() < 0.4 else payload(chance)[:64]
        match chance.randrange(6):
            case 0:
                station.press(chance.choice(touches))
            case 1 if looked(station):
                station.answer(chance.choice(answers), chance.choice(looked(station)))
            case _:
                scan(station, line)
        assert station.session.verified is None
        assert station.screen in OPEN_TO_SLIPS | {Screen.CATEGORY, Screen.PIN}
