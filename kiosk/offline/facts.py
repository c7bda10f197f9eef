"""Single values that have to outlive the process, committed like everything else."""

import logging
from datetime import datetime
from secrets import token_hex
from typing import Any

import msgspec

from kiosk.domain.operations import OpId
from kiosk.domain.presence import Neighbours
from kiosk.domain.upkeep import Closed
from kiosk.offline.database import Database, disk_trouble
from kiosk.sqlite import dbapi

#: Random bytes in the name of a memory.
_EPOCH_BYTES = 8
_log = logging.getLogger(__name__)
_HUB_TIME = "hub_time"
_NUMBERS_OP = "numbers_op"
_NUMBERS_DOUBTED = "numbers_doubted"
_NEIGHBOURS = "neighbours"
_CLOSED = "closed"
_MARKED = "marked"
_EPOCH = "epoch"
_EPOCH_TOLD = "epoch_told"


class Facts:
    def __init__(self, database: Database) -> None:
        self._database = database

    def hub_time(self) -> datetime | None:
        """The last time the hub was heard to say, aware: this machine's clock cannot be behind it."""
        text = self._read(_HUB_TIME)
        return datetime.fromisoformat(text) if text else None

    def remember_hub_time(self, at: datetime) -> None:
        self._remember(_HUB_TIME, at.isoformat(timespec="milliseconds"))

    def numbers_op(self) -> OpId:
        """The id under which the next block of numbers is asked for: the same until the block is here, also after a
        restart, so that no block is lost on the way."""
        text = self._read(_NUMBERS_OP)
        if text:
            return OpId(text)
        op = OpId.new()
        self._write(_NUMBERS_OP, op.value)
        return op

    def neighbours(self) -> Neighbours | None:
        """Other kiosks that were ready when the hub was last heard; ``None`` where it never was, or what is kept cannot
        be read."""
        text = self._read(_NEIGHBOURS)
        try:
            return msgspec.json.decode(text, type=Neighbours) if text else None
        except msgspec.DecodeError:
            return None

    def remember_neighbours(self, neighbours: Neighbours) -> None:
        self._remember(_NEIGHBOURS, msgspec.json.encode(neighbours).decode())

    def closed(self) -> Closed | None:
        """Whether somebody has put this kiosk out of service; ``None`` too where what is kept cannot be read."""
        text = self._read(_CLOSED)
        try:
            return msgspec.json.decode(text, type=Closed) if text else None
        except msgspec.DecodeError:
            return None

    def remember_closed(self, closed: Closed | None) -> None:
        self._remember(_CLOSED, msgspec.json.encode(closed).decode() if closed else "")

    def numbers_doubted(self) -> bool:
        """Whether the numbers this kiosk has may have been given before."""
        return bool(self._read(_NUMBERS_DOUBTED))

    def doubt_numbers(self) -> None:
        self._remember(_NUMBERS_DOUBTED, "1")

    def are_marked(self) -> bool:
        """Every row has its mark: one without is damage."""
        return bool(self._read(_MARKED))

    @staticmethod
    def marked(connection: Any) -> None:
        """Inside the transaction that marks what was there."""
        connection.execute("INSERT INTO fact VALUES (?, '1') ON CONFLICT DO NOTHING", (_MARKED,))
        connection.execute("INSERT INTO fact VALUES (?, ?) ON CONFLICT DO NOTHING", (_EPOCH, token_hex(_EPOCH_BYTES)))

    def epoch(self) -> str:
        """The name of this memory, '' before it has one."""
        return self._read(_EPOCH)

    def is_epoch_told(self) -> bool:
        """The hub has answered under this name."""
        return self._read(_EPOCH_TOLD) == self.epoch()

    def remember_epoch_told(self) -> None:
        self._remember(_EPOCH_TOLD, self.epoch())

    @staticmethod
    def begin_anew(connection: Any) -> None:
        """A memory that was set back goes on as another one. Numbers are asked for anew too: for the old question the
        hub would give the block again that it gave before."""
        connection.execute("UPDATE fact SET value = ? WHERE name = ?", (token_hex(_EPOCH_BYTES), _EPOCH))
        connection.execute("DELETE FROM fact WHERE name = ?", (_NUMBERS_OP,))

    @staticmethod
    def numbers_came(connection: Any) -> None:
        """Inside the transaction that keeps the block."""
        connection.execute("DELETE FROM fact WHERE name IN (?, ?)", (_NUMBERS_OP, _NUMBERS_DOUBTED))

    def _read(self, name: str) -> str:
        row = self._database.execute("SELECT value FROM fact WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def _remember(self, name: str, value: str) -> None:
        """Only for the next start: a disk that takes nothing now ends nobody's visit."""
        try:
            self._write(name, value)
        except dbapi.Error as error:
            if disk_trouble(error) is None:
                raise
            _log.warning("not written down: %s", name)

    def _write(self, name: str, value: str) -> None:
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO fact VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, value)
            )
