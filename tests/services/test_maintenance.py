"""The door of the pages for staff: what it keeps out and ends, and that nothing is done before the hub allows it."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from kiosk.domain.devices import ReaderState
from kiosk.domain.health import Subject
from kiosk.domain.language import Language
from kiosk.domain.outcomes import PinRefusal, PinRefused, Refused, Unreachable, Unreached
from kiosk.domain.policy import Action, Factor
from kiosk.domain.presence import Readiness
from kiosk.domain.upkeep import Closed, ClosedFor, UpkeepAct, UpkeepAllowed
from kiosk.domain.visit_limits import Aids, Context, idle_limit
from kiosk.services import maintenance_pages
from kiosk.services import requests as r
from kiosk.services.hub_requests import VerifyPin
from kiosk.services.knocking import TIMES, WITHIN
from kiosk.services.ports import QueueFill
from kiosk.services.presence import readiness
from kiosk.services.station import MOST_BUGS
from kiosk.services.upkeep_requests import AskUpkeep
from kiosk.services.views import (
    MaintenanceDoorPage,
    MaintenancePage,
    OutOfServicePage,
    Overlay,
    PinPage,
    Screen,
)
from tests.services.a_station import LI, ZHANG, AStation, verified

#: Longer than an idle limit of the pages for staff.
FOREVER = 301.0
GONE = Unreachable(Unreached.NO_CONNECTION)


def knock(station: AStation, times: int = TIMES, *, by_key: bool = False) -> AStation:
    return station.press(*[r.Knocked(by_key)] * times)


def at_the_door() -> AStation:
    return knock(AStation())


def at_the_pin() -> AStation:
    station = at_the_door().tap()
    assert station.shows(Screen.PIN)
    return station.pin_typed()


def proven() -> AStation:
    return at_the_pin().answer(verified())


def inside() -> AStation:
    return proven().answer(UpkeepAllowed("a1b2c3d4"))


def choose(station: AStation, part: str, id: str = "") -> AStation:
    return station.press(r.Choose(station.screen, part, id))


def asked(station: AStation) -> list[UpkeepAct]:
    return [request.act for request in station.hub.asked if isinstance(request, AskUpkeep)]


def page(station: AStation) -> MaintenancePage:
    shown = station.view.page
    assert isinstance(shown, MaintenancePage)
    return shown


def said(station: AStation) -> str:
    notice = page(station).notice
    return notice.title if notice else ""


# -- knocking ------------------------------------------------------------------------------------------------
def test_only_a_whole_knock_opens_the_locked_door() -> None:
    station = knock(AStation(), TIMES - 1)
    assert station.shows(Screen.ATTRACT)
    assert knock(station, 1).shows(Screen.MAINTENANCE_DOOR)


def test_touches_far_apart_or_between_others_are_no_knock() -> None:
    station = AStation()
    for _ in range(2 * TIMES):
        knock(station, 1).wait(WITHIN / (TIMES - 2))
        assert station.shows(Screen.ATTRACT)
    station.wait(WITHIN + 1).tap()
    for _ in range(TIMES):
        knock(station, TIMES - 1).press(r.ToggleAid("large"))
        assert station.shows(Screen.HOME)


def test_on_a_keypad_back_knocks_only_where_nobody_is() -> None:
    assert knock(AStation(), by_key=True).shows(Screen.MAINTENANCE_DOOR)
    assert knock(AStation().tap().press(r.Open("report")), by_key=True).shows(Screen.CATEGORY)


def test_a_knock_ends_the_visit_and_nothing_of_it_is_behind_the_door() -> None:
    station = AStation().tap().press(r.Open("tickets")).pin_typed().answer(verified())
    assert station.view.bar.who == "张*明"
    knock(station)
    assert station.shows(Screen.MAINTENANCE_DOOR)
    assert (station.view.bar.who, station.session.claim, station.session.verified) == ("", None, None)
    assert not station.pad.is_open
    assert station.press(r.Back()).shows(Screen.ATTRACT)


def test_the_door_alone_shows_nothing_and_does_nothing() -> None:
    station = at_the_door()
    door = station.view.page
    assert isinstance(door, MaintenanceDoorPage)
    assert [way.id for way in door.other_ways] == ["desk_door", "maintenance_leave"]
    for part in ("row", "way", "act"):
        for id in ("", *UpkeepAct, "devices", "queue"):
            choose(station, part, id)
            station.press(r.Choose(Screen.MAINTENANCE, part, id), r.Choose(Screen.MAINTENANCE_ACT, part, id))
            station.press(r.Open(id), r.Open("maintenance_look"))
            assert station.view.page == door
    assert not station.hub.asked[1:], "the door asks the hub for nothing"


def test_a_door_nobody_goes_through_stands_no_longer_than_any_page() -> None:
    station = at_the_door().wait(idle_limit(Context.ORDINARY, Aids(), went_on=False) + 1)
    assert station.shows(Screen.ATTRACT)


# -- the gate ------------------------------------------------------------------------------------------------
def test_a_card_alone_opens_nothing_and_the_pin_is_asked_for_this_door() -> None:
    station = at_the_pin()
    request = station.hub.asked[-1]
    assert isinstance(request, VerifyPin)
    assert request.door is Action.MAINTAIN
    assert asked(station) == []


def test_it_stays_the_door_s_pin_after_a_look_at_the_desk_and_a_wrong_one() -> None:
    station = at_the_door().tap().press(r.Open("none"))
    assert station.shows(Screen.NONE_OF_THESE)
    station.press(r.Back())
    for _ in range(2):
        station.pin_typed()
        request = station.hub.asked[-1]
        assert isinstance(request, VerifyPin)
        assert request.door is Action.MAINTAIN
        station.answer(PinRefused(PinRefusal.WRONG))


def test_whoever_is_asked_for_the_door_s_pin_is_told_so() -> None:
    shown = at_the_door().tap().view.page
    assert isinstance(shown, PinPage)
    assert shown.notice is not None
    assert shown.notice.title == "这里只让维护人员进"
    assert [way.id for way in shown.other_ways] == ["none"]


def test_an_ordinary_pin_is_not_typed_for_a_door() -> None:
    request = AStation().tap().press(r.Open("tickets")).pin_typed().hub.asked[-1]
    assert isinstance(request, VerifyPin)
    assert request.door is None


def test_a_refused_pin_leaves_everybody_before_the_door_alike() -> None:
    station = at_the_pin().answer(PinRefused(PinRefusal.WRONG))
    assert station.shows(Screen.PIN)
    assert asked(station) == []
    shown = station.view.page
    assert isinstance(shown, PinPage)
    assert shown.notice is not None
    assert station.press(r.Back()).shows(Screen.MAINTENANCE_DOOR)


def test_nothing_is_shown_before_the_hub_allows_it() -> None:
    station = proven()
    assert asked(station) == [UpkeepAct.OPEN]
    assert page(station).busy
    assert page(station).rows == page(station).chips == ()
    choose(station, "row", "devices")
    assert page(station).rows == ()
    assert page(station.answer(UpkeepAllowed())).rows


@pytest.mark.parametrize("outcome", [GONE, Refused("no_visit"), Refused("more_needed")], ids=str)
def test_whom_the_hub_does_not_allow_stands_before_the_door_again(outcome: Unreachable | Refused) -> None:
    station = proven().answer(outcome)
    assert station.shows(Screen.MAINTENANCE_DOOR)


def test_an_answer_to_a_visit_that_is_over_opens_nothing() -> None:
    station = proven()
    late = station.hub.asked[-1]
    station.press(r.End())
    station.answer(UpkeepAllowed(), late)
    assert station.shows(Screen.ATTRACT)
    assert knock(station).answer(UpkeepAllowed(), late).shows(Screen.MAINTENANCE_DOOR)


def test_without_reader_a_number_a_pin_and_a_code_are_the_way_in() -> None:
    station = AStation()
    station.session.reader = ReaderState.NO_READER
    knock(station).press(r.Open("maintenance_number"), *map(r.NumberKey, "T2005071"), r.NumberDone())
    assert station.shows(Screen.PIN)
    claim = station.session.claim
    assert claim is not None
    station.pin_typed().answer(verified(Factor.PIN, claim=claim))
    assert station.shows(Screen.CODE)
    assert asked(station) == []


def test_without_network_there_is_only_something_to_read() -> None:
    station = at_the_door()
    station.session.online = False
    station.tap()
    assert station.shows(Screen.MAINTENANCE_DOOR)
    station.press(r.Open("maintenance_look"))
    look = page(station)
    assert not look.menu
    assert not look.way
    for part in ("row", "way"):
        for id in ("", *UpkeepAct, "queue", "versions", "network"):
            choose(station, part, id)
            assert page(station) == look
    assert asked(station) == []
    assert station.press(r.Back()).shows(Screen.MAINTENANCE_DOOR)
    station.press(r.Open("maintenance_look"))
    assert choose(station, "act").shows(Screen.ATTRACT)


def test_whoever_only_looked_comes_in_like_everybody_once_the_network_is_back() -> None:
    station = at_the_door()
    station.session.online = False
    station.press(r.Open("maintenance_look"), r.Back())
    station.session.online = True
    station.tap().pin_typed().answer(verified()).answer(UpkeepAllowed())
    assert page(station).title == "维护"
    assert page(station).menu
    assert choose(station, "row", "queue").shows(Screen.MAINTENANCE)
    assert page(station).title == "待发送"


# -- behind it -----------------------------------------------------------------------------------------------
def test_staff_have_longer_than_visitors_and_not_for_ever() -> None:
    station = inside().wait(FOREVER - 15)
    assert station.shows(Screen.MAINTENANCE)
    assert station.asks(Overlay.WARNING)
    assert station.wait(40).shows(Screen.ATTRACT)


def test_whoever_answers_the_warning_is_asked_for_the_pin_before_anything_more() -> None:
    station = inside().wait(FOREVER - 15).press(r.Stay())
    choose(station, "row", "queue")
    assert station.shows(Screen.PIN)
    station.pin_typed().answer(verified())
    assert page(station).title == "待发送"


def test_leaving_needs_no_pin() -> None:
    station = inside().wait(FOREVER - 15).press(r.Stay())
    assert choose(station, "act").shows(Screen.ATTRACT)


def test_every_act_waits_for_the_hub_and_an_unreached_hub_means_not_done() -> None:
    station = inside()
    choose(choose(station, "row", UpkeepAct.RESTART), "act")
    assert asked(station) == [UpkeepAct.OPEN, UpkeepAct.RESTART]
    assert station.machine.restarted == 0
    station.answer(GONE)
    assert said(station).startswith("没有做成")
    assert station.machine.restarted == 0


def test_a_restart_ends_the_visit_and_then_the_program() -> None:
    station = inside()
    choose(choose(station, "row", UpkeepAct.RESTART), "act").answer(UpkeepAllowed())
    assert station.machine.restarted == 1
    assert station.shows(Screen.ATTRACT)


def test_where_nobody_would_start_it_again_it_says_so_and_stays() -> None:
    station = inside()
    station.machine.restarts = False
    choose(choose(station, "row", UpkeepAct.RESTART), "act").answer(UpkeepAllowed())
    assert said(station) == "这里不会重启"


def test_the_safe_button_and_back_do_nothing() -> None:
    station = inside()
    assert choose(choose(station, "row", UpkeepAct.RESTART), "safe").shows(Screen.MAINTENANCE)
    choose(station, "row", UpkeepAct.RESTART)
    assert station.press(r.Back()).shows(Screen.MAINTENANCE)
    assert asked(station) == [UpkeepAct.OPEN]


# -- out of service ------------------------------------------------------------------------------------------
def closed(span: str) -> AStation:
    station = inside()
    choose(choose(choose(station, "row", UpkeepAct.CLOSE), "row", ClosedFor.PRINTER), "row", span)
    assert station.shows(Screen.MAINTENANCE_ACT)
    choose(station, "act").answer(UpkeepAllowed())
    assert choose(station, "act").shows(Screen.OUT_OF_SERVICE)
    return station


def test_closed_it_says_why_and_until_when_and_nothing_works() -> None:
    station = closed("short")
    request = next(one for one in station.hub.asked if isinstance(one, AskUpkeep) and one.act is UpkeepAct.CLOSE)
    assert request.why is ClosedFor.PRINTER
    shown = station.view.page
    assert isinstance(shown, OutOfServicePage)
    assert "打印机" in shown.reason_zh
    assert "15:2" in shown.reason_zh
    assert "printer" in shown.reason_en
    assert "15:2" in shown.reason_en
    assert readiness(station.session, QueueFill(0, 0, 5000, nearly_full=False)) is Readiness.OUT_OF_SERVICE
    assert station.tap().press(r.Start(Language.ZH)).shows(Screen.OUT_OF_SERVICE)


def test_it_opens_by_itself_at_the_time_that_was_said() -> None:
    station = closed("short")
    until = station.session.closed.until if station.session.closed else None
    assert until is not None
    station.clock.seconds += (until - station.clock.hub_now().at - timedelta(seconds=1)).total_seconds()
    assert station.wait(0.5).shows(Screen.OUT_OF_SERVICE)
    assert station.wait(2).shows(Screen.ATTRACT)
    assert station.machine.kept == [Closed(ClosedFor.PRINTER, until), None]


@pytest.mark.parametrize("stopped", ["closed", "broken"])
@pytest.mark.parametrize(
    "way_on",
    [
        lambda station: station.wait(3).tap(LI).press(r.Leave()),
        lambda station: station.press(r.Open("none"), r.Open("report")),
    ],
    ids=("another_card", "the_desk"),
)
def test_the_door_of_a_kiosk_that_is_out_of_service_leads_nowhere_else(
    way_on: Callable[[AStation], AStation], stopped: str
) -> None:
    station = AStation()
    station.session.closed = Closed(ClosedFor.WORKS) if stopped == "closed" else None
    station.session.broken = stopped == "broken"
    assert knock(station.wait(1)).tap().shows(Screen.PIN)
    assert way_on(station).shows(Screen.OUT_OF_SERVICE)
    assert not station.session.visit.active
    assert knock(station).shows(Screen.MAINTENANCE_DOOR)


def test_without_an_end_it_stays_closed_until_somebody_opens_it() -> None:
    station = closed("open_end")
    station.clock.seconds += 40 * 24 * 3600
    assert station.wait(1).shows(Screen.OUT_OF_SERVICE)
    knock(station).tap().pin_typed().answer(verified()).answer(UpkeepAllowed())
    choose(choose(station, "row", UpkeepAct.REOPEN), "act").answer(UpkeepAllowed())
    assert station.machine.kept[-1] is None
    assert choose(station, "act").shows(Screen.ATTRACT)


def test_a_kiosk_that_too_many_bugs_stopped_stays_stopped_behind_the_door() -> None:
    station = AStation()
    for _ in range(MOST_BUGS):
        station.station.recover()
    assert station.shows(Screen.OUT_OF_SERVICE)
    assert knock(station).shows(Screen.MAINTENANCE_DOOR)
    assert station.press(r.Back()).shows(Screen.OUT_OF_SERVICE)


def test_another_card_inside_is_asked_about_and_takes_nobody_in() -> None:
    station = inside().wait(3).tap(LI)
    assert station.asks(Overlay.DIFFERENT_CARD)
    station.press(r.Leave())
    assert station.session.claim == LI != ZHANG
    assert station.shows(Screen.HOME)


def test_every_part_that_a_kiosk_can_watch_has_its_icon() -> None:
    assert set(maintenance_pages.ICONS) == set(Subject) - {Subject.PROGRAM}  # seen from outside only
