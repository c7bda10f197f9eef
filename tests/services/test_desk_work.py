"""Staff log a matter for somebody: who may, whose work it is, how it is taken back, and what is left of it.

Over 400 lines because each way in which a shift ends is tried here, beside what it must leave nothing of.
"""

from dataclasses import replace

import pytest

from kiosk.domain.campus import Text
from kiosk.domain.desk_work import (
    DeskAction,
    DeskChannel,
    DeskOpened,
    DeskOutcome,
    DeskTemplate,
    EarlierMatters,
    HandTo,
    LookUpReason,
    Matter,
    Requester,
    RequestersFound,
    card_digest,
)
from kiosk.domain.devices import CardRemoved, ReaderMode
from kiosk.domain.drafts import ContactOnFile, LookAtKiosk, TicketDraft
from kiosk.domain.identity import CardClaim, NumberClaim
from kiosk.domain.outcomes import NotSaved, NotSavedReason, Refused, Unreachable, Unreached
from kiosk.domain.people import CardUid, PersonNumber
from kiosk.domain.policy import Action
from kiosk.domain.visit_events import EndReason
from kiosk.services import requests as r
from kiosk.services.desk_requests import EndShift, FindRequester, OpenShift, ReadEarlier
from kiosk.services.hub_requests import VerifyPin
from kiosk.services.views import DeskListPage, DeskPage, Overlay, Screen
from kiosk.words import say
from tests.services.a_station import LI, NOW, ZHANG, AStation, a_campus, verified

STAFF, COLLEAGUE = ZHANG, CardClaim(CardUid("04C0FFEE123480"))
SALT = "5a" * 16
TEMPLATES = (
    DeskTemplate(
        "wifi",
        "wifi-high",
        Text("Wi-Fi 不通", "Wi-Fi is down"),
        "network",
        "s0",
        (DeskAction("reconnect", Text("重新连接", "Reconnected")), DeskAction("proxy", Text("关代理", "Proxy off"))),
    ),
    DeskTemplate("activate", "key", Text("软件要激活", "Activation"), "software", "s1"),
)
OPENED = DeskOpened(
    "shift-of-dong",
    by_name=True,
    account=True,
    hand_to=(HandTo("feng-gang", "冯*", "E0····07"), HandTo("yu-hua", "于*", "E0····09")),
    salt=SALT,
    staff=tuple(card_digest(SALT, card.uid.reveal()) for card in (STAFF, COLLEAGUE)),
)
GONE = Unreachable(Unreached.NO_CONNECTION)
LI_NA = Requester(
    "handle-of-li",
    "李*",
    "2023•••••02",
    "外国语学院",
    "139••••6602",
    "active",
    None,
    "active",
    (Matter("A12-0001-K", Text("很慢", "Slow"), "waiting_for_requester", NOW),),
    2,
)
FOUND = RequestersFound((LI_NA,))


def at_the_pin(station: AStation | None = None) -> AStation:
    station = station or AStation()
    station.session.campus = replace(a_campus(), templates=TEMPLATES)
    station.press(*[r.Knocked()] * 5, r.Open("desk_door"))
    assert station.shows(Screen.DESK_DOOR)
    station.tap(STAFF)
    assert station.shows(Screen.PIN)
    return station


def at_work(opened: DeskOpened = OPENED, *, counter: bool = False) -> AStation:
    station = AStation()
    station.session.behind_counter = counter
    at_the_pin(station).pin_typed().answer(verified(claim=STAFF))
    assert isinstance(station.hub.asked[-1], OpenShift)
    station.answer(opened)
    assert station.shows(Screen.DESK)
    return station


def choose(station: AStation, part: str, id: str = "") -> AStation:
    return station.press(r.Choose(station.screen, part, id))


def page(station: AStation) -> DeskPage:
    shown = station.view.page
    assert isinstance(shown, DeskPage)
    return shown


def rows(station: AStation) -> list[str]:
    shown = station.view.page
    assert isinstance(shown, DeskListPage)
    return [row.id for row in shown.rows]


def drafts(station: AStation) -> list[TicketDraft]:
    return station.outbox.drafts


def texts(station: AStation) -> str:
    return repr(station.view.page)


# -- the door ----------------------------------------------------------------------------------------------------
def test_staff_card_and_pin_open_the_desk_once_the_hub_has_said_yes() -> None:
    station = at_the_pin().pin_typed()
    (attempt,) = [one for one in station.hub.asked if isinstance(one, VerifyPin)]
    assert attempt.door is Action.WORK_AT_DESK
    station.answer(verified(claim=STAFF))
    assert page(station).busy
    assert not page(station).templates
    assert [row.id for row in page(station.answer(OPENED)).templates] == ["wifi", "activate"]


