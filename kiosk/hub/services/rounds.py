"""The last look at the hub's connections, in the database: every process of the hub shows the same one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import uuid4

import msgspec
from sqlalchemy.orm import Session

from kiosk.hub.check_lines import CheckLine
from kiosk.hub.store.staff_tables import ConnectionRound

#: A look that has not ended by then never will: its hub was ended.
ABANDONED = timedelta(minutes=5)
#: There is one row.
_ROW = 1


class Course(StrEnum):
    RUNNING = "running"
    DONE = "done"
    BROKEN_OFF = "broken_off"


@dataclass(frozen=True, slots=True)
class Round:
    """``version`` changes whenever there is something new to see."""

    version: str
    begun_at: datetime
    ended_at: datetime | None
    lines: tuple[CheckLine, ...]
    course: Course


def last(db: Session, now: datetime) -> Round | None:
    """``None`` before the first one."""
    row = db.get(ConnectionRound, _ROW)
    if row is None:
        return None
    lines = msgspec.json.decode(row.lines, type=tuple[CheckLine, ...])
    version = f"{row.version}-{len(lines)}-{'done' if row.ended_at else ''}"
    return Round(version, row.begun_at, row.ended_at, lines, _course(row, now))


def begin(db: Session, now: datetime) -> str | None:
    """What ``add`` and ``finish`` name it by; ``None`` while another one is under way."""
    row = db.get(ConnectionRound, _ROW, with_for_update=True)
    if row is not None and _course(row, now) is Course.RUNNING:
        return None
    version = uuid4().hex
    db.merge(ConnectionRound(id=_ROW, version=version, begun_at=now, ended_at=None, lines=b"[]"))
    return version


def add(db: Session, version: str, line: CheckLine) -> None:
    row = _mine(db, version)
    if row is not None:
        lines = msgspec.json.decode(row.lines, type=tuple[CheckLine, ...])
        row.lines = msgspec.json.encode((*lines, line))


def finish(db: Session, version: str, now: datetime) -> None:
    row = _mine(db, version)
    if row is not None:
        row.ended_at = now


def _mine(db: Session, version: str) -> ConnectionRound | None:
    """``None`` where another look has begun meanwhile."""
    row = db.get(ConnectionRound, _ROW, with_for_update=True)
    return row if row is not None and row.version == version else None


def _course(row: ConnectionRound, now: datetime) -> Course:
    if row.ended_at is not None:
        return Course.DONE
    return Course.RUNNING if now < row.begun_at + ABANDONED else Course.BROKEN_OFF
