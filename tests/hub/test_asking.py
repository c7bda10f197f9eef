"""Nothing outside is asked while a transaction is open, and what is answered takes effect in one transaction."""

from datetime import datetime

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.hub.services.asking import MOST_QUESTIONS, ask_outside, settled
from kiosk.hub.store.tables import Guess
from tests.hub.conftest import World


def guesses(world: World) -> int:
    with world.store.read() as db:
        return len(db.scalars(select(Guess)).all())


def test_while_it_is_asked_others_write_and_nothing_of_the_service_has_happened(world: World) -> None:
    asked: list[str] = []

    def outside(name: str) -> str:
        with world.store.write() as other:  # on SQLite this waits for whoever holds a transaction
            other.add(Guess(at=world.now))
        asked.append(name)
        world.move(seconds=5)
        return name.upper()

    def service(db: Session, now: datetime) -> tuple[str, str, datetime]:
        db.add(Guess(at=now))
        db.flush()
        one = ask_outside(db, "one", lambda: outside("one"))
        return one, ask_outside(db, "two", lambda: outside("two")), now

    begin = world.now
    assert settled(world.store.write, world.clock, service) == ("ONE", "TWO", begin), "the moment stays the first"
    assert asked == ["one", "two"]
    assert guesses(world) == 3


def test_a_service_that_never_stops_asking_is_a_fault_and_leaves_nothing(world: World) -> None:
    asked: list[int] = []

    def service(db: Session, now: datetime) -> None:
        db.add(Guess(at=now))
        for number in range(100):
            ask_outside(db, number, lambda number=number: asked.append(number))  # type: ignore[misc]

    with pytest.raises(RuntimeError, match="again and again"):
        settled(world.store.write, world.clock, service)
    assert len(asked) == MOST_QUESTIONS + 1
    assert guesses(world) == 0


def test_asking_within_a_transaction_that_others_wait_for_is_a_fault(world: World) -> None:
    with pytest.raises(RuntimeError, match="would have to wait"), world.store.write() as db:
        ask_outside(db, "one", lambda: "one")
