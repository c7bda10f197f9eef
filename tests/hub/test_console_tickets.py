"""Staff work on tickets in the console: one gets it, both are told; what was typed stays; nobody sees too much."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from httpx import Response
from sqlalchemy import select

from kiosk.domain.roles import Role
from kiosk.domain.tickets import TicketState
from kiosk.hub.services import knowledge
from kiosk.hub.services.helpdesk_outbox import settle_in
from kiosk.hub.services.history import note_step
from kiosk.hub.services.my_tickets import is_shown
from kiosk.hub.store.helpdesk_tables import HelpdeskTicket
from kiosk.hub.store.tables import HistoryLine, Message, Ticket
from kiosk.wire.tickets import ContactOnFile
from tests.hub.article_console import FEW
from tests.hub.conftest import HubKiosk, World, fresh_database, world_at
from tests.hub.console_world import DONG, YU, Browser, Console
from tests.hub.test_tickets import ZHANG, send
from tests.real.plain_kiosk import card

CANARY = "Kanarienvogel im Flur"
NAME, NUMBER = "张一明", "20230114287"


@pytest.fixture
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """On one database: the services have their own tests on both."""
    with world_at(fresh_database(request, "sqlite", tmp_path), tmp_path) as world:
        yield world


@pytest.fixture
def console(world: World) -> Console:
    return Console.of(world)


@pytest.fixture
def kiosk(world: World) -> HubKiosk:
    return world.new_kiosk()


@pytest.fixture
def ticket(world: World, kiosk: HubKiosk) -> str:
    return send(world, kiosk, kiosk.report(claim=card(ZHANG), contact=ContactOnFile(), note=CANARY)).reference


@pytest.fixture
def dong(console: Console) -> Browser:
    """An engineer."""
    return console.signed_in(DONG)


def page_of(browser: Browser, reference: str) -> str:
    answer = browser.get(f"/console/queue?ticket={reference}")
    assert answer.status_code == 200
    return answer.text


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def press(browser: Browser, act: str, reference: str, page: str = "", **fields: str) -> Response:
    """A form of the ticket's page as it stood when ``page`` was made."""
    shown = page or page_of(browser, reference)
    whole = {"ticket": reference, "version": hidden(shown, "version"), **fields}
    return browser.post(f"/console/{act}", hidden(shown, "form"), **whole)


def take(browser: Browser, reference: str, page: str = "") -> Response:
    shown = page or page_of(browser, reference)
    return press(browser, "ticket-take", reference, shown, whose=hidden(shown, "whose"))


def said(answer: Response) -> str:
    found = re.search(r"said=([a-z_]+)", answer.headers.get("location", ""))
    return found[1] if found else ""


def kept(world: World, reference: str) -> Ticket:
    with world.store.read() as db:
        return db.get_one(Ticket, reference)


def history(world: World, reference: str) -> list[tuple[str, str, str]]:
    with world.store.read() as db:
        rows = db.scalars(select(HistoryLine).where(HistoryLine.reference == reference).order_by(HistoryLine.id))
        return [(row.what, row.by, row.staff) for row in rows]


def listed(browser: Browser, listing: str) -> list[str]:
    text = browser.get(f"/console/queue?list={listing}").text
    return re.findall(r'href="/console/queue\?ticket=([A-Z0-9-]+)"', text)


def test_of_two_who_take_a_ticket_at_once_one_has_it_and_the_other_is_told_who(
    console: Console, world: World, ticket: str, dong: Browser
) -> None:
    yu = console.signed_in(YU)
    seen = page_of(dong, ticket), page_of(yu, ticket)
    assert said(take(yu, ticket, seen[1])) == "taken"
    late = take(dong, ticket, seen[0])
    assert late.status_code == 422
    assert f"{console.person(YU).latin_name} was faster" in late.text
    assert (kept(world, ticket).assignee, kept(world, ticket).state) == (YU, "in_progress")
    assert console.acts()[-1] == (YU, "ticket_taken", ticket, "")
    assert said(take(dong, ticket)) == "taken", "knowing whose it is, it can be taken over"
    assert kept(world, ticket).assignee == DONG


