"""Classes of operations: a loss goes first, money and resets are refused by type and by file."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import msgspec
import pytest

from kiosk.domain.identity import CardClaim, NumberClaim
from kiosk.domain.language import Language
from kiosk.domain.operations import LIFETIME, NUMBERED, OnlineClass, OperationClass
from kiosk.domain.outcomes import Saved, TicketAccepted, Unreached
from kiosk.domain.people import CardUid, PersonNumber
from kiosk.domain.queueable import FeedbackDraft, FoundCardDraft, LossDraft, Mark, MeTooDraft, Queueable, TicketActDraft
from kiosk.domain.ticket_views import Act
from kiosk.offline.outbox import Outbox
from kiosk.offline.outbox_reading import listing
from kiosk.sqlite import dbapi
from kiosk.uplink.taken import EXPECTED
from kiosk.wire.cards_told import FoundCard, LossReport
from kiosk.wire.envelope import Envelope, open_sealed
from kiosk.wire.feedback import Feedback
from kiosk.wire.tickets import CardClaimed
from tests.offline.golden import KEYS as GOLDEN_KEYS
from tests.offline.golden import SENT, WAITS, restore
from tests.offline.kiosks import KioskMemory, draft, saved

CARD = CardClaim(CardUid("04A1B2C3D4E580"))
LOSS = LossDraft(Language.ZH, NumberClaim(PersonNumber("20230114287")), session="t" * 43)
FOUND = FoundCardDraft(Language.EN, CARD, "card-office")
FEEDBACK = FeedbackDraft(Language.ZH, "article:wifi", Mark.SOLVED)
ME_TOO = MeTooDraft(Language.ZH, "library-wifi", "library", CARD)
ACT = TicketActDraft(Language.ZH, "A12-0001-P", Act.COMMENT, "t" * 43, "二楼也这样")
DRAFTS: tuple[Queueable, ...] = (draft(), LOSS, FOUND, FEEDBACK, ME_TOO, ACT)


@pytest.fixture
def memory(tmp_path: Path) -> KioskMemory:
    return KioskMemory(tmp_path / "kiosk.db")


def put(outbox: Outbox, told: Queueable) -> Saved:
    outcome = outbox.enqueue(told)
    assert isinstance(outcome, Saved), outcome
    return outcome


def listed(memory: KioskMemory) -> list[tuple[object, object]]:
    rows = listing(memory.file)
    assert isinstance(rows, list), rows
    return [(row["class"], row["state"]) for row in rows]


@pytest.mark.parametrize("told", DRAFTS, ids=lambda told: told.kind)
def test_every_class_is_kept_listed_and_lives_as_long_as_it_says(memory: KioskMemory, told: Queueable) -> None:
    outbox = memory.start(numbers=10)
    kept = put(outbox, told)
    assert bool(kept.reference) == (told.kind in NUMBERED)
    assert listed(memory) == [(told.kind.value, "waiting")]
    (parcel,) = outbox.take_due(1)
    context = msgspec.json.decode(parcel.envelope, type=Envelope).context
    made, expires = datetime.fromisoformat(context.made), datetime.fromisoformat(context.expires)
    assert (parcel.kind, context.kind) == (told.kind, told.kind.value)
    assert expires - made == LIFETIME[told.kind]
    assert parcel.aggregate == (kept.reference or (told.about if isinstance(told, TicketActDraft) else kept.op_id))


@pytest.mark.parametrize("told", DRAFTS, ids=lambda told: told.kind)
def test_every_class_that_can_be_kept_has_an_answer_to_wait_for(told: Queueable) -> None:
    assert told.kind in EXPECTED


def test_the_hub_reads_exactly_what_was_told(memory: KioskMemory) -> None:
    outbox = memory.start(numbers=10)
    kept = put(outbox, LOSS)
    put(outbox, FOUND)
    put(outbox, FEEDBACK)
    found: list[object] = []
    for parcel, message in zip(outbox.take_due(3), (LossReport, FoundCard, Feedback), strict=True):
        payload = open_sealed(msgspec.json.decode(parcel.envelope, type=Envelope), {"h1": memory.keys.hub})
        assert isinstance(payload, bytes)
        found.append(msgspec.json.decode(payload, type=message))
    loss, card, feedback = found
    assert isinstance(loss, LossReport)
    assert (loss.reference, loss.session, loss.proof) == (kept.reference, "t" * 43, None)
    assert isinstance(card, FoundCard)
    assert (card.card, card.place, card.language) == (CardClaimed("04A1B2C3D4E580", 0), "card-office", "en")
    assert isinstance(feedback, Feedback)
    assert (feedback.about, feedback.mark) == ("article:wifi", "solved")


def test_a_card_reported_lost_goes_before_all_that_waits(memory: KioskMemory) -> None:
    outbox = memory.start(numbers=10)
    first, second = saved(outbox), saved(outbox)
    loss = put(outbox, LOSS)
    assert [parcel.op_id.value for parcel in outbox.take_due(9)] == [loss.op_id, first.op_id, second.op_id]


def test_a_card_reported_lost_goes_first_again_when_the_line_is_back(memory: KioskMemory) -> None:
    """It was tried while the line was dead; what was never tried must not pass it."""
    outbox = memory.start(numbers=10)
    loss = put(outbox, LOSS)
    (tried,) = outbox.take_due(1)
    outbox.retry(tried.op_id, Unreached.NO_CONNECTION, 0.0)
    saved(outbox)
    memory.clock.passed += 1.0
    assert [parcel.op_id.value for parcel in outbox.take_due(1)] == [loss.op_id]


def test_a_loss_the_hub_chokes_on_holds_nobody_up(memory: KioskMemory) -> None:
    outbox = memory.start(numbers=10)
    put(outbox, LOSS)
    ticket = saved(outbox)
    (tried,) = outbox.take_due(1)
    outbox.retry(tried.op_id, Unreached.HUB_ERROR, 60.0)
    assert [parcel.op_id.value for parcel in outbox.take_due(9)] == [ticket.op_id]


@dataclass(frozen=True)
class TopUp:
    """What a queue must not be given."""

    kind: ClassVar[OnlineClass] = OnlineClass.MONEY
    language: Language = Language.ZH


def test_money_cannot_be_queued(memory: KioskMemory) -> None:
    """The comment is the type checker's half: were money accepted there, it would be an unused one."""
    outbox = memory.start(numbers=10)
    with pytest.raises((KeyError, AssertionError)):
        outbox.enqueue(TopUp())  # type: ignore[arg-type]
    assert listed(memory) == []
    assert not {kind.value for kind in OnlineClass} & {kind.value for kind in OperationClass}
    assert not set(OnlineClass) & {kind.value for kind in LIFETIME}


