"""Looks run beside everything: one that hangs or fails is a finding, and holds up no other."""

import queue
import threading

import pytest

from kiosk.devices.check_threads import CheckThreads
from kiosk.domain.health import Down, Reading, Ready, Subject, Why
from kiosk.services.ports import Checked
from tests.patience import PATIENCE

FINE = Reading(Subject.MEMORY, Ready(), "60 %")


def test_what_hangs_holds_up_no_other_and_is_not_joined_by_a_second() -> None:
    answers: queue.Queue[Checked] = queue.Queue()
    let_go, begun = threading.Event(), threading.Semaphore(0)

    def stuck() -> Reading:
        begun.release()
        assert let_go.wait(PATIENCE)
        return Reading(Subject.DISK, Ready())

    threads = CheckThreads({Subject.DISK: stuck, Subject.MEMORY: lambda: FINE}, answers.put)
    threads.ask(Subject.DISK)
    assert begun.acquire(timeout=PATIENCE)
    threads.ask(Subject.DISK)
    threads.ask(Subject.MEMORY)
    assert answers.get(timeout=PATIENCE) == Checked(Subject.MEMORY, FINE)
    let_go.set()
    assert answers.get(timeout=PATIENCE) == Checked(Subject.DISK, Reading(Subject.DISK, Ready()))
    assert not begun.acquire(blocking=False), "no second look joined the first"


def test_whoever_hears_the_answer_can_ask_again_at_once() -> None:
    answers: queue.Queue[Checked] = queue.Queue()
    asked = [Subject.MEMORY]

    def heard(checked: Checked) -> None:  # on the look's own thread, which has not ended
        answers.put(checked)
        if asked:
            threads.ask(asked.pop())

    threads = CheckThreads({Subject.MEMORY: lambda: FINE}, heard)
    threads.ask(Subject.MEMORY)
    assert [answers.get(timeout=PATIENCE) for _ in range(2)] == [Checked(Subject.MEMORY, FINE)] * 2


def test_a_look_that_fails_has_found_something_and_one_that_is_not_there_has_not(
    caplog: pytest.LogCaptureFixture,
) -> None:
    answers: queue.Queue[Checked] = queue.Queue()

    def broken() -> Reading:
        raise ValueError("a secret")

    threads = CheckThreads({Subject.DISK: broken}, answers.put)
    threads.ask(Subject.DISK)
    found = answers.get(timeout=PATIENCE)
    assert found == Checked(Subject.DISK, Reading(Subject.DISK, Down(Why.NO_ANSWER), "ValueError"))
    assert "a secret" not in caplog.text
    threads.ask(Subject.SPEAKER)
    assert answers.get(timeout=PATIENCE) == Checked(Subject.SPEAKER, None)