def test_an_answer_that_crosses_a_colleagues_is_kept_and_not_sent(
    console: Console, world: World, ticket: str, dong: Browser
) -> None:
    yu, stale = console.signed_in(YU), page_of(dong, ticket)
    assert said(press(yu, "ticket-answer", ticket, text="Restarted.", state="wait")) == "changed"
    crossed = press(dong, "ticket-answer", ticket, stale, text="Mine & <b>bold</b>", state="solve")
    assert crossed.status_code == 422
    assert "Mine &amp; &lt;b&gt;bold" in crossed.text, "nothing typed is lost"
    assert kept(world, ticket).state == "waiting_for_requester"
    assert said(press(dong, "ticket-answer", ticket, crossed.text, text="Mine", state="solve")) == "changed"
    assert kept(world, ticket).state == "resolved"


def test_whoever_answers_what_nobody_has_has_it_and_the_requester_is_told(
    console: Console, world: World, ticket: str, dong: Browser
) -> None:
    assert said(press(dong, "ticket-answer", ticket, text="We look.", state="")) == "answered"
    assert (kept(world, ticket).assignee, kept(world, ticket).state) == (DONG, "in_progress")
    with world.store.read() as db:
        told = db.scalars(select(Message).where(Message.kind == "ticket_answered")).all()
    assert told
    assert all("We look" not in one.text for one in told)
    assert console.acts()[-1] == (DONG, "ticket_answered", ticket, "")
    assert ("state:in_progress", "desk", DONG) in history(world, ticket)


def test_solved_is_reopened_by_the_desk_with_a_word(world: World, ticket: str, dong: Browser) -> None:
    press(dong, "ticket-answer", ticket, text="Done.", state="solve")
    assert listed(dong, "mine") == []
    assert said(press(dong, "ticket-answer", ticket, text="Not yet.", state="work")) == "changed"
    assert kept(world, ticket).state == "in_progress"
    assert listed(dong, "mine") == [ticket]


def test_an_empty_answer_and_a_way_that_is_not_open_do_nothing(world: World, ticket: str, dong: Browser) -> None:
    press(dong, "ticket-answer", ticket, text="Done.", state="solve")
    for fields in (
        {"text": " \u200b ", "state": ""},
        {"text": "x", "state": "nonsense"},
        {"text": "x", "state": "wait"},
    ):
        before = history(world, ticket)
        assert press(dong, "ticket-answer", ticket, **fields).status_code == 422
        assert history(world, ticket) == before


def test_an_internal_note_is_the_desks_alone(console: Console, ticket: str, dong: Browser) -> None:
    secret = "Cable was cut by the gardeners"
    assert said(press(dong, "ticket-note", ticket, note=secret)) == "noted"
    assert secret in page_of(dong, ticket)
    assert not is_shown("noted"), "no kiosk and no phone is told"
    console.give_role(DONG, Role.ASSISTANT)
    assert secret not in page_of(dong, ticket)


def test_who_asked_is_masked_until_it_is_needed_and_asking_is_written_down(
    console: Console, world: World, ticket: str, dong: Browser
) -> None:
    before = page_of(dong, ticket)
    assert not any(text in before for text in (NAME, NUMBER, "5521@", "zhang.ming@"))
    assert "张*明" in before
    assert said(press(dong, "ticket-who", ticket)) == "who"
    assert console.acts()[-1] == (DONG, "ticket_who_shown", ticket, "")
    shown = page_of(dong, ticket)
    assert NAME in shown
    assert NUMBER in shown
    assert NAME not in page_of(console.signed_in(YU), ticket), "for whoever asked alone"
    world.move(seconds=60)
    assert NAME not in page_of(dong, ticket), "over again"


