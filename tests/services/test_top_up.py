"""Topping up at a kiosk: nothing is queued, nothing is claimed that the hub has not said, and every end is a page."""

from datetime import timedelta

import pytest

from kiosk.domain.card_accounts import CardOverview, CardState
from kiosk.domain.operations import OperationClass
from kiosk.domain.outcomes import Printed, Refused, Unreachable, Unreached
from kiosk.domain.top_ups import OrderState, TopUpOrder
from kiosk.services import requests as r
from kiosk.services.hub_requests import AskTopUp, CancelTopUp, HubOutcome, OrderTopUp
from kiosk.services.top_up import ASK_EVERY, UNKNOWN_AFTER
from kiosk.services.views import CardPage, DonePage, Screen, TopUpPage, TopUpPayPage
from tests.services.a_station import AStation, replace, verified
from tests.services.card_campus import ALL, campus_with
from tests.services.test_own_card import on_the_card

SILENCE = Unreachable(Unreached.TIMED_OUT)
WINDOW = 180


def touch(part: str, which: str, screen: Screen = Screen.TOP_UP) -> r.Choose:
    return r.Choose(screen, part, which)


CANCEL = touch("cancel", "", Screen.TOP_UP_PAY)


def order(station: AStation, state: OrderState = OrderState.OPEN) -> TopUpOrder:
    asked = next(one for one in reversed(station.hub.asked) if isinstance(one, OrderTopUp))
    until = station.clock.hub_now().at + timedelta(seconds=WINDOW)
    return TopUpOrder(asked.op.value, "3F2A91C0", state, asked.amount, "https://k.example/p/x", until)


def chosen() -> AStation:
    return on_the_card().press(r.Open("top_up"), touch("amount", "5000"))


def paying() -> AStation:
    station = chosen().press(touch("pay", ""))
    return station.answer(order(station))


def told(station: AStation, outcome: HubOutcome | OrderState) -> AStation:
    """The next look at the order is answered so."""
    station.wait(ASK_EVERY)
    asked = station.hub.asked[-1]
    assert isinstance(asked, AskTopUp | CancelTopUp)
    return station.answer(order(station, outcome) if isinstance(outcome, OrderState) else outcome, asked)


def amount_page(station: AStation) -> TopUpPage:
    page = station.view.page
    assert isinstance(page, TopUpPage)
    return page


def pay_page(station: AStation) -> TopUpPayPage:
    page = station.view.page
    assert isinstance(page, TopUpPayPage)
    return page


def done_page(station: AStation) -> DonePage:
    page = station.view.page
    assert isinstance(page, DonePage)
    return page


def test_money_has_no_class_that_an_outbox_could_hold() -> None:
    assert not {"money", "top_up", "top-up"} & {kind.value for kind in OperationClass}


def test_without_a_provider_there_is_no_tile() -> None:
    for campus in (replace(campus_with(ALL), payments=None), campus_with(replace(ALL, top_up=None))):
        station = on_the_card()
        station.station.campus_changed(campus)
        page = station.view.page
        assert isinstance(page, CardPage)
        assert "top_up" not in {row.id for row in page.tiles}
        assert station.press(r.Open("top_up")).shows(Screen.CARD)


def test_nothing_is_ordered_before_an_amount_that_can_be_paid_is_chosen() -> None:
    station = on_the_card().press(r.Open("top_up"), touch("pay", ""))
    station.press(touch("amount", "777"), touch("pay", ""), touch("amount", "other"), touch("pay", ""))
    station.press(touch("key", "9"), touch("pay", ""))
    assert not amount_page(station).can_submit
    assert not any(isinstance(asked, OrderTopUp) for asked in station.hub.asked)
    station.press(touch("key", "9"), touch("pay", ""))
    assert station.hub.asked[-1] == OrderTopUp("secret-session", station.hub.asked[-1].op, 9900, 1)  # type: ignore[union-attr]


def test_two_touches_make_one_order() -> None:
    station = chosen().press(touch("pay", ""), touch("pay", ""))
    assert sum(isinstance(asked, OrderTopUp) for asked in station.hub.asked) == 1


