"""Refused operations that staff want again: their kiosk hears of it, and each is judged anew, once."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from kiosk.domain.language import Language
from kiosk.domain.presence import Neighbours, Readiness
from kiosk.hub.services import asked_again, quarantine
from kiosk.hub.services.operations import Answer
from kiosk.hub.services.presence import heard
from kiosk.hub.services.quarantine_taking import accept
from kiosk.hub.store.tables import Kiosk, Operation, Ticket
from kiosk.wire.envelope import Envelope
from kiosk.words import Speaker
from tests.hub.conftest import HubKiosk, World, fresh_database, world_at
from tests.hub.console_world import DONG, Console, token_in
from tests.hub.test_quarantine import code, count, late, revoked

EN = Speaker(Language.EN)
TOO_LATE = "2026-11-01T00:00:00+00:00"


@pytest.fixture
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    with world_at(fresh_database(request, "sqlite", tmp_path), tmp_path) as world:
        yield world


@pytest.fixture
def console(world: World) -> Console:
    return Console.of(world)


def hears(world: World, kiosk: HubKiosk) -> tuple[str, ...]:
    with world.store.write() as db:
        answer = heard(db, world.book, db.get_one(Kiosk, kiosk.id), Readiness.READY, world.now)
    assert isinstance(answer, Neighbours)
    return answer.again


def refused(world: World, kiosk: HubKiosk, **changed: str) -> Envelope:
    envelope = kiosk.envelope(kiosk.report(), **(changed or {"expires": TOO_LATE}))
    outcome = world.take(kiosk, envelope)
    assert isinstance(outcome, Answer)
    assert outcome.status == 422
    return envelope


def ask(world: World, envelope: Envelope) -> bool:
    with world.store.write() as db:
        return asked_again.ask(db, envelope.context.op, asked_again.Why.STILL_WANTED, DONG, world.now)


def test_a_report_that_came_too_late_is_taken_once_when_staff_want_it(console: Console) -> None:
    world, browser = console.world, console.signed_in()
    kiosk, other = world.new_kiosk(), world.new_kiosk("teach2-1f")
    envelope = refused(world, kiosk)
    op = envelope.context.op
    page = browser.get("/console/letters")
    assert op in page.text
    token = token_in(page)
    assert browser.post("/console/again", token, op=op).headers["location"].endswith("no_reason")
    assert hears(world, kiosk) == ()
    answer = browser.post("/console/again", token, op=op, why="still_wanted")
    assert answer.headers["location"] == "/console/letters?said=again"
    text = unescape(browser.get(answer.headers["location"]).text)
    for words in (EN("letters.said_again"), EN("letters.wanted_title"), EN("letters.code_asked_again"), op):
        assert words in text
    assert console.acts()[-1] == (DONG, "operation_again", op, "still_wanted")
    for _ in range(2):
        assert (hears(world, kiosk), hears(world, other)) == ((op,), ())
    world.move(days=20)
    first = world.take(kiosk, envelope)
    assert isinstance(first, Answer)
    assert first.status == 200
    assert hears(world, kiosk) == ()
    assert world.take(kiosk, envelope) == first
    assert count(world, Ticket) == 1
    assert EN("letters.wanted_title") not in unescape(console.signed_in().get("/console/letters").text)


def test_what_is_refused_again_is_not_asked_for_any_more(world: World) -> None:
    kiosk = world.new_kiosk()
    envelope = refused(world, kiosk, kind="teleport")
    assert ask(world, envelope)
    assert hears(world, kiosk) == (envelope.context.op,)
    assert code(world.take(kiosk, envelope)) == "422"
    assert hears(world, kiosk) == ()


def test_other_content_under_the_same_id_is_still_another_operation(world: World) -> None:
    kiosk = world.new_kiosk()
    envelope = refused(world, kiosk)
    assert ask(world, envelope)
    assert code(world.take(kiosk, envelope)) == "200"
    assert code(world.take(kiosk, kiosk.envelope(kiosk.report(note="?"), op=envelope.context.op))) == "other_content"


def test_nothing_is_asked_for_that_was_not_refused(console: Console) -> None:
    world, browser = console.world, console.signed_in()
    kiosk, lost = world.new_kiosk(), world.new_kiosk("teach2-1f")
    taken = kiosk.envelope(kiosk.report())
    world.take(kiosk, taken)
    twice, of_lost = refused(world, kiosk), refused(world, lost)
    assert ask(world, twice)
    revoked(world, lost)
    token = token_in(browser.get("/console/letters"))
    for op in (taken.context.op, twice.context.op, of_lost.context.op, "nobody's", "\x00"):
        answer = browser.post("/console/again", token, op=op, why="hub_repaired")
        assert answer.headers["location"].endswith("not_again"), op
    assert [act for act in console.acts() if act[1] == "operation_again" and act[3] == "hub_repaired"] == []
    assert hears(world, kiosk) == (twice.context.op,)


def test_after_thirty_days_nobody_asks_and_what_comes_too_late_is_refused_again(world: World) -> None:
    kiosk = world.new_kiosk()
    envelope = refused(world, kiosk)
    assert ask(world, envelope)
    world.move(days=asked_again.ASKED_FOR.days)
    assert hears(world, kiosk) == ()
    assert code(world.take(kiosk, envelope)) == "422"


def test_what_staff_took_out_of_quarantine_stops_being_a_dead_letter_at_its_kiosk(world: World) -> None:
    _, new, (taken, dropped) = late(world, "1", "2")
    assert hears(world, new) == ()
    outcome = accept(world, world.house, taken.context.op, quarantine.Why.BY_MISTAKE, DONG)
    assert isinstance(outcome, Answer)
    with world.store.write() as db:
        assert quarantine.drop(db, dropped.context.op, quarantine.Why.TOO_LATE, DONG, world.now)
    assert hears(world, new) == (taken.context.op,)
    assert world.take(new, taken) == outcome
    assert hears(world, new) == ()
    assert (count(world, Ticket), count(world, Operation)) == (1, 1)
