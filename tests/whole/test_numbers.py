"""Numbers for life: no two reports share one, also where a kiosk's disk was put back, and none is lost for it."""

import shutil
from pathlib import Path

from kiosk.domain.drafts import TicketDraft
from kiosk.domain.language import Language
from kiosk.domain.outcomes import NotSaved, NotSavedReason, Saved
from tests.real.hub_process import RunningHub, hub_with_sample
from tests.whole.delivering import DeliveringKiosk, enrolled_folder


def told(kiosk: DeliveringKiosk, note: str) -> Saved:
    outcome = kiosk.outbox.enqueue(TicketDraft(Language.ZH, "network", note=note))
    assert isinstance(outcome, Saved), outcome
    return outcome


def at_hub(hub: RunningHub) -> dict[str, str]:
    """Numbers by operation."""
    return {str(ticket["op_id"]): str(ticket["reference"]) for ticket in hub.tickets()}


def test_a_disk_that_was_put_back_gives_no_number_to_two_reports_and_loses_none(tmp_path: Path) -> None:
    with hub_with_sample(tmp_path / "hub") as hub:
        enrolled_folder(tmp_path / "kiosk", hub.url, hub.ca, hub.code())
        kiosk = DeliveringKiosk(tmp_path / "kiosk")
        before = [told(kiosk, "一")]
        kiosk.deliver_all()
        kiosk.stop()
        shutil.copytree(tmp_path / "kiosk", tmp_path / "copy")
        kiosk = DeliveringKiosk(tmp_path / "kiosk")
        before += [told(kiosk, "二"), told(kiosk, "三")]
        kiosk.deliver_all()
        kiosk.stop()
        older = DeliveringKiosk(tmp_path / "copy")
        after = [told(older, "四"), told(older, "五"), told(older, "六")]
        assert after[0].reference == before[1].reference, "this disk cannot know"
        older.deliver_all()
        older.step()
        again = [told(older, "七"), told(older, "八")]
        older.deliver_all()
        older.stop()
        kept = at_hub(hub)
        assert all(kept[saved.op_id] == saved.reference for saved in again), "it gives numbers of a new block by now"
        after += again
        assert all(kept[saved.op_id] == saved.reference for saved in before)
        assert kept.keys() == {saved.op_id for saved in before + after}, "none is lost"
        assert len(set(kept.values())) == len(before + after), "and no two share a number"


def test_without_the_hub_a_whole_block_can_be_given_and_then_nothing_is_called_saved(tmp_path: Path) -> None:
    with hub_with_sample(tmp_path / "hub") as hub:
        enrolled_folder(tmp_path / "kiosk", hub.url, hub.ca, hub.code())
        kiosk = DeliveringKiosk(tmp_path / "kiosk")
        told(kiosk, "一")
        kiosk.deliver_all()
        kiosk.step()
        left = kiosk.outbox.numbers_left()
        assert left >= 200
        given = {told(kiosk, "断网").reference for _ in range(left)}
        assert len(given) == left
        assert kiosk.outbox.enqueue(TicketDraft(Language.ZH, "network")) == NotSaved(NotSavedReason.NO_NUMBERS)
        kiosk.step()
        assert isinstance(told(kiosk, "又有了"), Saved), "on line again it has the next block"
        kiosk.stop()
