"""What a person was told is saved is in the file; what was not saved is never sent."""

from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain.drafts import ContactTyped, TicketDraft
from kiosk.domain.identity import CardClaim
from kiosk.domain.language import Language
from kiosk.domain.operations import OpId
from kiosk.domain.outcomes import NotSaved, NotSavedReason, Refused, Saved, Unreached
from kiosk.domain.people import CardUid, Phone
from kiosk.domain.priority import Impact
from kiosk.domain.references import HIGHEST_COUNTER, NumberBlock
from kiosk.offline import tally
from kiosk.offline.outbox import EXPIRED, KEEP_SETTLED, Outbox
from kiosk.offline.outbox_reading import Verification, listing, verify
from kiosk.offline.schedule import LEASE
from kiosk.services.ports import NumbersLeft
from kiosk.sqlite import dbapi
from kiosk.wire.tickets import CardClaimed
from kiosk.wire.tickets import ContactTyped as WireTyped
from tests.offline.failing_disk import FailingDisk
from tests.offline.kiosks import START, KioskMemory, accepted, draft, saved


@pytest.fixture
def memory(tmp_path: Path) -> KioskMemory:
    return KioskMemory(tmp_path / "kiosk.db")


def states(memory: KioskMemory) -> dict[str, str]:
    rows = listing(memory.file)
    assert isinstance(rows, list), rows
    return {str(row["op_id"]): str(row["state"]) for row in rows}


def test_a_saved_report_is_in_the_file_for_any_other_process(memory: KioskMemory) -> None:
    outbox = memory.start(numbers=10)
    told = saved(outbox)
    assert states(memory) == {told.op_id: "waiting"}
    assert told.reference.startswith("A12-0001-")


def test_the_hub_reads_exactly_what_was_told(memory: KioskMemory) -> None:
    outbox = memory.start(numbers=10)
    told = TicketDraft(
        Language.EN, "network", "no-ip", Impact.MANY, "lib", "3F", "wifi <img src='x'> 没网",
        ContactTyped(Phone("13812345521")), CardClaim(CardUid("04A1B2C3")), "session-1",
    )  # fmt: skip
    outcome = outbox.enqueue(told)
    assert isinstance(outcome, Saved)
    (parcel,) = outbox.take_due(1)
    report = memory.keys.opened(parcel.envelope)
    assert (report.reference, report.language, report.impact) == (outcome.reference, "en", "many")
    assert (report.service, report.symptom, report.building, report.location) == ("network", "no-ip", "lib", "3F")
    assert (report.note, report.session) == ("wifi <img src='x'> 没网", "session-1")
    assert report.contact == WireTyped("13812345521")
    assert report.claim == CardClaimed("04A1B2C3", 0)


def test_the_file_holds_nothing_readable_of_what_was_told(memory: KioskMemory) -> None:
    outbox = memory.start(numbers=10)
    saved(outbox, note="CANARY-7731")
    memory.database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    everything = b"".join(path.read_bytes() for path in memory.file.parent.iterdir())
    assert b"CANARY-7731" not in everything


def test_content_is_gone_from_the_file_once_the_hub_has_it(memory: KioskMemory) -> None:
    outbox = memory.start(numbers=10)
    told = saved(outbox)
    (parcel,) = outbox.take_due(1)
    sealed = bytes(memory.database.execute("SELECT sealed FROM outbox").fetchone()[0])
    outbox.settle(parcel.op_id, accepted(told.reference))
    memory.database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    assert sealed[40:80] not in memory.file.read_bytes()
    assert states(memory) == {told.op_id: "settled"}


def test_references_are_given_in_order_and_never_twice_across_restarts(memory: KioskMemory) -> None:
    outbox = memory.start(numbers=4)
    given = [saved(outbox).reference for _ in range(2)]
    memory.database.close()
    outbox = memory.start(numbers=4)
    given += [saved(outbox).reference for _ in range(2)]
    assert len(set(given)) == 4
    assert outbox.enqueue(draft()) == NotSaved(NotSavedReason.NO_NUMBERS)


def test_numbers_are_asked_for_under_one_id_until_they_come(memory: KioskMemory) -> None:
    outbox = memory.start(numbers=4)
    wanted = outbox.numbers_wanted()
    memory.database.close()
    assert memory.start().numbers_wanted() == wanted