@pytest.mark.parametrize("outcome", [Refused("no_visit"), Refused("more_needed"), GONE])
def test_without_the_hubs_yes_the_desk_stays_shut(outcome: Refused | Unreachable) -> None:
    station = at_the_pin().pin_typed().answer(verified(claim=STAFF)).answer(outcome)
    assert station.shows(Screen.DESK_DOOR)
    choose(station, "template", "wifi")
    choose(station, "solve")
    assert not drafts(station)


def test_without_network_nobody_is_let_in() -> None:
    station = AStation()
    station.press(*[r.Knocked()] * 5, r.Open("desk_door"))
    station.session.online = False
    station.tap(STAFF)
    assert station.shows(Screen.DESK_DOOR)
    assert not [one for one in station.hub.asked if isinstance(one, VerifyPin | OpenShift)]


def test_behind_a_counter_a_staff_card_leads_straight_to_the_pin() -> None:
    station = AStation()
    station.session.behind_counter = True
    assert station.tap(STAFF).shows(Screen.PIN)


# -- a matter ----------------------------------------------------------------------------------------------------
def test_a_returning_matter_takes_a_card_and_two_touches() -> None:
    station = at_work().tap(LI).answer(FOUND)
    assert page(station).who is not None
    assert page(station).who.title == "李*"  # type: ignore[union-attr]
    choose(choose(station, "template", "wifi"), "solve")
    (draft,) = drafts(station)
    assert draft.desk is not None
    assert (draft.service, draft.symptom, draft.building, draft.location) == ("network", "s0", "library", "一层")
    assert (draft.claim, draft.contact, draft.session) == (LI, ContactOnFile(), "")
    assert (draft.desk.shift, draft.desk.outcome, draft.desk.channel) == (
        "shift-of-dong",
        DeskOutcome.SOLVED,
        DeskChannel.WALK_UP,
    )
    assert station.kicks
    assert page(station).recent[0].title == "Wi-Fi 不通"


def test_what_was_done_how_it_came_where_and_a_note_go_along() -> None:
    station = at_work().tap(LI).answer(FOUND)
    choose(station, "template", "wifi")
    choose(choose(station, "action", "proxy"), "action", "reconnect")
    choose(station, "action", "reconnect")
    choose(choose(station, "option", "channel"), "row", "phone")
    choose(choose(choose(station, "option", "place"), "row", "library"), "row", "1")
    choose(station, "option", "note")
    assert station.shows(Screen.WRITE)
    choose(station, "done", "三楼东侧")
    assert station.shows(Screen.DESK)
    choose(station, "solve")
    (draft,) = drafts(station)
    assert draft.desk is not None
    assert (draft.desk.did, draft.desk.channel, draft.location, draft.note) == (
        ("proxy",),
        DeskChannel.PHONE,
        "二层",
        "三楼东侧",
    )


@pytest.mark.parametrize(("chosen", "to"), [("", ""), ("feng-gang", "feng-gang")])
def test_a_matter_is_handed_to_the_team_or_to_somebody_of_it(chosen: str, to: str) -> None:
    station = at_work().tap(LI).answer(FOUND)
    choose(choose(station, "template", "activate"), "hand")
    assert rows(station) == ["", "feng-gang", "yu-hua"]
    choose(station, "row", chosen)
    (draft,) = drafts(station)
    assert draft.desk is not None
    assert (draft.desk.outcome, draft.desk.to) == (DeskOutcome.HANDED, to)


def test_nobody_can_be_handed_what_the_hub_did_not_offer() -> None:
    station = at_work()
    choose(choose(choose(station, "template", "wifi"), "hand"), "row", "somebody-else")
    assert not drafts(station)


def test_a_matter_of_nobody_is_logged_too() -> None:
    station = choose(choose(at_work(), "template", "wifi"), "solve")
    assert (drafts(station)[0].claim, drafts(station)[0].contact) == (None, LookAtKiosk())


def test_what_cannot_be_saved_is_said_and_stays_filled_in() -> None:
    station = at_work()
    station.outbox.outcome = NotSaved(NotSavedReason.DISK_FULL)
    choose(choose(station, "template", "wifi"), "solve")
    shown = page(station)
    assert shown.notice is not None
    assert shown.notice.title == say(station.session.visit.language, "duty.not_saved")
    assert shown.templates[0].chip_kind == "ok"
    assert not shown.recent


def test_without_network_a_card_or_number_is_enough() -> None:
    station = at_work()
    station.session.online = False
    station.tap(LI)
    assert page(station).facts[0].id == "missing"
    choose(choose(station, "template", "wifi"), "solve")
    assert drafts(station)[0].claim == LI
    assert page(station).recent[0].chip_kind == "warn"


