"""My tickets at the kiosk: each act asks the hub once, says what was done, and never more than the hub has said."""

from datetime import timedelta

import pytest

from kiosk.domain.identity import NumberClaim, Verified
from kiosk.domain.language import Language
from kiosk.domain.outcomes import Refused, Unreachable, Unreached
from kiosk.domain.people import PersonNumber
from kiosk.domain.policy import Factor
from kiosk.domain.ticket_views import Act, Acted, Step, TicketList, TicketView
from kiosk.services import views as v
from kiosk.services.hub_requests import ActOnTicket, FetchMyTickets
from kiosk.services.requests import (
    Back,
    Choose,
    ChooseService,
    ChooseSymptom,
    End,
    Open,
    Submit,
)
from kiosk.services.views import DoneKind, Screen, StepState
from kiosk.words import say
from tests.services.a_station import LI, NOW, ZHANG, AStation, text

ZH = Language.ZH
REFERENCE = "B03-0291-L"


def a_ticket(state: str, *, reference: str = REFERENCE, claimed: bool = False, service: str = "network") -> TicketView:
    return TicketView(
        reference=reference,
        title=text("打不开网页", "Pages do not open"),
        place=text("图书馆 一层", "Library, floor 1"),
        type="incident",
        state=state,
        created_at=NOW - timedelta(days=1),
        respond_by=NOW + timedelta(hours=2),
        resolve_by=NOW - timedelta(hours=2),
        history=(
            Step(NOW - timedelta(days=1), "kiosk", "created"),
            Step(NOW - timedelta(hours=3), "desk", f"state:{state}", "AP 已经重启"),
        ),
        service=service,
        symptom="s1",
        claimed=claimed,
    )


def verified() -> Verified:
    return Verified(ZHANG, "张*明", "2023•••••87", "token", frozenset({Factor.PIN}))


def at_tickets(*tickets: TicketView) -> AStation:
    station = AStation().tap().press(Open("tickets")).pin_typed().answer(verified())
    return station.answer(TicketList(tickets, 6))


def page(station: AStation) -> v.TicketsPage:
    found = station.view.page
    assert isinstance(found, v.TicketsPage)
    return found


def way(act: str) -> Choose:
    return Choose(Screen.TICKETS, "way", act)


def asked(station: AStation) -> list[ActOnTicket]:
    return [request for request in station.hub.asked if isinstance(request, ActOnTicket)]


@pytest.mark.parametrize(
    ("state", "claimed", "ways"),
    [
        ("new", False, ["withdraw", "comment"]),
        ("new", True, ["disown", "withdraw", "comment"]),
        ("in_progress", False, ["withdraw", "comment"]),
        ("waiting_for_requester", False, ["confirm", "reply"]),
        ("resolved", True, ["reopen", "confirm"]),
        ("closed", True, ["again"]),
        ("withdrawn", False, ["again"]),
        ("some newer state", True, []),
    ],
)
def test_each_state_offers_what_can_be_done_in_it(state: str, claimed: bool, ways: list[str]) -> None:
    station = at_tickets(a_ticket(state, claimed=claimed))
    assert [row.id for row in page(station).ways] == ways
    assert all(row.title for row in page(station).ways)


@pytest.mark.parametrize("state", ["new", "in_progress", "waiting_for_requester", "resolved", "closed", "withdrawn"])
def test_the_story_ends_with_what_comes_next_or_with_what_was_done(state: str) -> None:
    detail = page(at_tickets(a_ticket(state))).detail
    assert detail is not None
    assert "“AP 已经重启”" in [step.text for step in detail.steps]
    last = detail.steps[-1].state
    assert last is (
        {"closed": StepState.DONE, "withdrawn": StepState.DONE, "waiting_for_requester": StepState.AHEAD}.get(
            state, StepState.NOW
        )
    )


def test_a_promise_that_has_passed_is_said_to_have_passed() -> None:
    detail = page(at_tickets(a_ticket("in_progress"))).detail
    assert detail is not None
    assert detail.steps[-1].text == say(ZH, "tickets.late_call", phone="8231 0000")
    kept = page(at_tickets(a_ticket("new"))).detail
    assert kept is not None
    assert kept.steps[-1].text == ""


