"""What a visitor meets, without a window: every promise of the flows as values."""

from datetime import timedelta

import pytest

from kiosk.domain.devices import (
    CardFailed,
    CardRemoved,
    CardTrouble,
    ReaderChanged,
    ReaderState,
)
from kiosk.domain.drafts import ContactOnFile, ContactTyped, LookAtKiosk
from kiosk.domain.language import Language
from kiosk.domain.outcomes import (
    NoPaper,
    NoPrinter,
    NotSaved,
    NotSavedReason,
    PinRefusal,
    PinRefused,
    PrintUnknown,
    Refused,
    Unreachable,
    Unreached,
)
from kiosk.domain.ticket_views import Step, TicketList, TicketView
from kiosk.services.hub_requests import EndSession, FetchMyTickets, VerifyPin
from kiosk.services.requests import (
    Again,
    Back,
    ChooseImpact,
    ChooseLanguage,
    ChooseLetter,
    ChoosePlace,
    ChooseService,
    ChooseSymptom,
    End,
    Leave,
    NoteDone,
    NumberDone,
    NumberKey,
    Open,
    Start,
    Stay,
    Submit,
    ToggleAid,
)
from kiosk.services.views import (
    DetailsPage,
    DoneKind,
    DonePage,
    IdentifyPage,
    Look,
    NoticeKind,
    NumberPage,
    Overlay,
    PinPage,
    Screen,
    StripKind,
    TicketsPage,
)
from tests.services.a_station import LI, NOW, ZHANG, AStation, text, verified

ZH = Language.ZH
CANARY = "金丝雀笔记"


def with_card_at_details() -> AStation:
    return AStation().tap().press(Open("report"), ChooseService("network"), ChooseSymptom("s1"))


def done(station: AStation) -> DonePage:
    assert isinstance(station.view.page, DonePage), station.screen
    return station.view.page


def test_a_report_with_a_card_takes_four_touches_and_promises_a_date() -> None:
    station = with_card_at_details().press(Submit()).delivered().printed()
    page = done(station)
    assert (page.kind, page.reference, page.slip) == (DoneKind.RECEIVED, "A12-0001-K", "printed")
    assert page.promise == "周五 11月20日 16:26 前回复你。"
    assert station.printer.slips[0][1].promise == "周五 11月20日\n16:26 前回复你"
    assert isinstance(station.outbox.drafts[0].contact, ContactOnFile)
    assert station.kicks == 1


def test_nobody_is_asked_how_to_answer_and_may_leave_nothing() -> None:
    station = AStation().press(Start(ZH), Open("report"), ChooseService("network"), ChooseSymptom("s0"), Submit())
    assert station.shows(Screen.ANSWER)
    station.press(Open("look")).delivered()
    assert isinstance(station.outbox.drafts[0].contact, LookAtKiosk)
    assert station.outbox.drafts[0].claim is None


def test_a_card_tapped_on_the_answer_page_hands_the_report_in() -> None:
    station = AStation().press(Start(ZH), Open("report"), ChooseService("network"), ChooseSymptom("s0"), Submit())
    station.tap().delivered()
    assert station.outbox.drafts[0].claim == ZHANG
    assert done(station).kind is DoneKind.RECEIVED


@pytest.mark.parametrize(("way", "kind"), [("look", LookAtKiosk), ("on_file", ContactOnFile)])
def test_how_to_answer_can_be_changed_before_handing_in(way: str, kind: type) -> None:
    station = with_card_at_details().press(Open("answer"))
    assert station.shows(Screen.ANSWER)
    station.press(Open(way))
    assert station.shows(Screen.DETAILS)
    station.press(Submit()).delivered()
    assert isinstance(station.outbox.drafts[0].contact, kind)


def test_a_typed_contact_is_checked_and_used() -> None:
    station = AStation().press(Start(ZH), Open("report"), ChooseService("network"), ChooseSymptom("s0"), Submit())
    station.press(Open("contact"), NoteDone("not one"))
    assert station.shows(Screen.NOTE)
    station.press(NoteDone("a@b.example")).delivered()
    contact = station.outbox.drafts[0].contact
    assert isinstance(contact, ContactTyped)
    assert contact.address.reveal() == "a@b.example"


