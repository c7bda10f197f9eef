"""The desk's code at the kiosk: typed with one's own number, it leads to the one thing it is good for."""

from datetime import timedelta

import pytest

from kiosk.domain.accounts import AccountAct
from kiosk.domain.identity import NumberClaim
from kiosk.domain.language import Language
from kiosk.domain.outcomes import PinRefusal, PinRefused, PinSet, Refused, Unreachable, Unreached
from kiosk.domain.people import PersonNumber
from kiosk.domain.policy import Action, Factor, ReleaseCode
from kiosk.services.desk_pages import DESK_CODE, desk_code_rows
from kiosk.services.hub_requests import CheckRelease, FetchAccount, SetPin
from kiosk.services.pin_setting import FORGOTTEN
from kiosk.services.ports import PinUse
from kiosk.services.requests import Back, Choose, NumberDone, NumberKey, Open, Start
from kiosk.services.views import DeskCodePage, NoneOfThesePage, NoticeKind, PinNewPage, Screen, UnavailablePage
from tests.services.a_station import NOW, AStation, replace, verified
from tests.services.test_account import ACCOUNT, seen

NUMBER = NumberClaim(PersonNumber("20231234587"))
LOST = Unreachable(Unreached.TIMED_OUT)
CODE = "40716288"


def here() -> AStation:
    station = AStation()
    assert station.session.campus is not None
    station.session.campus = replace(station.session.campus, account=ACCOUNT)
    return station.press(Start(Language.ZH))


def asked_for(station: AStation | None = None) -> AStation:
    """From the page of somebody who can prove nothing: the number, then the code."""
    station = (station or here()).press(Open("tickets"), Open("none"), Open(DESK_CODE), Open("number"))
    station.press(*(NumberKey(digit) for digit in NUMBER.number.reveal()), NumberDone())
    assert station.shows(Screen.DESK_CODE)
    return station


def typed(station: AStation) -> AStation:
    return station.press(*(Choose(Screen.DESK_CODE, "key", digit) for digit in CODE))


def good_for(station: AStation, action: Action) -> AStation:
    return typed(station).answer(verified(ReleaseCode(action), claim=NUMBER))


def page(station: AStation) -> DeskCodePage:
    found = station.view.page
    assert isinstance(found, DeskCodePage)
    return found


def test_whoever_can_prove_nothing_is_shown_the_way_first() -> None:
    station = here().press(Open("tickets"), Open("none"))
    found = station.view.page
    assert isinstance(found, NoneOfThesePage)
    assert found.ways[0].id == DESK_CODE
    assert DESK_CODE in {row.id for row in station.flows.entrances()}


def test_eight_digits_go_to_the_hub_with_the_number_and_nothing_before_them() -> None:
    station = asked_for()
    station.press(*(Choose(Screen.DESK_CODE, "key", digit) for digit in CODE[:-1]))
    assert not any(isinstance(asked, CheckRelease) for asked in station.hub.asked)
    assert page(station).digits == CODE[:-1]
    station.press(Choose(Screen.DESK_CODE, "key", "back"), *(Choose(Screen.DESK_CODE, "key", digit) for digit in "88"))
    asked = station.hub.asked[-1]
    assert isinstance(asked, CheckRelease)
    assert (asked.claim, asked.code, page(station).busy) == (NUMBER, CODE, True)
    assert CODE not in repr(asked)


def test_a_code_for_a_pin_leads_to_a_pin_and_then_to_what_was_wanted() -> None:
    station = good_for(asked_for(), Action.SET_PIN)
    assert (station.screen, station.pad.use) == (Screen.PIN_NEW, PinUse.NEW)
    station.pin_typed()
    assert isinstance(station.hub.asked[-1], SetPin)
    station.answer(PinSet(first=True))
    assert station.shows(Screen.DONE) or isinstance(station.view.page, PinNewPage)


@pytest.mark.parametrize(
    ("action", "act"), [(Action.RESET_PASSWORD, AccountAct.RESET), (Action.ACTIVATE_ACCOUNT, AccountAct.ACTIVATE)]
)
def test_a_code_for_a_password_leads_to_the_password(action: Action, act: AccountAct) -> None:
    station = good_for(asked_for(), action)
    fetched = station.hub.asked[-1]
    assert isinstance(fetched, FetchAccount)
    assert fetched.act is act
    if act is AccountAct.RESET:
        assert station.answer(seen()).shows(Screen.PASSWORD)


def test_a_code_opens_nothing_else() -> None:
    station = good_for(asked_for(), Action.SET_PIN).press(Back(), Open("tickets"))
    assert station.shows(Screen.PIN), "the tickets still ask for a PIN"


def test_a_wrong_one_and_one_that_is_over_are_told_apart_and_can_be_typed_again() -> None:
    station = typed(asked_for()).answer(PinRefused(PinRefusal.WRONG))
    wrong = page(station).notice
    assert wrong is not None
    assert (page(station).digits, wrong.kind) == ("", NoticeKind.DANGER)
    first = station.hub.asked[-1]
    typed(station).answer(PinRefused(PinRefusal.EXPIRED))
    notice = page(station).notice
    assert notice is not None
    assert notice.title == "办理码已经失效"
    second = station.hub.asked[-1]
    assert isinstance(first, CheckRelease)
    assert isinstance(second, CheckRelease)
    assert first.op == second.op, "the same visit: a lost answer is made good by typing it again"
    assert station.press(Open("none")).shows(Screen.NONE_OF_THESE)


def test_a_lock_holds_the_keys_until_it_is_over() -> None:
    station = typed(asked_for()).answer(PinRefused(PinRefusal.LOCKED, 0, NOW + timedelta(seconds=15)))
    assert page(typed(station)).locked
    station.wait(16)
    assert not page(station).locked


def test_without_an_answer_it_says_so_and_the_code_can_be_typed_again() -> None:
    station = typed(asked_for()).answer(LOST)
    assert isinstance(station.view.page, UnavailablePage)
    station.session.online = True
    again = station.press(Open(DESK_CODE))
    assert again.shows(Screen.DESK_CODE), "the number is known"
    assert isinstance(typed(asked_for()).answer(Refused("malformed")).view.page, UnavailablePage)


def test_offline_it_cannot_be_used_and_says_what_else_can_be_done() -> None:
    station = here().press(Open("tickets"), Open("none"))
    station.session.online = False
    found = station.press(Open(DESK_CODE)).view.page
    assert isinstance(found, UnavailablePage)
    assert {"none"} <= {row.id for row in found.ways}


def test_nothing_typed_stays_behind() -> None:
    station = asked_for().press(*(Choose(Screen.DESK_CODE, "key", digit) for digit in CODE[:5]), Back())
    assert station.press(Open("none"), Open(DESK_CODE)).shows(Screen.DESK_CODE)
    assert page(station).digits == ""


def test_at_the_door_of_a_kiosk_that_is_out_of_service_there_is_no_such_way() -> None:
    session = here().session
    assert [row.id for row in desk_code_rows(session)] == [DESK_CODE]
    session.broken = True
    assert desk_code_rows(session) == ()


def test_after_a_pause_that_was_warned_about_the_code_is_asked_again_before_anything_is_set() -> None:
    station = good_for(asked_for(), Action.SET_PIN)
    assert station.shows(Screen.PIN_NEW)
    assert station.session.verified is not None
    assert Factor.PIN not in station.session.verified.proofs
    station.press(Back(), Open(FORGOTTEN))
    assert station.shows(Screen.PIN_NEW), "fresh: nothing is asked again"
