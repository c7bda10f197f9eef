"""One's own PIN: changed (the old one first, a code with it, the new one twice), or set anew; what is said and sent."""

from datetime import timedelta

import pytest

from kiosk.domain.campus import AccountDoor, CampusAccount
from kiosk.domain.identity import CardProof, NumberClaim
from kiosk.domain.language import Language
from kiosk.domain.outcomes import (
    CodeOnTheWay,
    PinRefusal,
    PinRefused,
    PinSet,
    PinTooEasy,
    Refused,
    Unreachable,
    Unreached,
)
from kiosk.domain.people import PersonNumber
from kiosk.domain.policy import SHIPPED, Action, CardPresent, Factor, Proof
from kiosk.domain.policy_told import rules_of
from kiosk.services.hub_requests import CheckCode, SetPin, VerifyPin
from kiosk.services.pin_setting import CHANGE, FORGOTTEN
from kiosk.services.ports import PinDigits, PinFailed, PinForgotten, PinRepeat, PinUse
from kiosk.services.requests import Again, Back, Choose, End, NumberDone, NumberKey, Open, Start
from kiosk.services.views import AccountPage, DonePage, NoticeKind, PinNewPage, Screen, UnavailablePage
from tests.services.a_station import NOW, AStation, replace, text, verified

PIN, CODE, CARD = Factor.PIN, Factor.CODE, CardPresent(CardProof.C0_UID)
ACCOUNT = CampusAccount(
    text("统一身份认证"), (AccountDoor("wifi", "wifi-high", text("Wi-Fi")),), ("reset",), saved_at=(), afterwards=()
)
LOST = Unreachable(Unreached.TIMED_OUT)


def here() -> AStation:
    station = AStation()
    assert station.session.campus is not None
    station.session.campus = replace(station.session.campus, account=ACCOUNT)
    return station.press(Start(Language.ZH))


def pin_right(station: AStation, *proofs: Proof) -> AStation:
    assert station.screen is Screen.PIN
    return station.pin_typed().answer(verified(*(proofs or (PIN,))))


def code_right(station: AStation, *proofs: Proof) -> AStation:
    """The code page has sent one; the visitor types it and it is right."""
    assert station.screen is Screen.CODE
    station.answer(CodeOnTheWay("phone", "", NOW + timedelta(minutes=10), NOW + timedelta(minutes=1)))
    station.press(*(Choose(Screen.CODE, "key", digit) for digit in "407162"))
    assert isinstance(station.hub.asked[-1], CheckCode)
    return station.answer(verified(*proofs))


def changing() -> AStation:
    """The old PIN and the code were right: the new one is asked for."""
    return code_right(pin_right(here().tap().press(Open("account"), Open(CHANGE))), PIN, CODE)


def setting() -> AStation:
    """Forgotten, and the card is in the hand: the code was right."""
    return code_right(here().tap().press(Open(FORGOTTEN)), CODE)


def page(station: AStation) -> PinNewPage:
    found = station.view.page
    assert isinstance(found, PinNewPage)
    return found


def test_changing_ones_pin_stands_on_the_accounts_page_and_in_a_search() -> None:
    station = here().press(Open("account"))
    found = station.view.page
    assert isinstance(found, AccountPage)
    assert [row.title for row in found.rows][-1] == "改查询密码"
    assert {CHANGE, FORGOTTEN} <= {row.id for row in station.flows.entrances()}


def test_the_old_pin_comes_first_then_the_code_then_the_new_one_twice() -> None:
    station = here().tap().press(Open("account"), Open(CHANGE))
    assert (station.screen, station.pad.use) == (Screen.PIN, PinUse.CHECK)
    pin_right(station)
    code_right(station, PIN, CODE)
    assert (station.screen, station.pad.is_open, station.pad.use) == (Screen.PIN_NEW, True, PinUse.NEW)
    assert (page(station).title, page(station).step) == ("想一个新的 6 位查询密码", 1)
    station.station.secret(PinDigits(3))
    assert page(station).filled == 3
    station.station.secret(PinRepeat(differs=False))
    assert (page(station).step, page(station).filled) == (2, 0)
    station.pin_typed()
    asked = station.hub.asked[-1]
    assert isinstance(asked, SetPin)
    assert asked.session == "secret-session"


def test_by_number_the_same() -> None:
    station = here().press(Open("account"), Open(CHANGE), Open("number"))
    number = NumberClaim(PersonNumber("20231234587"))
    station.press(*(NumberKey(digit) for digit in "20231234587"), NumberDone())
    station.pin_typed().answer(verified(PIN, claim=number))
    assert station.screen is Screen.CODE


def test_a_wrong_old_pin_changes_nothing_and_goes_no_further() -> None:
    station = here().tap().press(Open("account"), Open(CHANGE))
    station.pin_typed().answer(PinRefused(PinRefusal.WRONG))
    assert station.screen is Screen.PIN
    assert not any(isinstance(asked, SetPin) for asked in station.hub.asked)


