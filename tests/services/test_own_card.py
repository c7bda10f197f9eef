"""One's own card: nothing before a proof, the balance by touch and not for long, only what the card system declares."""

from datetime import timedelta

import pytest

from kiosk.domain.card_accounts import Balance, CardLimits, CardOverview, CardRefusal, CardState
from kiosk.domain.card_capabilities import CardCapabilities
from kiosk.domain.language import Language
from kiosk.domain.outcomes import NoPaper, Printed, Refused, Unreachable, Unreached
from kiosk.services import requests as r
from kiosk.services import when
from kiosk.services.hub_requests import FetchBalance, FetchCard, FetchMovements
from kiosk.services.own_card import BALANCE_SHOWN_FOR
from kiosk.services.views import CardOfficePage, CardPage, HomePage, MovementsPage, Screen, UnavailablePage
from kiosk.words import say
from tests.services.a_station import NOW, AStation, replace, verified
from tests.services.card_campus import ALL, NOTHING, READ_ONLY, campus_with, moves

SHOW = r.Choose(Screen.CARD, "balance", "show")


def at_home(cards: CardCapabilities = ALL) -> AStation:
    station = AStation()
    station.station.campus_changed(campus_with(cards))
    return station.press(r.Start(Language.ZH))


def on_the_card(cards: CardCapabilities = ALL) -> AStation:
    station = at_home(cards).tap().press(r.Open("card"))
    station.pin_typed().answer(verified())
    return station.answer(CardOverview(CardState.ACTIVE, None, CardLimits(10000, 5000)))


def card(station: AStation) -> CardPage:
    page = station.view.page
    assert isinstance(page, CardPage)
    return page


def listed(station: AStation) -> MovementsPage:
    page = station.view.page
    assert isinstance(page, MovementsPage)
    return page


def with_moves(*amounts: int) -> AStation:
    return on_the_card().press(r.Open("movements")).answer(moves(*amounts))


def pick(part: str, which: str) -> r.Choose:
    return r.Choose(Screen.MOVEMENTS, part, which)


def test_a_card_without_a_pin_shows_nothing_of_its_owner() -> None:
    station = at_home().tap().press(r.Open("card"))
    assert station.shows(Screen.PIN)
    assert not any(isinstance(asked, FetchCard | FetchBalance | FetchMovements) for asked in station.hub.asked)


def test_the_card_page_shows_masks_and_a_hidden_balance() -> None:
    page = card(on_the_card())
    assert (page.name, page.number, page.balance) == ("张*明", "2023•••••87", "¥••••")


def test_the_balance_is_not_even_asked_for_before_the_touch() -> None:
    station = on_the_card()
    assert not any(isinstance(asked, FetchBalance) for asked in station.hub.asked)
    station.press(SHOW).answer(Balance(12860))
    assert card(station).balance == "¥128.60"


def test_a_balance_hides_by_itself_and_by_touch_and_behind_another_page() -> None:
    station = on_the_card().press(SHOW).answer(Balance(12860))
    station.wait(BALANCE_SHOWN_FOR - 0.5)
    assert card(station).balance == "¥128.60"
    station.wait(0.5)
    assert card(station).balance == "¥••••"
    station.press(SHOW).answer(Balance(12860)).press(SHOW)
    assert card(station).balance == "¥••••"
    station.press(SHOW).answer(Balance(12860)).press(r.Open("movements"), r.Back())
    assert card(station).balance == "¥••••"


def test_a_balance_that_arrives_after_the_page_was_left_is_shown_nowhere() -> None:
    station = on_the_card().press(SHOW)
    asked = station.hub.asked[-1]
    station.press(r.Back()).answer(Balance(12860), asked).press(r.Open("card"))
    station.answer(CardOverview(CardState.ACTIVE))
    assert "128.60" not in repr(station.view)


def test_the_end_of_the_visit_forgets_card_and_movements() -> None:
    station = with_moves(-1250, 5000).press(pick("movement", "0"), r.End())
    held = (station.flows.card, station.flows.movements)
    assert not any(value for flow in held for value in (getattr(flow, "overview", None), getattr(flow, "_found", None)))
    assert "食堂" not in repr(station.view)


@pytest.mark.parametrize(("cards", "tiles"), [(READ_ONLY, {"movements"}), (CardCapabilities(balance=True), set())])
def test_only_what_is_declared_has_a_tile(cards: CardCapabilities, tiles: set[str]) -> None:
    assert {row.id for row in card(on_the_card(cards)).tiles} == tiles


def test_without_a_balance_none_is_offered() -> None:
    cards = replace(READ_ONLY, balance=False)
    page = card(on_the_card(cards))
    assert (page.balance, page.balance_button) == ("", "")


