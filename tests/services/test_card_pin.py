"""The PIN that tills ask for: the present one first, the new one twice, judged by the hub; what is said of it."""

from datetime import timedelta

import pytest

from kiosk.domain.card_accounts import CardOverview, CardPinSet, CardRefusal, CardState
from kiosk.domain.card_capabilities import CardCapabilities, Pinning
from kiosk.domain.outcomes import PinRefusal, PinRefused, PinTooEasy, Refused, Unreachable, Unreached
from kiosk.domain.policy import Factor
from kiosk.services import requests as r
from kiosk.services.hub_requests import SetCardPin
from kiosk.services.ports import PinDigits, PinFailed, PinForgotten, PinRepeat, PinUse
from kiosk.services.views import CardPage, CardPinPage, DoneKind, DonePage, NoticeKind, Screen, UnavailablePage
from tests.services.a_station import NOW, AStation, replace, verified
from tests.services.card_campus import ALL
from tests.services.test_own_card import at_home

BOTH = frozenset({Factor.PIN, Factor.CODE})
PIN_TILE = "card_pin"


def on_card(
    cards: CardCapabilities = ALL, seen: CardOverview | None = None, proofs: frozenset[Factor] = BOTH
) -> AStation:
    station = at_home(cards).tap().press(r.Open("card")).pin_typed().answer(verified(*proofs))
    return station.answer(seen or CardOverview(CardState.ACTIVE, pin_set=True))


def at_pad(pin_set: bool = True) -> AStation:
    return on_card(seen=CardOverview(CardState.ACTIVE, pin_set=pin_set)).press(r.Open(PIN_TILE))


def new_typed(station: AStation) -> AStation:
    assert station.pad.use is PinUse.NEW_CARD
    station.station.secret(PinRepeat(differs=False))
    return station.pin_typed()


def page(station: AStation) -> CardPinPage:
    shown = station.view.page
    assert isinstance(shown, CardPinPage)
    return shown


def done(station: AStation) -> DonePage:
    shown = station.view.page
    assert isinstance(shown, DonePage)
    return shown


def tile(station: AStation) -> str:
    shown = station.view.page
    assert isinstance(shown, CardPage)
    return next((row.title for row in shown.tiles if row.id == PIN_TILE), "")


def asked(station: AStation) -> list[SetCardPin]:
    return [each for each in station.hub.asked if isinstance(each, SetCardPin)]


@pytest.mark.parametrize(
    ("cards", "seen", "said"),
    [
        (ALL, CardOverview(CardState.ACTIVE, pin_set=True), "改消费密码"),
        (ALL, CardOverview(CardState.ACTIVE), "设消费密码"),
        (ALL, CardOverview(CardState.LOST, NOW, pin_set=True), ""),
        (replace(ALL, pin=None), CardOverview(CardState.ACTIVE, pin_set=True), ""),
    ],
)
def test_the_tile_is_there_for_a_card_in_use_where_the_card_system_keeps_pins(
    cards: CardCapabilities, seen: CardOverview, said: str
) -> None:
    station = on_card(cards, seen)
    assert tile(station) == said
    assert (station.press(r.Open(PIN_TILE)).screen is Screen.CARD_PIN) is bool(said)


def test_a_pin_alone_opens_no_pad() -> None:
    station = on_card(proofs=frozenset({Factor.PIN})).press(r.Open(PIN_TILE))
    assert station.shows(Screen.CODE)


def test_the_present_one_comes_first_then_the_new_one_twice_each_sealed_for_its_own_use() -> None:
    station = at_pad()
    assert (page(station).step, page(station).steps, station.pad.use) == (1, 3, PinUse.CARD)
    assert (page(station).title, page(station).text) == ("现在的 6 位消费密码", "大额刷卡要输")
    assert not page(station).rules
    station.station.secret(PinDigits(4))
    assert page(station).filled == 4
    station.pin_typed()
    assert (page(station).step, page(station).filled, station.pad.use) == (2, 0, PinUse.NEW_CARD)
    assert page(station).rules
    station.station.secret(PinRepeat(differs=True))
    assert page(station).notice is not None
    station.station.secret(PinRepeat(differs=False))
    assert page(station).step == 3
    assert not asked(station)
    station.pin_typed()
    (sent,) = asked(station)
    assert sent.present is not None
    assert page(station).busy
    assert not station.pad.is_open or station.pad.use is PinUse.NEW_CARD


