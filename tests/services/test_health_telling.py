"""The hub hears of a change soon, of the same now and then, and of every self-test until it has it."""

from dataclasses import dataclass, field

import pytest

from kiosk.domain.health import Board, Degraded, Down, Line, Ready, Subject, Why
from kiosk.domain.outcomes import Refused, Unreachable, Unreached
from kiosk.domain.roles import Role
from kiosk.domain.self_tests import Part, SelfTestRecord, Staff, Verdict
from kiosk.services.health_requests import HealthKept, TellHealth
from kiosk.services.health_telling import (
    ANSWER_WITHIN,
    LOOK_EVERY,
    SPREAD,
    TELL_AGAIN,
    TELL_CHANGE_AFTER,
    TELL_EVERY,
    HealthTelling,
)
from kiosk.services.hub_requests import HubAnswered, HubOutcome
from tests.services.a_station import NOW, AStation, SelfTests

FINE: Board = (Line(Subject.PRINTER, Ready(), "", 1000.0), Line(Subject.DISK, Ready(), "9 GB", 1000.0))
OUT: Board = (Line(Subject.PRINTER, Down(Why.NO_PAPER), "", 1000.0), FINE[1])
RECORD = SelfTestRecord(
    "1b4e28ba-2fa1-41d2-883f-0016d3cca427", Part.TOUCH, NOW, Staff(Role.ADMIN, "a1"), Verdict.PASSED
)


@dataclass
class Telling:
    answer: HubOutcome | None = field(default_factory=HealthKept)
    records: SelfTests = field(default_factory=SelfTests)

    def __post_init__(self) -> None:
        self.station = AStation()
        self.asked: list[TellHealth] = []
        clock, session = self.station.clock, self.station.session
        self.telling = HealthTelling(self, clock, lambda: 1.0, session, self.records)
        session.health = FINE

    def ask(self, request: object) -> bool:
        assert isinstance(request, TellHealth)
        self.asked.append(request)
        return True

    def beats(self, seconds: float) -> list[TellHealth]:
        before = len(self.asked)
        for _ in range(int(seconds)):
            self.station.clock.seconds += 1
            seen = len(self.asked)
            self.telling.beat()
            for request in self.asked[seen:]:
                if self.answer is not None:
                    self.telling.answered(HubAnswered(request, self.answer))
        return self.asked[before:]


def test_a_kiosk_that_has_just_started_tells_how_it_is_and_then_leaves_the_line_alone() -> None:
    telling = Telling()
    (first,) = telling.beats(TELL_EVERY)
    assert [(line.subject, line.level, line.why) for line in first.lines] == [
        (Subject.PRINTER, "ready", None),
        (Subject.DISK, "ready", None),
    ]
    assert len(telling.beats(3 * TELL_EVERY * (1 + SPREAD))) == 3


def test_a_change_is_told_soon_with_how_long_it_has_been_so_and_a_figure_is_none() -> None:
    telling = Telling()
    telling.beats(60)
    telling.station.session.health = (FINE[0], Line(Subject.DISK, Ready(), "8 GB", 1000.0))
    assert telling.beats(60) == []
    telling.station.session.health = OUT
    (told,) = telling.beats(TELL_CHANGE_AFTER + 1)
    assert (told.lines[0].level, told.lines[0].why) == ("down", Why.NO_PAPER)
    assert 60 < told.lines[0].seconds <= telling.station.clock.seconds - OUT[0].since


def test_a_wobble_does_not_fill_the_line() -> None:
    telling, told = Telling(), 0
    for tick in range(120):
        telling.station.session.health = (OUT, FINE)[tick % 2]
        told += len(telling.beats(1))
    assert told <= 120 / TELL_CHANGE_AFTER + 1


def test_without_network_it_is_tried_again_without_hurry_and_told_in_the_end() -> None:
    telling = Telling(answer=Unreachable(Unreached.NO_CONNECTION))
    telling.station.session.health = OUT
    assert 3 <= len(telling.beats(5 * TELL_AGAIN * (1 + SPREAD))) <= 6
    telling.answer = HealthKept()
    assert telling.beats(2 * TELL_AGAIN * (1 + SPREAD))[-1].lines[0].why is Why.NO_PAPER


def test_a_question_that_is_never_answered_does_not_end_the_telling() -> None:
    assert len(Telling(answer=None).beats(4 * ANSWER_WITHIN)) >= 3


@pytest.mark.parametrize("answer", [Unreachable(Unreached.TIMED_OUT), Refused("malformed")])
def test_a_self_test_is_told_until_the_hub_has_it_and_then_no_more(answer: HubOutcome) -> None:
    telling = Telling(answer=answer)
    telling.records.keep(RECORD)
    assert [request.self_tests for request in telling.beats(LOOK_EVERY + TELL_CHANGE_AFTER)] == [(RECORD,)]
    assert telling.records.untold() == (RECORD,)
    telling.answer = HealthKept()
    telling.beats(2 * TELL_AGAIN)
    assert telling.records.untold() == ()
    assert [request.self_tests for request in telling.beats(2 * TELL_EVERY)] == [()]


def test_nothing_is_told_before_anything_is_known() -> None:
    telling = Telling()
    telling.station.session.health = ()
    assert telling.beats(TELL_EVERY) == []
    telling.station.session.health = (Line(Subject.MEMORY, Degraded(Why.MEMORY_LOW), "8 %", 1.0),)
    assert len(telling.beats(10)) == 1