# -- undo ----------------------------------------------------------------------------------------------------------
def test_the_last_matter_can_be_taken_back_for_thirty_seconds() -> None:
    station = choose(choose(at_work().tap(LI).answer(FOUND), "template", "wifi"), "solve")
    station.wait(29.5)
    choose(station, "undo")
    (undone,) = station.outbox.undone
    assert (undone.about, undone.shift) == ("A12-0001-K", "shift-of-dong")
    assert page(station).recent[0].chip == say(station.session.visit.language, "duty.chip_undone")
    choose(station, "undo")
    assert len(station.outbox.undone) == 1


def test_later_it_cannot() -> None:
    station = choose(choose(at_work(), "template", "wifi"), "solve").wait(30.25)
    assert page(station).undo == ""
    choose(station, "undo")
    assert not station.outbox.undone


# -- who it is -----------------------------------------------------------------------------------------------------
def test_a_typed_number_asks_for_a_requester_and_never_changes_who_works_here() -> None:
    station = at_work()
    choose(choose(station, "find"), "row", "number")
    assert station.shows(Screen.NUMBER)
    station.press(*(r.NumberKey(digit) for digit in "20230115302"), r.NumberDone())
    assert station.shows(Screen.DESK)
    asked = station.hub.asked[-1]
    assert isinstance(asked, FindRequester)
    assert asked.claim == NumberClaim(PersonNumber("20230115302"))
    assert station.session.verified is not None
    assert station.session.verified.claim == STAFF
    station.answer(FOUND)
    choose(choose(station, "template", "wifi"), "solve")
    assert drafts(station)[0].claim == asked.claim


def test_an_assistant_says_why_before_a_number_is_looked_up_and_has_no_name_to_search_by() -> None:
    station = at_work(DeskOpened("shift", look_ups_left=3, salt=SALT))
    choose(station, "find")
    assert station.shows(Screen.NUMBER)
    station.press(*(r.NumberKey(digit) for digit in "20230115302"), r.NumberDone())
    assert rows(station) == [reason.value for reason in LookUpReason]
    assert not [one for one in station.hub.asked if isinstance(one, FindRequester)]
    choose(station, "row", LookUpReason.ON_THE_PHONE)
    asked = station.hub.asked[-1]
    assert isinstance(asked, FindRequester)
    assert asked.reason is LookUpReason.ON_THE_PHONE
    station.answer(
        RequestersFound((replace(LI_NA, department="", phone="", account="", card="", earlier=None),), look_ups_left=2)
    )
    assert [fact.id for fact in page(station).facts] == ["open"]


def test_somebody_found_by_name_is_named_to_the_hub_by_a_handle_alone() -> None:
    station = at_work()
    choose(choose(station, "find"), "row", "name")
    assert station.shows(Screen.WRITE)
    choose(station, "done", "李")
    asked = station.hub.asked[-1]
    assert isinstance(asked, FindRequester)
    assert asked.text == "李"
    station.answer(RequestersFound((LI_NA, replace(LI_NA, handle="another")), more=True))
    assert rows(station) == ["handle-of-li", "another"]
    choose(station, "row", "handle-of-li").answer(FOUND)
    choose(choose(station, "template", "wifi"), "solve")
    (draft,) = drafts(station)
    assert draft.desk is not None
    assert (draft.claim, draft.desk.requester, draft.contact) == (None, "handle-of-li", ContactOnFile())


def test_history_opens_by_touch() -> None:
    station = choose(at_work().tap(LI).answer(FOUND), "earlier")
    assert isinstance(station.hub.asked[-1], ReadEarlier)
    station.answer(EarlierMatters((Matter("A12-0000-K", Text("卡纸", "Jam"), "closed", NOW),)))
    assert rows(station) == ["A12-0001-K", "A12-0000-K"]
    shown = station.view.page
    assert isinstance(shown, DeskListPage)
    assert [row.chip for row in shown.rows] == [
        station.session.speak("duty.waits_for_them"),
        station.session.speak("state.closed"),
    ]


@pytest.mark.parametrize(
    ("answer", "word"), [(RequestersFound(()), "no_one"), (Refused("no_more"), "no_more"), (GONE, "offline")]
)
def test_who_is_not_found_can_still_be_helped(answer: RequestersFound | Refused | Unreachable, word: str) -> None:
    station = at_work().tap(LI).answer(answer)
    assert page(station).facts[0].title == say(station.session.visit.language, f"duty.missing_{word}")
    choose(choose(station, "template", "wifi"), "solve")
    assert drafts(station)[0].claim == LI


