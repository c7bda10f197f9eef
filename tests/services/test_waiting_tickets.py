"""What waits in this kiosk's outbox: its owner may add to it and take it back, and both wait behind it."""

import pytest

from kiosk.domain.operations import OperationClass, OpId
from kiosk.domain.outcomes import NotSaved, NotSavedReason, Refused
from kiosk.domain.parcels import Parcel
from kiosk.domain.ticket_views import Act, TicketList, TicketView
from kiosk.services import views as v
from kiosk.services.hub_requests import ActOnTicket, Deliver, FetchMyTickets
from kiosk.services.requests import Again, Choose, ChooseService, ChooseSymptom, Open, Submit
from kiosk.services.views import DoneKind, Screen, StepState
from kiosk.words import say
from tests.services.a_station import AStation, accepted
from tests.services.test_my_tickets import ZH, a_ticket, page, reported_while_the_hub_is_away, seen_by, way

REFERENCE = "A12-0001-K"


def at_waiting(*tickets: TicketView) -> AStation:
    station = reported_while_the_hub_is_away()
    seen_by(station, *tickets)
    return station


def arrived(station: AStation, outcome: object = None) -> None:
    """The hub's answer to the report that waited."""
    (op_id,) = station.flows.submission.unsent._known
    parcel = Parcel(OpId(op_id), OperationClass.TICKET, REFERENCE, 2, b"")
    station.answer(outcome or accepted(REFERENCE), Deliver(parcel))  # type: ignore[arg-type]


def commented(station: AStation, text: str = "二楼也\u202e这样") -> AStation:
    return station.press(way("comment"), Choose(Screen.WRITE, "done", text))


def done(station: AStation) -> v.DonePage:
    found = station.view.page
    assert isinstance(found, v.DonePage)
    return found


def test_a_remark_waits_behind_the_report_and_nothing_says_it_was_sent() -> None:
    station = commented(at_waiting())
    (act,) = station.outbox.acts
    assert (act.about, act.act, act.text, act.session) == (REFERENCE, Act.COMMENT, "二楼也这样", "token")
    assert not [request for request in station.hub.asked if isinstance(request, ActOnTicket)]
    assert (done(station).kind, done(station).reference) == (DoneKind.SAVED, REFERENCE)
    assert done(station).headline == say(ZH, "ticket_act.comment_queued")


def test_taking_it_back_says_first_what_happens_and_then_it_can_only_wait() -> None:
    station = at_waiting().press(way("withdraw"))
    assert station.shows(Screen.TICKET_ACT)
    assert not station.outbox.acts
    station.press(Choose(Screen.TICKET_ACT, "act", ""))
    assert [act.act for act in station.outbox.acts] == [Act.WITHDRAW]
    assert done(station).headline == say(ZH, "ticket_act.withdraw_queued")
    station.press(Again()).answer(TicketList((), 6))
    shown = page(station)
    assert shown.ways == ()
    assert shown.detail is not None
    assert [step.title for step in shown.detail.steps][1] == say(ZH, "tickets.waiting_withdraw")
    assert shown.detail.steps[-1].text == say(ZH, "tickets.withdrawn_after")


def test_after_a_remark_it_still_waits_and_more_can_be_said() -> None:
    station = commented(at_waiting()).press(Again()).answer(TicketList((), 6))
    assert [row.id for row in page(station).ways] == ["withdraw", "comment"]
    commented(station, "三楼也是")
    assert [act.text for act in station.outbox.acts] == ["二楼也这样", "三楼也是"]


def test_what_cannot_be_kept_is_not_called_saved() -> None:
    station = at_waiting()
    station.outbox.outcome = NotSaved(NotSavedReason.DISK_FULL)
    commented(station)
    assert done(station).kind is DoneKind.NOT_SAVED
    station.outbox.outcome = None
    station.press(Again()).answer(TicketList((), 6))
    assert [row.id for row in page(station).ways] == ["withdraw", "comment"]


def test_what_the_desk_has_to_look_at_by_hand_offers_nothing_here() -> None:
    station = at_waiting()
    arrived(station, Refused("malformed"))
    shown = page(station)
    assert shown.rows[0].chip == say(ZH, "tickets.chip_kept")
    assert shown.ways == ()


def test_once_it_has_arrived_the_list_is_asked_for_again_and_acts_go_to_the_hub() -> None:
    station = at_waiting()
    asked = len([request for request in station.hub.asked if isinstance(request, FetchMyTickets)])
    arrived(station)
    fetches = [request for request in station.hub.asked if isinstance(request, FetchMyTickets)]
    assert len(fetches) == asked + 1
    station.answer(TicketList((a_ticket("new", reference=REFERENCE),), 6), fetches[-1])
    assert page(station).rows[0].chip == say(ZH, "state.new")
    commented(station)
    assert not station.outbox.acts
    assert [request.reference for request in station.hub.asked if isinstance(request, ActOnTicket)] == [REFERENCE]


def test_it_arrives_while_words_are_written_then_they_go_to_the_hub() -> None:
    station = at_waiting().press(way("comment"))
    arrived(station)
    station.press(Choose(Screen.WRITE, "done", "二楼也这样"))
    assert not station.outbox.acts
    assert [request.reference for request in station.hub.asked if isinstance(request, ActOnTicket)] == [REFERENCE]


@pytest.mark.parametrize("symptom", ["s1", "s2"])
def test_the_same_matter_that_still_waits_is_shown_before_a_second_report(symptom: str) -> None:
    station = at_waiting().press(Open("home"))
    station.session.home()
    station.press(Open("report"), ChooseService("network"), ChooseSymptom(symptom), Submit())
    if symptom == "s2":
        assert station.flows.submission.busy
        return
    shown = station.view.page
    assert isinstance(shown, v.TicketActPage)
    assert shown.title == say(ZH, "ticket_act.same_title")
    assert shown.ticket is not None
    assert shown.ticket.chip == say(ZH, "done.chip_waiting")
    station.press(Choose(Screen.TICKET_ACT, "act", ""), Choose(Screen.WRITE, "done", "还是这样"))
    assert [act.about for act in station.outbox.acts] == [REFERENCE]


def test_what_waits_has_no_step_that_has_not_happened() -> None:
    detail = page(at_waiting()).detail
    assert detail is not None
    assert [step.state for step in detail.steps] == [StepState.DONE, StepState.NOW, StepState.AHEAD]
