"""Spending limits: said before they change, changed once behind PIN and code, called done only by an answer."""

import pytest

from kiosk.domain.card_accounts import CardLimits, CardOverview, CardRefusal, CardState, LimitsSet
from kiosk.domain.card_capabilities import CardCapabilities, Limiting
from kiosk.domain.outcomes import Refused, Unreachable, Unreached
from kiosk.domain.policy import Factor
from kiosk.services import requests as r
from kiosk.services.hub_requests import SetCardLimits
from kiosk.services.views import CardPage, DoneKind, DonePage, LimitsPage, Row, Screen
from tests.services.a_station import NOW, AStation, replace, verified
from tests.services.card_campus import ALL
from tests.services.test_own_card import at_home

BOTH = frozenset({Factor.PIN, Factor.CODE})
SET = r.Choose(Screen.LIMITS, "set", "")
IN_FORCE = CardLimits(10000, 5000)


def kind(which: str) -> r.Choose:
    return r.Choose(Screen.LIMITS, "kind", which)


def amount(fen: int) -> r.Choose:
    return r.Choose(Screen.LIMITS, "amount", str(fen))


def at_limits(
    cards: CardCapabilities = ALL, limits: CardLimits = IN_FORCE, proofs: frozenset[Factor] = BOTH
) -> AStation:
    station = at_home(cards).tap().press(r.Open("card")).pin_typed().answer(verified(*proofs))
    return station.answer(CardOverview(CardState.ACTIVE, None, limits)).press(r.Open("limits"))


def page(station: AStation) -> LimitsPage:
    shown = station.view.page
    assert isinstance(shown, LimitsPage)
    return shown


def asked(station: AStation) -> list[SetCardLimits]:
    return [each for each in station.hub.asked if isinstance(each, SetCardLimits)]


def done(station: AStation) -> DonePage:
    shown = station.view.page
    assert isinstance(shown, DonePage)
    return shown


def test_what_is_in_force_and_what_becomes_of_a_payment_above_it_is_said_first() -> None:
    shown = page(at_limits())
    assert [(row.title, row.hint) for row in shown.kinds] == [("单笔最多", "¥50"), ("每天最多", "¥100")]
    assert (shown.kind, shown.text, shown.can_submit) == ("single", "刷不了卡", False)
    assert [row.hint for row in shown.amounts] == ["", "现在", ""]


def test_nothing_is_asked_of_the_hub_until_something_would_change() -> None:
    station = at_limits().press(SET, amount(5000), SET)
    assert not asked(station)
    assert page(station.press(amount(2000))).can_submit
    assert page(station).kinds[0].hint == "¥50 改成 ¥20"


def test_only_what_changes_is_sent_and_both_can() -> None:
    station = at_limits().press(kind("daily"), amount(20000), SET)
    assert asked(station)[-1].wanted == CardLimits(daily=20000)
    station = at_limits().press(kind("daily"), amount(20000), kind("single"), amount(2000), SET)
    assert asked(station)[-1].wanted == CardLimits(20000, 2000)


def test_a_pin_alone_changes_nothing() -> None:
    station = at_limits(proofs=frozenset({Factor.PIN})).press(amount(2000), SET)
    assert station.shows(Screen.CODE)
    assert not asked(station)


def test_the_choice_is_still_there_after_the_code() -> None:
    station = at_limits(proofs=frozenset({Factor.PIN})).press(amount(2000), SET, r.Back())
    assert page(station).kinds[0].hint == "¥50 改成 ¥20"


def test_what_came_of_it_is_said_with_the_limits_that_are_in_force() -> None:
    station = at_limits().press(amount(2000), SET).answer(LimitsSet(CardLimits(10000, 2000), NOW))
    shown = done(station)
    assert (shown.kind, shown.headline) == (DoneKind.RECEIVED, "限额改好了")
    assert [(step.title, step.text) for step in shown.steps] == [
        ("单笔最多 ¥20", "原来 ¥50"),
        ("每天最多 ¥100", "没有变"),
    ]
    ((_, slip),) = station.printer.slips
    assert "单笔最多 ¥20\n每天最多 ¥100" in slip.promise
    assert "8231" in slip.body


def test_a_lost_answer_is_not_called_done_and_the_same_change_is_asked_with_the_same_id() -> None:
    station = at_limits().press(amount(2000), SET).answer(Unreachable(Unreached.TIMED_OUT))
    assert station.shows(Screen.UNAVAILABLE)
    station.press(r.Back(), SET)
    first, second = asked(station)
    assert first.op == second.op
    station.answer(Unreachable(Unreached.TIMED_OUT)).press(r.Back(), amount(10000), SET)
    assert asked(station)[-1].op != first.op


def test_a_refusal_says_that_nothing_has_changed() -> None:
    station = at_limits().press(amount(2000), SET).answer(Refused(CardRefusal.OUT_OF_RANGE))
    assert (done(station).kind, done(station).headline) == (DoneKind.NOT_SAVED, "限额没有改")


def test_a_choice_cannot_be_touched_while_it_is_being_changed() -> None:
    station = at_limits().press(amount(2000), SET, amount(10000), kind("daily"), SET)
    assert len(asked(station)) == 1
    assert page(station).kind == "single"


def test_a_payment_that_may_exceed_the_day_is_said() -> None:
    assert page(at_limits().press(amount(10000))).notice is None
    shown = page(at_limits(limits=CardLimits(5000, 5000)).press(amount(10000)))
    assert shown.notice is not None
    assert "每天最多 ¥50" in shown.notice.text


def test_an_unknown_limit_is_said_to_be_unknown() -> None:
    shown = page(at_limits(limits=CardLimits()))
    assert [row.hint for row in shown.kinds] == ["没有设", "没有设"]
    assert not shown.can_submit


@pytest.mark.parametrize(
    ("limiting", "kinds"),
    [(Limiting(daily=ALL.limits.daily), ["daily"]), (Limiting(), []), (None, [])] if ALL.limits else [],
)
def test_only_the_limits_that_the_card_system_keeps_are_offered(limiting: Limiting | None, kinds: list[str]) -> None:
    station = at_limits(replace(ALL, limits=limiting))
    if kinds:
        assert [row.id for row in page(station).kinds] == kinds
        assert page(station.press(kind("single"))).kind == "daily"
    else:
        shown = station.view.page
        assert isinstance(shown, CardPage)
        assert "limits" not in {row.id for row in shown.tiles}


def test_the_tile_says_what_is_in_force() -> None:
    shown = at_limits().press(r.Back()).view.page
    assert isinstance(shown, CardPage)
    assert next(row for row in shown.tiles if row.id == "limits") == Row(
        "limits", "消费限额", "每天最多 ¥100", "sliders-horizontal"
    )


def test_an_answer_to_an_earlier_visitor_is_shown_to_nobody() -> None:
    station = at_limits().press(amount(2000), SET)
    late = asked(station)[-1]
    station.press(r.End()).tap().answer(LimitsSet(CardLimits(10000, 2000), NOW), late)
    assert station.shows(Screen.HOME)
    assert not station.printer.slips