def test_where_the_card_system_lets_nobody_in_the_tile_leads_to_the_card_office_and_a_ticket() -> None:
    station = at_home(NOTHING)
    home = station.view.page
    assert isinstance(home, HomePage)
    assert "card" in {row.id for row in home.tiles}
    station.press(r.Open("card"))
    page = station.view.page
    assert isinstance(page, CardOfficePage)
    assert "卡务中心" in page.office_lines
    assert any("8:30" in line for line in page.office_lines)
    station.press(r.Open(page.ways[0].id))
    assert station.screen in (Screen.DETAILS, Screen.CATEGORY)


def test_a_campus_without_card_system_and_card_office_has_no_card_tile() -> None:
    station = AStation()
    station.station.campus_changed(campus_with(NOTHING, None))
    home = station.press(r.Start(Language.ZH)).view.page
    assert isinstance(home, HomePage)
    assert "card" not in {row.id for row in home.tiles}


def test_who_has_no_card_is_led_to_the_card_office() -> None:
    station = at_home().tap().press(r.Open("card")).pin_typed().answer(verified())
    station.answer(Refused(CardRefusal.NO_CARD))
    assert station.shows(Screen.CARD_OFFICE)
    assert station.press(r.Back()).shows(Screen.HOME)


@pytest.mark.parametrize("outcome", [Unreachable(Unreached.TIMED_OUT), Refused("more_needed")])
def test_a_card_system_that_does_not_answer_is_said_with_a_way_on(outcome: Unreachable | Refused) -> None:
    station = at_home().tap().press(r.Open("card")).pin_typed().answer(verified())
    station.answer(outcome)
    assert station.shows(Screen.UNAVAILABLE)
    assert station.press(r.Open("card_office")).shows(Screen.CARD_OFFICE)


def test_a_silent_card_system_does_not_make_the_kiosk_say_that_the_network_is_down() -> None:
    station = at_home().tap().press(r.Open("card")).pin_typed().answer(verified())
    station.answer(Unreachable(Unreached.HUB_ERROR, 5.0, by_hub=True))
    page = station.view.page
    assert isinstance(page, UnavailablePage)
    assert page.title == say(Language.ZH, "card.failed")
    assert station.session.online
    proxy = at_home().tap().press(r.Open("card")).pin_typed().answer(verified())
    proxy.answer(Unreachable(Unreached.HUB_ERROR))
    assert not proxy.session.online


def test_movements_show_kind_and_time_and_the_merchant_after_a_touch() -> None:
    station = with_moves(-1250, 5000)
    assert "食堂" not in repr(station.view)
    assert [row.chip for row in listed(station).rows] == ["−12.50", "+50.00"]
    station.press(pick("movement", "0"))
    assert listed(station).opened_text == "一食堂"
    station.press(pick("movement", "0"))
    assert "食堂" not in repr(station.view)


def test_movements_are_chosen_by_kind_and_by_month() -> None:
    station = with_moves(-1250, 5000, -300, -400)
    assert [row.id for row in listed(station).months] == ["2026-11", "2026-10"]
    assert [row.id for row in listed(station).rows] == ["0", "1"]
    station.press(pick("filter", "paid_in"))
    assert [row.id for row in listed(station).rows] == ["1"]
    station.press(pick("month", "2026-10"))
    assert listed(station).empty_title
    station.press(pick("filter", "spent"))
    assert [row.id for row in listed(station).rows] == ["2", "3"]


def test_the_printed_list_names_no_merchant_and_comes_once_a_touch() -> None:
    station = with_moves(*[-1250] * 3).press(pick("print", ""), pick("print", ""))
    ((_, slip),) = station.printer.slips
    assert slip.facts[0][1].endswith("−12.50")
    assert "食堂" not in repr(slip)
    assert listed(station.printed(Printed())).print_text
    station.press(pick("print", "")).printed(NoPaper())
    assert len(station.printer.slips) == 2


def test_an_answer_to_an_earlier_visitor_is_shown_to_nobody() -> None:
    station = on_the_card().press(r.Open("movements"))
    asked = station.hub.asked[-1]
    station.press(r.End()).tap().press(r.Open("card")).answer(moves(-1250), asked)
    assert station.flows.movements._found is None


def test_what_is_not_of_now_is_shown_with_its_time_on_both_pages_and_on_paper() -> None:
    dropped = NOW - timedelta(days=3)
    station = at_home(READ_ONLY).tap().press(r.Open("card")).pin_typed().answer(verified())
    station.answer(CardOverview(CardState.ACTIVE, as_of=dropped))
    said = when.day_and_time(dropped, station.session.zone, station.session.speak)
    assert card(station).balance_hint == f"{said} 的数据。"
    station.press(r.Open("movements")).answer(replace(moves(-650), as_of=dropped))
    assert listed(station).hint.splitlines()[0] == f"数据到 {said}。"
    station.press(r.Choose(Screen.MOVEMENTS, "print", ""))
    assert station.printer.slips[-1][1].body == f"数据到 {said}。"
