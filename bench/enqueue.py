"""Committing an already sealed report, beside raw SQLite doing the same writes with the same pragmas.

Both files lie in the same folder, both logs are grown once, blocks of both are interleaved in a rotating order.
Sealing and the whole enqueue are measured apart.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from kiosk.domain.drafts import TicketDraft
from kiosk.domain.language import Language
from kiosk.domain.outcomes import NotSaved, Saved
from kiosk.domain.references import HIGHEST_COUNTER, NumberBlock
from kiosk.offline import chain
from kiosk.offline.boot import Opened, open_database
from kiosk.offline.database import Database
from kiosk.offline.kiosk_key import KioskKey
from kiosk.offline.marks import MARK_BYTES
from kiosk.offline.opening import Memory, open_memory
from kiosk.offline.outbox import Outbox, Sealed
from kiosk.offline.places import Places
from kiosk.offline.rows import INSERT
from kiosk.offline.sealer import Sealer
from kiosk.services.hub_clock import HubClock
from kiosk.wire.envelope import HubKey

BLOCKS = 40
PER_BLOCK = 20
_NOTE = "连上 Wi-Fi 但打不开网页，三楼自习室靠窗的位置，从昨天晚上开始，换了手机也一样。"
_TAKE = "UPDATE number_block SET next = next + 1 WHERE kiosk = ? AND first = ? AND next = ?"


def measure() -> list[dict[str, object]]:
    """Rows of name, ours, anchor, ratio, unit, goal; medians in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        outbox, raw = outbox_in(Path(folder)), opened(Path(folder) / "raw.db")
        anchor = _Raw(raw)
        sealing: list[float] = []
        commits: list[float] = []
        anchors: list[float] = []
        whole: list[float] = []
        for block in range(BLOCKS):
            sides: list[Callable[[], None]] = [
                lambda: _ours(outbox, sealing, commits),
                lambda: _raw(anchor, outbox, anchors),
                lambda: _whole(outbox, whole),
            ]
            for side in sides[block % 3 :] + sides[: block % 3]:
                side()
        outbox.close()
        raw.close()
    return [
        _row("enqueue: commit of a sealed report", commits, anchors, "ratio <= 1.25"),
        _row("enqueue: sealing and signing", sealing, None, "apart"),
        _row("enqueue: whole", whole, None, "<= 1 ms"),
    ]


class _Raw:
    """The anchor: the same INSERT and UPDATE by hand on the same schema, nothing of ours around them."""

    def __init__(self, database: Database) -> None:
        self._connection: Any = database.connection
        self._connection.execute("INSERT INTO number_block VALUES ('A12', 1, ?, 1)", (HIGHEST_COUNTER,))
        self._seq = 0

    def row(self, sealed: Sealed) -> tuple[object, ...]:
        self._seq += 1
        return _values(self._seq, sealed)

    def commit(self, row: tuple[object, ...]) -> None:
        execute = self._connection.execute
        execute("BEGIN IMMEDIATE")
        execute(_TAKE, ("A12", 1, row[0]))
        execute(INSERT, row)
        execute("COMMIT")


def _values(seq: int, sealed: Sealed) -> tuple[object, ...]:
    envelope, context = sealed.envelope, sealed.envelope.context
    operation = (context.op, context.kind, context.aggregate, context.kiosk, context.suite, context.key)
    content = (sealed.reference, context.made, context.expires, envelope.sealed, envelope.signature)
    waiting = ("waiting", 0, "", "", "", "", bytes(MARK_BYTES))
    return (seq, *operation, *content, chain.digest(envelope), chain.GENESIS, chain.GENESIS, *waiting)


def _ours(outbox: Outbox, sealing: list[float], commits: list[float]) -> None:
    for _ in range(PER_BLOCK):
        started = time.perf_counter()
        next_one = sealed(outbox)
        sealing.append(time.perf_counter() - started)
        started = time.perf_counter()
        outcome = outbox.commit(next_one)
        commits.append(time.perf_counter() - started)
        assert isinstance(outcome, Saved), outcome


def _whole(outbox: Outbox, whole: list[float]) -> None:
    for _ in range(PER_BLOCK):
        started = time.perf_counter()
        outcome = outbox.enqueue(_draft())
        whole.append(time.perf_counter() - started)
        assert isinstance(outcome, Saved), outcome


def _raw(anchor: _Raw, outbox: Outbox, anchors: list[float]) -> None:
    """Seals before each commit as we do: the disk must get the same pauses on both sides."""
    for _ in range(PER_BLOCK):
        row = anchor.row(sealed(outbox))
        started = time.perf_counter()
        anchor.commit(row)
        anchors.append(time.perf_counter() - started)


def opened(path: Path) -> Database:
    found = open_database(path)
    assert isinstance(found, Opened), found
    assert found.database.grow_log()
    return found.database


def outbox_in(folder: Path) -> Outbox:
    """A kiosk's, with its log grown and its second copy."""
    hub_key = HubKey("h1", X25519PrivateKey.generate().public_key().public_bytes_raw())
    key = KioskKey(Ed25519PrivateKey.generate())
    memory = open_memory(Places(folder), key)
    assert isinstance(memory, Memory), memory
    assert memory.database.grow_log()
    outbox = Outbox(memory.database, Sealer("k1", key, lambda: hub_key), HubClock(), memory.copy)
    outbox.add_numbers(NumberBlock.fresh("A12", 1, HIGHEST_COUNTER))
    return outbox


def _draft() -> TicketDraft:
    return TicketDraft(Language.ZH, "network", "no-pages", building="library", location="三楼", note=_NOTE)


def sealed(outbox: Outbox) -> Sealed:
    made = outbox.seal(_draft())
    assert not isinstance(made, NotSaved), made
    return made


def _row(name: str, ours: list[float], anchor: list[float] | None, goal: str) -> dict[str, object]:
    mine = statistics.median(ours) * 1000
    beside = statistics.median(anchor) * 1000 if anchor else None
    return {
        "name": name,
        "ours": round(mine, 4),
        "anchor": None if beside is None else round(beside, 4),
        "ratio": None if beside is None else round(mine / beside, 3),
        "unit": "ms",
        "goal": goal,
    }
