"""The campus end of a kiosk under test: opens what arrives with the hub's key and has each effect once, by a unique
index that a test can drop."""

from dataclasses import dataclass, field

import msgspec

from kiosk.sqlite import dbapi
from kiosk.wire.envelope import Envelope, NotOpened, open_sealed
from kiosk.wire.packing import unpacked
from kiosk.wire.tickets import Report
from tests.crash.told import Answer, Block, Line, Reply, Send, WantNumbers
from tests.offline.kiosks import Keys


@dataclass
class Campus:
    """``refuses`` and ``silent_first``: notes of reports that get a no, or no answer the first time."""

    keys: Keys
    refuses: frozenset[str] = frozenset()
    silent_first: frozenset[str] = frozenset()
    dedupe: bool = True
    sent: set[str] = field(default_factory=set)
    unreadable: int = 0

    def __post_init__(self) -> None:
        self._db = dbapi.connect(":memory:", isolation_level=None)
        self._db.execute("CREATE TABLE taken (op TEXT, note TEXT, reference TEXT)")
        self._db.execute("CREATE UNIQUE INDEX once ON taken (op)")
        if not self.dedupe:
            self._db.execute("DROP INDEX once")
        self._blocks: dict[str, Block] = {}
        self._was_silent: set[str] = set()

    def hear(self, said: Line) -> Reply | None:
        match said:
            case Send(op, envelope):
                return self.take(op, envelope)
            case WantNumbers(op):
                first = 101 + 50 * len(self._blocks)
                return self._blocks.setdefault(op, Block("B07", first, first + 49))
        return None

    def take(self, op: str, envelope: bytes) -> Answer:
        self.sent.add(op)
        payload = open_sealed(msgspec.json.decode(envelope, type=Envelope), {"h1": self.keys.hub})
        if isinstance(payload, NotOpened):
            self.unreadable += 1
            return Answer("refused")
        report = msgspec.json.decode(unpacked(payload) or b"", type=Report)
        if report.note in self.silent_first - self._was_silent:
            self._was_silent.add(report.note)
            return Answer("silent")
        if report.note in self.refuses:
            return Answer("refused")
        self._db.execute("INSERT OR IGNORE INTO taken VALUES (?, ?, ?)", (op, report.note, report.reference))
        return Answer("taken")

    def effects(self) -> list[tuple[str, str]]:
        """Note and reference of everything that happened."""
        return list(self._db.execute("SELECT note, reference FROM taken ORDER BY rowid").fetchall())