@pytest.mark.parametrize("why", list(Unreached))
def test_without_the_hub_the_report_ends_the_same_way_and_promises_no_time(why: Unreached) -> None:
    station = with_card_at_details().press(Submit()).delivered(Unreachable(why)).printed()
    page = done(station)
    assert (page.kind, page.reference, page.qr) == (DoneKind.SAVED, "A12-0001-K", "")
    slip = station.printer.slips[0][1]
    assert not any(character.isdigit() for character in page.promise + slip.promise + page.headline)
    assert station.strip_is(StripKind.OFFLINE)


def test_a_slow_hub_keeps_nobody_waiting_longer_than_said() -> None:
    station = with_card_at_details().press(Submit()).wait(1)
    details = station.view.page
    assert isinstance(details, DetailsPage)
    assert (details.busy, details.busy_text) == (True, "正在提交…")
    assert done(station.wait(4)).kind is DoneKind.SAVED


def test_what_the_hub_refuses_is_kept_for_people_and_not_called_lost() -> None:
    station = with_card_at_details().press(Submit()).delivered(Refused("too_long"))
    assert done(station).kind is DoneKind.SAVED
    assert "人工" in done(station).promise


@pytest.mark.parametrize("reason", list(NotSavedReason))
def test_what_could_not_be_saved_is_said_and_can_be_tried_again_without_retyping(reason: NotSavedReason) -> None:
    station = with_card_at_details()
    station.outbox.outcome = NotSaved(reason)
    station.press(ChooseImpact("many"), Submit())
    assert (done(station).kind, done(station).reference) == (DoneKind.NOT_SAVED, "")
    assert not station.printer.slips
    station.press(Again())
    details = station.view.page
    assert isinstance(details, DetailsPage)
    assert (details.symptom, details.impact) == ("s1", "many")


@pytest.mark.parametrize("trouble", [NoPaper(), NoPrinter("cover open"), PrintUnknown()])
def test_without_a_slip_the_number_is_large_on_screen(trouble: NoPaper | NoPrinter | PrintUnknown) -> None:
    station = with_card_at_details().press(Submit()).delivered().printed(trouble)
    page = done(station)
    assert (page.number_large, page.slip, page.notice is not None) == (True, "", True)


def test_a_slip_that_came_too_late_says_nothing_to_the_next_person() -> None:
    station = with_card_at_details().press(Submit()).delivered().press(End()).tap(LI)
    before = station.view
    station.printed()
    assert station.view == before


def test_my_tickets_stand_behind_the_pin_and_close_with_the_visit() -> None:
    station = AStation().press(Start(ZH), Open("tickets"))
    assert station.shows(Screen.IDENTIFY)
    station.tap()
    assert (station.screen, station.pad.is_open) == (Screen.PIN, True)
    station.pin_typed()
    assert isinstance(station.hub.asked[-1], VerifyPin)
    station.answer(verified())
    assert isinstance(station.hub.asked[-1], FetchMyTickets)
    assert station.view.bar.who == "张*明"
    ticket = TicketView(
        "A12-0473-K",
        text("打不开网页"),
        text("图书馆"),
        "incident",
        "new",
        NOW,
        NOW,
        NOW,
        (Step(NOW, "kiosk", "created"),),
    )
    station.answer(TicketList((ticket,), 6))
    page = station.view.page
    assert isinstance(page, TicketsPage)
    assert (page.selected, page.footnote) == ("A12-0473-K", "只显示最近 6 个月。")
    station.press(End())
    assert station.shows(Screen.ATTRACT)
    assert station.hub.asked[-1] == EndSession("secret-session")
    assert not station.pad.is_open


def test_a_wrong_pin_says_so_and_opens_a_new_pad() -> None:
    station = AStation().tap().press(Open("tickets")).pin_typed().answer(PinRefused(PinRefusal.WRONG, 4))
    page = station.view.page
    assert isinstance(page, PinPage)
    assert page.notice is not None
    assert (page.notice.kind, page.notice.text, len(station.pad.opened)) == (NoticeKind.DANGER, "还可以试 4 次。", 2)


