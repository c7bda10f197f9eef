"""The record of acts as a chain: every line carries a digest of itself and of the line before it, so that one that was
altered, taken out or put in is found. The newest digest stands in the hub's log beside each act and is printed by
``kiosk hub audit verify``: whoever keeps one elsewhere finds a record that was written anew as a whole, too."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

import msgspec
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from kiosk.hub.store.staff_tables import ActChain, StaffAct

#: Stands before the first line ever.
GENESIS = "0" * 64
#: There is one row.
ROW = 1
#: Lines held at once while all of them are looked at.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Sound:
    """``end``: the digest of the newest line; ``since``: of when the oldest one is, ``None`` where there is none."""

    lines: int
    end: str
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Broken:
    """``why``: altered, gap (a line before this one was taken out, or this one put in), end (the newest ones were taken
    out, or others put after them), unknown_end (the digest that was kept elsewhere is of no line here). ``line`` 0:
    none is meant."""

    why: str
    line: int = 0
    at: datetime | None = None


def digest_of(before: str, at: datetime, *fields: str) -> str:
    """Hex SHA-256. ``fields``: by, what, about, why."""
    return sha256(msgspec.json.encode([before, at.astimezone(UTC).isoformat(), *fields])).hexdigest()


def add(db: Session, at: datetime, by: str, what: str, about: str, why: str) -> StaffAct:
    """Waits for whoever else adds one: a line has one before it. Whoever adds one waits for nothing else until the
    transaction ends, or two could wait for each other."""
    chain = db.get_one(ActChain, ROW, with_for_update=True, populate_existing=True)
    digest = digest_of(chain.ends, at, by, what, about, why)
    act = StaffAct(at=at, by=by, what=what, about=about, why=why, before=chain.ends, digest=digest)
    db.add(act)
    db.flush()
    chain.ends = digest
    return act


def forget(db: Session, until: datetime) -> None:
    """After ``add``, which waits for others. The oldest lines go, up to the first that is not before ``until``; what is
    kept begins after them. A line that a wrong clock has dated long ago takes nothing younger with it."""
    oldest = db.scalar(select(StaffAct.at).order_by(StaffAct.id).limit(1))
    if oldest is None or oldest >= until:
        return
    young = select(func.min(StaffAct.id)).where(StaffAct.at >= until).scalar_subquery()
    newest = db.scalar(select(StaffAct).where(StaffAct.id < young).order_by(StaffAct.id.desc()).limit(1))
    if newest is not None:
        db.execute(delete(StaffAct).where(StaffAct.id <= newest.id))
        db.get_one(ActChain, ROW).begins = newest.digest


def verify(db: Session, kept: str = "") -> Sound | Broken:
    """``kept``: an end that was told earlier, '' for none."""
    chain = db.get(ActChain, ROW)
    if chain is None:
        return Broken("end")
    end, lines, since, is_known = chain.begins, 0, None, kept in ("", chain.begins)
    for act in db.scalars(select(StaffAct).order_by(StaffAct.id).execution_options(yield_per=_AT_ONCE)):
        if act.before != end:
            return Broken("gap", act.id, act.at)
        end = digest_of(end, act.at, act.by, act.what, act.about, act.why)
        if act.digest != end:
            return Broken("altered", act.id, act.at)
        lines, since, is_known = lines + 1, since or act.at, is_known or kept == end
    if end != chain.ends:
        return Broken("end")
    return Sound(lines, end, since) if is_known else Broken("unknown_end")
