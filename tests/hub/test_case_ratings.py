"""Rating a report: nobody's, once, never by who worked on it; and a conversation with whoever is not content."""

import re
from pathlib import Path

import pytest
from sqlalchemy import select

from kiosk.domain.policy import SHIPPED
from kiosk.domain.ticket_views import Act
from kiosk.domain.tickets import TicketState
from kiosk.hub.builtin.notices import BuiltinNotices
from kiosk.hub.services import case_ratings, my_tickets
from kiosk.hub.services.around import Around
from kiosk.hub.services.desk_acts import DeskAct, do
from kiosk.hub.services.history import TALK
from kiosk.hub.store.tables import FollowCode, HistoryLine, Kiosk, Message, Person, Rating, Ticket
from kiosk.wire.tickets import ContactOnFile, TicketAct
from tests.hub.conftest import PUBLIC_URL, World
from tests.hub.test_follow import Phone
from tests.hub.test_tickets import send, signed_in
from tests.real.plain_kiosk import new_op

#: Leads the network's reports at the sample campus; leads above them.
LEAD, ABOVE = "T2013744", "T2005071"


def around(world: World, public_url: str = PUBLIC_URL) -> Around:
    return Around(world.book, BuiltinNotices(world.clock), public_url)


def ratings(world: World) -> list[tuple[str, str, str]]:
    with world.store.read() as db:
        return [(row.about, row.mark, row.day) for row in db.scalars(select(Rating).order_by(Rating.about))]


def told(world: World, kind: str) -> list[tuple[str, str]]:
    with world.store.read() as db:
        rows = db.execute(select(Person.number, Message.text).join(Person).where(Message.kind == kind))
        return [(number, text) for number, text in rows]


@pytest.mark.parametrize("state", ["resolved", "closed"])
def test_a_rating_keeps_its_service_and_its_month_and_nothing_of_the_report(
    world: World, tmp_path: Path, state: str
) -> None:
    phone = Phone(world, tmp_path, state)
    assert phone.said("rate", mark="good") == "rated"
    assert ratings(world) == [("service:network", "good", "2026-11-01")]
    assert phone.said("rate", mark="very_good") == "nothing", "once"
    assert len(ratings(world)) == 1


@pytest.mark.parametrize("state", ["new", "in_progress", "waiting_for_requester"])
def test_what_is_not_solved_is_not_rated(world: World, tmp_path: Path, state: str) -> None:
    phone = Phone(world, tmp_path, state)
    assert phone.said("rate", mark="good") == "nothing"
    assert ratings(world) == []


@pytest.mark.parametrize("mark", ["solved", "not_found", "", "x"])
def test_only_a_face_is_a_rating(world: World, tmp_path: Path, mark: str) -> None:
    phone = Phone(world, tmp_path, "closed")
    assert phone.said("rate", mark=mark) == "nothing"
    assert ratings(world) == []


def test_another_code_of_the_same_report_rates_it_no_second_time(world: World, tmp_path: Path) -> None:
    phone = Phone(world, tmp_path, "resolved")
    assert phone.said("rate", mark="poor") == "rated_low"
    with world.store.write() as db:
        db.add(FollowCode(digest="x" * 64, reference=phone.reference, expires_at=world.now))
        assert not case_ratings.may_be_rated(db, db.get_one(Ticket, phone.reference))


@pytest.mark.parametrize("how", ["assignee", "was assigned", "wrote"])
def test_nobody_rates_a_case_they_worked_on(world: World, tmp_path: Path, how: str) -> None:
    phone = Phone(world, tmp_path, "closed")
    assert phone.said("rate", mark="") == "nothing"
    with world.store.write() as db:
        ticket = db.get_one(Ticket, phone.reference)
        person = ticket.person or ""
        if how == "assignee":
            ticket.assignee = person
        elif how == "was assigned":
            db.add(HistoryLine(reference=ticket.reference, at=world.now, by="desk", what="assigned", text=person))
        else:
            db.add(
                HistoryLine(
                    reference=ticket.reference, at=world.now, by="desk", what="answered", text="x", staff=person
                )
            )
    assert "/rate" not in phone.page()
    assert phone.said("rate", mark="very_good") == "nothing"
    assert ratings(world) == []