def test_too_many_wrong_pins_lock_the_pad_until_the_time_that_is_said() -> None:
    station = AStation().tap().press(Open("tickets")).pin_typed()
    station.answer(PinRefused(PinRefusal.LOCKED, None, NOW.replace(minute=27)))
    page = station.view.page
    assert isinstance(page, PinPage)
    assert page.notice is not None
    assert page.locked
    assert page.notice.text.startswith("14:27")
    assert not station.pad.is_open
    station.wait(61)
    assert station.pad.is_open


def test_no_pin_leads_to_people_and_not_to_a_dead_end() -> None:
    station = AStation().tap().press(Open("tickets")).pin_typed().answer(PinRefused(PinRefusal.NO_PIN))
    page = station.view.page
    assert isinstance(page, PinPage)
    assert page.locked
    station.press(Open("none"))
    assert station.shows(Screen.NONE_OF_THESE)


@pytest.mark.parametrize("where", ["before", "pin", "tickets"])
def test_without_network_tickets_say_what_can_be_done_instead(where: str) -> None:
    down = Unreachable(Unreached.NO_CONNECTION)
    station = AStation().tap()
    if where == "before":
        station.answer(down, FetchMyTickets("x")).press(Open("tickets"))
    elif where == "pin":
        station.press(Open("tickets")).pin_typed().answer(down)
    else:
        station.press(Open("tickets")).pin_typed().answer(verified()).answer(down)
    assert station.shows(Screen.UNAVAILABLE)
    station.press(Open("report"))
    assert station.shows(Screen.CATEGORY)


def test_a_typed_number_is_checked_by_the_campus_pattern_and_shown_masked() -> None:
    station = AStation().press(Start(ZH), Open("tickets"), Open("number"))
    station.press(*(NumberKey(digit) for digit in "202310041"), NumberDone())
    page = station.view.page
    assert isinstance(page, NumberPage)
    assert page.error
    station.press(*(NumberKey(digit) for digit in "87"))
    page = station.view.page
    assert isinstance(page, NumberPage)
    assert (page.typed, page.can_go, page.error) == ("20231004187", True, "")
    station.press(NumberDone())
    assert station.shows(Screen.PIN)
    assert station.view.bar.who_detail == "2023•••••87"


def test_an_answer_for_an_earlier_visitor_is_dropped() -> None:
    station = AStation().tap().press(Open("tickets")).pin_typed()
    asked = station.hub.asked[-1]
    station.press(End()).tap(LI).press(Open("tickets")).pin_typed()
    station.answer(verified(), asked)
    assert station.shows(Screen.PIN)
    assert station.view.bar.who == "已刷卡"


def test_a_different_card_is_asked_about_and_brings_a_clean_visit() -> None:
    station = with_card_at_details().tap(LI)
    assert station.asks(Overlay.DIFFERENT_CARD)
    station.press(Leave())
    assert station.shows(Screen.HOME)
    station.press(Open("report"), ChooseService("network"))
    details = station.view.page
    assert isinstance(details, DetailsPage)
    assert details.symptom == ""


def test_the_same_card_again_ends_the_visit() -> None:
    station = with_card_at_details()
    station.station.reader(CardRemoved())
    station.wait(5).tap()
    assert station.shows(Screen.ATTRACT)


def test_the_idle_warning_comes_and_then_everything_goes() -> None:
    station = with_card_at_details().press(Open("note"), NoteDone(CANARY)).wait(101)
    assert station.asks(Overlay.WARNING)
    station.press(Stay())
    assert station.asks(Overlay.NONE)
    station.wait(181)
    assert station.shows(Screen.ATTRACT)
    assert CANARY not in repr(station.view)


def test_leaving_a_half_filled_form_is_asked_once() -> None:
    station = with_card_at_details().press(Back(), Back())
    assert station.asks(Overlay.LEAVE)
    station.press(Stay())
    assert station.shows(Screen.CATEGORY)
    station.press(Back(), Leave())
    assert station.shows(Screen.HOME)