def test_once_changed_it_is_said_with_what_was_sent_and_there_is_no_way_back_into_it() -> None:
    station = changing().pin_typed().answer(PinSet(first=False))
    done = station.view.page
    assert isinstance(done, DonePage)
    assert (done.headline, station.pad.is_open) == ("查询密码改好了", False)
    assert [step.title for step in done.steps] == ["查询密码改好了", "你会收到通知"]
    assert station.printer.slips == []
    station.press(Back())
    assert station.shows(Screen.DONE)
    station.press(Again())
    assert station.shows(Screen.HOME)


def test_a_new_pin_that_everybody_would_guess_is_refused_and_another_can_be_typed() -> None:
    station = changing().pin_typed().answer(PinTooEasy())
    notice = page(station).notice
    assert notice is not None
    assert (notice.kind, notice.title, page(station).step) == (NoticeKind.DANGER, "这个太容易猜到", 1)
    assert station.pad.is_open
    station.pin_typed().answer(PinSet(first=False))
    assert station.screen is Screen.DONE


def test_two_that_differ_begin_again() -> None:
    station = changing()
    station.station.secret(PinRepeat(differs=False))
    station.station.secret(PinRepeat(differs=True))
    assert page(station).step == 1
    assert page(station).notice is not None


def test_nobody_typing_for_long_and_a_broken_keypad_are_said() -> None:
    station = changing()
    station.station.secret(PinRepeat(differs=False))
    station.station.secret(PinForgotten())
    assert (page(station).step, page(station).filled) == (1, 0)
    station.station.secret(PinFailed())
    assert page(station).locked


@pytest.mark.parametrize(
    ("row", "title"), [(CHANGE, "现在断网，查询密码暂时改不了"), (FORGOTTEN, "现在断网，查询密码暂时设不了")]
)
def test_without_network_it_is_said_before_anything_is_typed(row: str, title: str) -> None:
    station = here().tap()
    station.session.online = False
    station.press(Open(row))
    found = station.view.page
    assert isinstance(found, UnavailablePage)
    assert found.title == title
    assert (station.pad.opened, station.outbox.drafts) == ([], [])


def test_the_line_breaking_before_the_old_pin_is_judged_leaves_it_as_it_was() -> None:
    station = here().tap().press(Open("account"), Open(CHANGE)).pin_typed()
    assert isinstance(station.hub.asked[-1], VerifyPin)
    station.answer(LOST)
    found = station.view.page
    assert isinstance(found, UnavailablePage)
    assert "没有动过" in found.text


def test_an_answer_that_is_lost_after_the_new_one_was_sent_is_called_unknown() -> None:
    station = changing().pin_typed().answer(LOST)
    found = station.view.page
    assert isinstance(found, UnavailablePage)
    assert (found.title, "没有动过" in found.text) == ("没有收到回音", False)


def test_a_hub_that_says_no_has_changed_nothing() -> None:
    station = changing().pin_typed().answer(Refused("more_needed"))
    found = station.view.page
    assert isinstance(found, UnavailablePage)
    assert "没有动过" in found.text
    station.press(Back())
    assert station.screen is Screen.ACCOUNT


def test_whoever_forgot_the_old_one_sets_a_new_one_and_is_not_asked_to_change_it_then() -> None:
    station = here().tap().press(Open("account"), Open(CHANGE))
    assert station.screen is Screen.PIN
    station.press(Open(FORGOTTEN))
    code_right(station, CODE)
    assert page(station).title == "设你自己的 6 位查询密码"
    station.pin_typed().answer(PinSet(first=False))
    done = station.view.page
    assert isinstance(done, DonePage)
    assert done.headline == "查询密码设好了"


def test_whoever_came_for_something_else_goes_on_with_it() -> None:
    station = here().tap().press(Open("tickets"), Open(FORGOTTEN))
    code_right(station, CODE).pin_typed().answer(PinSet(first=True))
    assert page(station).finish == "继续"
    station.press(Choose(Screen.PIN_NEW, "finish", ""))
    assert station.screen is Screen.TICKETS


def test_set_from_a_search_it_is_done() -> None:
    station = setting().pin_typed().answer(PinSet(first=True))
    assert station.screen is Screen.DONE


def test_a_campus_with_a_stricter_rule_asks_for_it_before_a_pin_is_changed() -> None:
    station = here().tap()
    assert station.session.campus is not None
    strict = {**SHIPPED, Action.CHANGE_PIN: (frozenset({PIN, CODE, Factor.CAMPUS_SIGN_IN}),)}
    station.station.campus_changed(replace(station.session.campus, policy=rules_of(strict)))
    station.press(Open("account"), Open(CHANGE))
    assert station.screen is Screen.NONE_OF_THESE


def test_an_answer_to_a_visit_that_is_over_changes_nothing() -> None:
    station = changing().pin_typed()
    asked = station.hub.asked[-1]
    station.press(End()).tap().answer(PinSet(first=False), asked)
    assert station.screen is Screen.HOME
