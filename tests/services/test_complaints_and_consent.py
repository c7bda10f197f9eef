"""Whom a request waits for and whose a complaint is: said before, on the done page, the slip and in my tickets."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.domain.language import Language
from kiosk.domain.ticket_views import Approval, Step, TicketView
from kiosk.services import views as v
from kiosk.services.requests import Back, Choose, ChooseLanguage, ChooseService, ChooseSymptom, Open, Submit
from kiosk.services.views import Screen, StepState
from kiosk.words import say
from tests.services.a_station import NOW, AStation, a_service, accepted, text
from tests.services.test_my_tickets import a_ticket, at_tickets, page

ZH, EN = Language.ZH, Language.EN
ASSETS = text("资产审批人", "the assets approver")
HEAD = text("网络负责人", "the head of network services")
WAITS = Approval(ASSETS, NOW, NOW + timedelta(days=4))


def with_catalogue() -> AStation:
    """A request that needs a consent, and a question that leads to the complaint."""
    station = AStation()
    campus = station.session.campus
    assert campus is not None
    wish = a_service("software", "request")
    wish = replace(wish, symptoms=(replace(wish.symptoms[0], approver=ASSETS), *wish.symptoms[1:]))
    ask = a_service("ask", "question")
    ask = replace(ask, symptoms=(*ask.symptoms[:3], replace(ask.symptoms[3], opens="complaint")))
    complaint = replace(a_service("complaint", "complaint"), asks_place=False, listed=False, asks_subject=True)
    services = (a_service("network"), wish, ask, complaint)
    station.station.campus_changed(replace(campus, services=services))
    return station.tap()


def details(station: AStation) -> v.DetailsPage:
    found = station.view.page
    assert isinstance(found, v.DetailsPage)
    return found


def done(station: AStation) -> v.DonePage:
    found = station.view.page
    assert isinstance(found, v.DonePage)
    return found


def at_complaint() -> AStation:
    return with_catalogue().press(Open("report"), ChooseService("ask"), ChooseSymptom("s3"))


def test_what_needs_a_consent_says_so_before_it_is_chosen() -> None:
    station = with_catalogue().press(Open("report"), ChooseService("software"))
    hints = [row.hint for row in details(station).symptoms]
    assert hints == [say(ZH, "report.approver"), "", "", ""]


@pytest.mark.parametrize("language", list(Language))
def test_the_done_page_and_the_slip_say_whom_it_waits_for_and_promise_nothing(language: Language) -> None:
    station = with_catalogue().press(ChooseLanguage(language), Open("report"), ChooseService("software"))
    station.press(ChooseSymptom("s0"), Submit())
    station.delivered(replace(accepted("A12-0001-K", respond_by=None), resolve_by=None, approval=WAITS))
    who = ASSETS.of(language)
    shown = done(station)
    assert shown.promise == say(language, "done.approval", who=who)
    assert [step.title for step in shown.steps][1] == say(language, "done.step_approval", who=who)
    assert shown.steps[1].state is StepState.NOW
    assert say(language, "done.slip_text_saved") in shown.slip_text  # no time stands on it
    ((_, slip),) = station.printer.slips
    assert slip.promise == say(language, "slip.approval", who=who)
    assert ASSETS.of(language.other) in slip.other_language
    for claimed in (shown.promise, slip.promise, *(step.title for step in shown.steps)):
        assert say(language, "done.reply_by", when="").strip("。. ") not in claimed


def test_a_complaint_asks_first_what_it_is_about_and_keeps_what_was_filled_in() -> None:
    station = at_complaint()
    assert station.shows(Screen.SUBJECT)
    subjects = station.view.page
    assert isinstance(subjects, v.SubjectPage)
    assert [row.id for group in subjects.groups for row in group.rows] == ["network", "software", "other"]
    station.press(Choose(Screen.SUBJECT, "service", "network"))
    shown = details(station)
    assert shown.place is not None
    assert shown.place.title == say(ZH, "report.subject", service="网络和 Wi-Fi")
    assert not shown.can_submit
    assert details(station.press(ChooseSymptom("s1"))).can_submit
    station.press(Open("subject"))
    assert station.shows(Screen.SUBJECT)
    station.press(Choose(Screen.SUBJECT, "service", "software"))
    assert details(station).symptom == "s1"
    station.press(Submit())
    assert (station.outbox.drafts[0].service, station.outbox.drafts[0].subject) == ("complaint", "software")


def test_back_from_the_question_is_back_at_what_was_asked_before() -> None:
    station = at_complaint().press(Back())
    assert details(station).submit == say(ZH, "report.submit_question")
    assert not station.press(Submit()).outbox.drafts


def test_a_complaint_about_none_of_the_services_goes_without_one() -> None:
    station = at_complaint().press(Choose(Screen.SUBJECT, "service", "other"), ChooseSymptom("s0"), Submit())
    assert station.outbox.drafts[0].subject == ""


@pytest.mark.parametrize("subject", ["", "none such", "ask", "complaint"])
def test_what_is_no_subject_chooses_nothing(subject: str) -> None:
    assert at_complaint().press(Choose(Screen.SUBJECT, "service", subject)).shows(Screen.SUBJECT)


def test_the_done_page_says_whose_the_complaint_is_as_the_hub_said() -> None:
    station = at_complaint().press(Choose(Screen.SUBJECT, "service", "network"), ChooseSymptom("s0"), Submit())
    station.delivered(replace(accepted("A12-0001-K"), goes_to=HEAD))
    step = done(station).steps[1]
    assert step.title == say(ZH, "done.step_lead", who="网络负责人")
    assert step.text == say(ZH, "done.step_lead_text")
    assert step.time
    ((_, slip),) = station.printer.slips
    assert (say(ZH, "slip.goes_to"), "网络负责人") in slip.facts


def waiting(**changed: object) -> TicketView:
    ticket = replace(a_ticket("waiting_for_approval"), type="request", respond_by=None, resolve_by=None, approval=WAITS)
    return replace(ticket, history=(Step(NOW, "kiosk", "created"),), **changed)  # type: ignore[arg-type]


def test_my_tickets_say_whom_it_waits_for_and_since_when() -> None:
    station = at_tickets(waiting())
    shown = page(station)
    assert shown.rows[0].chip == say(ZH, "state.waiting_for_approval")
    assert [row.id for row in shown.ways] == ["withdraw", "comment"]
    assert shown.detail is not None
    now = next(step for step in shown.detail.steps if step.state is StepState.NOW)
    assert now.title == say(ZH, "done.step_approval", who="资产审批人")
    assert now.time == say(ZH, "done.since", when=say(ZH, "when.today", clock="14:26"))
    assert now.text


def test_once_the_lead_was_told_it_is_not_said_that_it_will_be() -> None:
    late = replace(WAITS, remind_by=NOW - timedelta(hours=1))
    history = (Step(NOW - timedelta(days=3), "kiosk", "created"), Step(NOW, "hub", "escalated"))
    detail = page(at_tickets(replace(waiting(approval=late), history=history))).detail
    assert detail is not None
    assert [step.title for step in detail.steps][1] == say(ZH, "tickets.escalated")
    assert all(step.text == "" for step in detail.steps if step.state is StepState.NOW)


def test_a_declined_request_says_why_and_can_be_asked_again() -> None:
    declined = replace(waiting(), state="declined", service="network")
    declined = replace(declined, history=(*declined.history, Step(NOW, "approver", "state:declined", "学校已有授权")))
    shown = page(at_tickets(declined))
    assert shown.detail is not None
    assert shown.detail.steps[-1].text == say(ZH, "tickets.quote", text="学校已有授权")
    assert [row.id for row in shown.ways] == ["again"]


def test_an_approved_request_goes_on_as_any_other() -> None:
    approved = replace(waiting(), state="new", respond_by=NOW + timedelta(hours=2))
    approved = replace(approved, history=(*approved.history, Step(NOW, "approver", "approved", "")))
    shown = page(at_tickets(approved))
    assert shown.detail is not None
    assert [step.title for step in shown.detail.steps][-2:] == [
        say(ZH, "tickets.approved"),
        say(ZH, "tickets.next_reply"),
    ]


def test_a_complaint_of_mine_names_the_post_that_answers() -> None:
    mine = replace(a_ticket("new"), type="complaint", goes_to=HEAD)
    detail = page(at_tickets(mine)).detail
    assert detail is not None
    assert detail.steps[-1].title == say(ZH, "done.step_lead", who="网络负责人")
