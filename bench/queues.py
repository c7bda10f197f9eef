"""Keeping one sealed report, beside the libraries that keep a queue in a file, in one run: what a put costs, and what
it really syncs. A put without a sync is lost when the power goes, so only those that sync are like ours.

Blocks of all are interleaved in a rotating order; between two puts everybody seals the next report, so that the disk
gets the same pauses. Syncs are counted from outside, by strace, on puts of a process of their own.
"""

import os
import statistics
import subprocess
import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import huey
import litequeue
import msgspec
import persistqueue

from bench import enqueue
from bench.rows import Row, row
from kiosk.domain.outcomes import Saved
from kiosk.offline.outbox import Outbox, Sealed

BLOCKS, PER_BLOCK = 30, 20
#: Puts between the two counts of syncs.
COUNTED = 100
#: A system call nobody makes here but the counted process itself, before and after the puts that count.
_MARK, _FEW = "getpriority", 5
_SYNCS = ("fsync", "fdatasync", "sync_file_range", "msync", "sync")

Put = Callable[[Sealed], object]


@dataclass(frozen=True, slots=True)
class Kept:
    """``put`` keeps one; ``like_ours``: it promises the same, that what was put is there when the power is back."""

    name: str
    open: Callable[[Path, Outbox], Put]


def _bytes(sealed: Sealed) -> bytes:
    return msgspec.json.encode(sealed.envelope)


def _ours(_folder: Path, outbox: Outbox) -> Put:
    def put(sealed: Sealed) -> None:
        assert isinstance(outbox.commit(sealed), Saved)

    return put


def _raw(folder: Path, _outbox: Outbox) -> Put:
    database = enqueue.opened(folder / "raw.db")
    database.execute("CREATE TABLE queue (id INTEGER PRIMARY KEY, body BLOB NOT NULL)")

    def put(sealed: Sealed) -> None:
        with database.transaction() as connection:
            connection.execute("INSERT INTO queue (body) VALUES (?)", (_bytes(sealed),))

    return put


def _persist_sqlite(folder: Path, _outbox: Outbox) -> Put:
    kept = persistqueue.SQLiteAckQueue(str(folder / "persist-sqlite"), auto_commit=True)
    return lambda sealed: kept.put(_bytes(sealed))


def _persist_file(folder: Path, _outbox: Outbox) -> Put:
    kept = persistqueue.Queue(str(folder / "persist-file"))
    return lambda sealed: kept.put(_bytes(sealed))


def _huey(folder: Path, _outbox: Outbox) -> Put:
    kept = huey.SqliteHuey(filename=str(folder / "huey.db")).storage
    return lambda sealed: kept.enqueue(_bytes(sealed))


def _huey_fsync(folder: Path, _outbox: Outbox) -> Put:
    kept = huey.SqliteHuey(filename=str(folder / "huey-fsync.db"), fsync=True).storage
    return lambda sealed: kept.enqueue(_bytes(sealed))


def _litequeue(folder: Path, _outbox: Outbox) -> Put:
    kept = litequeue.LiteQueue(str(folder / "litequeue.db"))
    return lambda sealed: kept.put(_bytes(sealed).decode())


OURS = Kept("ours", _ours)
OTHERS = (
    Kept("raw SQLite, FULL, log grown once", _raw),
    Kept("persist-queue SQLiteAckQueue", _persist_sqlite),
    Kept("persist-queue Queue (file)", _persist_file),
    Kept("huey SqliteHuey", _huey),
    Kept("huey SqliteHuey, fsync=True", _huey_fsync),
    Kept("litequeue", _litequeue),
)


def measure(blocks: int = 0, counted: int = 0) -> list[Row]:
    """Medians in milliseconds; ``goal`` says what each syncs."""
    blocks, counted = blocks or BLOCKS, counted or COUNTED
    every = (OURS, *OTHERS)
    took: dict[str, list[float]] = {kept.name: [] for kept in every}
    with TemporaryDirectory() as folder, ExitStack() as closing:
        outbox = enqueue.outbox_in(Path(folder))
        closing.callback(outbox.close)
        puts = {kept.name: kept.open(Path(folder), outbox) for kept in every}
        for block in range(blocks):
            turn = block % len(every)
            for kept in every[turn:] + every[:turn]:
                _block(puts[kept.name], outbox, took[kept.name])
    median = {name: statistics.median(times) * 1000 for name, times in took.items()}
    syncs = {kept.name: _syncs(kept, counted) for kept in every}
    rows = []
    for kept in OTHERS:
        durable = syncs[kept.name] >= 1
        goal = "ratio <= 1.25" if kept is OTHERS[0] else "ratio < 1" if durable else "told: loses what was put"
        said = f"{goal}; syncs a put: ours {syncs[OURS.name]:.2f}, theirs {syncs[kept.name]:.2f}"
        rows.append(row(f"queues: put, beside {kept.name}", median[OURS.name], median[kept.name], "ms", said))
    return rows


def _block(put: Put, outbox: Outbox, took: list[float]) -> None:
    for _ in range(PER_BLOCK):
        sealed = enqueue.sealed(outbox)
        begun = time.perf_counter()
        put(sealed)
        took.append(time.perf_counter() - begun)


def _syncs(kept: Kept, counted: int) -> float:
    """System calls that sync, for one put, once a few were put."""
    with TemporaryDirectory() as folder:
        trace = Path(folder) / "trace"
        calls = f"--trace={','.join(_SYNCS)},{_MARK}"
        program = [sys.executable, "-m", "bench.queues", kept.name, str(counted), folder]
        subprocess.run(["strace", "-f", "-qq", calls, "-o", str(trace), *program], check=True)
        _, puts, _ = trace.read_text().split(_MARK)
    return sum(f" {call}(" in line for line in puts.splitlines() for call in _SYNCS) / counted


def main() -> None:
    """``python -m bench.queues NAME PUTS FOLDER``: that many puts, for whoever counts their system calls."""
    parser = ArgumentParser("queues")
    parser.add_argument("name", choices=[kept.name for kept in (OURS, *OTHERS)])
    parser.add_argument("puts", type=int)
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    outbox = enqueue.outbox_in(arguments.folder)
    kept = next(kept for kept in (OURS, *OTHERS) if kept.name == arguments.name)
    put = kept.open(arguments.folder, outbox)
    for before in (True, False):
        for _ in range(_FEW if before else arguments.puts):
            put(enqueue.sealed(outbox))
        os.getpriority(os.PRIO_PROCESS, 0)


if __name__ == "__main__":
    main()
