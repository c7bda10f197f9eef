"""Whatever the line does to what several kiosks tell a hub: nothing is lost, doubled or out of its order (R05).

Each way this could be wrong is planted once, and the same run has to see it.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from kiosk.domain.language import Language
from kiosk.domain.operations import OpId
from kiosk.domain.outcomes import FeedbackTaken, Saved, Unreached
from kiosk.domain.queueable import FeedbackDraft, Mark
from kiosk.hub.store.database import Store
from kiosk.hub.store.tables import Rating
from kiosk.offline import outbox_sql
from kiosk.offline.outbox import Outbox
from tests.counts import count
from tests.real.hub_process import RunningHub, hub_with_sample
from tests.real.line_proxy import Fault, LineProxy
from tests.whole.delivering import MOST_ROUNDS, DeliveringKiosk, enrolled_folder
from tests.whole.telling import Found, bad_line, found_at, live_together, store_of, tellers

OPERATIONS = count(3_000, 20_000)
#: Far beyond what a busy machine needs for them: a test that hangs ends, one that is slow does not.
SECONDS = count(600, 3_600)
KIOSKS = 6
FEWEST_FAULTS = 0.3
#: Seconds a kiosk gives an answer. On a busy machine sound ones take longer, too: a fault more, and nothing else.
PATIENCE_OF_A_KIOSK = 2.0
#: Enough for a planted fault to be met many times over.
OPERATIONS_WITH_A_FAULT_PLANTED, ROUNDS_WITH_A_FAULT_PLANTED = 240, 60


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    with hub_with_sample(tmp_path_factory.mktemp("any-line") / "hub") as hub:
        yield hub


@pytest.fixture(scope="module")
def store(hub: RunningHub) -> Iterator[Store]:
    with store_of(hub) as store:
        yield store


def run(folder: Path, hub: RunningHub, store: Store, operations: int, rounds: int) -> tuple[Found, LineProxy]:
    line = bad_line(hub, seed=7)
    told_by = tellers(folder, hub, store, line.url, KIOSKS, PATIENCE_OF_A_KIOSK, rounds)
    live_together(told_by, operations)
    line.stop()
    return found_at(store, told_by), line


@pytest.mark.timeout(SECONDS)
def test_over_a_line_with_every_fault_all_that_was_told_arrives_once_and_in_order(
    tmp_path: Path, hub: RunningHub, store: Store, say_figure: Callable[[str], None]
) -> None:
    found, line = run(tmp_path, hub, store, OPERATIONS, MOST_ROUNDS)
    connections = line.met.total()
    faults = connections - line.met[Fault.NONE]
    kinds = ", ".join(f"{fault.value} {line.met[fault]}" for fault in Fault if fault is not Fault.NONE)
    say_figure(
        f"any line: {found.told} operations of {KIOSKS} kiosks over {connections} connections,"
        f" {faults / connections:.0%} of them with a fault ({kinds}):"
        f" {found.lost} lost, {found.doubled} doubled, {found.reordered} out of order"
    )
    assert found.told >= OPERATIONS
    assert faults / connections >= FEWEST_FAULTS
    assert all(line.met[fault] for fault in Fault)
    assert found.is_sound, found


@pytest.mark.timeout(SECONDS)
def test_an_answer_that_ends_at_any_byte_costs_another_try_and_nothing_else(
    tmp_path: Path, hub: RunningHub, store: Store, say_figure: Callable[[str], None]
) -> None:
    """The same operation again and again, until its whole answer came through."""
    kept, lengths = [0], set[int]()
    faults = [Fault.NONE]

    def keep(length: int) -> int:
        lengths.add(length)
        return kept[0]

    line = LineProxy(hub.url, hub.data / "tls", lambda: faults[0], keep)
    enrolled_folder(tmp_path / "kiosk", hub.url, hub.ca, hub.code())
    kiosk = DeliveringKiosk(tmp_path / "kiosk", line.url)
    kiosk.client.health()
    assert isinstance(kiosk.outbox.enqueue(FeedbackDraft(Language.ZH, "warm-up", Mark.GOOD)), Saved)
    kiosk.deliver_all()  # buys the token, so that what follows is the operation itself
    assert isinstance(kiosk.outbox.enqueue(FeedbackDraft(Language.ZH, "any-byte", Mark.GOOD)), Saved)
    while not lengths or kept[0] < min(lengths):
        faults[0] = Fault.RESET if kept[0] % 2 else Fault.CUT
        kiosk.step()
        assert kiosk.outbox.fill().unsettled == 1, f"settled by the first {kept[0]} bytes of an answer"
        kept[0] += 1
    faults[0] = Fault.NONE
    kiosk.deliver_all()
    kiosk.stop()
    line.stop()
    with store.read() as db:
        about = [rating.about for rating in db.scalars(select(Rating).where(Rating.about == "any-byte"))]
    say_figure(f"any line: an answer that ended after each of its first {kept[0]} bytes: {len(about) - 1} doubled")
    assert about == ["any-byte"]


def plant_no_order(planted: pytest.MonkeyPatch) -> None:
    """What waits does not wait for what it is about."""
    planted.setattr(
        outbox_sql, "HEADS", "SELECT seq, op_id FROM outbox WHERE state IN ('waiting', 'sending') AND ? >= 0"
    )


def plant_no_answer_is_an_answer(planted: pytest.MonkeyPatch) -> None:
    """Sent is as good as taken."""

    def retry_all(outbox: Any, op_ids: Sequence[OpId], _why: Unreached, _wait: float) -> None:
        outbox.settle_all([(op_id, FeedbackTaken(outbox._clock.hub_now().at)) for op_id in op_ids])

    planted.setattr(Outbox, "retry_all", retry_all)


@pytest.mark.parametrize("plant", [plant_no_order, plant_no_answer_is_an_answer])
def test_a_kiosk_that_does_it_wrong_is_found_out(
    tmp_path: Path, hub: RunningHub, store: Store, plant: Callable[[pytest.MonkeyPatch], None]
) -> None:
    with pytest.MonkeyPatch.context() as planted:
        plant(planted)
        found, _ = run(tmp_path, hub, store, OPERATIONS_WITH_A_FAULT_PLANTED, ROUNDS_WITH_A_FAULT_PLANTED)
    assert found.lost + found.reordered > 0, found


def test_a_hub_that_forgets_what_it_has_done_is_found_out(tmp_path: Path) -> None:
    with hub_with_sample(tmp_path / "hub", program="tests.real.planted_hub") as hub, store_of(hub) as store:
        found, _ = run(tmp_path, hub, store, OPERATIONS_WITH_A_FAULT_PLANTED, ROUNDS_WITH_A_FAULT_PLANTED)
    assert found.doubled > 0, found
