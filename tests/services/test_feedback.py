"""Feedback: nobody is asked who, and nothing that is handed on could tell."""

import dataclasses

import pytest

from kiosk.domain.language import Language
from kiosk.domain.outcomes import NotSaved, NotSavedReason
from kiosk.domain.queueable import FeedbackDraft, Mark
from kiosk.domain.ticket_views import Acted
from kiosk.services import views as v
from kiosk.services.feedback import FACES, REASONS
from kiosk.services.requests import Again, Choose, Open, Start
from kiosk.services.views import DoneKind, Screen
from kiosk.words import say
from tests.services.a_station import ZHANG, AStation
from tests.services.test_my_tickets import REFERENCE, a_ticket, at_tickets, way


def touch(part: str, row: str = "") -> Choose:
    return Choose(Screen.FEEDBACK, part, row)


def page(station: AStation) -> v.FeedbackPage:
    found = station.view.page
    assert isinstance(found, v.FeedbackPage)
    return found


def handed_on(station: AStation) -> list[FeedbackDraft]:
    return station.outbox.marks


def test_a_face_is_enough_and_nothing_of_the_visit_goes_with_it() -> None:
    station = AStation().tap().press(Open("feedback"), touch("submit"))
    assert not handed_on(station)
    station.press(touch("face", "good"), touch("submit"))
    (draft,) = handed_on(station)
    assert draft == FeedbackDraft(Language.ZH, "kiosk", Mark.GOOD)
    assert {field.name for field in dataclasses.fields(draft)} == {"language", "about", "mark", "reasons", "words"}
    assert ZHANG.uid.reveal() not in repr(dataclasses.astuple(draft))
    assert station.shows(Screen.DONE)


@pytest.mark.parametrize(("about", "good"), list(REASONS))
def test_reasons_belong_to_the_face_and_can_be_taken_back(about: str, good: bool) -> None:
    station = AStation().press(Start(Language.ZH), Open("feedback"), touch("about", about))
    station.press(touch("face", "very_good" if good else "poor"))
    offered = [row.id for row in page(station).reasons]
    assert offered == list(REASONS[about, good])
    station.press(*(touch("reason", reason) for reason in (offered[0], offered[1], offered[0], "made up")))
    assert page(station).chosen == (offered[1],)
    station.press(touch("face", "poor" if good else "good"))
    assert page(station).chosen == ()


def test_words_are_cleaned_and_optional() -> None:
    station = AStation().press(Start(Language.ZH), Open("feedback"), touch("face", "poor"), touch("words"))
    assert station.shows(Screen.WRITE)
    station.press(Choose(Screen.WRITE, "done", " 太\u202e慢 "), touch("submit"))
    assert [draft.words for draft in handed_on(station)] == ["太慢"]
    assert "太慢" not in repr(station.flows.feedback.__dict__)


def test_five_faces_from_bad_to_good_in_both_languages() -> None:
    assert len(FACES) == 5
    for language in Language:
        station = AStation().press(Start(language), Open("feedback"))
        assert [row.title for row in page(station).faces] == [say(language, f"feedback.face_{m}") for m, _ in FACES]


def test_what_could_not_be_saved_is_said_and_still_there() -> None:
    station = AStation().press(Start(Language.ZH), Open("feedback"), touch("face", "fair"))
    station.outbox.outcome = NotSaved(NotSavedReason.DISK_FULL)
    station.press(touch("submit"))
    done = station.view.page
    assert isinstance(done, v.DonePage)
    assert done.kind is DoneKind.NOT_SAVED
    station.press(Again())
    assert page(station).face == "fair"


def test_a_solved_ticket_leads_to_a_rating_of_the_service_that_names_no_ticket() -> None:
    station = at_tickets(a_ticket("resolved")).press(way("confirm")).answer(Acted(REFERENCE, "closed"))
    assert station.shows(Screen.FEEDBACK)
    station.press(touch("about", "kiosk"), touch("face", "very_good"), touch("submit"))
    (draft,) = handed_on(station)
    assert draft.about == "service"
    assert REFERENCE not in repr(draft)