def test_the_code_counts_down_and_a_paid_order_ends_on_a_page_and_a_slip() -> None:
    station = paying()
    assert pay_page(station).qr.startswith("https://")
    assert "3 分 0 秒" in pay_page(station).wait
    station.wait(19)
    assert "2 分 41 秒" in pay_page(station).wait
    told(told(station, OrderState.OPEN), OrderState.POSTED)
    assert station.shows(Screen.DONE)
    assert "¥50.00" in done_page(station).promise
    ((_, slip),) = station.printer.slips
    assert slip.reference == "3F2A91C0"
    assert done_page(station.printed(Printed())).slip == "printed"


@pytest.mark.parametrize("way", ["cancel", "back", "time"])
def test_cancel_back_and_time_take_the_order_back_and_say_that_nothing_was_charged(way: str) -> None:
    station = paying()
    if way == "time":
        for _ in range(WINDOW // 2):
            station.wait(ASK_EVERY)
            asked = station.hub.asked[-1]
            if isinstance(asked, AskTopUp):
                station.answer(order(station), asked)
    else:
        station.press(CANCEL if way == "cancel" else r.Back())
    asked = station.hub.asked[-1]
    assert isinstance(asked, CancelTopUp)
    assert pay_page(station).qr == ""
    station.answer(order(station, OrderState.EXPIRED if way == "time" else OrderState.CANCELLED), asked)
    assert station.shows(Screen.TOP_UP)
    notice = amount_page(station).notice
    assert notice is not None
    assert "没有扣钱" in notice.title
    assert not station.printer.slips


def test_who_paid_before_the_cancel_came_through_is_told_so() -> None:
    station = paying().press(CANCEL)
    station.answer(order(station, OrderState.POSTED), station.hub.asked[-1])
    assert station.shows(Screen.DONE)
    assert "¥50.00" in done_page(station).promise


@pytest.mark.parametrize("silence", [SILENCE, OrderState.UNKNOWN])
def test_an_unknown_outcome_is_said_in_the_providers_words_and_can_be_asked_again(
    silence: Unreachable | OrderState,
) -> None:
    station = paying().press(CANCEL)
    for _ in range(int(UNKNOWN_AFTER / ASK_EVERY) + 1):
        asked = station.hub.asked[-1]
        station.answer(order(station, silence) if isinstance(silence, OrderState) else silence, asked)
        station.wait(ASK_EVERY)
    assert station.shows(Screen.DONE)
    page = done_page(station)
    assert page.promise == "退回"
    ((_, slip),) = station.printer.slips
    assert slip.promise == "退回"
    assert "已经到卡上" not in repr(page)
    station.press(r.Again())
    asked = station.hub.asked[-1]
    assert isinstance(asked, CancelTopUp)
    station.answer(order(station, OrderState.POSTED), asked)
    assert "¥50.00" in done_page(station).promise


@pytest.mark.parametrize("outcome", [SILENCE, Refused("out_of_range")])
def test_an_order_without_a_code_is_taken_back_and_nothing_has_begun(outcome: HubOutcome) -> None:
    station = chosen().press(touch("pay", "")).answer(outcome)
    assert station.shows(Screen.TOP_UP)
    assert isinstance(station.hub.asked[-1], CancelTopUp)
    notice = amount_page(station).notice
    assert notice is not None
    assert "没有扣钱" in notice.title


def test_offline_nothing_is_ordered() -> None:
    station = chosen()
    station.session.online = False
    station.press(touch("pay", ""))
    assert not any(isinstance(asked, OrderTopUp) for asked in station.hub.asked)
    assert amount_page(station).notice


def test_leaving_takes_the_order_back_and_forgets_it() -> None:
    station = paying()
    asked = station.press(r.End()).hub.asked
    assert any(isinstance(one, CancelTopUp) for one in asked)
    assert "3F2A91C0" not in repr(station.view)
    late = order(station, OrderState.POSTED)
    station.answer(late, next(one for one in asked if isinstance(one, CancelTopUp)))
    assert station.shows(Screen.ATTRACT)


def test_somebody_who_pays_in_peace_is_not_asked_whether_they_are_still_there() -> None:
    station = paying()
    for _ in range(80):
        station.wait(ASK_EVERY)
        if isinstance(station.hub.asked[-1], AskTopUp):
            station.answer(order(station), station.hub.asked[-1])
    assert station.view.question.kind == ""
    assert station.shows(Screen.TOP_UP_PAY)


def test_the_overview_is_there_behind_a_top_up() -> None:
    station = chosen().press(r.Back())
    station.answer(CardOverview(CardState.ACTIVE)) if station.shows(Screen.CARD) else None
    assert station.shows(Screen.CARD)
    assert verified().session
