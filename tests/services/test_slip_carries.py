"""Which slip carries what was told: one that nobody knows of whether the hub has it, where phones can reach the hub."""

from dataclasses import replace

import pytest

from kiosk.domain.language import Language
from kiosk.domain.operations import OpId
from kiosk.domain.outcomes import Refused, Saved, Unreachable, Unreached
from kiosk.domain.receipts import Slip
from kiosk.services.requests import ChooseLanguage, Submit
from kiosk.words import say
from tests.services.a_station import AStation
from tests.services.test_station import with_card_at_details

DIGITS = "7" * 700


def with_paper(digits: str = DIGITS) -> AStation:
    station = with_card_at_details()
    station.outbox.outcome = Saved(OpId.new().value, "A12-0001-K", digits)
    return station


def slip_of(station: AStation) -> Slip:
    ((_, slip),) = station.printer.slips
    return slip


def deliver_nothing(station: AStation) -> AStation:
    """The kiosk's own delivery is another test's; here the wait just ends."""
    return station.wait(5)


@pytest.mark.parametrize(("language", "until"), [(Language.ZH, "周日 12月20日"), (Language.EN, "Sun 20 Dec")])
def test_a_report_that_waits_is_on_its_slip_with_its_last_day(language: Language, until: str) -> None:
    station = with_paper().press(ChooseLanguage(language), Submit())
    slip = slip_of(deliver_nothing(station))
    assert slip.carries == f"https://k.example/b/{DIGITS}"
    assert DIGITS not in repr(slip)
    assert slip.carries_title == say(language, "slip.carries")
    assert slip.carries_body == say(language, "slip.carries_text", until=until)
    assert slip.qr == "", "one code on a slip: nobody has to choose"


def test_what_the_hub_has_or_refused_is_on_no_paper() -> None:
    assert slip_of(with_card_at_details().press(Submit()).delivered()).carries == ""
    refused = with_card_at_details().press(Submit()).delivered(Refused("too_long"))
    assert slip_of(refused).carries == ""


def test_without_an_address_for_phones_or_a_report_that_travels_nothing_is_said_of_it() -> None:
    station = with_paper()
    assert station.session.campus is not None
    station.session.campus = replace(station.session.campus, public_url="")
    for made in (station, with_paper("")):
        slip = slip_of(deliver_nothing(made.press(Submit())))
        assert (slip.carries, slip.carries_title, slip.carries_body) == ("", "", "")


@pytest.mark.parametrize("why", list(Unreached))
def test_a_line_that_fails_while_somebody_waits_prints_it_too(why: Unreached) -> None:
    station = with_card_at_details().press(Submit())
    pending = station.flows.submission._pending
    assert pending is not None
    pending.saved = replace(pending.saved, on_paper=DIGITS)
    assert slip_of(station.delivered(Unreachable(why))).carries.endswith(DIGITS)