def test_an_assistant_sees_matter_and_state_and_nothing_of_the_person(
    console: Console, ticket: str, dong: Browser
) -> None:
    press(dong, "ticket-answer", ticket, text="Something private.", state="")
    console.give_role(DONG, Role.ASSISTANT)
    page = page_of(dong, ticket)
    assert "Being worked on" in page
    assert not any(text in page for text in (CANARY, "Something private", "张*", "2023•"))
    assert "<textarea" not in page
    assert "ticket-who" not in page


def test_a_complaint_is_unknown_to_whoever_it_did_not_go_to(
    console: Console, world: World, kiosk: HubKiosk, dong: Browser
) -> None:
    report = kiosk.report(service="complaint", symptom="manner", subject="network", claim=card(ZHANG))
    complaint = send(world, kiosk, report).reference
    owner = kept(world, complaint).assignee
    assert owner
    for someone in (DONG, YU):
        browser = dong if someone == DONG else console.signed_in(YU)
        nowhere, there = (browser.get(f"/console/queue?ticket={one}") for one in ("A12-0473-K", complaint))
        blank = re.compile(r'lang=\w+|ticket=[^"]*')
        assert blank.sub("", there.text) == blank.sub("", nowhere.text), "as one there is none"
        assert complaint not in listed(browser, "open")
        refused = browser.post("/console/ticket-note", hidden(there.text, "form"), ticket=complaint, note="x")
        assert said(refused) == "unknown"
    assert complaint in listed(console.signed_in(owner), "mine")


def test_the_lists_hold_what_they_say(world: World, kiosk: HubKiosk, dong: Browser) -> None:
    with world.store.write() as db:
        for row in db.scalars(select(Ticket)):
            row.state = TicketState.CLOSED
    here = [send(world, kiosk, kiosk.report(building="library")).reference for _ in range(2)]
    there = send(world, kiosk, kiosk.report(building="gym")).reference
    take(dong, here[0])
    assert listed(dong, "mine") == [here[0]]
    assert set(listed(dong, "unassigned")) == {here[1], there}
    assert listed(dong, "building") == [], "no building was chosen yet"
    assert said(dong.post("/console/my-building", building="library")) == "building"
    assert set(listed(dong, "building")) == set(here)
    assert set(listed(dong, "open")) == {*here, there}
    assert listed(dong, "due") == []
    with world.store.write() as db:
        late = db.get_one(Ticket, there)
        late.due_at = world.now - timedelta(minutes=1)
    assert listed(dong, "due") == [there]
    assert "overdue since" in dong.get("/console/queue?list=due").text
    assert listed(dong, "unassigned")[0] == there, "the most pressing first"
    press(dong, "ticket-answer", there, text="Done.", state="solve")
    assert listed(dong, "due") == [], "nothing runs any more"


def test_a_list_is_turned_page_by_page_without_losing_or_repeating_one(
    world: World, kiosk: HubKiosk, dong: Browser
) -> None:
    sent = {send(world, kiosk, kiosk.report()).reference for _ in range(60)}
    with world.store.write() as db:
        for number, reference in enumerate(sorted(sent)):
            if number % 3:  # many share one moment
                db.get_one(Ticket, reference).due_at = world.now + timedelta(hours=number % 2)
    seen: list[str] = []
    path = "/console/queue?list=unassigned"
    while path:
        text = dong.get(path).text
        seen += re.findall(r'<b><a href="/console/queue\?ticket=([A-Z0-9-]+)"', text)
        more = re.search(r'href="(/console/queue\?list=unassigned&amp;after=[^"]+)">Further', text)
        path = more[1].replace("&amp;", "&") if more else ""
        assert len(seen) < 200, "turned round and round"
    assert len(seen) == len(set(seen))
    assert sent <= set(seen)
    assert dong.get("/console/queue?list=unassigned&after=nonsense~x").status_code == 200


