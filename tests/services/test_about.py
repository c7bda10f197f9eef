"""A promise that reaches into days whose holidays nobody has published says so wherever it stands, and no other does;
and nobody is sent to the desk on a day on which it is closed."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.domain.campus import Desk
from kiosk.domain.desk import DayException
from kiosk.domain.language import Language
from kiosk.domain.ticket_views import Approval
from kiosk.services import when
from kiosk.services.requests import ChooseLanguage, ChooseService, ChooseSymptom, Open, Submit
from kiosk.words import Speaker, say
from tests.services.a_station import NOW, AStation, a_campus, accepted, text
from tests.services.test_complaints_and_consent import done, with_catalogue
from tests.services.test_my_tickets import a_ticket, at_tickets, page

SHANGHAI = ZoneInfo("Asia/Shanghai")


def reported(language: Language, about: bool) -> AStation:
    station = with_catalogue().press(ChooseLanguage(language), Open("report"), ChooseService("network"))
    station.press(ChooseSymptom("s0"), Submit())
    station.delivered(replace(accepted("A12-0001-K"), respond_about=about))
    return station


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("about", [True, False])
def test_the_done_page_and_the_slip_say_about_in_both_languages(language: Language, about: bool) -> None:
    station = reported(language, about)
    ((_, slip),) = station.printer.slips
    shown = done(station)
    here, there = (say(each, "when.about", when="").strip() for each in (language, language.other))
    for words in (shown.promise, shown.steps[1].time, slip.promise):
        assert (here in words) is about, words
    assert (there in slip.other_language) is about


@pytest.mark.parametrize(("state", "about"), [("new", True), ("in_progress", True), ("new", False)])
def test_my_tickets_say_about(state: str, about: bool) -> None:
    far = NOW + timedelta(days=1)
    ticket = replace(a_ticket(state), respond_by=far, resolve_by=far, respond_about=about, resolve_about=about)
    detail = page(at_tickets(ticket)).detail
    assert detail is not None
    assert (say(Language.ZH, "when.about", when="").strip() in detail.steps[-1].time) is about


def test_how_long_an_approver_has_is_about_as_well() -> None:
    asked = Approval(text("资产审批人", "the assets approver"), NOW, NOW + timedelta(days=40), about=True)
    station = with_catalogue().press(Open("report"), ChooseService("software"), ChooseSymptom("s0"), Submit())
    station.delivered(replace(accepted("A12-0001-K", respond_by=None), resolve_by=None, approval=asked))
    assert say(Language.ZH, "when.about", when="").strip() in done(station).steps[1].text


def with_days(*days: DayException) -> Desk:
    return replace(a_campus().desk, exceptions=days)


def test_on_a_holiday_the_desk_is_closed_and_on_a_make_up_day_open() -> None:
    desk = with_days(DayException("2026-10-05"), DayException("2026-10-10", "09:00", "12:00"))
    assert when.hours_on(date(2026, 10, 5), desk) == ""
    assert when.hours_on(date(2026, 10, 10), desk) == "9:00–12:00"
    assert when.hours_on(date(2026, 10, 12), desk) == "8:00–18:00"
    speak = Speaker(Language.EN)
    sunday = datetime(2026, 10, 4, 10, tzinfo=SHANGHAI)
    assert when.desk_opens_next(sunday, desk, SHANGHAI, speak) == "Tue 6 Oct, 08:00"
    friday = datetime(2026, 10, 9, 19, tzinfo=SHANGHAI)
    assert when.desk_opens_next(friday, desk, SHANGHAI, speak) == "Sat 10 Oct, 09:00"
    assert when.desk_opens_next(friday, with_days(), SHANGHAI, speak) == "Mon 12 Oct, 08:00"


def test_days_that_cannot_be_understood_claim_no_hours() -> None:
    desk = with_days(DayException("2026-10-05", "18:00", "8:00"))
    assert when.hours_of(desk, SHANGHAI) is None
