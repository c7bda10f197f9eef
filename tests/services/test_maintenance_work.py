"""What staff do at a kiosk once the hub has let them in: the queue, self-tests, wiping the glass, the log."""

from kiosk.domain.operations import OperationClass
from kiosk.domain.roles import Role
from kiosk.domain.self_tests import DOTS, Part, Verdict
from kiosk.domain.upkeep import UpkeepAllowed
from kiosk.services import requests as r
from kiosk.services.ports import Queued
from kiosk.services.upkeep_requests import SendLog
from kiosk.services.views import (
    Overlay,
    Screen,
)
from tests.services.a_station import LI, NOW, ZHANG, AStation
from tests.services.test_maintenance import GONE, choose, inside, knock, page, said


def test_what_waits_is_listed_without_content_and_sent_at_once() -> None:
    station = inside()
    station.outbox.queued = [
        Queued(OperationClass.TICKET, "A12-0473-K", NOW, 3, dead=True, answer="expired"),
        Queued(OperationClass.FEEDBACK, "", NOW, 0, dead=True, answer="no_such_service for 13812345678"),
        Queued(OperationClass.CARD_LOSS, "A12-0474-M", NOW, 7, dead=False, answer="hub_error"),
    ]
    choose(station, "row", "queue")
    rows = page(station).rows
    assert [(row.title, row.chip) for row in rows] == [
        ("报修和申请 A12-0473-K", "不再发送"),
        ("反馈", "不再发送"),
        ("挂失 A12-0474-M", "等着发送"),
    ]
    assert "no_such_service" in rows[1].hint
    assert "138" not in rows[1].hint, "only the code is shown, not what follows it"
    kicks = station.kicks
    choose(station, "way").answer(UpkeepAllowed())
    assert (station.outbox.hurried, station.kicks) == (1, kicks + 1)


def test_what_is_dead_is_sent_again_when_staff_say_so() -> None:
    station = inside()
    station.outbox.queued = [Queued(OperationClass.TICKET, "A12-0473-K", NOW, 3, dead=True, answer="expired")]
    choose(station, "row", "queue")
    assert page(station).way == "现在发送"
    choose(station, "way")
    assert station.outbox.revived == 0, "not before the hub has written it down"
    station.answer(UpkeepAllowed())
    assert (station.outbox.revived, station.outbox.hurried) == (1, 1)


def test_an_empty_queue_has_nothing_to_send() -> None:
    station = inside()
    choose(station, "row", "queue")
    assert page(station).way == ""


# -- self-tests ----------------------------------------------------------------------------------------------
def under_test(part: Part) -> AStation:
    station = inside()
    choose(choose(station, "row", "tests"), "row", part)
    return station


def test_a_test_page_is_right_only_once_somebody_says_so() -> None:
    station = under_test(Part.PRINTER)
    assert page(station).act == "", "nothing has come out yet"
    station.printed()
    assert page(station).act
    assert station.self_tests.kept == []
    choose(station, "act")
    (record,) = station.self_tests.kept
    assert (record.part, record.outcome, record.by.role) == (Part.PRINTER, Verdict.PASSED, Role.ADMIN)
    assert record.confirmed_by == record.by
    assert record.by.alias == "a1b2c3d4"
    assert said(station) == "通过"


def test_not_right_can_be_said_at_any_time() -> None:
    station = choose(under_test(Part.PRINTER), "way")
    assert station.self_tests.kept[0].outcome is Verdict.FAILED
    assert said(station) == "没有通过"


def test_a_card_for_the_reader_test_is_nobodys() -> None:
    station = under_test(Part.READER).wait(3).tap(LI)
    assert station.self_tests.kept[0].outcome is Verdict.PASSED
    assert station.view.question.kind is Overlay.NONE
    assert station.session.claim == ZHANG


def test_every_dot_of_the_glass_has_to_be_pressed() -> None:
    station = under_test(Part.TOUCH)
    for dot in range(DOTS):
        assert not station.self_tests.kept
        assert [row.chip_kind for row in page(station).dots] == ["ok"] * dot + [""] * (DOTS - dot)
        choose(station, "dot", str(dot))
    assert station.self_tests.kept[0].outcome is Verdict.PASSED


def test_back_and_the_end_give_a_test_up() -> None:
    station = under_test(Part.TOUCH).press(r.Back())
    assert station.self_tests.kept[0].outcome is Verdict.GIVEN_UP
    assert page(station).title == "自检"
    station = under_test(Part.PRINTER).press(r.End())
    assert station.self_tests.kept[0].outcome is Verdict.GIVEN_UP
    assert station.shows(Screen.ATTRACT)


def test_a_result_the_disk_did_not_take_is_said_to_be_lost() -> None:
    station = under_test(Part.PRINTER)
    station.self_tests.disk_takes = False
    assert said(choose(station, "way")) == "结果没有记下来"


# -- wiping the glass ------------------------------------------------------------------------------------------
def test_while_the_glass_is_wiped_nothing_is_pressed_and_then_it_comes_back() -> None:
    station = choose(inside(), "row", "clean")
    assert station.asks(Overlay.CLEANING)
    question = station.view.question
    assert (question.leave, question.stay, question.seconds) == ("", "", "30")
    for request in (r.Back(), r.End(), r.Leave(), r.Stay(), r.ToggleAid("large"), r.Choose(station.screen, "act", "")):
        assert station.press(request).shows(Screen.MAINTENANCE)
    assert knock(station).asks(Overlay.CLEANING)
    assert station.wait(29).asks(Overlay.CLEANING)
    assert station.wait(2).asks(Overlay.NONE)
    assert station.shows(Screen.MAINTENANCE)
    assert choose(station, "act").shows(Screen.ATTRACT)


# -- the log -------------------------------------------------------------------------------------------------
def test_the_log_is_sent_to_the_hub_and_nothing_is_said_before_it_has_it() -> None:
    station = choose(inside(), "row", "log")
    assert isinstance(station.hub.asked[-1], SendLog)
    assert page(station).notice is None
    assert page(station).busy
    assert said(station.answer(UpkeepAllowed())) == "日志已送到服务端"
    choose(station, "row", "log").answer(GONE)
    assert said(station).startswith("没有做成")