@pytest.mark.parametrize(("act", "state", "claimed"), [("withdraw", "new", False), ("disown", "in_progress", True)])
def test_what_cannot_be_undone_says_first_what_happens(act: str, state: str, claimed: bool) -> None:
    station = at_tickets(a_ticket(state, claimed=claimed)).press(way(act))
    before = station.view.page
    assert isinstance(before, v.TicketActPage)
    assert before.danger
    assert len(before.effects) == 2
    station.press(Choose(Screen.TICKET_ACT, "safe", ""))
    assert station.shows(Screen.TICKETS)
    assert not asked(station)
    station.press(way(act), Choose(Screen.TICKET_ACT, "act", ""), Choose(Screen.TICKET_ACT, "act", ""))
    assert [(one.reference, one.act) for one in asked(station)] == [(REFERENCE, Act(act))]
    station.answer(Acted(REFERENCE, "withdrawn"))
    done = station.view.page
    assert isinstance(done, v.DonePage)
    assert done.headline == say(ZH, f"ticket_act.{act}_headline")
    assert (done.kind, done.reference) == (DoneKind.RECEIVED, REFERENCE)


@pytest.mark.parametrize(
    ("chosen", "state", "act"), [("comment", "new", Act.COMMENT), ("reopen", "resolved", Act.REOPEN)]
)
def test_words_are_cleaned_sent_once_and_forgotten(chosen: str, state: str, act: Act) -> None:
    station = at_tickets(a_ticket(state)).press(way(chosen))
    assert station.shows(Screen.WRITE)
    done = Choose(Screen.WRITE, "done", "  二楼\u202e也这样 ")
    station.press(done, done)
    assert [(one.act, one.text) for one in asked(station)] == [(act, "二楼也这样")]
    assert page(station).busy
    station.answer(Acted(REFERENCE, "in_progress"))
    assert station.shows(Screen.DONE)
    assert "二楼" not in repr(station.flows.tickets.__dict__)


def test_a_remark_without_words_is_not_sent() -> None:
    station = at_tickets(a_ticket("new")).press(way("comment"), Choose(Screen.WRITE, "done", " \u200b "))
    assert station.shows(Screen.TICKETS)
    assert not asked(station)


@pytest.mark.parametrize("outcome", [Unreachable(Unreached.TIMED_OUT), Refused("not_now")])
def test_where_the_hub_has_not_said_that_it_was_done_nothing_says_so(outcome: Unreachable | Refused) -> None:
    station = at_tickets(a_ticket("resolved")).press(way("confirm")).answer(outcome)
    shown = station.view.page
    assert isinstance(shown, v.UnavailablePage)
    assert shown.title == say(ZH, "ticket_act.failed" if isinstance(outcome, Refused) else "ticket_act.unavailable")
    assert "tickets" in [row.id for row in shown.ways]


def test_an_answer_after_the_visit_changes_nothing() -> None:
    station = at_tickets(a_ticket("resolved")).press(way("confirm"))
    late = asked(station)[0]
    station.press(End()).answer(Acted(REFERENCE, "closed"), late)
    assert station.shows(Screen.ATTRACT)


def test_a_way_the_state_does_not_offer_does_nothing() -> None:
    station = at_tickets(a_ticket("closed"))
    station.press(way("withdraw"), way("confirm"), way("disown"), Choose(Screen.TICKET_ACT, "act", ""))
    assert not asked(station)
    assert station.shows(Screen.TICKETS)


def test_a_closed_matter_is_reported_again_with_its_service_chosen() -> None:
    station = at_tickets(a_ticket("closed")).press(way("again"))
    assert station.shows(Screen.DETAILS)


# -- the same matter twice ------------------------------------------------------------------------------------------
def about_to_submit(*tickets: TicketView) -> AStation:
    station = at_tickets(*tickets).press(Back(), Open("report"), ChooseService("network"), ChooseSymptom("s1"))
    return station.press(Submit())


