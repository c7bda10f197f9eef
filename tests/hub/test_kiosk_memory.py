"""The hub remembers how far each kiosk has come, and tells it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.domain.presence import MemoryMark, Neighbours, Readiness
from kiosk.hub.services.presence import heard
from kiosk.hub.services.refusal import No
from kiosk.hub.store.tables import Incident, Kiosk
from tests.hub.conftest import HubKiosk, World, fresh_database, world_at

LINK = "ab" * 32


@pytest.fixture
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    with world_at(fresh_database(request, "sqlite", tmp_path), tmp_path) as world:
        yield world


def says(world: World, kiosk: HubKiosk, mark: MemoryMark | None) -> MemoryMark | No | None:
    with world.store.write() as db:
        answer = heard(db, world.book, db.get_one(Kiosk, kiosk.id), Readiness.READY, world.now, mark)
    return answer.memory if isinstance(answer, Neighbours) else answer


def incidents(world: World) -> list[tuple[str, str]]:
    with world.store.read() as db:
        return [(row.kiosk, row.code) for row in db.scalars(select(Incident))]


def test_each_kiosk_hears_what_was_known_of_it_before(world: World) -> None:
    kiosk, other = world.new_kiosk(), world.new_kiosk("teach2-1f")
    first, second = MemoryMark("e1", 5, LINK), MemoryMark("e1", 7, LINK)
    assert says(world, kiosk, first) is None
    assert says(world, other, second) is None
    assert says(world, kiosk, second) == first
    assert says(world, kiosk, second) == second
    assert incidents(world) == []


def test_one_that_was_set_back_hears_it_until_it_goes_on_as_another_and_staff_see_that(world: World) -> None:
    kiosk = world.new_kiosk()
    says(world, kiosk, MemoryMark("e1", 7, LINK))
    for _ in range(2):
        assert says(world, kiosk, MemoryMark("e1", 5, LINK)) == MemoryMark("e1", 7, LINK)
    says(world, kiosk, MemoryMark("e2", 5, LINK))
    assert says(world, kiosk, MemoryMark("e2", 5, LINK)) == MemoryMark("e2", 5, LINK)
    assert incidents(world) == [(kiosk.id, "other_memory")]


def test_a_kiosk_of_before_tells_nothing_and_is_heard(world: World) -> None:
    assert says(world, world.new_kiosk(), None) is None


@pytest.mark.parametrize(
    "mark",
    [
        MemoryMark("", 1, LINK),
        MemoryMark("x" * 33, 1, LINK),
        MemoryMark("<b>", 1, LINK),
        MemoryMark("e1", -1, LINK),
        MemoryMark("e1", 2**31, LINK),
        MemoryMark("e1", 1, "ab"),
    ],
)
def test_what_no_kiosk_says_is_refused(world: World, mark: MemoryMark) -> None:
    outcome = says(world, world.new_kiosk(), mark)
    assert isinstance(outcome, No)
    assert outcome.code == "malformed"