@pytest.mark.parametrize("kind", list(OnlineClass))
def test_the_file_itself_refuses_what_never_waits(memory: KioskMemory, kind: OnlineClass) -> None:
    outbox = memory.start(numbers=10)
    saved(outbox)
    columns = [str(row[1]) for row in memory.database.execute("PRAGMA table_info(outbox)").fetchall()]
    changed = ", ".join({"seq": "9", "op_id": "'x'", "class": f"'{kind.value}'"}.get(name, name) for name in columns)
    with pytest.raises(dbapi.IntegrityError, match="never queued"):
        memory.database.execute(f"INSERT INTO outbox SELECT {changed} FROM outbox")
    assert listed(memory) == [("ticket", "waiting")]


@pytest.mark.parametrize("kind", list(OperationClass))
def test_the_file_takes_every_class_that_may_wait(memory: KioskMemory, kind: OperationClass) -> None:
    outbox = memory.start(numbers=10)
    saved(outbox)
    columns = [str(row[1]) for row in memory.database.execute("PRAGMA table_info(outbox)").fetchall()]
    changed = ", ".join(
        {"seq": "9", "op_id": "'x'", "class": f"'{kind.value}'", "reference": "'A12-0009-X'"}.get(name, name)
        for name in columns
    )
    memory.database.execute(f"INSERT INTO outbox SELECT {changed} FROM outbox")
    assert (kind.value, "waiting") in listed(memory)


def test_a_file_from_before_the_classes_takes_them_and_sends_a_lost_card_before_what_waited(tmp_path: Path) -> None:
    restore("m001_outbox_and_numbers", tmp_path / "kiosk.db")
    outbox = KioskMemory(tmp_path / "kiosk.db", keys=GOLDEN_KEYS).start()
    loss = put(outbox, LOSS)
    sent = outbox.take_due(9)
    assert sent[0].op_id.value == loss.op_id
    assert [parcel.aggregate for parcel in sent[1:]] == [WAITS, SENT]


def test_what_is_done_with_a_report_that_waits_is_sent_after_it(memory: KioskMemory) -> None:
    outbox = memory.start(numbers=10)
    report = put(outbox, draft())
    act = put(outbox, replace(ACT, about=report.reference))
    (first,) = outbox.take_due(5)
    assert first.op_id.value == report.op_id
    answer = TicketAccepted(report.reference, datetime(2026, 11, 20, 6, 26, tzinfo=UTC), None, None)
    outbox.settle(first.op_id, answer)
    (second,) = outbox.take_due(5)
    assert (second.op_id.value, second.aggregate) == (act.op_id, report.reference)
