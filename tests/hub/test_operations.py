"""An operation takes effect once, whatever is sent how often by whom."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import msgspec
import pytest
from sqlalchemy import func, select

from kiosk.hub.services.numbers import BLOCK_SIZE, give_block
from kiosk.hub.services.operations import Answer
from kiosk.hub.services.refusal import No
from kiosk.hub.store.tables import HistoryLine, Incident, Kiosk, Operation, Ticket
from kiosk.wire.enrolment import Block
from kiosk.wire.envelope import HubKey
from kiosk.wire.routes import MAX_CONTACT, MAX_NOTE, MAX_PLACE_DETAIL
from kiosk.wire.tickets import ContactTyped, TicketAnswer
from tests.hub.conftest import World
from tests.real.plain_kiosk import card, new_op

AT_ONCE = 20


def test_twenty_at_once_with_one_id_make_one_ticket_and_get_one_answer(world: World) -> None:
    kiosk = world.new_kiosk()
    envelope = kiosk.envelope(kiosk.report())
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(lambda _: world.take(kiosk, envelope), range(AT_ONCE)))
    assert len({(answer.status, answer.body) for answer in answers if isinstance(answer, Answer)}) == 1
    assert all(isinstance(answer, Answer) for answer in answers)
    assert count(world, Ticket) == 1
    assert count(world, Operation) == 1


def test_the_same_id_with_other_content_is_refused_and_kept_for_the_admins(world: World) -> None:
    kiosk = world.new_kiosk()
    op = new_op()
    first = kiosk.report()
    assert ok(world.take(kiosk, kiosk.envelope(first, op)))
    changed = msgspec.structs.replace(first, note="other")
    assert refused(world.take(kiosk, kiosk.envelope(changed, op))) == (409, "other_content")
    assert count(world, Ticket) == 1
    assert incidents(world) == [(kiosk.id, op, "other_content")]


def test_the_same_content_sealed_again_gets_the_stored_answer(world: World) -> None:
    kiosk = world.new_kiosk()
    op, report = new_op(), kiosk.report()
    first = world.take(kiosk, kiosk.envelope(report, op))
    world.move(hours=5)
    assert world.take(kiosk, kiosk.envelope(report, op)) == first


def test_another_kiosk_cannot_ask_for_the_answer_of_an_operation(world: World) -> None:
    kiosk, other = world.new_kiosk(), world.new_kiosk("teach2-1f")
    op, report = new_op(), kiosk.report()
    assert ok(world.take(kiosk, kiosk.envelope(report, op)))
    assert refused(world.take(other, other.envelope(report, op))) == (409, "other_content")


def test_a_refusal_is_an_answer_and_stays_the_same(world: World) -> None:
    kiosk = world.new_kiosk()
    envelope = kiosk.envelope(kiosk.report(), expires=(world.now + timedelta(seconds=1)).isoformat())
    world.move(seconds=1)
    first = world.take(kiosk, envelope)
    assert refused(first) == (422, "expired")
    world.move(hours=-1)
    assert world.take(kiosk, envelope) == first
    assert count(world, Ticket) == 0


def test_what_another_key_signed_is_refused_and_kept_for_the_admins(world: World) -> None:
    kiosk, other = world.new_kiosk(), world.new_kiosk("teach2-1f")
    report = kiosk.report()
    forged = other.envelope(report, kiosk=kiosk.id)
    assert refused(world.take(kiosk, forged)) == (422, "signature")
    assert refused(world.take(other, kiosk.envelope(report))) == (422, "signature")
    assert [code for _, _, code in incidents(world)] == ["signature", "signature"]
    assert count(world, Operation) == 0


@pytest.mark.parametrize("changed", ["made", "expires", "aggregate", "op", "kind", "key"])
def test_a_context_changed_after_signing_is_refused(world: World, changed: str) -> None:
    kiosk = world.new_kiosk()
    envelope = kiosk.envelope(kiosk.report())
    context = msgspec.structs.replace(envelope.context, **{changed: new_op()})
    assert refused(world.take(kiosk, msgspec.structs.replace(envelope, context=context))) == (422, "signature")


def test_what_this_hub_cannot_open_is_refused(world: World) -> None:
    kiosk = world.new_kiosk()
    assert refused(world.take(kiosk, kiosk.envelope(kiosk.report(), key="another"))) == (422, "key")
    assert refused(world.take(kiosk, kiosk.envelope(kiosk.report(), suite=9))) == (422, "suite")
    stranger = HubKey(kiosk.hub_key.id, bytes([9]) + bytes(31))
    kiosk.hub_key = stranger
    assert refused(world.take(kiosk, kiosk.envelope(kiosk.report()))) == (422, "sealed")


def test_a_number_of_another_kiosk_or_beyond_the_block_is_refused(world: World) -> None:
    kiosk, other = world.new_kiosk(), world.new_kiosk()
    assert other.block.first == kiosk.block.last + 1, "re-enrolled: same code, new numbers"
    foreign = kiosk.report(reference=other.next_reference())
    assert refused(world.take(kiosk, kiosk.envelope(foreign))) == (422, "unknown_reference")
    kiosk.used = BLOCK_SIZE
    assert refused(world.take(kiosk, kiosk.envelope(kiosk.report()))) == (422, "unknown_reference")


def test_a_number_given_twice_by_an_older_disk_stays_the_first_ones_and_the_second_is_not_lost(world: World) -> None:
    kiosk = world.new_kiosk()
    report = kiosk.report()
    assert ok(world.take(kiosk, kiosk.envelope(report)))
    op = new_op()
    again = kiosk.envelope(msgspec.structs.replace(report, note="二楼也是"), op)
    first = world.take(kiosk, again)
    other = ok(first)
    assert (other.instead_of, other.reference) == (report.reference, "A12-0201-N")
    assert world.take(kiosk, again) == first, "the same number again, not another one"
    assert incidents(world) == [(kiosk.id, op, "reference_taken")]
    with world.store.read() as db:
        assert db.get_one(Ticket, report.reference).note == report.note
        assert db.get_one(Ticket, other.reference).note == "二楼也是"
        steps = {line.what: line.text for line in db.scalars(select(HistoryLine)) if line.reference == other.reference}
    assert steps["number_was"] == report.reference
    with world.store.write() as db:
        block = give_block(db, db.get_one(Kiosk, kiosk.id), new_op())
    assert isinstance(block, Block)
    assert block.first == BLOCK_SIZE + 2, "and no block ever holds it"


def test_twenty_reports_of_an_older_disk_at_once_get_a_number_each(world: World) -> None:
    kiosk = world.new_kiosk()
    report = kiosk.report()
    ok(world.take(kiosk, kiosk.envelope(report)))
    sent = [kiosk.envelope(report, new_op()) for _ in range(AT_ONCE)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = [ok(answer) for answer in pool.map(lambda envelope: world.take(kiosk, envelope), sent)]
    assert {answer.instead_of for answer in answers} == {report.reference}
    assert len({answer.reference for answer in answers} | {report.reference}) == AT_ONCE + 1
    assert count(world, Ticket) == AT_ONCE + 1


TOO_LONG = {
    "note": "x" * (MAX_NOTE + 1),
    "location": "x" * (MAX_PLACE_DETAIL + 1),
    "contact": ContactTyped("x" * (MAX_CONTACT + 1)),
    "service": "x" * 65,
    "claim": card("A" * 65),
}


@pytest.mark.parametrize("field", TOO_LONG)
def test_a_text_longer_than_agreed_is_refused(world: World, field: str) -> None:
    kiosk = world.new_kiosk()
    report = kiosk.report(**{field: TOO_LONG[field]})
    assert refused(world.take(kiosk, kiosk.envelope(report))) == (422, "too_long")


@pytest.mark.parametrize("payload", [b"", b"{}", b"<html>", b"\xff\xfe", b'{"reference":"A12-0001-X"}'])
def test_a_payload_that_is_no_report_is_refused(world: World, payload: bytes) -> None:
    kiosk = world.new_kiosk()
    assert refused(world.take(kiosk, kiosk.seal(payload, kiosk.next_reference()))) == (422, "malformed")


@pytest.mark.parametrize("kind", ["money", "reset", "pin", ""])
def test_a_class_that_is_never_queued_is_not_taken(world: World, kind: str) -> None:
    kiosk = world.new_kiosk()
    assert refused(world.take(kiosk, kiosk.envelope(kiosk.report(), kind=kind))) == (422, "unknown_kind")


def test_the_reference_outside_is_the_one_inside(world: World) -> None:
    kiosk = world.new_kiosk()
    report = kiosk.report()
    envelope = kiosk.envelope(report, aggregate=kiosk.next_reference())
    assert refused(world.take(kiosk, envelope)) == (422, "malformed")


def ok(answer: Answer | No) -> TicketAnswer:
    assert isinstance(answer, Answer), answer
    assert answer.status == 200, answer.body
    return msgspec.json.decode(answer.body, type=TicketAnswer)


def refused(answer: Answer | No) -> tuple[int, str]:
    if isinstance(answer, No):
        return answer.status, answer.code
    return answer.status, msgspec.json.decode(answer.body)["code"]


def count(world: World, table: type[Ticket] | type[Operation] | type[HistoryLine]) -> int:
    with world.store.read() as db:
        return db.scalar(select(func.count()).select_from(table)) or 0


def incidents(world: World) -> list[tuple[str, str, str]]:
    with world.store.read() as db:
        return [(row.kiosk, row.op, row.code) for row in db.scalars(select(Incident).order_by(Incident.id))]
