"""Asking a system outside the hub without holding a transaction meanwhile: it may take seconds, and on SQLite everybody
who writes would wait for it.

A service that needs an answer which is not there yet ends its transaction: nothing of it happened. Then the question
is asked, and the service runs anew, at the same moment of the hub's clock, with the answer at hand. What the outside
system changed stays changed whatever becomes of the hub in between; asked again with the same operation id it answers
the same.
"""

from collections.abc import Callable, Hashable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from kiosk.hub.clock import Clock

Result = TypeVar("Result")
Answer = TypeVar("Answer")
Ask = Callable[[], Any]
#: Questions of one service; more is a fault of ours.
MOST_QUESTIONS = 4
_WAY = "ask_outside"


class _AskFirst(Exception):
    """Leaves the transaction and nothing else: ``settled`` catches it."""

    def __init__(self, key: Hashable, ask: Ask) -> None:
        super().__init__()
        self.key, self.ask = key, ask


def settled(
    transaction: Callable[[], AbstractContextManager[Session]],
    clock: Clock,
    service: Callable[[Session, datetime], Result],
) -> Result:
    """What ``service`` answers in one transaction that holds all its effects, once everything outside was asked."""
    answers: dict[Hashable, Any] = {}
    now: datetime | None = None

    def kept(key: Hashable, ask: Ask) -> Any:
        if key not in answers:
            raise _AskFirst(key, ask)
        return answers[key]

    while len(answers) <= MOST_QUESTIONS:
        try:
            with transaction() as db:
                now = now or clock()
                db.info[_WAY] = kept
                return service(db, now)
        except _AskFirst as wanted:
            answers[wanted.key] = wanted.ask()
    raise RuntimeError("a service asks outside again and again")


def ask_outside(db: Session, key: Hashable, ask: Callable[[], Answer]) -> Answer:
    """The answer to ``ask``, which ``key`` names. ``db`` has to be of ``settled``."""
    if _WAY not in db.info:
        raise RuntimeError("asked outside within a transaction that would have to wait")
    answer: Answer = db.info[_WAY](key, ask)
    return answer


def ask_within(db: Session) -> Session:
    """Lets ``db`` wait for what is asked outside: for commands and tests, where nobody else waits for it."""
    db.info[_WAY] = lambda _key, ask: ask()
    return db
