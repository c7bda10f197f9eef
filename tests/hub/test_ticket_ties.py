"""Tickets that belong together are answered together, each once, and told to each requester; on both databases."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from kiosk.domain.tickets import TicketState
from kiosk.hub.builtin.notices import BuiltinNotices
from kiosk.hub.services import desk_work, ticket_ties
from kiosk.hub.services.around import Around
from kiosk.hub.services.desk_work import Went
from kiosk.hub.services.ticket_queue import EVENT, MERGED, RELATED
from kiosk.hub.services.ticket_ties import Tied
from kiosk.hub.store.tables import HistoryLine, Message, Ticket
from kiosk.wire.tickets import ContactOnFile
from tests.hub.conftest import PUBLIC_URL, HubKiosk, World
from tests.hub.test_tickets import LI, ZHANG, send
from tests.real.plain_kiosk import card

DONG = "dong-mei"


@dataclass
class Desk:
    world: World
    kiosk: HubKiosk

    @property
    def around(self) -> Around:
        return Around(self.world.book, BuiltinNotices(self.world.clock), PUBLIC_URL)

    def report(self, uid: str = ZHANG, **changed: str) -> str:
        report = self.kiosk.report(claim=card(uid), contact=ContactOnFile(), **changed)
        return send(self.world, self.kiosk, report).reference

    def tie(self, one: str, main: str, kind: str) -> Tied:
        with self.world.store.write() as db:
            ticket, other = (db.get_one(Ticket, reference, with_for_update=True) for reference in (one, main))
            return ticket_ties.tie(db, self.around, ticket, other, kind, DONG, self.world.now)

    def answer(self, reference: str, text: str, state: TicketState | None, *, together: bool = False) -> Went:
        with self.world.store.write() as db:
            ticket = db.get_one(Ticket, reference, with_for_update=True)
            return desk_work.answer(db, self.around, ticket, DONG, text, state, self.world.now, together=together)

    def state(self, reference: str) -> str:
        with self.world.store.read() as db:
            return db.get_one(Ticket, reference).state

    def answers(self, reference: str) -> list[str]:
        with self.world.store.read() as db:
            rows = select(HistoryLine.text).where(HistoryLine.reference == reference, HistoryLine.text != "")
            return [text for text in db.scalars(rows.order_by(HistoryLine.id)) if text.startswith("Answer")]

    def head(self, reference: str) -> str:
        with self.world.store.read() as db:
            return ticket_ties.head_of(db, reference)

    def told(self) -> int:
        with self.world.store.read() as db:
            return len(db.scalars(select(Message).where(Message.kind.in_(["ticket_answered", "ticket_solved"]))).all())


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world, world.new_kiosk())


def test_what_is_said_to_a_ticket_is_said_to_what_was_merged_into_it(desk: Desk) -> None:
    main, twice = desk.report(), desk.report(LI)
    assert desk.tie(twice, main, MERGED) is Tied.MERGED
    assert desk.answer(main, "Answer one", TicketState.RESOLVED) is Went.CHANGED
    assert (desk.state(main), desk.state(twice)) == ("resolved", "resolved")
    assert desk.answers(main) == desk.answers(twice) == ["Answer one"]


def test_an_event_is_answered_together_only_where_somebody_means_it(desk: Desk) -> None:
    main, others = desk.report(), [desk.report(LI), desk.report()]
    for other in others:
        assert desk.tie(other, main, EVENT) is Tied.EVENT
    desk.answer(main, "Answer to one", None)
    assert [desk.answers(other) for other in others] == [[], []]
    before = desk.told()
    desk.answer(main, "Answer to all", TicketState.RESOLVED, together=True)
    assert [desk.answers(other) for other in others] == [["Answer to all"]] * 2
    assert {desk.state(one) for one in (main, *others)} == {"resolved"}
    assert desk.told() > before


def test_one_that_is_over_is_left_as_it_is(desk: Desk) -> None:
    main, over = desk.report(), desk.report()
    desk.tie(over, main, EVENT)
    with desk.world.store.write() as db:
        db.get_one(Ticket, over).state = TicketState.WITHDRAWN
    desk.answer(main, "Answer to all", TicketState.RESOLVED, together=True)
    assert (desk.state(over), desk.answers(over)) == ("withdrawn", [])


def test_what_belonged_to_a_ticket_goes_with_it(desk: Desk) -> None:
    first, second, third = desk.report(), desk.report(), desk.report()
    desk.tie(third, second, MERGED)
    desk.tie(second, first, MERGED)
    assert desk.head(third) == desk.head(second) == first
    desk.answer(first, "Answer", None)
    assert desk.answers(third) == ["Answer"], "once"
    assert desk.tie(first, third, MERGED) is Tied.BELONGS, "nothing goes round in a circle"


@pytest.mark.parametrize(
    ("make", "kind", "how"),
    [
        (lambda desk: (desk.report(),) * 2, MERGED, Tied.ITSELF),
        (lambda desk: (desk.report(), desk.report(service="complaint", symptom="manner", subject="network")), RELATED,
         Tied.COMPLAINT),
    ],
)  # fmt: skip
def test_what_cannot_belong_together_does_not(
    desk: Desk, make: Callable[[Desk], tuple[str, str]], kind: str, how: Tied
) -> None:
    one, other = make(desk)
    assert desk.tie(one, other, kind) is how
    assert desk.head(one) == ""


def test_what_is_closed_is_linked_and_not_merged(desk: Desk) -> None:
    main, closed = desk.report(), desk.report()
    with desk.world.store.write() as db:
        db.get_one(Ticket, closed).state = TicketState.CLOSED
    assert desk.tie(closed, main, MERGED) is Tied.OVER
    assert desk.tie(closed, main, RELATED) is Tied.RELATED
    assert desk.tie(main, closed, RELATED) is Tied.RELATED, "the other way round it is the same link"
    with desk.world.store.read() as db:
        assert len(ticket_ties.tied_to(db, main)) == 1


def test_what_was_taken_apart_stands_for_itself(desk: Desk) -> None:
    main, twice = desk.report(), desk.report()
    desk.tie(twice, main, MERGED)
    with desk.world.store.write() as db:
        one, other = db.get_one(Ticket, main), db.get_one(Ticket, twice)
        assert ticket_ties.untie(db, one, other, DONG, desk.world.now)
        assert not ticket_ties.untie(db, one, other, DONG, desk.world.now)
    desk.answer(main, "Answer", None)
    assert desk.answers(twice) == []


def test_several_reports_of_one_service_at_one_place_look_like_one_event_and_become_it(desk: Desk) -> None:
    world = desk.world
    with world.store.write() as db:
        for row in db.scalars(select(Ticket)):
            row.state = TicketState.CLOSED
    sent = [desk.report(uid, building="gym") for uid in (ZHANG, LI)]
    with world.store.read() as db:
        assert ticket_ties.likely_events(db, world.now) == [], "two are none"
    world.move(minutes=1)
    sent.append(desk.report(building="gym"))
    desk.report(building="library")
    with world.store.read() as db:
        assert ticket_ties.likely_events(db, world.now) == [("network", "gym", 3)]
    with world.store.write() as db:
        head = ticket_ties.gather(db, desk.around, "network", "gym", DONG, world.now)
        assert head is not None
        assert head.reference == min(sent[:2])
    with world.store.read() as db:
        assert [(ticket.reference, many) for ticket, many in ticket_ties.events(db, 9)] == [(head.reference, 2)]
        assert ticket_ties.likely_events(db, world.now) == []