def test_whoever_is_not_content_is_spoken_to_by_the_lead(world: World, tmp_path: Path) -> None:
    phone = Phone(world, tmp_path, "closed")
    assert phone.said("talk") == "nothing", "who has not rated is not asked"
    assert phone.said("rate", mark="very_poor") == "rated_low"
    assert "/talk" in phone.page()
    assert phone.said("talk") == "talk"
    assert phone.said("talk") == "nothing", "once"
    assert {number for number, _ in told(world, "talk_wanted")} == {LEAD}
    assert all(phone.reference in text and "poor" not in text for _, text in told(world, "talk_wanted"))
    assert phone.ticket.state == "closed"


def test_a_lead_who_worked_on_it_is_not_the_one_who_is_told(world: World, tmp_path: Path) -> None:
    phone = Phone(world, tmp_path, "closed")
    with world.store.write() as db:
        lead = db.scalars(select(Person).where(Person.number == LEAD)).one()
        db.get_one(Ticket, phone.reference).assignee = lead.id
    assert phone.said("rate", mark="poor") == "rated_low"
    assert phone.said("talk") == "talk"
    assert LEAD not in {number for number, _ in told(world, "talk_wanted")}
    assert told(world, "talk_wanted")


def test_a_closed_report_is_spoken_about_again_only_where_that_was_asked_for(world: World, tmp_path: Path) -> None:
    phone = Phone(world, tmp_path, "closed")
    assert phone.said("act", act="comment", text="x") == "nothing"
    assert phone.said("rate", mark="poor") == "rated_low"
    assert phone.said("talk") == "talk"
    assert phone.prove() == "proven"
    assert 'value="withdraw"' not in phone.page()
    assert phone.said("act", act="comment", text="It broke again.") == "added"
    with world.store.write() as db:
        act = DeskAct(answer="I shall call you.")
        assert do(db, around(world), db.get_one(Ticket, phone.reference), act, world.now) is None
    with world.store.read() as db:
        lines = db.scalars(select(HistoryLine.what).where(HistoryLine.reference == phone.reference)).all()
    assert lines[-3:] == [TALK, "commented", "answered"]
    assert phone.ticket.state == "closed"


def test_the_letter_that_says_solved_has_a_link_that_rates(world: World, tmp_path: Path) -> None:
    phone = Phone(world, tmp_path)
    with world.store.write() as db:
        ticket = db.get_one(Ticket, phone.reference)
        ticket.contact = "on_file"
        assert do(db, around(world), ticket, DeskAct(state=TicketState.RESOLVED), world.now) is None
    ((number, text),) = told(world, "ticket_solved")
    assert number == "20230114287"
    assert told(world, "ticket_answered") == []
    link = re.search(rf"{PUBLIC_URL}(/f/\w+)", text)
    assert link is not None
    assert link[1] != phone.path
    phone.path = link[1]
    assert phone.said("rate", mark="very_good") == "rated"
    assert ratings(world) == [("service:network", "very_good", "2026-11-01")]


def test_without_a_public_address_the_letter_is_the_one_of_any_answer(world: World, tmp_path: Path) -> None:
    phone = Phone(world, tmp_path)
    with world.store.write() as db:
        ticket = db.get_one(Ticket, phone.reference)
        ticket.contact = "on_file"
        assert do(db, around(world, ""), ticket, DeskAct(state=TicketState.RESOLVED), world.now) is None
    assert told(world, "ticket_answered")
    assert told(world, "ticket_solved") == []


@pytest.mark.parametrize("own", [False, True])
def test_who_confirms_at_a_kiosk_is_asked_there_and_not_again_by_phone(world: World, own: bool) -> None:
    kiosk = world.new_kiosk()
    session = signed_in(world, kiosk)
    reference = send(world, kiosk, kiosk.report(session=session, contact=ContactOnFile())).reference
    with world.store.write() as db:
        ticket = db.get_one(Ticket, reference)
        ticket.state, ticket.assignee = "resolved", ticket.person if own else None
        asked = TicketAct(new_op(), reference, Act.CONFIRM.value, "")
        done = my_tickets.act(db, world.book, SHIPPED, db.get_one(Kiosk, kiosk.id), session, asked, world.now)
        assert isinstance(done, bytes)
        assert (b'"may_rate":false' in done) is own
        assert not case_ratings.may_be_rated(db, ticket)
