"""The hub's thread answers everything it took, once, and whom somebody waits for first."""

import queue
import threading

from kiosk.domain.identity import NumberClaim
from kiosk.domain.operations import OperationClass, OpId
from kiosk.domain.outcomes import Unreachable, Unreached
from kiosk.domain.parcels import Parcel, SealedPin
from kiosk.domain.people import PersonNumber
from kiosk.services.hub_requests import (
    Deliver,
    EndSession,
    FetchCampus,
    HubAnswered,
    HubOutcome,
    HubRequest,
    NotChanged,
    SessionEnded,
    VerifyPin,
)
from kiosk.uplink.hub_thread import QUEUE_LIMIT, HubThread
from kiosk.uplink.simulated import Line
from tests.patience import PATIENCE

PIN = VerifyPin(NumberClaim(PersonNumber("20230001187")), SealedPin(b""))


def deliver(attempt: int) -> Deliver:
    return Deliver(Parcel(OpId.new(), OperationClass.TICKET, "A12-0001-P", attempt, b""))


class Slow:
    """A hub that answers one request each time it is let."""

    def __init__(self) -> None:
        self.may_answer = threading.Semaphore(0)
        self.answers: queue.Queue[HubAnswered] = queue.Queue()
        self.thread = HubThread(lambda: self.handle, self.answers.put)

    def handle(self, request: HubRequest) -> HubOutcome:
        assert self.may_answer.acquire(timeout=PATIENCE)
        if isinstance(request, EndSession):
            raise RuntimeError("a bug")
        return NotChanged()

    def let(self, count: int) -> list[HubRequest]:
        for _ in range(count):
            self.may_answer.release()
        return [self.answers.get(timeout=PATIENCE).request for _ in range(count)]


def test_whom_somebody_stands_and_waits_for_goes_first() -> None:
    slow = Slow()
    old, new, campus = deliver(5), deliver(1), FetchCampus("")
    for request in (campus, old, new, PIN):
        assert slow.thread.ask(request)
    slow.thread.start()
    assert slow.let(4) == [PIN, new, campus, old]
    assert slow.thread.stop(PATIENCE)


def test_a_full_queue_says_so() -> None:
    slow = Slow()
    taken = [slow.thread.ask(FetchCampus("")) for _ in range(QUEUE_LIMIT + 2)]
    assert taken.count(True) == QUEUE_LIMIT


def test_a_bug_in_the_client_is_still_an_answer() -> None:
    slow = Slow()
    slow.thread.start()
    slow.thread.ask(EndSession("secret"))
    slow.may_answer.release()
    assert slow.answers.get(timeout=PATIENCE).outcome == Unreachable(Unreached.HUB_ERROR)
    assert slow.thread.stop(PATIENCE)
    assert not slow.thread.ask(PIN)


def test_a_cut_line_reaches_nobody_and_loses_the_answer_under_way() -> None:
    asked: list[HubRequest] = []

    def hub(request: HubRequest) -> HubOutcome:
        asked.append(request)
        if len(asked) == 1:
            line.cut()
        return SessionEnded()

    line = Line(hub)
    lost, unreached = line.handle(PIN), line.handle(PIN)
    assert (lost, unreached, len(asked)) == (*[Unreachable(Unreached.NO_CONNECTION)] * 2, 1)
    line.restore()
    assert line.handle(PIN) == SessionEnded()


def test_neither_token_nor_session_is_shown_by_accident() -> None:
    assert "secret" not in repr(EndSession("secret"))