def test_without_a_present_one_there_are_two_steps_and_none_is_sent() -> None:
    station = at_pad(pin_set=False)
    assert (page(station).step, page(station).steps, page(station).other_ways) == (1, 2, ())
    new_typed(station)
    assert asked(station)[-1].present is None
    shown = done(station.answer(CardPinSet(NOW, first=True)))
    assert (shown.headline, shown.promise) == ("消费密码设好了", "从现在起，刷卡用它。")


def test_what_came_of_it_is_said_with_whom_to_call() -> None:
    station = new_typed(at_pad().pin_typed()).answer(CardPinSet(NOW, first=False))
    shown = done(station)
    assert (shown.kind, shown.headline) == (DoneKind.RECEIVED, "消费密码改好了")
    first, second = shown.steps
    assert first.text == "大额刷卡要输"
    assert "8231" in second.text
    assert not station.pad.is_open


def test_a_wrong_present_one_begins_anew_and_says_how_many_tries_are_left() -> None:
    station = new_typed(at_pad().pin_typed()).answer(PinRefused(PinRefusal.WRONG, 3))
    shown = page(station)
    assert shown.notice is not None
    assert (shown.step, shown.notice.kind, shown.notice.text) == (1, NoticeKind.DANGER, "还可以试 3 次。")
    assert (station.pad.is_open, station.pad.use) == (True, PinUse.CARD)


def test_a_pin_that_was_set_after_all_is_not_asked_for_anew_for_ever() -> None:
    station = new_typed(at_pad(pin_set=False)).answer(PinRefused(PinRefusal.WRONG))
    shown = station.view.page
    assert isinstance(shown, UnavailablePage)
    assert "可能已经能用" in shown.text


def test_after_too_many_the_pad_is_shut_until_then_and_the_office_is_a_way_on() -> None:
    until = NOW + timedelta(seconds=15)
    station = new_typed(at_pad().pin_typed()).answer(PinRefused(PinRefusal.LOCKED, 0, until))
    assert page(station).locked
    assert not station.pad.is_open
    assert [row.id for row in page(station).other_ways] == ["card_office"]
    station.wait(20)
    assert not page(station).locked
    assert station.pad.is_open


def test_an_easy_one_is_chosen_anew_and_the_present_one_is_not_typed_again() -> None:
    station = new_typed(at_pad().pin_typed()).answer(PinTooEasy())
    assert (page(station).step, station.pad.use) == (2, PinUse.NEW_CARD)
    new_typed(station)
    first, second = asked(station)
    assert first.present is second.present is not None
    assert first.op != second.op


def test_without_an_answer_it_is_not_known_and_said_so() -> None:
    station = new_typed(at_pad().pin_typed()).answer(Unreachable(Unreached.TIMED_OUT))
    shown = station.view.page
    assert isinstance(shown, UnavailablePage)
    assert "可能已经能用" in shown.text
    assert shown.ways[0].id == "card_office"


def test_what_the_card_system_refuses_is_said_in_its_own_words() -> None:
    station = new_typed(at_pad().pin_typed()).answer(Refused(CardRefusal.PIN_HELD))
    assert (done(station).kind, done(station).promise) == (DoneKind.NOT_SAVED, "卡务系统不让再试了。")


def test_offline_it_is_said_before_anything_is_typed() -> None:
    station = on_card()
    station.session.online = False
    shown = station.press(r.Open(PIN_TILE)).view.page
    assert isinstance(shown, UnavailablePage)
    assert shown.title == "现在断网，消费密码改不了"
    assert not station.pad.is_open


@pytest.mark.parametrize("event", [PinForgotten(), PinFailed()])
def test_what_the_helper_loses_is_said(event: PinForgotten | PinFailed) -> None:
    station = at_pad().pin_typed()
    station.station.secret(PinRepeat(differs=False))
    station.station.secret(event)
    assert page(station).notice is not None
    assert page(station).locked is isinstance(event, PinFailed)


def test_leaving_the_page_forgets_the_present_one() -> None:
    station = at_pad().pin_typed().press(r.Open("card_office"), r.Back())
    assert (page(station).step, station.pad.use) == (1, PinUse.CARD)


def test_an_answer_to_an_earlier_visitor_is_shown_to_nobody() -> None:
    station = new_typed(at_pad().pin_typed())
    late = asked(station)[-1]
    station.press(r.End()).tap().answer(CardPinSet(NOW, first=False), late)
    assert station.shows(Screen.HOME)


def test_a_card_system_that_does_not_say_when_it_is_asked_has_nothing_said() -> None:
    station = at_home(replace(ALL, pin=Pinning())).tap().press(r.Open("card")).pin_typed().answer(verified(*BOTH))
    station.answer(CardOverview(CardState.ACTIVE, pin_set=True)).press(r.Open(PIN_TILE))
    assert page(station).text == ""
