"""The console's first pages: connections looked at off the request, messages that wait or died, acts written down."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from markupsafe import escape
from sqlalchemy import select

from kiosk.domain.language import Language
from kiosk.domain.roles import Role
from kiosk.hub.check_lines import CheckLine
from kiosk.hub.checked import Level
from kiosk.hub.console import live
from kiosk.hub.console.connections import Connections
from kiosk.hub.console.door import Visit
from kiosk.hub.console.letters import why_not
from kiosk.hub.ports import GROUP, Channel, Handed, Posted
from kiosk.hub.services import rounds
from kiosk.hub.services.letters import counts, letters
from kiosk.hub.services.outgoing import LEASE, USEFUL
from kiosk.hub.services.sealed import note_incident
from kiosk.hub.services.staff_sessions import present
from kiosk.hub.store.outgoing_tables import OutgoingMessage
from kiosk.hub.store.staff_tables import StaffAct
from kiosk.hub.store.tables import Kiosk, Person
from kiosk.words import Speaker
from tests.hostile import SHORT
from tests.hub.conftest import World, fresh_database, world_at
from tests.hub.console_world import DONG, Console, token_in
from tests.hub.test_outgoing import Scripted, carried, code, person, rows, tell
from tests.patience import PATIENCE

EN = Speaker(Language.EN)
GOOD = CheckLine(Level.GOOD, "connections.directory", "connections.builtin_directory")
BAD = CheckLine(Level.BAD, "hub_check.email", "hub_check.unreachable", {"detail": "refused"}, "hub.toml:7: mail")
REFUSED = Handed(Posted.REJECTED, "550")


class Slow:
    """A look that says its first line, then waits until it is let go."""

    def __init__(self, *lines: CheckLine) -> None:
        self.lines, self.go, self.threads = lines, threading.Event(), set[str]()

    def __call__(self) -> Iterator[CheckLine]:
        self.threads.add(threading.current_thread().name)
        for line in self.lines:
            yield line
            assert self.go.wait(PATIENCE)


@pytest.fixture
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """On one database: what the pages ask of it is plain reading."""
    with world_at(fresh_database(request, "sqlite", tmp_path), tmp_path) as world:
        yield world


@pytest.fixture
def console(world: World) -> Console:
    return Console.of(world)


def ended(console: Console) -> rounds.Round:
    """The look when it is over."""
    for thread in threading.enumerate():
        if thread.name == "connections":
            thread.join(PATIENCE)
    with console.world.store.read() as db:
        found = rounds.last(db, console.world.now)
    assert found is not None
    assert found.ended_at is not None
    return found


# -- connections ---------------------------------------------------------------------------------------------------


def test_connections_are_looked_at_off_the_request_once_at_a_time(world: World) -> None:
    look = Slow(GOOD, BAD)
    console = Console.of(world, look)
    browser = console.signed_in()
    assert EN("connections.never") in browser.get("/console/connections").text
    assert browser.post("/console/look").headers["location"].endswith("?said=begun")
    page = browser.get("/console/connections")
    assert EN("connections.running", time="2026-11-16 10:00") in page.text
    assert browser.post("/console/look").headers["location"].endswith("?said=under_way")
    look.go.set()
    assert ended(console).lines == (GOOD, BAD)
    text = browser.get("/console/connections").text
    for words in (GOOD.said(EN), BAD.said(EN), "hub.toml:7: mail", EN("hub_check.email")):
        assert words in text
    assert EN("connections.some_bad", count=1, time="2026-11-16 10:00") in text
    assert look.threads == {"connections"}
    assert [act[1] for act in console.acts()] == ["sign_in", "connections_looked_at"]


def test_a_look_that_takes_too_long_is_stopped_and_says_so(world: World) -> None:
    look = Slow(GOOD, BAD)
    look.go.set()
    console = Console.of(world, look)
    connections = Connections(console.parts, within=0.0)
    assert connections.look(visit(console), {}) == "begun"
    assert [line.words for line in ended(console).lines] == [GOOD.words, "connections.too_long"]


def test_a_look_that_breaks_says_so(world: World) -> None:
    def broken() -> Iterator[CheckLine]:
        yield GOOD
        raise RuntimeError

    console = Console.of(world, broken)
    assert Connections(console.parts).look(visit(console), {}) == "begun"
    assert [line.words for line in ended(console).lines] == [GOOD.words, "connections.broken"]


def test_a_look_whose_hub_was_ended_can_be_begun_again(console: Console) -> None:
    world = console.world
    with world.store.write() as db:
        old = rounds.begin(db, world.now)
        assert old is not None
        assert rounds.begin(db, world.now) is None
    world.now += rounds.ABANDONED
    with world.store.write() as db:
        found = rounds.last(db, world.now)
        assert found is not None
        assert found.course is rounds.Course.BROKEN_OFF
        new = rounds.begin(db, world.now)
        rounds.add(db, old, BAD)
        rounds.finish(db, old, world.now)
        found = rounds.last(db, world.now)
    assert new is not None
    assert found is not None
    assert found.lines == (), "a late thread of the old one adds nothing"
    assert found.course is rounds.Course.RUNNING


def visit(console: Console) -> Visit:
    browser = console.signed_in()
    who = present(console.desk, browser.cookie)
    assert who is not None
    return Visit(who, EN, console.world.now, ZoneInfo("Asia/Shanghai"))


# -- messages ------------------------------------------------------------------------------------------------------


def refused_letter(world: World, to: str = "zhang-ming") -> OutgoingMessage:
    tell(world, person(world, to))
    carried(world, Scripted(REFUSED, Handed(Posted.SENT)))
    (row,) = [row for row in rows(world) if row.state == "rejected"]
    return row


def test_a_refused_message_is_explained_and_sent_again_with_a_reason(console: Console) -> None:
    world, browser = console.world, console.signed_in()
    row = refused_letter(world)
    page = browser.get("/console/letters")
    for words in ("Not sent (1)", "Waiting (0)", EN("letters.kind_pin_set"), "138••••5521", "550"):
        assert words in page.text
    assert "13800135521" not in page.text
    assert row.text not in page.text
    token = token_in(page)
    assert browser.post("/console/resend", token, op=row.op).headers["location"].endswith("no_reason")
    assert carried(world, Scripted()) == []
    answer = browser.post("/console/resend", token, op=row.op, why="gateway_repaired")
    assert answer.headers["location"] == "/console/letters?said=resent"
    assert EN("letters.said_resent") in browser.get(answer.headers["location"]).text
    (letter,) = carried(world, Scripted())
    assert (letter.op, letter.text) == (row.op, row.text)
    assert console.acts()[-1] == (DONG, "letter_resent", row.op, "gateway_repaired")
    again = browser.post("/console/resend", token, op=row.op, why="gateway_repaired")
    assert again.headers["location"].endswith("not_resent")
    assert console.acts()[-1] == (DONG, "letter_resent", row.op, "gateway_repaired"), "what was not done is not told"


def test_a_code_is_never_shown_never_kept_and_never_sent_again(console: Console) -> None:
    world, browser = console.world, console.signed_in()
    code(world, person(world))
    waiting = browser.get("/console/letters")
    carried(world, Scripted(REFUSED))
    dead = browser.get("/console/letters")
    assert "394751" not in waiting.text + dead.text
    assert EN("letters.no_resend_code") in dead.text
    (row,) = rows(world)
    token = token_in(dead)
    assert (
        browser.post("/console/resend", token, op=row.op, why="person_asked").headers["location"].endswith("not_resent")
    )
    assert (row.text, row.made_of) == ("", "{}")


def test_what_a_refused_message_says_is_gone_once_it_is_of_no_use(console: Console) -> None:
    world = console.world
    row = refused_letter(world)
    assert row.text
    world.now += USEFUL
    assert carried(world, Scripted()) == []
    assert {(row.subject, row.text, row.made_of) for row in rows(world)} <= {("", "", "{}")}


def test_a_message_that_may_be_at_its_gateway_now_is_left_alone(console: Console) -> None:
    world, browser = console.world, console.signed_in()
    tell(world, person(world, "li-na"))
    later = Scripted(*[Handed(Posted.WAITING, "451")] * 40)
    while max(row.next_try_at for row in rows(world)) - world.now <= LEASE:
        world.now = min(row.next_try_at for row in rows(world))
        carried(world, later)
    with world.store.read() as db:
        seen = letters(db, world.now, dead=False)
    assert [letter.may_resend for letter in seen] == [letter.next_try_at > world.now + LEASE for letter in seen]
    assert {letter.may_resend for letter in seen} == {letter.next_try_at > world.now + LEASE for letter in seen}
    patient = next(letter for letter in seen if letter.may_resend)
    assert browser.post("/console/resend", op=patient.op, why="person_asked").headers["location"].endswith("=resent")
    with world.store.read() as db:
        assert db.get_one(OutgoingMessage, patient.op).next_try_at == world.now
    assert browser.post("/console/resend", op=patient.op, why="person_asked").headers["location"].endswith("not_resent")


def test_messages_to_nobody_are_nothing_to_look_at(console: Console) -> None:
    world = console.world
    code(world, None)
    carried(world, Scripted())
    with world.store.read() as db:
        assert (counts(db).waiting, counts(db).dead) == (0, 0)
        assert letters(db, world.now, dead=True) == letters(db, world.now, dead=False) == []


def test_every_answer_of_a_gateway_has_an_explanation(console: Console) -> None:
    world = console.world
    row = refused_letter(world)
    with world.store.read() as db:
        (seen,) = letters(db, world.now, dead=True)
    found = {
        (state, channel, answer): why_not(replace(seen, state=state, channel=channel, answer=answer))
        for state in (Posted.WAITING, Posted.REJECTED, Posted.TOO_LATE)
        for channel in (*Channel, GROUP)
        for answer in ("", "no address", "success not said", "ConnectTimeout", "451", "550", "六", "robot_off:93017")
    }
    assert len(set(found.values())) == 9
    for language in Language:
        assert all(Speaker(language)(f"letters.{key}") for key in found.values())
    assert row.last_answer == "550"


def test_refused_operations_and_irregular_requests_are_told_in_words(console: Console) -> None:
    world, browser, kiosk = console.world, console.signed_in(), console.world.new_kiosk()
    envelope = kiosk.envelope(kiosk.report(), kind="teleport")
    world.take(kiosk, envelope)
    with world.store.write() as db:
        note_incident(db, db.get_one(Kiosk, kiosk.id), envelope.context.op, "guessing", world.now)
    text = unescape(browser.get("/console/letters").text)
    for words in (kiosk.id, envelope.context.op, EN("letters.code_unknown_kind"), EN("letters.code_guessing")):
        assert words in text
    world.move(days=31)
    browser = console.signed_in()
    assert kiosk.id not in browser.get("/console/letters").text


# -- acts, live ----------------------------------------------------------------------------------------------------


def test_acts_hold_ids_only_and_are_kept_long_enough(console: Console) -> None:
    world = console.world
    console.signed_in()
    world.move(days=181)
    browser = console.signed_in()
    console.give_role(DONG, Role.ADMIN)
    text = browser.get("/console/acts").text
    assert "2026-11-16 10:00" in text, "half a year later"
    assert EN("acts.what_sign_in") in text
    with world.store.read() as db:
        people = {row.id for row in db.scalars(select(Person))}
        for act in db.scalars(select(StaffAct)):
            assert act.by in people
            assert act.about in {*people, ""}
    world.move(days=185)
    console.signed_in()
    assert len(console.acts()) == 2


def test_counters_follow_and_end_with_the_session(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "BEATS", 1)
    console = Console.of(world)
    browser = console.signed_in()
    tell(world, person(world))
    answer = browser.client.get("/console/live")
    assert answer.headers["content-type"].startswith("text/event-stream")
    assert answer.text == 'data: {"waiting":2,"dead":0,"round":""}\n\n'
    console.give_role(DONG, Role.STUDENT)
    assert browser.client.get("/console/live").status_code == 401


def test_hostile_words_stay_words_in_every_field(console: Console) -> None:
    """Typed into every field of every form, and standing in every text the pages show."""
    world, row = console.world, refused_letter(console.world)
    browser = console.signed_in()
    strings = {name: text for name, text in SHORT.items() if name != "half a character"}
    for name, text in strings.items():
        stored = text.replace("\0", "")  # PostgreSQL takes none, and no file of people has one
        stranger = console.browser()
        for path in ("/console/sign-in", "/console/first"):
            answer = stranger.sign_in(text, text, text, path)
            assert answer.status_code in (401, 429), name
            assert_inert(answer.text)
        with world.store.write() as db:
            who, letter = db.get_one(Person, DONG), db.get_one(OutgoingMessage, row.op)
            who.name = who.latin_name = stored
            who.role = Role.ADMIN
            letter.last_answer, letter.address = stored, stored or "x"
            world.now += rounds.ABANDONED
            version = rounds.begin(db, world.now)
            assert version is not None
            line = CheckLine(Level.BAD, "hub_check.email", "hub_check.sender", {"detail": stored}, stored)
            rounds.add(db, version, line)
        for field in ("op", "why", "form"):
            fields = {"op": row.op, "why": "person_asked", "form": "x", field: text}
            assert browser.post("/console/resend", fields.pop("form"), **fields).status_code == 303, name
        for page in ("connections", "letters", "acts", "letters?said=<b>"):
            answer = browser.get(f"/console/{page}")
            assert answer.status_code == 200, name
            assert_inert(answer.text)
            if stored.isascii() and stored.isprintable() and page == "letters":
                assert escape(stored) in answer.text, name


def assert_inert(page: str) -> None:
    """No element and no handler but those of the templates."""
    Elements().feed(page)


TAGS = (
    "html head meta title link script body a header p span div form input button nav ul ol li b main h1 h2 h3 label "
    "select option dl dt dd code section time br"
)


class Elements(HTMLParser):
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS.split(), tag
        names = {key for key, _ in attrs}
        assert not any(key.startswith("on") or key == "style" for key in names), names
        if tag == "script":
            assert dict(attrs) == {"src": "/console/files/console.js", "defer": None}
