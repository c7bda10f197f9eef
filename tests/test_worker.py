"""The worker: one thread, in order, and no bug ends it."""

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from kiosk.worker import COMMAND_BUDGET, QUEUE_LIMIT, Wiring, Worker
from tests.patience import PATIENCE


@dataclass(frozen=True)
class Say:
    what: str


@dataclass(frozen=True)
class Break:
    secret: str


class Desk:
    def __init__(self) -> None:
        self.heard: list[tuple[str, int]] = []
        self.bugs: list[int] = []
        self.closed = threading.Event()
        self.beaten = threading.Event()
        self.worker = Worker(self.wire, lambda: self.bugs.append(threading.get_ident()))

    def wire(self) -> Wiring:
        return Wiring({Say: self.say, Break: self.fail}, self.beaten.set, self.closed.set)

    def say(self, command: Say) -> None:
        self.heard.append((command.what, threading.get_ident()))

    def fail(self, command: Break) -> None:
        raise RuntimeError(f"no {command.secret}")


def test_commands_are_handled_in_order_on_one_thread_which_is_not_mine() -> None:
    desk = Desk()
    for number in range(100):
        desk.worker.post(Say(str(number)))
    desk.worker.start()
    assert desk.worker.stop(PATIENCE)
    assert [what for what, _ in desk.heard] == [str(number) for number in range(100)]
    assert {thread for _, thread in desk.heard}.isdisjoint({threading.get_ident()})
    assert len({thread for _, thread in desk.heard}) == 1
    assert desk.closed.is_set()


def test_a_bug_is_told_and_the_next_command_still_works(caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk()
    desk.worker.start()
    for command in (Break("CANARY-99"), Say("after"), object()):
        desk.worker.post(command)
    with caplog.at_level(logging.ERROR):
        assert desk.worker.stop(PATIENCE)
    assert [what for what, _ in desk.heard] == ["after"]
    assert len(desk.bugs) == desk.worker.counters.bugs == 2
    assert "RuntimeError" in caplog.text
    assert "CANARY" not in caplog.text


def test_it_beats_without_commands() -> None:
    desk = Desk()
    desk.worker.start()
    assert desk.beaten.wait(PATIENCE)
    assert desk.worker.stop(PATIENCE)


def test_a_full_queue_refuses_instead_of_growing() -> None:
    desk = Desk()
    taken = [desk.worker.post(Say("x")) for _ in range(QUEUE_LIMIT + 3)]
    assert taken.count(False) == desk.worker.counters.refused == 3


def test_what_fails_before_the_first_command_is_told_too() -> None:
    def broken() -> Wiring:
        raise OSError("no disk")

    bugs: list[int] = []
    worker = Worker(broken, lambda: bugs.append(1))
    worker.start()
    worker.stop(PATIENCE)
    assert bugs == [1]


def ticking(seconds: float) -> Callable[[], float]:
    passed = [0.0]

    def monotonic() -> float:
        passed[0] += seconds
        return passed[0]

    return monotonic


@pytest.mark.parametrize(("step", "committing", "slow"), [(0.001, 0.0, False), (0.05, 0.0, True), (0.05, 0.05, False)])
def test_a_command_that_waits_is_counted_but_its_commits_are_not(step: float, committing: float, slow: bool) -> None:
    commits = ticking(committing)
    worker = Worker(lambda: Wiring({}, lambda: None, lambda: None, commits), lambda: None, ticking(step))
    worker._measured(Wiring({}, lambda: None, lambda: None, commits), "x", lambda: None)
    assert (worker.counters.over_budget == 1) is slow
    assert (worker.counters.worst > COMMAND_BUDGET) is slow
