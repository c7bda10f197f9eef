"""What the hub refused and kept: operations of kiosks that sending again cannot help, and what no sound kiosk does."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.hub.store.tables import Incident, Operation
from kiosk.wire.common import Problem

#: How far back, and how many of each on one page.
SHOWN_FOR = timedelta(days=30)
MOST_SHOWN = 100
#: What is answered with this or more was refused.
_FIRST_REFUSAL = 400


@dataclass(frozen=True, slots=True)
class RefusedOperation:
    """``op`` '' where none was proven; ``code`` a stable code of the hub's."""

    at: datetime
    kiosk: str
    op: str
    code: str


def refused_operations(db: Session, now: datetime) -> list[RefusedOperation]:
    """Newest first. The kiosk keeps each among its own dead ones."""
    wanted = select(Operation).where(Operation.status >= _FIRST_REFUSAL, Operation.at > now - SHOWN_FOR)
    rows = db.scalars(wanted.order_by(Operation.at.desc()).limit(MOST_SHOWN))
    return [RefusedOperation(row.at, row.kiosk, row.op, _code(row.body)) for row in rows]


def incidents(db: Session, now: datetime) -> list[RefusedOperation]:
    """Newest first."""
    wanted = select(Incident).where(Incident.at > now - SHOWN_FOR).order_by(Incident.id.desc()).limit(MOST_SHOWN)
    return [RefusedOperation(row.at, row.kiosk, row.op, row.code) for row in db.scalars(wanted)]


def _code(body: bytes) -> str:
    try:
        return msgspec.json.decode(body, type=Problem).code
    except msgspec.DecodeError:
        return ""
