"""Every list of tickets is one walk of an index: however many there are, nothing is sorted or gone through."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from kiosk.domain.language import Language
from kiosk.domain.staff_rights import Right
from kiosk.domain.tickets import TicketState
from kiosk.hub.services import ticket_queue
from kiosk.hub.services.paging import place, read_place
from kiosk.hub.services.staff_sessions import Present, Stage
from kiosk.hub.services.ticket_queue import Listing
from kiosk.hub.store.desk_tables import TicketTie
from kiosk.hub.store.running import NO_CLOCK, place_of
from kiosk.hub.store.tables import Ticket
from tests.hub.conftest import BEGIN, World
from tests.hub.test_tickets import send

DONG = Present(
    "dong-mei", "T2017852", "董梅", "Dong Mei", "engineer", Stage.FULL, frozenset({Right.VIEW, Right.OPERATE})
)


@pytest.mark.parametrize(
    ("listing", "index"),
    [(Listing.MINE, "tickets_queue_of"), (Listing.UNASSIGNED, "tickets_queue_of"),
     (Listing.BUILDING, "tickets_queue_at"),
     (Listing.DUE, "tickets_queue"), (Listing.OPEN, "tickets_queue")],
)  # fmt: skip
@pytest.mark.parametrize("later", [False, True], ids=["first page", "a later one"])
def test_each_list_walks_its_index_in_its_order(world: World, listing: Listing, index: str, later: bool) -> None:
    if world.store.engine.dialect.name != "sqlite":
        return  # with this few rows PostgreSQL rightly reads them all
    after = (world.now, "A12-0001-X") if later else None
    wanted = ticket_queue.page_of(world.book, DONG, listing, "library", world.now, after)
    asked = str(wanted.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True}))
    with world.store.read() as db:
        plan = [row[3] for row in db.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}").all()]
    assert f"USING INDEX {index} (" in plan[0], plan
    assert not any("TEMP B-TREE" in step for step in plan), plan


def test_the_place_in_the_queue_follows_the_ticket_whatever_happens_to_it(world: World) -> None:
    kiosk = world.new_kiosk()
    reference = send(world, kiosk, kiosk.report()).reference
    for state in TicketState:
        with world.store.write() as db:
            row = db.get_one(Ticket, reference)
            row.state = state
        with world.store.read() as db:
            row = db.get_one(Ticket, reference)
            assert row.sorts_at == place_of(row.state, row.due_at)
            assert (row.sorts_at is None) is not state.is_open


@given(state=st.sampled_from(TicketState), due_at=st.none() | st.just(BEGIN))
def test_what_is_open_has_a_place_in_the_queue_and_what_is_over_has_none(
    state: TicketState, due_at: datetime | None
) -> None:
    stands = place_of(state, due_at)
    assert (stands is not None) is state.is_open
    assert stands in (None, due_at or NO_CLOCK)


@given(st.text())
def test_a_place_in_a_list_is_read_or_the_list_begins_anew(typed: str) -> None:
    assert read_place(typed) is None or "~" in typed
    assert read_place(place(BEGIN, "B03-0291-L")) == (BEGIN, "B03-0291-L")


def test_what_is_merged_stands_in_no_list_and_is_not_counted(world: World) -> None:
    kiosk = world.new_kiosk()
    sent = [send(world, kiosk, kiosk.report(building="gym")).reference for _ in range(3)]
    with world.store.read() as db:
        before = ticket_queue.counted(db, world.book, DONG, Listing.BUILDING, "gym", world.now)
    with world.store.write() as db:
        db.add(TicketTie(reference=sent[1], main=sent[0], kind="merged", at=world.now, by="dong-mei"))
    with world.store.read() as db:
        queue = ticket_queue.queue(db, world.book, DONG, Listing.BUILDING, "gym", Language.EN, world.now)
        after = ticket_queue.counted(db, world.book, DONG, Listing.BUILDING, "gym", world.now)
    assert (before - after, [line.reference for line in queue.lines if line.reference == sent[1]]) == (1, [])
    assert next(line for line in queue.lines if line.reference == sent[0]).parts == 1


def test_two_working_hours_before_the_promise_it_is_nearly_due(world: World) -> None:
    kiosk = world.new_kiosk()
    reference = send(world, kiosk, kiosk.report()).reference
    for hours, listed in ((3, False), (1, True), (-1, True)):
        with world.store.write() as db:
            db.get_one(Ticket, reference).due_at = world.now + timedelta(hours=hours)
        with world.store.read() as db:
            queue = ticket_queue.queue(db, world.book, DONG, Listing.DUE, "", Language.EN, world.now)
        assert (reference in [line.reference for line in queue.lines]) is listed, hours
