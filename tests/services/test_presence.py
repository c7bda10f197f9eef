"""A kiosk tells how it is, and out of service it names others with the time that was true, never more."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kiosk.domain.devices import PrinterState, ReaderState
from kiosk.domain.outcomes import Unreachable, Unreached
from kiosk.domain.presence import Neighbour, Neighbours, Readiness
from kiosk.domain.text import Text
from kiosk.services.hub_requests import HubAnswered, HubOutcome, HubRequest, TellPresence
from kiosk.services.ports import QueueFill
from kiosk.services.presence import SPREAD, TELL_CHANGE_AFTER, TELL_EVERY, PresenceWatch, readiness
from kiosk.services.station import MOST_BUGS
from kiosk.services.views import OutOfServicePage, Screen
from tests.services.a_station import NOW, AStation, Clock

B03 = Neighbour("B03", Text("二教学楼一层", "Teaching Building 2, ground floor"))
C01 = Neighbour("C01", Text("信息中心二层", "Information Centre, 1st floor"))
FILL = QueueFill(0, 0, 5000, nearly_full=False)


class Watching:
    def __init__(self) -> None:
        self.clock, self.asked, self.kept = Clock(), list[HubRequest](), list[Neighbours]()
        self.now = Readiness.READY
        self.watch = PresenceWatch(self, self.clock, lambda: 1.0, lambda: self.now, self.kept.append)

    def ask(self, request: HubRequest) -> bool:
        self.asked.append(request)
        return True

    def beats(self, seconds: float, outcome: HubOutcome | None = None) -> list[Readiness]:
        """What is told meanwhile; each is answered at once where there is an ``outcome``."""
        before = len(self.asked)
        for _ in range(int(seconds)):
            self.clock.seconds += 1
            seen = len(self.asked)
            self.watch.beat()
            for request in self.asked[seen:]:
                if outcome is not None:
                    self.watch.answered(HubAnswered(request, outcome))
        return [request.readiness for request in self.asked[before:] if isinstance(request, TellPresence)]


def test_it_is_told_regularly_and_what_is_answered_is_kept() -> None:
    watching, answer = Watching(), Neighbours(NOW, (B03,))
    told = watching.beats(10 * TELL_EVERY * (1 + SPREAD), answer)
    assert set(told) == {Readiness.READY}
    assert 9 <= len(told) <= 11
    assert watching.kept == [answer] * len(told)


def test_a_change_is_told_at_once_but_not_each_wobble() -> None:
    watching, answer = Watching(), Neighbours(NOW, ())
    watching.beats(TELL_CHANGE_AFTER + 1, answer)
    watching.now = Readiness.DEGRADED
    assert watching.beats(1, answer) == [Readiness.DEGRADED]
    told = 0
    for tick in range(60):
        watching.now = (Readiness.READY, Readiness.DEGRADED)[tick % 2]
        told += len(watching.beats(1, answer))
    assert told <= 60 / TELL_CHANGE_AFTER + 1


def test_without_network_it_tries_again_without_hurry_and_keeps_what_it_knew() -> None:
    watching = Watching()
    assert 2 <= len(watching.beats(5 * TELL_EVERY * (1 + SPREAD), Unreachable(Unreached.NO_CONNECTION))) <= 6
    assert watching.kept == []


def test_a_question_that_is_never_answered_does_not_end_the_telling() -> None:
    assert len(Watching().beats(200)) >= 3


@pytest.mark.parametrize(
    ("reader", "printer", "full", "expected"),
    [
        (ReaderState.READY, PrinterState.READY, False, Readiness.READY),
        (ReaderState.NONE, PrinterState.NONE, False, Readiness.READY),
        (ReaderState.READY, PrinterState.PAPER_LOW, False, Readiness.READY),
        (ReaderState.NO_READER, PrinterState.READY, False, Readiness.DEGRADED),
        (ReaderState.SERVICE_DOWN, PrinterState.READY, False, Readiness.DEGRADED),
        (ReaderState.READY, PrinterState.NO_PAPER, False, Readiness.DEGRADED),
        (ReaderState.READY, PrinterState.OFFLINE, False, Readiness.DEGRADED),
        (ReaderState.READY, PrinterState.READY, True, Readiness.DEGRADED),
    ],
)
def test_in_trouble_is_what_a_visitor_would_miss(
    reader: ReaderState, printer: PrinterState, full: bool, expected: Readiness
) -> None:
    session = AStation().session
    session.reader, session.printer = reader, printer
    assert readiness(session, replace(FILL, nearly_full=full)) is expected


def broken(known: Neighbours | None) -> OutOfServicePage:
    station = AStation()
    station.session.neighbours = known
    for _ in range(MOST_BUGS):
        station.station.recover()
    assert station.shows(Screen.OUT_OF_SERVICE)
    assert readiness(station.session, FILL) is Readiness.OUT_OF_SERVICE
    assert isinstance(station.view.page, OutOfServicePage)
    return station.view.page


def test_out_of_service_names_the_others_and_when_they_were_ready() -> None:
    page = broken(Neighbours(NOW - timedelta(minutes=26), (C01, B03)))
    assert (page.near_zh, page.near_en) == (
        "最近能用的终端（今天 14:00）",
        "Nearest kiosks that were ready today 14:00",
    )
    assert [(row.title, row.hint) for row in page.neighbours] == [
        ("信息中心二层 · C01", "Information Centre, 1st floor"),
        ("二教学楼一层 · B03", "Teaching Building 2, ground floor"),
    ]


def test_what_was_true_on_another_day_carries_its_date() -> None:
    assert "11月17日" in broken(Neighbours(NOW - timedelta(days=3), (B03,))).near_zh


@pytest.mark.parametrize("known", [None, Neighbours(NOW, ())])
def test_where_nobody_is_known_to_be_ready_nobody_is_named(known: Neighbours | None) -> None:
    page = broken(known)
    assert (page.near_zh, page.near_en, page.neighbours) == ("", "", ())
    assert page.phone, "the desk is there all the same"
