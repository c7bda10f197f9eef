"""The rules of a visit (journeys 9) as they reach the screen: freshness, other cards, time that is said, the end."""

from collections.abc import Callable
from typing import Any

import pytest

from kiosk.domain.accounts import AccountAct
from kiosk.domain.identity import CardProof, Claimed, NumberClaim, Verified
from kiosk.domain.language import Language
from kiosk.domain.people import PersonNumber
from kiosk.domain.policy import Action, CardPresent, Factor
from kiosk.domain.ticket_views import TicketList
from kiosk.domain.visit import Phase
from kiosk.domain.visit_events import NumberTyped, PinAccepted
from kiosk.services import requests as r
from kiosk.services.chrome import bar
from kiosk.services.hub_requests import EndSession, FetchBalance, FetchMyTickets, LookAtCard, OrderTopUp
from kiosk.services.views import (
    AttractPage,
    DetailsPage,
    IdentifyPage,
    MovementsPage,
    Overlay,
    PasswordPage,
    Row,
    Screen,
    TicketsPage,
)
from tests.services.a_station import LI, AStation, verified
from tests.services.test_account import at_password
from tests.services.test_my_tickets import a_ticket, at_tickets
from tests.services.test_own_card import on_the_card, with_moves
from tests.services.test_top_up import chosen, paying

NUMBER = NumberClaim(PersonNumber("20231004187"))
ZH = Language.ZH


def answered(station: AStation) -> AStation:
    """Left alone until the warning, which is answered."""
    for _ in range(200):
        if station.asks(Overlay.WARNING):
            return station.press(r.Stay())
        station.wait(1)
    raise AssertionError("no warning")


def proven_again(station: AStation) -> AStation:
    """The PIN that the page asks for, typed and right."""
    assert station.shows(Screen.PIN)
    assert station.pad.is_open
    held = station.session.verified
    assert held is not None
    return station.pin_typed().answer(Verified(held.claim, "张*明", "2023•••••87", "again", held.proofs))


# -- freshness: after an answered warning, whatever shows more or changes something asks the PIN again -------
def tickets_page(station: AStation) -> object:
    page = station.view.page
    return page.selected if isinstance(page, TicketsPage) else page


def movements_page(station: AStation) -> object:
    page = station.view.page
    return (page.filter, page.month, page.opened) if isinstance(page, MovementsPage) else page


def asked_of_the_hub(kind: type) -> Callable[[AStation], object]:
    return lambda station: sum(isinstance(one, kind) for one in station.hub.asked)


SHOWS_MORE: dict[str, tuple[Callable[[], AStation], r.Request, Callable[[AStation], object]]] = {
    "another ticket": (
        lambda: at_tickets(a_ticket("new"), a_ticket("new", reference="B03-0292-M")),
        r.SelectTicket("B03-0292-M"),
        tickets_page,
    ),
    "a merchant": (lambda: with_moves(-1250, -300), r.Choose(Screen.MOVEMENTS, "movement", "0"), movements_page),
    "another month": (
        lambda: with_moves(-1250, -300, -400),
        r.Choose(Screen.MOVEMENTS, "month", "2026-10"),
        movements_page,
    ),
    "another kind": (lambda: with_moves(-1250, 500), r.Choose(Screen.MOVEMENTS, "filter", "spent"), movements_page),
    "a printed list": (
        lambda: with_moves(-1250),
        r.Choose(Screen.MOVEMENTS, "print", ""),
        lambda station: len(station.printer.slips),
    ),
    "the balance": (on_the_card, r.Choose(Screen.CARD, "balance", "show"), asked_of_the_hub(FetchBalance)),
    "a payment": (chosen, r.Choose(Screen.TOP_UP, "pay", ""), asked_of_the_hub(OrderTopUp)),
}


@pytest.mark.parametrize("name", list(SHOWS_MORE))
def test_after_an_answered_warning_the_pin_is_asked_before_more_is_shown(name: str) -> None:
    begin, touch, shown = SHOWS_MORE[name]
    station = begin()
    fresh = begin().press(touch)
    assert shown(fresh) != shown(station), "without a warning the touch does it at once"
    before = shown(answered(station))
    station.press(touch)
    assert station.shows(Screen.PIN)
    station.press(r.Back())
    assert shown(station) == before, "without the PIN nothing more is shown"
    proven_again(station.press(touch))
    assert shown(station) == shown(fresh), "and with it the touch is not lost"