def test_a_kiosk_that_is_not_enrolled_saves_nothing(memory: KioskMemory) -> None:
    memory.start(numbers=4)
    outbox = Outbox(memory.database, None, memory.clock)
    assert outbox.enqueue(draft()) == NotSaved(NotSavedReason.NOT_ENROLLED)


def test_a_full_queue_says_so_and_frees_itself(memory: KioskMemory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tally, "REFUSE_FROM", 3)
    monkeypatch.setattr(tally, "WARN_FROM", 2)
    outbox = memory.start(numbers=10)
    told = [saved(outbox) for _ in range(3)]
    assert outbox.fill().nearly_full
    assert outbox.enqueue(draft()) == NotSaved(NotSavedReason.QUEUE_FULL)
    outbox.settle(OpId(told[0].op_id), accepted(told[0].reference))
    saved(outbox)


def test_a_full_disk_is_not_saved_and_drains_later(memory: KioskMemory) -> None:
    outbox = memory.start(numbers=500)
    pages = memory.database.execute("PRAGMA page_count").fetchone()[0]
    memory.database.execute(f"PRAGMA max_page_count={pages + 4}")
    outcomes = [outbox.enqueue(draft("x" * 150)) for _ in range(80)]
    first_full = next(index for index, outcome in enumerate(outcomes) if isinstance(outcome, NotSaved))
    assert outcomes[first_full] == NotSaved(NotSavedReason.DISK_FULL, "database or disk is full")
    told = [outcome.op_id for outcome in outcomes if isinstance(outcome, Saved)]
    assert list(states(memory)) == told
    assert [parcel.op_id.value for parcel in outbox.take_due(1)] == told[:1]


@pytest.mark.parametrize("statement", ["BEGIN", "UPDATE number_block", "INSERT INTO outbox", "COMMIT"])
@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize(
    ("code", "reason"),
    [(dbapi.SQLITE_IOERR, NotSavedReason.DISK_ERROR), (dbapi.SQLITE_FULL, NotSavedReason.DISK_FULL)],
)
def test_an_error_at_any_statement_is_not_saved_and_never_sent(
    tmp_path: Path, statement: str, after: bool, code: int, reason: NotSavedReason
) -> None:
    """With ``after`` the commit is on the disk although it said no: the person was told no, so it must not go out."""
    disk = FailingDisk()
    memory = KioskMemory(tmp_path / "kiosk.db", disk.connect)
    outbox = memory.start(numbers=10)
    first = saved(outbox)
    disk.fail(statement, code, after)
    assert outbox.enqueue(draft()) == NotSaved(reason, "planted")
    assert disk.closed == 1  # the connection that failed is not used again
    second = saved(outbox)
    assert [parcel.op_id.value for parcel in outbox.take_due(9)] == [first.op_id, second.op_id]
    assert len({first.reference, second.reference}) == 2
    assert verify(memory.file, memory.keys.kiosk.public) == Verification(rows=2, open=2)


def test_a_refused_operation_stays_as_a_dead_letter(memory: KioskMemory) -> None:
    outbox = memory.start(numbers=10)
    told = saved(outbox)
    (parcel,) = outbox.take_due(1)
    outbox.bury(parcel.op_id, Refused("malformed", "x" * 1000))
    assert states(memory) == {told.op_id: "dead"}
    assert outbox.take_due(9) == []
    assert outbox.fill().dead == 1


def test_what_outlives_its_class_becomes_a_dead_letter_by_hub_time_only(memory: KioskMemory) -> None:
    outbox = memory.start(numbers=10)
    told = saved(outbox)
    memory.clock.passed = timedelta(days=31).total_seconds()
    memory.clock.certain = False
    (parcel,) = outbox.take_due(1)
    outbox.retry(parcel.op_id, Unreached.NO_CONNECTION, 0.0)
    assert states(memory) == {told.op_id: "waiting"}
    memory.clock.certain = True
    (parcel,) = outbox.take_due(1)
    outbox.retry(parcel.op_id, Unreached.NO_CONNECTION, 0.0)
    assert listing(memory.file)[0]["last_answer"] == EXPIRED  # type: ignore[index]


def test_a_disk_that_does_not_say_whether_it_is_over_costs_nothing_but_the_look(tmp_path: Path) -> None:
    disk = FailingDisk()
    memory = KioskMemory(tmp_path / "kiosk.db", disk.connect)
    outbox = memory.start(numbers=10)
    told = saved(outbox)
    (parcel,) = outbox.take_due(1)
    disk.fail("SELECT expires_at", dbapi.SQLITE_IOERR)
    outbox.retry(parcel.op_id, Unreached.NO_CONNECTION, 0.0)
    assert states(memory) == {told.op_id: "waiting"}
    assert [again.op_id for again in outbox.take_due(1)] == [parcel.op_id]