def test_a_ticket_is_handed_to_a_colleague_and_to_nobody_else(
    console: Console, world: World, ticket: str, dong: Browser
) -> None:
    assert press(dong, "ticket-give", ticket, to="zhang-ming").status_code == 422
    assert said(press(dong, "ticket-give", ticket, to=YU)) == "given"
    assert kept(world, ticket).assignee == YU
    assert f"Given to</b> <span>{console.person(DONG).latin_name}" in page_of(dong, ticket)
    assert said(press(dong, "ticket-give", ticket, to="")) == "given"
    assert kept(world, ticket).assignee is None


def test_what_the_campus_helpdesk_has_is_read_here_and_answered_there(world: World, ticket: str, dong: Browser) -> None:
    stale = page_of(dong, ticket)
    with world.store.write() as db:
        settle_in(db, "rt", world.now)
        db.add(HelpdeskTicket(reference=ticket, key="RT-4711", status="new", priority="", stamp="", last_remark=0))
    page = page_of(dong, ticket)
    assert "RT-4711" in page
    assert CANARY in page
    assert "<textarea" not in page
    before = history(world, ticket)
    refused = press(dong, "ticket-answer", ticket, stale, text="x", state="solve")
    assert refused.status_code == 422
    assert "has this ticket" in refused.text
    assert take(dong, ticket, stale).status_code == 422
    assert history(world, ticket) == before


def test_articles_that_may_help_are_offered_and_begin_an_answer(world: World, kiosk: HubKiosk, dong: Browser) -> None:
    with world.store.write() as db:
        knowledge.take(db, FEW, world.now)
    reference = send(world, kiosk, kiosk.report(service="network", note="校园网连上了打不开网页")).reference
    offered = re.findall(rf"ticket={reference}&amp;article=([a-z0-9-]+)#text", page_of(dong, reference))
    assert offered
    page = dong.get(f"/console/queue?ticket={reference}&article={offered[0]}").text
    assert f"/a/{offered[0]}" in page.partition('id="text"')[2].partition("</textarea>")[0]


def test_steps_of_every_kind_have_words(world: World, ticket: str, dong: Browser) -> None:
    with world.store.write() as db:
        row = db.get_one(Ticket, ticket)
        for what in ("priority:P1", "read_article:vpn-set-up", "photo_added", "escalated", "some_day_new"):
            note_step(db, row, world.now, what)
    page = page_of(dong, ticket)
    for text in ("Priority: P1", "vpn-set-up", "A picture was added", "the lead was told", "some_day_new"):
        assert text in page


def test_forms_of_a_page_that_was_made_for_another_session_do_nothing(
    console: Console, world: World, ticket: str, dong: Browser
) -> None:
    stranger = hidden(page_of(console.signed_in(YU), ticket), "form")
    answer = dong.post("/console/ticket-note", stranger, ticket=ticket, note="x")
    assert answer.headers["location"] == "/console/queue?said=form_over"
    assert "noted" not in [what for what, _, _ in history(world, ticket)]


def test_nothing_hostile_in_a_number_a_cursor_or_an_id_breaks_a_page(dong: Browser, ticket: str) -> None:
    for text in ("\x00", "'; DROP TABLE tickets;--", "9" * 5000, "\ud7ff", "<script>"):
        for path in ("queue?ticket=", "queue?list=open&after=", "queue?list=building&building=", "announce?notice=",
                     "announce?service=", "approvals?after="):  # fmt: skip
            assert dong.get(f"/console/{path}{quote(text)}").status_code == 200
    token = hidden(page_of(dong, ticket), "form")
    for act in ("ticket-give", "ticket-tie", "notice-withdraw", "my-building", "event-gather", "request-decide"):
        hostile = dict.fromkeys(("to", "other", "kind", "notice", "building", "service", "decision"), "\x00<x>")
        assert dong.post(f"/console/{act}", token, ticket=ticket, **hostile).status_code in (303, 422)