def test_what_stood_there_before_the_warning_stands_there_after_it() -> None:
    station = at_tickets(a_ticket("new"))
    before = station.view.page
    assert answered(station).view.page == before


def test_a_password_is_typed_only_after_the_pin_was_asked_again() -> None:
    station = at_password(AccountAct.RESET)
    answered(station)
    assert (station.screen, station.words.is_open) == (Screen.PIN, False)
    station.press(r.Back())
    assert station.shows(Screen.ACCOUNT), "there is no way round the question"
    station = answered(at_password(AccountAct.RESET))
    proven_again(station)
    assert (station.screen, station.words.is_open) == (Screen.PASSWORD, True)
    assert isinstance(station.view.page, PasswordPage)
    station.wait(70)
    assert station.shows(Screen.PASSWORD), "who types for longer than a minute is not interrupted"


def test_a_new_pin_is_typed_only_after_the_code_was_asked_again() -> None:
    proofs = (Factor.CODE, CardPresent(CardProof.C0_UID))
    station = AStation().tap()
    station.session.happen(PinAccepted(verified(*proofs), station.session.visit.generation))
    station.flows.proving.prove(Action.SEE_TICKETS, lambda: station.session.show(Screen.TICKETS))
    station.press(r.Open("pin_forgotten"))
    assert station.shows(Screen.PIN_NEW)
    answered(station)
    assert station.shows(Screen.CODE)
    station.press(r.Back())
    assert not station.shows(Screen.PIN_NEW)


def test_a_stale_visitor_is_not_told_of_an_open_ticket() -> None:
    def reporting() -> AStation:
        station = AStation().tap().press(r.Open("tickets")).pin_typed().answer(verified())
        station.answer(TicketList((a_ticket("new"),), 6)).press(r.Back())
        return station.press(r.Open("report"), r.ChooseService("network"), r.ChooseSymptom("s1"))

    assert reporting().press(r.Submit()).shows(Screen.TICKET_ACT)
    station = answered(reporting()).press(r.Submit())
    assert isinstance(station.view.page, DetailsPage)
    assert len(station.outbox.drafts) == 1, "telling us something needs no PIN"


def test_a_stale_visitors_tickets_are_not_even_fetched() -> None:
    station = AStation().tap()
    station.session.happen(PinAccepted(verified(), station.session.visit.generation))
    answered(station).press(r.Open("report"), r.ChooseService("network"))
    assert not any(isinstance(one, FetchMyTickets) for one in station.hub.asked)


# -- a card that a page asks for -----------------------------------------------------------------------------
def asked_for_a_card(proofs: tuple[Any, ...] = ()) -> tuple[AStation, list[str]]:
    """Somebody by number, verified where there are ``proofs``, from whom a page wants the card."""
    station, done = AStation(), list[str]()
    station.press(r.Start(Language.EN), r.ToggleAid("large"))
    station.session.happen(NumberTyped(NUMBER))
    if proofs:
        who = verified(*proofs, claim=NUMBER, session="by-number")
        station.session.happen(PinAccepted(who, station.session.visit.generation))
    what = Row("pin_forgotten", "PIN", icon="dots-nine")
    station.flows.proving.prove(Action.SET_PIN, lambda: done.append("done"), what)
    station.station.beat()
    assert isinstance(station.view.page, IdentifyPage)
    return station, done


def test_a_card_after_a_typed_number_goes_on_in_the_same_visit() -> None:
    station, _ = asked_for_a_card()
    visit = station.session.visit.generation
    station.tap(LI)
    assert (station.screen, station.session.claim, station.session.visit.generation) == (Screen.CODE, LI, visit)
    assert LookAtCard(LI, visit) in station.hub.asked, "a lost card opens nothing here either"