def test_an_open_ticket_on_the_same_matter_is_shown_before_a_second_is_made() -> None:
    station = about_to_submit(a_ticket("in_progress"))
    assert station.shows(Screen.TICKET_ACT)
    assert not station.outbox.drafts
    station.press(Choose(Screen.TICKET_ACT, "act", ""), Choose(Screen.WRITE, "done", "又断了"))
    assert [(one.act, one.text) for one in asked(station)] == [(Act.COMMENT, "又断了")]
    station.answer(Acted(REFERENCE, "in_progress"))
    assert station.shows(Screen.DONE)
    assert not station.outbox.drafts


def test_whoever_says_that_it_is_another_matter_hands_it_in() -> None:
    station = about_to_submit(a_ticket("in_progress")).press(Choose(Screen.TICKET_ACT, "safe", ""))
    assert len(station.outbox.drafts) == 1


@pytest.mark.parametrize("ticket", [a_ticket("closed"), a_ticket("new", service="software")])
def test_another_or_a_closed_matter_is_in_nobodys_way(ticket: TicketView) -> None:
    assert len(about_to_submit(ticket).outbox.drafts) == 1


def test_whoever_is_only_claimed_is_told_of_no_ticket() -> None:
    station = AStation().tap().press(Open("report"), ChooseService("network"), ChooseSymptom("s1"), Submit())
    assert len(station.outbox.drafts) == 1
    assert not [request for request in station.hub.asked if isinstance(request, FetchMyTickets)]


# -- still on this kiosk --------------------------------------------------------------------------------------------
def reported_while_the_hub_is_away() -> AStation:
    station = AStation().tap().press(Open("report"), ChooseService("network"), ChooseSymptom("s1"), Submit()).wait(5)
    assert station.shows(Screen.DONE)
    return station.press(End())


def seen_by(station: AStation, *tickets: TicketView) -> v.TicketsPage:
    station.tap().press(Open("tickets")).pin_typed().answer(verified()).answer(TicketList(tickets, 6))
    return page(station)


def test_what_waits_on_this_kiosk_is_shown_to_its_owner_as_waiting() -> None:
    shown = seen_by(reported_while_the_hub_is_away(), a_ticket("new"))
    assert [row.chip for row in shown.rows] == [say(ZH, "done.chip_waiting"), say(ZH, "state.new")]
    assert shown.notice is not None
    assert shown.rows[0].title == "症状 1"
    assert [row.id for row in shown.ways] == ["withdraw", "comment"]


def test_nobody_else_sees_what_waits() -> None:
    station = reported_while_the_hub_is_away().tap(LI).press(Open("tickets")).pin_typed()
    station.answer(Verified(LI, "李*", "2023", "t", frozenset({Factor.PIN}))).answer(TicketList((), 6))
    assert page(station).rows == ()


def test_what_has_arrived_waits_no_longer() -> None:
    station = reported_while_the_hub_is_away()
    reference = "A12-0001-K"
    assert [row.id for row in seen_by(station, a_ticket("new", reference=reference)).rows] == [reference]


def test_what_waits_says_nothing_of_who_it_is() -> None:
    station = AStation()
    unsent = station.flows.submission.unsent
    unsent.remember("op", NumberClaim(PersonNumber("20230114287")), "A12-0001-K", NOW)
    assert "20230114287" not in repr(unsent.__dict__)
    assert unsent.of(NumberClaim(PersonNumber("20230114287")))
    assert not unsent.of(NumberClaim(PersonNumber("20230114288")))


@pytest.mark.parametrize(
    ("age", "said"),
    [
        (None, "只显示最近 6 个月。"),
        (timedelta(seconds=40), "只显示最近 6 个月。\n进展截至 今天 14:25。"),
        (timedelta(minutes=6), "只显示最近 6 个月。\n今天 14:20 以后服务台系统没有回答，可能缺最近的答复。"),
    ],
)
def test_a_list_that_another_system_keeps_says_how_old_it_is(age: timedelta | None, said: str) -> None:
    told = NOW - age if age is not None else None
    station = AStation().tap().press(Open("tickets")).pin_typed().answer(verified())
    station.answer(TicketList((a_ticket("new"),), 6, told))
    assert page(station).footnote == said
