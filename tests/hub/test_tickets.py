"""What becomes of a report: who, how urgent, what is promised, what the person may see."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from kiosk.domain.policy import SHIPPED, Action, Factor
from kiosk.domain.ticket_views import TicketList
from kiosk.hub.services.follow import follow_page
from kiosk.hub.services.listing import Listed, list_tickets
from kiosk.hub.services.my_tickets import MOST_SHOWN, my_tickets
from kiosk.hub.services.refusal import No
from kiosk.hub.services.sessions import begin, end
from kiosk.hub.store.tables import Kiosk, Person
from kiosk.wire.tickets import ContactOnFile, ContactTyped, NumberClaimed, Report, TicketAnswer
from tests.hub.conftest import HubKiosk, World
from tests.hub.test_operations import ok
from tests.real.plain_kiosk import card

ZHANG, LI = "04A1B2C3D4E580", "9F3A21C4"


def test_a_card_a_number_and_nobody_make_tickets_of_their_own_kind(world: World) -> None:
    kiosk = world.new_kiosk()
    send(world, kiosk, kiosk.report(claim=card(ZHANG)))
    send(world, kiosk, kiosk.report(claim=NumberClaimed("20230114287")))
    send(world, kiosk, kiosk.report())
    assert [(one.identity, one.person) for one in listed(world)] == [
        ("claimed", "20230114287"),
        ("claimed", "20230114287"),
        ("none", ""),
    ]


@pytest.mark.parametrize("claim", [card("DEADBEEF"), NumberClaimed("20999999999"), NumberClaimed("'\x00<img>")])
def test_a_claim_that_matches_nobody_is_still_a_ticket_for_the_desk(world: World, claim: NumberClaimed) -> None:
    kiosk = world.new_kiosk()
    send(world, kiosk, kiosk.report(claim=claim))
    (one,) = listed(world)
    assert (one.identity, one.person) == ("claimed", "")
    assert "claim_unmatched" in [step.what for step in one.history]


def test_a_thousand_requests_from_fifty_threads_are_each_answered_for_themselves(world: World) -> None:
    """Lists of ten people, and one new report in twenty requests."""
    kiosk = world.new_kiosk()
    with world.store.write() as db:
        row, people = db.get_one(Kiosk, kiosk.id), db.scalars(select(Person).order_by(Person.id).limit(10)).all()
        sessions = [begin(db, row, person, frozenset({Factor.PIN}), world.now) for person in people]
    own = [send(world, kiosk, kiosk.report(session=session)).reference for session in sessions]
    sent = {number: kiosk.report() for number in range(0, 1000, 20)}
    sealed = {number: kiosk.envelope(report) for number, report in sent.items()}

    def ask(number: int) -> list[str]:
        if number in sealed:
            return [ok(world.take(kiosk, sealed[number])).reference]
        with world.store.read() as db:
            kept, session = db.get_one(Kiosk, kiosk.id), sessions[number % 10]
            found = my_tickets(db, world.book, SHIPPED, kept, session, world.now)
        assert isinstance(found, TicketList)
        return [ticket.reference for ticket in found.tickets]

    with ThreadPoolExecutor(50) as threads:
        answers = list(threads.map(ask, range(1000)))
    assert answers == [[sent[number].reference if number in sent else own[number % 10]] for number in range(1000)]
    assert len(listed(world)) == len(own) + len(sent)


def test_staff_see_which_article_did_not_help(world: World) -> None:
    kiosk = world.new_kiosk()
    for read in ("wifi-iphone", "", "<img src=x>"):
        send(world, kiosk, kiosk.report(article=read))
    told = [[step.what for step in one.history if step.what.startswith("read_article")] for one in listed(world)]
    assert told == [["read_article:wifi-iphone"], [], []]


def test_a_session_of_this_kiosk_makes_it_verified_also_when_it_arrives_days_later(world: World) -> None:
    kiosk, other = world.new_kiosk(), world.new_kiosk("teach2-1f")
    session = signed_in(world, kiosk)
    report = kiosk.report(session=session)
    stolen = other.report(session=session)
    world.move(days=3)
    send(world, kiosk, report)
    send(world, other, stolen)
    assert [one.identity for one in listed(world)] == ["verified", "none"]


def test_a_session_that_was_over_when_the_report_was_made_counts_for_nothing(world: World) -> None:
    kiosk = world.new_kiosk()
    session = signed_in(world, kiosk)
    with world.store.write() as db:
        end(db, db.get_one(Kiosk, kiosk.id), session, world.now)
    world.move(minutes=2)
    send(world, kiosk, kiosk.report(session=session, claim=card(ZHANG)))
    send(world, kiosk, kiosk.report(session="made up"))
    assert [one.identity for one in listed(world)] == ["claimed", "none"]


@pytest.mark.parametrize(
    ("service", "impact", "priority", "respond_by"),
    [
        ("network", "", "P2", datetime(2026, 11, 16, 18, 0)),
        ("network", "blocked", "P1", datetime(2026, 11, 16, 12, 0)),
        ("network", "many", "P1", datetime(2026, 11, 16, 12, 0)),
        ("computer", "blocked", "P2", datetime(2026, 11, 16, 18, 0)),
        ("ask", "", "P3", datetime(2026, 11, 18, 10, 0)),
        ("gone from the catalogue", "", "P3", datetime(2026, 11, 18, 10, 0)),
        ("network", "made up", "P2", datetime(2026, 11, 16, 18, 0)),
    ],
)
def test_impact_and_urgency_give_priority_and_a_dated_promise(
    world: World, service: str, impact: str, priority: str, respond_by: datetime
) -> None:
    kiosk = world.new_kiosk()
    answer = send(world, kiosk, kiosk.report(service=service, impact=impact))
    assert answer.priority == priority
    assert answer.respond_by is not None
    assert answer.respond_by.replace(tzinfo=None) == respond_by
    assert answer.respond_by.utcoffset() == timedelta(hours=8)


def test_a_second_person_within_ten_minutes_confirms_a_suspected_p0(world: World) -> None:
    kiosk = world.new_kiosk()
    send(world, kiosk, kiosk.report(impact="many", claim=card(ZHANG)))
    send(world, kiosk, kiosk.report(impact="many", claim=card(ZHANG)))
    send(world, kiosk, kiosk.report(impact="many", claim=card(LI), building="canteen-west"))
    send(world, kiosk, kiosk.report(impact="many"))
    assert {one.priority for one in listed(world)} == {"P1"}
    world.move(minutes=9)
    send(world, kiosk, kiosk.report(impact="many", claim=card(LI)))
    assert [one.priority for one in listed(world)] == ["P0", "P0", "P1", "P0", "P0"]
    first = listed(world)[0]
    assert first.respond_by == first.created_at + timedelta(minutes=15)


def test_the_list_says_what_was_chosen_written_and_where(world: World) -> None:
    kiosk = world.new_kiosk()
    written = '投影<img src="x">\'\u202e\x07坏了'
    report = kiosk.report(note=written, contact=ContactTyped("138 0000 0000"), language="en", location="Room 3")
    send(world, kiosk, report)
    send(world, kiosk, kiosk.report(contact=ContactOnFile(), location="图书馆 二层", symptom="none such"))
    first, second = listed(world)
    assert first.description == 'Connected, but pages do not open\n投影<img src="x">\'坏了'
    assert (first.location, first.contact, first.language) == ("Library, Room 3", "138 0000 0000", "en")
    assert (second.description, second.location, second.contact) == ("", "图书馆 二层", "on_file")
    assert [step.what for step in first.history] == ["created", "assigned"]


def test_my_tickets_shows_ones_own_newest_first_and_nobody_elses(world: World) -> None:
    kiosk = world.new_kiosk()
    for uid in (ZHANG, LI, ZHANG):
        send(world, kiosk, kiosk.report(claim=card(uid)))
        world.move(minutes=1)
    mine = seen(world, kiosk, signed_in(world, kiosk))
    assert isinstance(mine, TicketList)
    assert [ticket.reference[4:8] for ticket in mine.tickets] == ["0003", "0001"]
    assert mine.tickets[0].title.en == "Connected, but pages do not open"
    assert [step.what for step in mine.tickets[0].history] == ["created"]


def test_my_tickets_needs_a_session_of_this_kiosk_that_is_not_over(world: World) -> None:
    kiosk, other = world.new_kiosk(), world.new_kiosk("teach2-1f")
    session = signed_in(world, kiosk)
    assert isinstance(seen(world, kiosk, session), TicketList)
    for where, token in ((kiosk, ""), (kiosk, "made up"), (other, session)):
        assert isinstance(seen(world, where, token), No)
    world.move(minutes=15)
    assert isinstance(seen(world, kiosk, session), No)


def test_a_person_who_left_sees_nothing_and_is_nobody(world: World) -> None:
    kiosk = world.new_kiosk()
    session = signed_in(world, kiosk)
    with world.store.write() as db:
        db.get_one(Person, "zhang-ming").valid_until = world.now
    assert isinstance(seen(world, kiosk, session), No)
    send(world, kiosk, kiosk.report(claim=card(ZHANG)))
    assert listed(world)[0].person == ""


def test_a_campus_that_asks_for_more_than_a_pin_is_obeyed(world: World) -> None:
    kiosk = world.new_kiosk()
    session = signed_in(world, kiosk)
    strict = {**SHIPPED, Action.SEE_TICKETS: (frozenset({Factor.PIN, Factor.CODE}),)}
    with world.store.read() as db:
        answer = my_tickets(db, world.book, strict, db.get_one(Kiosk, kiosk.id), session, world.now)
    assert isinstance(answer, No)


def test_my_tickets_has_an_end(world: World) -> None:
    kiosk = world.new_kiosk()
    session = signed_in(world, kiosk)
    for _ in range(MOST_SHOWN + 1):
        send(world, kiosk, kiosk.report(claim=card(ZHANG), session=session))
    mine = seen(world, kiosk, session)
    assert isinstance(mine, TicketList)
    assert len(mine.tickets) == MOST_SHOWN


def test_the_phone_page_says_what_and_until_when_and_nothing_personal(world: World) -> None:
    kiosk = world.new_kiosk()
    report = kiosk.report(claim=card(ZHANG), note="CANARY", location="CANARY", contact=ContactTyped("CANARY"))
    code = send(world, kiosk, report).page.rpartition("/")[2]
    with world.store.read() as db:
        page = follow_page(db, world.book, code, None, world.now)
        late = follow_page(db, world.book, code, None, world.now + timedelta(days=29))
        gone = follow_page(db, world.book, code, None, world.now + timedelta(days=30))
        wrong = follow_page(db, world.book, "x" * 12, None, world.now)
    assert page.headline == "连上了，打不开网页"
    assert page.facts[0][1] == "周一 11月16日 18:00 前"
    assert page.reference == report.reference
    assert late.facts[0][1] != page.facts[0][1]
    assert gone == wrong
    assert not gone.found
    shown = repr(page)
    assert all(secret not in shown for secret in ("CANARY", "张", "Zhang", "2023", "138"))


def send(world: World, kiosk: HubKiosk, report: Report) -> TicketAnswer:
    return ok(world.take(kiosk, kiosk.envelope(report)))


def listed(world: World) -> list[Listed]:
    with world.store.read() as db:
        return list_tickets(db, world.book)


def signed_in(world: World, kiosk: HubKiosk, person: str = "zhang-ming") -> str:
    with world.store.write() as db:
        return begin(db, db.get_one(Kiosk, kiosk.id), db.get_one(Person, person), frozenset({Factor.PIN}), world.now)


def seen(world: World, kiosk: HubKiosk, session: str) -> TicketList | No:
    with world.store.read() as db:
        return my_tickets(db, world.book, SHIPPED, db.get_one(Kiosk, kiosk.id), session, world.now)
