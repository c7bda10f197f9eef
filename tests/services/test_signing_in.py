"""Signing in by phone at the kiosk: offered only where it leads on, waited for with an end, and every end has words."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.domain.identity import NumberClaim
from kiosk.domain.language import Language
from kiosk.domain.outcomes import Refused, Unreachable, Unreached
from kiosk.domain.people import PersonNumber
from kiosk.domain.phone_sign_in import SignInEnd, SignInOver, SignInShown, SignInStep
from kiosk.domain.policy import Action, Factor
from kiosk.services.hub_requests import AskSignIn, BeginSignIn, CancelSignIn, FetchMyTickets, HubOutcome
from kiosk.services.requests import Back, Choose, End, Open, Start, Stay
from kiosk.services.signing_in import ASK_EVERY, UNSAID_AFTER
from kiosk.services.views import IdentifyPage, Overlay, PinPage, Screen, SignInPage
from kiosk.words import Speaker
from tests.services.a_station import LI, ZHANG, AStation, a_campus, verified

URL = "https://k.example/s/7QK2M9XW4D8R"
NUMBER = NumberClaim(PersonNumber("2023114587"))
AGAIN = Choose(Screen.SIGN_IN, "again", "")
SILENCE = Unreachable(Unreached.TIMED_OUT)


def a_station() -> AStation:
    station = AStation()
    station.station.campus_changed(replace(a_campus(), phone_sign_in=True))
    return station


def page(station: AStation) -> SignInPage:
    found = station.view.page
    assert isinstance(found, SignInPage)
    return found


def shown(station: AStation, step: SignInStep = SignInStep.SCAN, seconds: int = 60) -> SignInShown:
    until = station.clock.hub_now().at + timedelta(seconds=seconds)
    url, number = URL if step is SignInStep.SCAN else "", "47" if step is SignInStep.NUMBER else ""
    return SignInShown(step, until, url, number)


def at_code(station: AStation | None = None, tap: bool = False) -> AStation:
    """My tickets, by phone; ``tap``: with a card in the hand."""
    station = station or a_station()
    station.press(Start(Language.ZH))
    if tap:
        station.tap()
    station.press(Open("tickets"), Open("by_phone"))
    assert station.shows(Screen.SIGN_IN)
    return station.answer(shown(station))


def told(station: AStation, outcome: HubOutcome) -> AStation:
    """The next look is answered so."""
    station.wait(ASK_EVERY)
    asked = station.hub.asked[-1]
    assert isinstance(asked, AskSignIn)
    return station.answer(outcome)


def rows(station: AStation) -> set[str]:
    found = station.view.page
    assert isinstance(found, IdentifyPage | PinPage | SignInPage)
    return {row.id for row in found.other_ways}


def test_it_is_offered_where_the_campus_has_it_and_it_would_be_enough() -> None:
    station = a_station().press(Start(Language.ZH), Open("tickets"))
    assert rows(station) == {"number", "by_phone", "none", "privacy"}
    station.tap()
    assert rows(station) == {"pin_forgotten", "by_code", "by_phone", "none"}
    without = AStation().press(Start(Language.ZH), Open("tickets"))
    assert "by_phone" not in rows(without)
    assert without.press(Open("by_phone")).shows(Screen.IDENTIFY)


@pytest.mark.parametrize("action", [Action.RESET_PASSWORD, Action.ACTIVATE_ACCOUNT, Action.CHANGE_PIN])
def test_it_is_never_offered_for_what_needs_more_than_it(action: Action) -> None:
    """A password is reset by PIN and code; a sign-in with it is no step on that way."""
    station = a_station().press(Start(Language.ZH))
    station.flows.proving.prove(action, lambda: None)
    station.station.beat()
    assert "by_phone" not in rows(station)
    assert not station.press(Open("by_phone")).shows(Screen.SIGN_IN)


def test_who_signed_in_is_the_visits_person_and_what_was_wished_for_goes_on() -> None:
    station = at_code()
    first = page(station)
    assert (first.qr, first.number) == (URL, "")
    assert first.place is not None
    assert first.place.title == "图书馆一层 · A12"
    told(station, shown(station, SignInStep.AWAY, 180))
    assert (page(station).qr, page(station).number) == ("", "")
    told(station, shown(station, SignInStep.NUMBER))
    assert page(station).number == "47"
    told(station, verified(Factor.CAMPUS_SIGN_IN, claim=NUMBER))
    assert station.shows(Screen.TICKETS)
    asked = station.hub.asked[-1]
    assert isinstance(asked, FetchMyTickets)
    assert asked.session == "secret-session"
    assert station.view.bar.who == "张*明"
    assert not any(isinstance(one, CancelSignIn) for one in station.hub.asked)


def test_with_a_card_in_the_hand_it_has_to_be_its_owner() -> None:
    station = at_code(tap=True)
    begun = next(one for one in station.hub.asked if isinstance(one, BeginSignIn))
    assert begun.claim == ZHANG
    told(station, verified(Factor.CAMPUS_SIGN_IN))
    assert station.shows(Screen.TICKETS)


def test_the_attempts_name_is_new_each_time_and_stays_while_it_lasts() -> None:
    station = at_code()
    station.wait(3 * ASK_EVERY)
    ops = {one.op for one in station.hub.asked if isinstance(one, BeginSignIn | AskSignIn)}
    assert len(ops) == 1
    station.press(Back(), Open("tickets"), Open("by_phone"))
    assert station.hub.asked[-1].op not in ops  # type: ignore[union-attr]


@pytest.mark.parametrize("why", SignInEnd)
def test_every_end_has_words_and_a_way_on(why: SignInEnd) -> None:
    station = told(at_code(), SignInOver(why))
    over = page(station)
    assert over.notice is not None
    assert over.notice.title
    assert over.notice.text
    assert over.again
    assert rows(station) == {"by_claim", "none"}
    asked = len(station.hub.asked)
    station.wait(30)
    assert len(station.hub.asked) == asked
    station.press(AGAIN)
    assert isinstance(station.hub.asked[-1], BeginSignIn)
    station.answer(shown(station))
    assert page(station).qr == URL


def test_where_the_hub_says_nothing_the_step_ends_all_the_same() -> None:
    station = at_code()
    station.wait(60 - ASK_EVERY)
    station.wait(ASK_EVERY)
    assert page(station).qr == ""
    station.wait(UNSAID_AFTER)
    assert page(station).again
    assert isinstance(station.hub.asked[-1], CancelSignIn)  # where a phone took the code at the last moment


def test_a_look_that_finds_no_hub_changes_nothing() -> None:
    station = told(at_code(), SILENCE)
    assert page(station).qr == URL
    told(station, shown(station, SignInStep.NUMBER))
    assert page(station).number == "47"


@pytest.mark.parametrize("outcome", [SILENCE, Refused("not_offered")])
def test_where_it_cannot_begin_it_is_said_and_the_visit_goes_on(outcome: HubOutcome) -> None:
    station = a_station().press(Start(Language.ZH), Open("tickets"), Open("by_phone")).answer(outcome)
    assert station.shows(Screen.UNAVAILABLE)


@pytest.mark.parametrize("leave", [Back(), End(), Open("by_claim")])
def test_whoever_leaves_is_signed_in_nowhere(leave: Back | End | Open) -> None:
    station = at_code()
    asked = next(one for one in station.hub.asked if isinstance(one, BeginSignIn))
    station.press(leave)
    assert CancelSignIn(asked.op) in station.hub.asked
    look = AskSignIn(asked.op, None, asked.visit)
    station.answer(verified(Factor.CAMPUS_SIGN_IN, claim=NUMBER), look)
    assert station.session.verified is None
    assert not station.shows(Screen.TICKETS)


def test_an_answer_to_the_visit_before_changes_nothing_for_the_next_one() -> None:
    station = at_code()
    asked = next(one for one in station.hub.asked if isinstance(one, BeginSignIn))
    at_code(station.press(End()))
    late = AskSignIn(asked.op, None, asked.visit)
    station.answer(verified(Factor.CAMPUS_SIGN_IN, claim=NUMBER), late)
    assert station.session.verified is None
    assert page(station).qr == URL


def test_looking_for_another_way_ends_it() -> None:
    station = at_code().press(Open("none"))
    assert station.shows(Screen.NONE_OF_THESE)
    assert isinstance(station.hub.asked[-1], CancelSignIn)
    station.press(Back())
    over = page(station)
    assert over.again
    assert over.notice is not None
    assert over.notice.title == Speaker(Language.ZH)("sign_in.cancelled")


@pytest.mark.parametrize("step", [SignInStep.AWAY, SignInStep.NUMBER])
def test_where_another_phone_was_faster_a_new_code_is_one_touch_away(step: SignInStep) -> None:
    station = at_code()
    assert "again" not in rows(station)
    told(station, shown(station, step))
    assert rows(station) == {"again", "by_claim", "none"}
    station.press(Open("again"))
    *_, ended, begun = station.hub.asked
    assert isinstance(ended, CancelSignIn)
    assert isinstance(begun, BeginSignIn)
    assert begun.op != ended.op
    station.answer(shown(station))
    assert page(station).qr == URL


def test_a_card_tapped_meanwhile_makes_it_a_sign_in_of_its_owner() -> None:
    station = at_code().tap(LI)
    begun = station.hub.asked[-1]
    assert isinstance(begun, BeginSignIn)
    assert begun.claim == LI
    assert any(isinstance(one, CancelSignIn) for one in station.hub.asked)
    station.answer(shown(station))
    told(station, verified(Factor.CAMPUS_SIGN_IN, claim=LI))
    assert station.shows(Screen.TICKETS)


def test_the_pin_stays_a_way_beside_it() -> None:
    station = told(at_code(tap=True), SignInOver(SignInEnd.SILENT))
    assert rows(station) == {"by_pin", "none"}
    assert station.press(Open("by_pin")).shows(Screen.PIN)


def test_waiting_for_a_phone_keeps_the_visit_and_its_end_is_on_the_bar() -> None:
    station = at_code()
    told(station, shown(station, SignInStep.AWAY, 180))
    for _ in range(40):
        station.wait(4)
        station.answer(shown(station, SignInStep.AWAY, 180 - 4))
    assert station.shows(Screen.SIGN_IN)
    assert station.view.bar.left == "0:18"


def test_after_an_end_the_visit_runs_out_as_any_other() -> None:
    station = told(at_code(), SignInOver(SignInEnd.DECLINED))
    station.wait(125)
    assert station.shows(Screen.ATTRACT)


def test_after_a_warning_who_signed_in_by_phone_signs_in_again() -> None:
    station = told(at_code(), verified(Factor.CAMPUS_SIGN_IN, claim=NUMBER))
    for _ in range(200):
        if not station.asks(Overlay.WARNING):
            station.wait(1)
    station.press(Stay(), Back(), Open("tickets"))
    assert station.shows(Screen.SIGN_IN)
    begun = station.hub.asked[-1]
    assert isinstance(begun, BeginSignIn)
    assert begun.claim == NUMBER
    station.session.online = False
    assert station.flows.proving._again(station.session.verified) is Factor.CODE


def test_offline_it_is_not_offered() -> None:
    station = a_station()
    station.session.online = False
    assert not station.flows.signing_in.row()
