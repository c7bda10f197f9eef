"""10,000 tickets that waited at kiosks, sent by the kiosk's own delivery, beside what the same hub takes at most: the
same messages, sealed beforehand, in full requests on lines that are kept. Both over TLS on loopback, block by block in
turn; the hub runs in production's way, on SQLite.
"""

import queue
import random
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from bench.rows import Row, row
from bench.tickets import Reports, Side, running_hub
from kiosk.domain.drafts import TicketDraft
from kiosk.domain.language import Language
from kiosk.domain.operations import OpId
from kiosk.domain.outcomes import Saved
from kiosk.domain.parcels import MOST_TOGETHER
from kiosk.domain.references import NumberBlock
from kiosk.services.delivery import Delivery
from kiosk.services.hub_requests import HubAnswered
from kiosk.uplink.hub_thread import HubThread
from kiosk.wire import routes
from kiosk.worker import BEAT
from tests.patience import PATIENCE
from tests.real.hub_process import RunningHub, command
from tests.real.plain_kiosk import PlainKiosk
from tests.whole.delivering import DeliveringKiosk, enrolled_folder

#: Blocks, and tickets in one of ours.
BLOCKS, PER_BLOCK = 4, 2_500
#: Full requests in one block of the anchor, on each of its lines. A place has 9,999 numbers for its life.
REQUESTS = 36
_NOTE = "连上 Wi-Fi 但打不开网页，三楼自习室靠窗的位置，换了手机也一样。"


def measure(blocks: int = 0, per_block: int = 0) -> list[Row]:
    """Tickets in a second."""
    blocks, per_block = blocks or BLOCKS, per_block or PER_BLOCK
    with TemporaryDirectory(prefix="kiosk-bench-") as folder:
        data = Path(folder) / "hub"
        data.mkdir()
        (data / "hub.toml").write_text("")
        command(data, "sample")
        with running_hub(data) as hub:
            return [_measured(hub, Path(folder), blocks, per_block)]


def _measured(hub: RunningHub, folder: Path, blocks: int, per_block: int) -> Row:
    plain = PlainKiosk(hub.url, hub.ca).enrol(hub.code("center-2f"))
    reports = Reports(plain)

    def full_request() -> bytes:
        made = [msgspec.Raw(reports.nobodys()) for _ in range(MOST_TOGETHER)]
        return msgspec.json.encode({"operations": made})

    at = int(hub.url.rpartition(":")[2])
    ceiling = Side(at, hub.ca, routes.OPERATIONS_TOGETHER, full_request, plain.token, lines=2)
    ceiling.block(1, counts=False)
    seconds = 0.0
    for block in range(blocks):
        place = folder / f"kiosk-{block}"
        enrolled_folder(place, hub.url, hub.ca, hub.code("lib-1f" if block % 2 else "teach2-1f"))
        with _sender(place) as sender:
            sender.fill(per_block)
            if block % 2:
                ceiling.block(max(1, REQUESTS * per_block // PER_BLOCK))
            seconds += sender.drain()
            if not block % 2:
                ceiling.block(max(1, REQUESTS * per_block // PER_BLOCK))
    ours = blocks * per_block / seconds
    name = f"drain: {blocks * per_block:,} tickets that waited, beside the hub's ceiling"
    return row(name, ours, ceiling.rate * MOST_TOGETHER, "tickets/s", "ratio >= 0.8")


class _Sender:
    """A kiosk's outbox, delivery and hub thread, without its screens."""

    def __init__(self, folder: Path) -> None:
        self._kiosk = DeliveringKiosk(folder, monotonic=time.monotonic)
        self._answers: queue.SimpleQueue[HubAnswered] = queue.SimpleQueue()
        self._thread = HubThread(lambda: self._kiosk.client.handle, self._answers.put)
        self._delivery = Delivery(self._kiosk.outbox, self._thread, self._kiosk.clock, random.random)

    def fill(self, count: int) -> None:
        outbox = self._kiosk.outbox
        while outbox.numbers_left() < count:
            block = self._kiosk.client.numbers(OpId.new())
            assert isinstance(block, NumberBlock), block
            outbox.add_numbers(block)
        for _ in range(count):
            draft = TicketDraft(Language.ZH, "network", "no-pages", building="library", location="三楼", note=_NOTE)
            outcome = outbox.enqueue(draft)
            assert isinstance(outcome, Saved), outcome
        self._thread.start()

    def drain(self) -> float:
        """Seconds until the hub has it all and the kiosk knows."""
        begun = time.perf_counter()
        self._delivery.kick()
        while self._kiosk.outbox.fill().unsettled:
            try:
                self._delivery.answered(self._answers.get(timeout=BEAT))
            except queue.Empty:
                self._delivery.beat()
        return time.perf_counter() - begun

    def close(self) -> None:
        self._thread.stop(PATIENCE)
        self._kiosk.stop()


@contextmanager
def _sender(folder: Path) -> Iterator[_Sender]:
    sender = _Sender(folder)
    try:
        yield sender
    finally:
        sender.close()
