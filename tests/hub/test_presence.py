"""Which kiosks are called ready: those that said so themselves, lately, and the nearest first."""

import pytest
from sqlalchemy import func, select

from kiosk.domain.presence import Neighbours, Readiness
from kiosk.hub.services.enrolment import revoke
from kiosk.hub.services.presence import FRESH, MOST_NEIGHBOURS, heard
from kiosk.hub.services.refusal import No
from kiosk.hub.store.fleet_tables import KioskPresence
from kiosk.hub.store.tables import Kiosk
from tests.hub.conftest import HubKiosk, World


def says(world: World, kiosk: HubKiosk, readiness: str = Readiness.READY) -> Neighbours:
    with world.store.write() as db:
        answer = heard(db, world.book, db.get_one(Kiosk, kiosk.id), readiness, world.now)
    assert isinstance(answer, Neighbours)
    return answer


def codes(answer: Neighbours) -> list[str]:
    return [neighbour.code for neighbour in answer.ready]


def test_the_nearest_that_are_ready_are_named_with_their_places_and_the_time(world: World) -> None:
    here, other_area, same_area = (world.new_kiosk(place) for place in ("lib-1f", "teach2-1f", "center-2f"))
    assert codes(says(world, here)) == []
    says(world, other_area)
    says(world, same_area)
    answer = says(world, here)
    assert codes(answer) == ["C01", "B03"], "the library and the information centre stand in one part of the campus"
    assert answer.ready[0].title.zh == "信息中心二层"
    assert answer.as_of == world.now
    assert codes(says(world, same_area)) == ["A12", "B03"], "and nobody is named to themselves"


@pytest.mark.parametrize("readiness", sorted(set(Readiness) - {Readiness.READY}))
def test_one_in_trouble_is_not_called_ready_until_it_says_so(world: World, readiness: Readiness) -> None:
    here, there = world.new_kiosk(), world.new_kiosk("teach2-1f")
    says(world, there, readiness)
    assert codes(says(world, here)) == []
    says(world, there)
    assert codes(says(world, here)) == ["B03"]
    says(world, there, readiness)
    assert codes(says(world, here)) == []


def test_one_that_is_silent_or_was_revoked_is_not_named(world: World) -> None:
    here, silent, lost = world.new_kiosk(), world.new_kiosk("teach2-1f"), world.new_kiosk("center-2f")
    says(world, silent)
    world.move(seconds=FRESH.total_seconds())
    says(world, lost)
    assert codes(says(world, here)) == ["C01", "B03"]
    world.move(seconds=1)
    assert codes(says(world, here)) == ["C01"]
    with world.store.write() as db:
        assert revoke(db, lost.id, world.now)
    assert codes(says(world, here)) == []


def test_a_kiosk_enrolled_anew_at_a_place_is_that_place_once(world: World) -> None:
    here, first, second = world.new_kiosk(), world.new_kiosk("teach2-1f"), world.new_kiosk("teach2-1f")
    says(world, first)
    says(world, second)
    assert codes(says(world, here)) == ["B03"]
    assert codes(says(world, first)) == ["A12"]


def test_no_more_are_named_than_a_screen_holds_and_one_row_is_kept_of_each(world: World) -> None:
    kiosks = [world.new_kiosk(standing.id) for standing in world.book.kiosks]
    for _ in range(2):
        for kiosk in kiosks:
            assert len(says(world, kiosk).ready) <= MOST_NEIGHBOURS
    with world.store.read() as db:
        assert db.scalar(select(func.count()).select_from(KioskPresence)) == len(kiosks)


def test_what_is_no_readiness_is_refused(world: World) -> None:
    kiosk = world.new_kiosk()
    with world.store.write() as db:
        answer = heard(db, world.book, db.get_one(Kiosk, kiosk.id), "sleepy", world.now)
    assert isinstance(answer, No)