def test_a_card_after_a_verified_number_is_another_visit_in_which_the_matter_goes_on() -> None:
    """The card may be anybody's: whatever was shown of the first person is gone, and nothing is proven."""
    station, done = asked_for_a_card((Factor.CODE,))
    station.flows.tickets.tickets = TicketList((a_ticket("new"),), 6)
    station.tap(LI)
    assert station.session.visit.who == Claimed(LI)
    assert EndSession("by-number") in station.hub.asked
    assert station.flows.tickets.tickets is None
    assert station.shows(Screen.CODE), "what the card was asked for goes on"
    assert (station.view.look.language, station.view.look.large) == (Language.EN, True)
    assert done == []
    station.press(r.Back())
    assert station.shows(Screen.HOME), "no page of the first person is left below"


def test_a_card_tapped_under_the_warning_takes_nobodys_place() -> None:
    station, done = asked_for_a_card((Factor.CODE,))
    while not station.asks(Overlay.WARNING):
        station.wait(1)
    station.tap(LI)
    assert station.asks(Overlay.DIFFERENT_CARD)
    station.press(r.Leave())
    assert (station.screen, station.session.claim, done) == (Screen.HOME, LI, [])
    assert station.view.look.language is ZH, "whoever changes to their card begins anew"


# -- what is said about time, and the end --------------------------------------------------------------------
def test_the_bar_of_the_payment_counts_down_with_its_code() -> None:
    station = paying().wait(19)
    assert station.view.bar.left == "2:41"
    station.press(r.Touched()).wait(1)
    assert station.view.bar.left == "2:40", "a touch does not lengthen it"


def test_every_page_of_a_visit_can_be_ended_with_one_touch() -> None:
    station = AStation().tap()
    for screen in Screen:
        shown = bar(station.session, screen)
        assert (shown.visible, shown.left != "") == ((False,) * 2 if screen in _NOBODYS else (True,) * 2), screen
    for overlay in (at_the_warning, at_the_question, at_the_leaving):
        asked = overlay()
        assert isinstance(asked.press(r.End()).view.page, AttractPage)


_NOBODYS = (Screen.ATTRACT, Screen.OUT_OF_SERVICE, Screen.ENROL)


def at_the_warning() -> AStation:
    return AStation().tap().wait(101)


def at_the_question() -> AStation:
    return AStation().tap().wait(5).tap(LI)


def at_the_leaving() -> AStation:
    station = AStation().tap().press(r.Open("report"), r.ChooseService("network"), r.ChooseSymptom("s1"))
    return station.press(r.Back(), r.Back())


def test_the_end_waits_for_nobody() -> None:
    """Hub silent, slip printing, secret typed, report on its way: the very next view is the start."""
    busy: tuple[Callable[[], AStation], ...] = (
        paying,
        lambda: at_password(AccountAct.RESET),
        lambda: at_tickets(a_ticket("new")),
        lambda: AStation().tap().press(r.Open("tickets")).pin_typed(),
        lambda: at_the_leaving().press(r.Stay(), r.ChooseService("network"), r.Submit()),
    )
    for begin in busy:
        station = begin()
        views = len(station.views)
        station.press(r.End())
        assert [view.screen for view in station.views[views:]] == [Screen.ATTRACT]
        assert not station.pad.is_open
        assert not station.words.is_open


def test_a_touch_that_comes_when_the_visit_is_over_presses_nothing() -> None:
    for late in (r.Open("report"), r.Submit(), r.Stay(), r.Back(), r.Touched(), r.ToggleAid("large"), r.Leave()):
        station = AStation().tap().press(r.Open("report")).wait(125)
        before = station.view
        assert isinstance(before.page, AttractPage)
        assert station.press(late).view == before


def test_a_late_start_in_a_visit_that_a_card_began_presses_nothing() -> None:
    station = AStation().tap()
    before = station.view
    assert station.press(r.Start(Language.EN)).view.look == before.look
    assert station.screen is Screen.HOME
    assert station.session.visit.phase is Phase.RUNNING


def test_a_person_verified_before_the_line_broke_stays_so_for_the_form() -> None:
    """journeys 5: a form whose person was verified keeps that until the visit ends."""
    station = on_the_card()
    station.press(r.Back(), r.Open("report"), r.ChooseService("network"), r.ChooseSymptom("s1"))
    station.session.online = False
    station.press(r.Submit())
    assert station.outbox.drafts[0].session == "secret-session"
    station.press(r.End()).tap().press(r.Open("report"), r.ChooseService("network"), r.ChooseSymptom("s1"), r.Submit())
    assert station.outbox.drafts[1].session == ""
