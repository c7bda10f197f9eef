"""The desk rings up: one touch from wherever something cannot be proven or done, without any proof, and offline too."""

import pytest

from kiosk.domain.drafts import ContactOnFile, ContactTyped
from kiosk.domain.language import Language
from kiosk.domain.outcomes import NotSaved, NotSavedReason, Unreachable, Unreached
from kiosk.services.call_back_rows import ON_FILE, TYPED
from kiosk.services.desk_pages import DESK_CODE
from kiosk.services.requests import Back, ChooseService, NoteDone, Open, Start, Submit
from kiosk.services.views import DoneKind, DonePage, NoneOfThesePage, NotePage, Screen, UnavailablePage
from tests.services.a_station import AStation, a_service, accepted, replace

FILED, LEFT = f"{ON_FILE}:", f"{TYPED}:"


def station(*, callback: bool = True) -> AStation:
    made = AStation()
    campus = made.session.campus
    assert campus is not None
    entry = replace(a_service("call-back", "request"), listed=False, asks_place=False)
    made.session.campus = replace(
        campus, services=(*campus.services, entry), callback=("call-back", "s0") if callback else ()
    )
    return made.press(Start(Language.ZH))


def at_none(*, tapped: bool) -> AStation:
    """At the page of somebody who has none of what is asked for."""
    made = station()
    if tapped:
        made.tap()
    return made.press(Open("tickets"), Open("none"))


def ways(made: AStation) -> list[str]:
    page = made.view.page
    assert isinstance(page, NoneOfThesePage | UnavailablePage)
    return [row.id for row in page.ways]


def test_whoever_tapped_a_card_is_rung_up_after_one_touch_on_the_contact_on_file() -> None:
    made = at_none(tapped=True)
    assert ways(made) == [DESK_CODE, FILED, LEFT, "report"]
    made.press(Open(FILED))
    (draft,) = made.outbox.drafts
    assert (draft.service, draft.symptom, draft.contact) == ("call-back", "s0", ContactOnFile())
    assert draft.claim is not None
    made.delivered()
    page = made.view.page
    assert isinstance(page, DonePage)
    assert (page.kind, page.reference) == (DoneKind.RECEIVED, "A12-0001-K")


def test_whoever_said_nothing_about_themselves_leaves_a_number_and_is_asked_nothing_else() -> None:
    made = at_none(tapped=False)
    assert ways(made) == [DESK_CODE, LEFT, "report"]
    made.press(Open(LEFT))
    page = made.view.page
    assert isinstance(page, NotePage)
    assert (page.title, page.done) == ("打哪个号码？", "请打给我")
    made.press(NoteDone("not a number"))
    assert (made.screen, made.outbox.drafts) == (Screen.NOTE, [])
    made.press(NoteDone("13812345521"))
    (draft,) = made.outbox.drafts
    assert isinstance(draft.contact, ContactTyped)
    assert (draft.contact.address.reveal(), draft.claim) == ("13812345521", None)


def test_what_was_wanted_is_what_the_desk_reads_first() -> None:
    made = at_none(tapped=True).press(Open(FILED))
    assert made.outbox.drafts[0].note == "请打电话给我：我的申请。在终端上没法证明身份。"
    fresh = station().tap().press(Open("none"), Open(FILED))
    assert fresh.outbox.drafts[0].note == "请打电话给我：在终端上没法证明身份。"


def test_what_was_wanted_is_told_where_the_hub_stopped_answering_on_the_way() -> None:
    made = station().tap().press(Open("tickets")).pin_typed().answer(Unreachable(Unreached.TIMED_OUT))
    assert made.screen is Screen.UNAVAILABLE
    made.press(Open(FILED))
    assert made.outbox.drafts[0].note == "请打电话给我：我的申请。在终端上没法证明身份。"
    again = station().tap().press(Open("tickets")).pin_typed().answer(Unreachable(Unreached.TIMED_OUT))
    again.press(Back(), Open("none"), Open(FILED))
    assert again.outbox.drafts[0].note == "请打电话给我：在终端上没法证明身份。", "what was left is not told"


def test_without_network_it_is_saved_and_sent_later() -> None:
    made = station().tap()
    made.session.online = False
    made.press(Open("tickets"))
    assert (made.screen, ways(made)[0]) == (Screen.UNAVAILABLE, FILED)
    made.press(Open(FILED))
    page = made.view.page
    assert isinstance(page, DonePage)
    assert (page.kind, len(made.outbox.drafts)) == (DoneKind.SAVED, 1)


def test_while_it_is_handed_in_the_page_says_so_and_a_second_touch_is_no_second_ticket() -> None:
    made = at_none(tapped=True).press(Open(FILED), Open(FILED), Open("report"))
    made.wait(1)
    page = made.view.page
    assert isinstance(page, NoneOfThesePage)
    assert (page.busy, page.busy_text, len(made.outbox.drafts)) == (True, "正在提交…", 1)
    made.delivered(accepted("A12-0001-K"))
    assert made.screen is Screen.DONE


def test_a_call_that_could_not_be_saved_can_be_tried_again() -> None:
    made = at_none(tapped=True)
    made.outbox.outcome = NotSaved(NotSavedReason.DISK_FULL)
    made.press(Open(FILED))
    page = made.view.page
    assert isinstance(page, DonePage)
    assert page.kind is DoneKind.NOT_SAVED


def test_turning_back_from_the_number_leaves_the_report_that_was_begun_alone() -> None:
    made = station().press(Open("report"), ChooseService("network"), Open("note"), NoteDone("很慢"))
    made.press(Back(), Back(), Open("tickets"), Open("none"), Open(LEFT), Back())
    assert made.screen is Screen.NONE_OF_THESE
    made.press(Open("report"), ChooseService("network"), Open("contact"))
    page = made.view.page
    assert isinstance(page, NotePage)
    assert page.title != "打哪个号码？"
    made.press(NoteDone("13812345521"))
    assert all(draft.service != "call-back" for draft in made.outbox.drafts)


def test_a_catalogue_without_an_entry_for_it_offers_no_call() -> None:
    made = station(callback=False).tap().press(Open("tickets"), Open("none"))
    assert ways(made) == [DESK_CODE, "report"]
    made.press(Open(FILED))
    assert (made.screen, made.outbox.drafts) == (Screen.NONE_OF_THESE, [])


@pytest.mark.parametrize("row", ["callback", "callback_typed", "callback:x:y", "call"])
def test_rows_that_are_no_call_are_nobodys(row: str) -> None:
    made = station(callback=False)
    assert not made.flows.call_back.enter(row)
    assert made.press(Submit()).outbox.drafts == []