def test_what_went_together_and_was_not_answered_is_put_back_in_one_commit(memory: KioskMemory) -> None:
    outbox = memory.start(numbers=10)
    told = [saved(outbox).op_id for _ in range(4)]
    taken = [parcel.op_id for parcel in outbox.take_due(9)]
    statements = list[str]()
    memory.database.connection.set_trace_callback(statements.append)
    outbox.retry_all(taken, Unreached.TIMED_OUT, 0.0)
    assert statements.count("COMMIT") == 1
    assert states(memory) == dict.fromkeys(told, "waiting")
    assert [again.op_id for again in outbox.take_due(9)] == taken


def test_of_those_that_went_together_only_what_is_over_becomes_a_dead_letter(memory: KioskMemory) -> None:
    outbox = memory.start(numbers=10)
    old = saved(outbox).op_id
    memory.clock.passed = timedelta(days=20).total_seconds()
    young = saved(outbox).op_id
    memory.clock.passed = timedelta(days=31).total_seconds()
    outbox.retry_all([parcel.op_id for parcel in outbox.take_due(9)], Unreached.TIMED_OUT, 0.0)
    assert states(memory) == {old: "dead", young: "waiting"}
    assert (outbox.fill().unsettled, outbox.fill().dead) == (1, 1)


def test_an_answer_that_never_comes_makes_it_due_again(memory: KioskMemory) -> None:
    outbox = memory.start(numbers=10)
    saved(outbox)
    (parcel,) = outbox.take_due(9)
    assert outbox.take_due(9) == []
    memory.clock.passed += LEASE
    (again,) = outbox.take_due(9)
    assert (again.op_id, again.attempt, again.envelope) == (parcel.op_id, 2, parcel.envelope)


def test_settled_operations_go_after_a_week_and_the_chain_still_holds(memory: KioskMemory) -> None:
    outbox = memory.start(numbers=10)
    told = [saved(outbox) for _ in range(4)]
    for one in (told[1], told[3]):
        outbox.settle(OpId(one.op_id), accepted(one.reference, START))
    memory.clock.passed = (KEEP_SETTLED + timedelta(minutes=1)).total_seconds()
    outbox.forget_settled()
    assert list(states(memory)) == [told[0].op_id, told[2].op_id, told[3].op_id]
    saved(outbox)
    assert verify(memory.file, memory.keys.kiosk.public) == Verification(rows=4, open=3)


@pytest.mark.parametrize("column", ["sealed", "signature", "aggregate", "expires_at", "digest"])
def test_a_damaged_row_is_never_sent_and_holds_nothing_up(memory: KioskMemory, column: str) -> None:
    outbox = memory.start(numbers=10)
    damaged, sound = saved(outbox), saved(outbox)
    memory.database.execute(
        f"UPDATE outbox SET {column} = 'x\xc3' || substr({column}, 3) WHERE seq = 1"
        if column not in ("sealed", "signature", "digest")
        else f"UPDATE outbox SET {column} = x'00' WHERE seq = 1"
    )
    assert [parcel.op_id.value for parcel in outbox.take_due(9)] == [sound.op_id]
    assert states(memory) == {damaged.op_id: "dead", sound.op_id: "sending"}


def test_how_many_numbers_a_code_still_has_is_known_as_far_as_a_kiosk_can(memory: KioskMemory) -> None:
    outbox = memory.start()
    assert outbox.numbers_for_life() == NumbersLeft(0, HIGHEST_COUNTER), "nothing was given yet"
    outbox.add_numbers(NumberBlock.fresh("A12", 1, 3))
    saved(outbox)
    assert outbox.numbers_for_life() == NumbersLeft(2, HIGHEST_COUNTER - 3)
    outbox.add_numbers(NumberBlock.fresh("A12", HIGHEST_COUNTER - 1, HIGHEST_COUNTER))
    assert outbox.numbers_for_life() == NumbersLeft(4, 0)
    for _ in range(4):
        saved(outbox)
    assert outbox.numbers_for_life() == NumbersLeft(0, 0)
    outbox.add_numbers(NumberBlock.fresh("B03", 1, 200))
    assert outbox.numbers_for_life() == NumbersLeft(200, HIGHEST_COUNTER - 200), "the place has got another code"
