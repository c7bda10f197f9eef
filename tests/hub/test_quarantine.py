"""What a revoked kiosk still had waits for staff: no effect before they decide, one after."""

from collections.abc import Iterator
from html import unescape
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import func, select

from kiosk.domain.language import Language
from kiosk.hub.services import quarantine
from kiosk.hub.services.enrolment import enrol, make_code, revoke
from kiosk.hub.services.operations import Answer
from kiosk.hub.services.refusal import No
from kiosk.hub.store.quarantine_tables import LateOperation
from kiosk.hub.store.tables import Incident, Kiosk, Operation, Ticket
from kiosk.wire.cards_told import LossReport
from kiosk.wire.enrolment import Enrol, Enrolled
from kiosk.wire.envelope import Envelope
from kiosk.wire.tickets import TicketAnswer
from kiosk.words import Speaker
from tests.hub.conftest import HubKiosk, World, fresh_database, world_at
from tests.hub.console_world import DONG, Console, token_in
from tests.hub.test_card_losses import RIGHT, WRONG, ZHANG, sealed_pin, state

EN = Speaker(Language.EN)


@pytest.fixture
def world(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    with world_at(fresh_database(request, "sqlite", tmp_path), tmp_path) as world:
        yield world


@pytest.fixture
def console(world: World) -> Console:
    return Console.of(world)


def revoked(world: World, kiosk: HubKiosk) -> None:
    with world.store.write() as db:
        assert revoke(db, kiosk.id, world.now)


def again(world: World, kiosk: HubKiosk) -> HubKiosk:
    """The same machine, enrolled anew: its key, another name."""
    new = HubKiosk("https://unused.invalid", None)
    new.clock, new.key = world, kiosk.key
    with world.store.write() as db:
        code = make_code(db, world.book, "lib-1f", world.now)
        assert isinstance(code, str)
        public = kiosk.key.public_key().public_bytes_raw()
        enrolled = enrol(db, world.book, world.keys.public, Enrol(code, public), world.now)
    assert isinstance(enrolled, Enrolled)
    new.id, new.hub_key, new.block = enrolled.kiosk, enrolled.hub_keys[0], enrolled.block
    return new


def count(world: World, of: type) -> int:
    with world.store.read() as db:
        return db.scalar(select(func.count()).select_from(of)) or 0


def code(outcome: Answer | No) -> str:
    return outcome.code if isinstance(outcome, No) else str(outcome.status)


def late(world: World, *notes: str) -> tuple[HubKiosk, HubKiosk, list[Envelope]]:
    """A kiosk that was revoked, the machine under its new name, and what it still had."""
    old = world.new_kiosk()
    queue = [old.envelope(old.report(note=note)) for note in notes]
    revoked(world, old)
    new = again(world, old)
    for envelope in queue:
        assert code(world.take(new, envelope)) == "quarantined"
    return old, new, queue


def test_what_a_revoked_kiosk_had_is_kept_sealed_and_has_no_effect(world: World) -> None:
    old, new, queue = late(world, "CANARY-1", "CANARY-2")
    assert code(world.take(new, queue[0])) == "quarantined", "however often it comes"
    assert (count(world, Ticket), count(world, Operation), count(world, LateOperation)) == (0, 0, 2)
    with world.store.read() as db:
        (found,) = quarantine.queues(db)
        rows = db.scalars(select(LateOperation)).all()
    assert (found.kiosk, found.brought_by, found.count, found.after) == (old.id, new.id, 2, 0)
    assert [one.reference for one in found.shown] == [one.context.aggregate for one in queue]
    assert not any(b"CANARY" in row.envelope for row in rows)


def test_the_same_machine_under_its_name_before_is_not_late(world: World) -> None:
    """Enrolled anew without having been revoked: nobody doubted it."""
    old = world.new_kiosk()
    envelope = old.envelope(old.report())
    answer = world.take(again(world, old), envelope)
    assert isinstance(answer, Answer)
    assert msgspec.json.decode(answer.body, type=TicketAnswer).reference == envelope.context.aggregate


def test_another_machine_cannot_send_for_one_that_was_not_revoked(world: World) -> None:
    kiosk, other = world.new_kiosk(), world.new_kiosk("teach2-1f")
    assert code(world.take(other, kiosk.envelope(kiosk.report()))) == "signature"


@pytest.mark.parametrize("changed", ["made", "expires", "aggregate", "kind"])
def test_what_was_altered_is_not_kept(world: World, changed: str) -> None:
    old, new = (kiosk := world.new_kiosk()), world.new_kiosk("teach2-1f")
    envelope = kiosk.envelope(kiosk.report())
    revoked(world, old)
    context = msgspec.structs.replace(envelope.context, **{changed: "2026-11-17T02:00:00+00:00"})
    assert code(world.take(new, msgspec.structs.replace(envelope, context=context))) == "signature"
    assert count(world, LateOperation) == 0


def test_nobody_speaks_for_kiosks_that_are_no_machines(world: World) -> None:
    """Their public half is of a small order: signatures of it can be made up."""
    new = world.new_kiosk()
    with world.store.write() as db:
        db.add(Kiosk(id="phones", place="", code="", public=bytes(32), enrolled_at=world.now, revoked_at=world.now))
    made_up = new.envelope(new.report(), kiosk="phones")
    for _ in range(64):
        made_up = msgspec.structs.replace(made_up, signature=bytes(64))
        assert code(world.take(new, made_up)) == "signature"
        made_up = new.envelope(new.report(reference=made_up.context.aggregate), kiosk="phones")
    assert count(world, LateOperation) == 0


def test_what_the_hub_had_before_the_kiosk_was_revoked_keeps_its_answer(world: World) -> None:
    old = world.new_kiosk()
    envelope = old.envelope(old.report())
    first = world.take(old, envelope)
    revoked(world, old)
    assert world.take(again(world, old), envelope) == first
    assert (count(world, Ticket), count(world, LateOperation)) == (1, 0)


def test_of_one_kiosk_no_more_are_kept_than_a_kiosk_can_have(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quarantine, "MOST_KEPT", 2)
    old, new, _ = late(world, "1", "2")
    outcome = world.take(new, old.envelope(old.report()))
    assert isinstance(outcome, No)
    assert (outcome.status, outcome.retry_after) == (429, quarantine.RETRY_AFTER)


def test_staff_take_it_and_it_has_its_effect_once_also_a_month_later(console: Console) -> None:
    world = console.world
    old, new, queue = late(world, "CANARY-1", "CANARY-2")
    world.move(days=40)
    browser = console.signed_in()
    page = browser.get("/console/late")
    text = unescape(page.text)
    for words in (old.id, new.id, queue[0].context.aggregate, EN("late.take", count=2)):
        assert words in text
    assert "CANARY" not in text
    token = token_in(page)
    assert browser.post("/console/late-take", token, kiosk=old.id).headers["location"].endswith("no_reason")
    assert (
        browser.post("/console/late-take", token, kiosk=old.id, why="too_late")
        .headers["location"]
        .endswith("no_reason")
    )
    assert count(world, Ticket) == 0
    answer = browser.post("/console/late-take", token, kiosk=old.id, why="by_mistake")
    assert answer.headers["location"] == "/console/late?said=taken"
    assert EN("late.said_taken") in browser.get(answer.headers["location"]).text
    browser.post("/console/late-take", token, kiosk=old.id, why="by_mistake")
    with world.store.read() as db:
        tickets = db.scalars(select(Ticket).order_by(Ticket.reference)).all()
    assert [(one.note, one.kiosk) for one in tickets] == [("CANARY-1", old.id), ("CANARY-2", old.id)]
    sent_again = world.take(new, queue[0])
    assert isinstance(sent_again, Answer)
    assert sent_again.status == 200, "the kiosk's dead letter settles when it is sent again"
    assert [act for act in console.acts() if act[1] == "late_taken"] == [
        (DONG, "late_taken", one.context.op, "by_mistake") for one in queue
    ]


def test_what_staff_drop_never_has_an_effect_and_its_content_goes(console: Console) -> None:
    world = console.world
    old, new, queue = late(world, "CANARY-1")
    browser = console.signed_in()
    token = token_in(browser.get("/console/late"))
    answer = browser.post("/console/late-drop", token, kiosk=old.id, why="looks_made_up")
    assert answer.headers["location"] == "/console/late?said=dropped"
    assert code(world.take(new, queue[0])) == "dropped"
    browser.post("/console/late-take", token, kiosk=old.id, why="by_mistake")
    assert count(world, Ticket) == 0
    with world.store.read() as db:
        (row,) = db.scalars(select(LateOperation))
    assert (row.envelope, row.state) == (b"", "dropped")
    assert EN("late.none") in browser.get("/console/late").text


def test_a_lost_card_in_it_is_blocked_only_with_the_right_pin(console: Console) -> None:
    world = console.world
    old = world.new_kiosk()
    envelopes = []
    for pin in (WRONG, RIGHT):
        report = LossReport(old.next_reference(), "zh", ZHANG, "", sealed_pin(old, ZHANG, pin), old.now())
        envelopes.append(old.seal(msgspec.json.encode(report), report.reference, kind="card_loss"))
    revoked(world, old)
    new = again(world, old)
    browser = console.signed_in()
    token = token_in(browser.get("/console/connections"))
    for envelope, wanted in zip(envelopes, ("active", "lost"), strict=True):
        assert code(world.take(new, envelope)) == "quarantined"
        assert state(world) == "active"
        browser.post("/console/late-take", token, kiosk=old.id, why="kiosk_found")
        assert state(world) == wanted


def test_what_says_of_itself_that_it_was_made_afterwards_is_pointed_out(console: Console) -> None:
    world = console.world
    old = world.new_kiosk()
    revoked(world, old)
    world.move(hours=1)
    new = again(world, old)
    world.take(new, old.envelope(old.report()))
    text = unescape(console.signed_in().get("/console/late").text)
    assert EN("late.after", count=1) in text


def test_a_long_queue_is_decided_in_parts_and_says_so(console: Console, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kiosk.hub.console.late.MOST_AT_ONCE", 2)
    world = console.world
    old, _, _ = late(world, "1", "2", "3")
    browser = console.signed_in()
    token = token_in(browser.get("/console/late"))
    said = [
        browser.post("/console/late-take", token, kiosk=old.id, why="by_mistake").headers["location"].split("=")[1]
        for _ in range(2)
    ]
    assert said == ["taken_in_part", "taken"]
    assert count(world, Ticket) == 3


def test_nothing_of_it_is_an_irregular_request(world: World) -> None:
    late(world, "1")
    assert count(world, Incident) == 0