def test_back_keeps_what_was_filled_in() -> None:
    station = with_card_at_details().press(Open("note"), NoteDone(CANARY), Back(), ChooseService("network"))
    page = station.view.page
    assert isinstance(page, DetailsPage)
    assert page.note is not None
    assert (page.symptom, page.note.hint) == ("s1", CANARY)


def test_the_place_is_filled_in_and_can_be_changed_in_three_touches() -> None:
    station = with_card_at_details()
    page = station.view.page
    assert isinstance(page, DetailsPage)
    assert page.place is not None
    assert page.place.title == "图书馆 一层"
    station.press(Open("place"), ChooseLetter("T"), ChoosePlace("library"), ChoosePlace("1"), Submit()).delivered()
    assert (station.outbox.drafts[0].building, station.outbox.drafts[0].location) == ("library", "二层")


def test_language_changes_every_word_and_keeps_the_input() -> None:
    station = with_card_at_details().press(ChooseLanguage(Language.EN))
    page = station.view.page
    assert isinstance(page, DetailsPage)
    assert (page.symptom, page.submit) == ("s1", "Send report")
    station.press(Submit()).delivered().printed()
    assert done(station).promise == "We will reply by Fri 20 Nov, 16:26."
    assert station.printer.slips[0][1].other_language == "编号 A12-0001-K · 周五 11月20日 16:26 前回复"


def test_aids_are_gone_with_the_visit() -> None:
    station = AStation().tap().press(ToggleAid("large"), ToggleAid("contrast"), ToggleAid("reach"))
    assert station.view.look.large
    station.press(End())
    assert station.view.look == Look(ZH)


def test_an_unreadable_card_offers_the_number_from_the_third_time_on() -> None:
    station = AStation().press(Start(ZH), Open("tickets"))
    titles = []
    for _ in range(3):
        station.station.reader(CardFailed(CardTrouble.UNREADABLE))
        page = station.view.page
        assert isinstance(page, IdentifyPage)
        assert page.notice is not None
        titles.append(page.notice.title)
    assert titles == ["没有读到卡", "没有读到卡", "还是读不到"]


def test_without_a_reader_no_yellow_block_points_anywhere() -> None:
    station = AStation()
    station.station.reader(ReaderChanged(ReaderState.SERVICE_DOWN))
    station.press(Start(ZH))
    assert not station.view.page.reader.position  # type: ignore[union-attr]
    assert station.strip_is(StripKind.TROUBLE)


def test_without_network_it_is_said_how_much_waits_and_when_the_last_was_sent_today() -> None:
    station = with_card_at_details().press(Submit()).delivered(Unreachable(Unreached.NO_CONNECTION))
    station.outbox.waiting = 3
    assert station.wait(1).view.strip.count == "3 项待发送"
    station.outbox.sent_at = station.session.now - timedelta(minutes=12)
    clock = f"{station.outbox.sent_at.astimezone(station.session.zone):%H:%M}"
    assert station.wait(1).view.strip.count == f"3 项待发送，上次 {clock} 送出"
    station.outbox.sent_at -= timedelta(days=1)
    assert station.wait(1).view.strip.count == "3 项待发送"


def test_sent_is_said_once_the_queue_is_empty_again() -> None:
    station = with_card_at_details().press(Submit()).delivered(Unreachable(Unreached.NO_CONNECTION))
    station.outbox.waiting = 1
    station.wait(1)
    assert station.strip_is(StripKind.OFFLINE)
    station.answer(Refused("x"), FetchMyTickets("x"))
    assert station.strip_is(StripKind.SENDING)
    station.outbox.waiting = 0
    assert station.wait(1).strip_is(StripKind.SENT)


def test_bugs_end_the_visit_and_too_many_take_the_kiosk_out_of_service() -> None:
    station = with_card_at_details()
    station.station.recover()
    assert station.shows(Screen.ATTRACT)
    for _ in range(4):
        station.station.recover()
    assert station.shows(Screen.OUT_OF_SERVICE)
    station.press(Start(ZH)).tap()
    assert station.shows(Screen.OUT_OF_SERVICE)