def test_an_answer_about_the_one_before_is_not_shown_for_the_next_one() -> None:
    station = at_work().tap(LI)
    late = station.hub.asked[-1]
    other = CardClaim(CardUid("04AAAAAAAAAAAA"))
    station.tap(other).answer(FOUND, late)
    assert "李*" not in texts(station)
    choose(choose(station, "template", "wifi"), "solve")
    assert not drafts(station)  # the second one is still being looked up
    station.answer(RequestersFound(()))
    choose(station, "solve")
    assert drafts(station)[0].claim == other


# -- nothing is left -----------------------------------------------------------------------------------------------
def test_a_record_closes_a_minute_after_the_last_touch_and_all_that_was_filled_in_with_it() -> None:
    station = at_work().tap(LI).answer(FOUND)
    choose(choose(station, "template", "wifi"), "option", "note")
    choose(station, "done", "宿舍 3-201")
    assert "李*" in texts(station.wait(59.0))
    station.wait(1.25)
    assert "李*" not in texts(station)
    assert station.flows.desk_work.record.note == ""
    assert not page(station).can_log


def test_recent_entries_name_nobody() -> None:
    station = choose(choose(at_work().tap(LI).answer(FOUND), "template", "wifi"), "solve").wait(61.0)
    assert page(station).recent[0].title == "Wi-Fi 不通"
    assert not [name for name in ("李*", "2023", "139", LI_NA.handle) if name in texts(station)]


@pytest.mark.parametrize(("counter", "seconds"), [(False, 120.0), (True, 600.0)])
def test_the_desk_locks_by_itself_and_ends_the_shift(counter: bool, seconds: float) -> None:
    station = at_work(counter=counter).tap(LI).answer(FOUND)
    choose(station, "template", "wifi")
    station.wait(seconds - 1.0)
    assert station.asks(Overlay.WARNING)
    station.wait(1.25)
    assert not station.session.visit.active
    assert EndShift("shift-of-dong") in station.hub.asked
    assert station.flows.desk_work.opened is None
    assert not station.flows.desk_work.log.entries


def test_whoever_answers_the_warning_gives_their_pin_before_anything_is_logged() -> None:
    station = choose(at_work(), "template", "wifi").wait(105.0)
    assert station.asks(Overlay.WARNING)
    station.press(r.Stay())
    choose(station, "template", "wifi")
    assert station.shows(Screen.PIN)
    assert not drafts(station)


def test_a_card_that_is_pulled_ends_the_shift() -> None:
    station = AStation()
    station.station._reader_mode = ReaderMode.INSERT
    at_the_pin(station).pin_typed().answer(verified(claim=STAFF)).answer(OPENED)
    choose(station, "template", "wifi")
    station.station.reader(CardRemoved())
    assert station.shows(Screen.ATTRACT)
    assert station.flows.desk_work.opened is None
    assert any(isinstance(one, EndShift) for one in station.hub.asked)


@pytest.mark.parametrize("online", [True, False])
def test_a_colleagues_card_locks_the_desk_and_nobody_works_in_anothers_name(online: bool) -> None:
    station = at_work().tap(LI).answer(FOUND)
    choose(station, "template", "wifi")
    station.session.online = online
    station.tap(COLLEAGUE)
    assert station.session.visit.why_ended is EndReason.STAFF_CARD
    assert station.shows(Screen.ATTRACT)
    assert "李*" not in texts(station)
    assert not drafts(station)


def test_the_next_shift_logs_under_its_own_name_and_sees_nothing_of_the_last_one() -> None:
    station = choose(choose(at_work().tap(LI).answer(FOUND), "template", "wifi"), "solve")
    station.tap(COLLEAGUE).wait(3.0)
    station.press(*[r.Knocked()] * 5, r.Open("desk_door")).tap(COLLEAGUE)
    station.pin_typed().answer(verified(claim=COLLEAGUE, session="another")).answer(
        replace(OPENED, shift="shift-of-feng")
    )
    assert not page(station).recent
    choose(choose(station, "template", "wifi"), "solve")
    assert [draft.desk.shift for draft in drafts(station) if draft.desk] == ["shift-of-dong", "shift-of-feng"]


def test_their_own_card_ends_the_shift() -> None:
    station = at_work().wait(3.0).tap(STAFF)
    assert station.session.visit.why_ended is EndReason.SAME_CARD
    assert station.flows.desk_work.opened is None


def test_a_shift_that_opens_after_its_visit_is_over_is_ended_at_once() -> None:
    station = at_the_pin().pin_typed().answer(verified(claim=STAFF))
    late = station.hub.asked[-1]
    station.press(r.End()).answer(OPENED, late)
    assert station.hub.asked[-1] == EndShift("shift-of-dong")
    assert station.flows.desk_work.opened is None


def test_a_shift_the_hub_does_not_know_any_more_ends_the_visit() -> None:
    station = at_work().tap(LI).answer(Refused("no_visit"))
    assert station.shows(Screen.ATTRACT)
