"""After an answered warning no order of touches gets anything of the person out of the hub before the PIN was asked."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.accounts import AccountAct
from kiosk.domain.language import Language
from kiosk.services import requests as r
from kiosk.services.hub_requests import CheckCode, EndSession, SendCode, VerifyPin
from kiosk.services.views import Screen
from tests.services.a_station import AStation
from tests.services.test_account import at_menu, at_password
from tests.services.test_my_tickets import a_ticket, at_tickets
from tests.services.test_own_card import on_the_card, with_moves
from tests.services.test_top_up import chosen
from tests.services.test_visit_on_screen import answered

#: What asks for a proof, or ends what was proven, may name the session.
ASKING = (VerifyPin, SendCode, CheckCode, EndSession)
ROWS = [
    "tickets", "card", "movements", "top_up", "card_lost", "cancel_loss", "replace_card", "found_card",
    "account", "reset", "unlock", "change", "activate", "unlock_now", "forgot", "print_places", "callback",
    "report", "none", "number", "note", "place", "answer", "by_code", "by_pin", "pin_forgotten", "despite",
    "feedback", "knowledge", "card_office", "card_ticket", "phone", "email",
]  # fmt: skip
PARTS = [
    (Screen.CARD, "balance", "show"),
    (Screen.MOVEMENTS, "movement", "0"),
    (Screen.MOVEMENTS, "print", ""),
    (Screen.TOP_UP, "pay", ""),
    (Screen.TOP_UP, "amount", "5000"),
    (Screen.CARD_CONFIRM, "button", "act"),
    (Screen.CARD_CONFIRM, "button", "safe"),
    (Screen.TICKET_ACT, "act", ""),
    (Screen.WRITE, "done", "words"),
    (Screen.CODE, "resend", ""),
    *((Screen.TICKETS, "way", way) for way in ("comment", "withdraw", "disown", "reopen", "confirm", "again", "reply")),
]
TOUCHES: list[r.Request] = [
    *(r.Open(row) for row in ROWS),
    *(r.Choose(page, part, which) for page, part, which in PARTS),
    r.Back(), r.Leave(), r.Stay(), r.Again(), r.Touched(), r.ToggleAid("large"), r.ChooseLanguage(Language.EN),
    r.ChooseService("network"), r.ChooseSymptom("s1"), r.Submit(), r.PasswordNext(), r.SelectTicket("B03-0292-M"),
]  # fmt: skip
BEGIN: dict[str, Callable[[], AStation]] = {
    "tickets": lambda: at_tickets(a_ticket("resolved"), a_ticket("new", reference="B03-0292-M", claimed=True)),
    "card": on_the_card,
    "movements": lambda: with_moves(-1250, -300),
    "top-up": chosen,
    "password": lambda: at_password(AccountAct.RESET),
    "account": lambda: at_menu().press(r.Back(), r.Open("tickets")),
}


def check(station: AStation, touch: r.Request) -> None:
    """Presses it: what the hub is asked may not be about the person, except for a proof."""
    held = station.session.verified.session if station.session.verified else ""
    asked = len(station.hub.asked)
    station.press(touch)
    about = [one for one in station.hub.asked[asked:] if held and getattr(one, "session", "") == held]
    assert [one for one in about if not isinstance(one, ASKING)] == [], touch


@pytest.mark.parametrize("begin", sorted(BEGIN))
def test_no_touch_of_a_stale_visitor_gets_anything_of_the_person_out_of_the_hub(begin: str) -> None:
    for touch in TOUCHES:
        check(answered(BEGIN[begin]()), touch)


def fits(station: AStation, touch: r.Request) -> bool:
    return not isinstance(touch, r.Choose) or touch.page == station.screen


@given(st.sampled_from(sorted(BEGIN)), st.data())
def test_nor_does_any_order_of_them(begin: str, data: st.DataObject) -> None:
    station = answered(BEGIN[begin]())
    for _ in range(data.draw(st.integers(1, 10))):
        check(station, data.draw(st.sampled_from([touch for touch in TOUCHES if fits(station, touch)])))


@pytest.mark.parametrize("begin", ["tickets", "card", "top-up"])
def test_a_fresh_visitor_does(begin: str) -> None:
    def press_all() -> None:
        for touch in TOUCHES:
            check(BEGIN[begin](), touch)

    with pytest.raises(AssertionError):
        press_all()
