"""What kiosks tell of their parts and of self-tests there, kept and listed; nothing of any visitor."""

import math
from collections import defaultdict
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kiosk.domain import health, self_tests
from kiosk.domain.plain_text import clean
from kiosk.domain.presence import Readiness
from kiosk.domain.roles import Role
from kiosk.hub.services.book import Book
from kiosk.hub.services.refusal import No
from kiosk.hub.store.fleet_tables import KioskHealth, KioskPresence, KioskSelfTest
from kiosk.hub.store.tables import Kiosk
from kiosk.wire.health import MAX_CODE, MAX_LINES, MAX_SAID, MAX_SELF_TESTS, HealthHeard, HealthLine, HealthReport
from kiosk.wire.health import SelfTestTold as Told

#: How long self-tests are kept.
KEPT = timedelta(days=730)
#: A state nobody can remember the beginning of begins here at the earliest.
LONGEST = timedelta(days=3650)

Code = TypeVar("Code", bound=StrEnum)


def heard(db: Session, kiosk: Kiosk, report: HealthReport, now: datetime) -> HealthHeard | No:
    """Keeps it. Codes of a newer kiosk that this hub does not know are left out, not refused."""
    if len(report.lines) > MAX_LINES or len(report.self_tests) > MAX_SELF_TESTS:
        return No(422, "malformed", "too many lines")
    known = {row.subject: row for row in db.scalars(select(KioskHealth).where(KioskHealth.kiosk == kiosk.id))}
    lines = {line.subject: line for line in report.lines if _makes_sense(line)}
    for subject, row in known.items():
        if subject not in lines:
            db.delete(row)
    for subject, line in lines.items():
        db.merge(_row(kiosk, line, known.get(subject), now))
    tests = {told.id: told for told in report.self_tests if _is_a_test(told)}
    for told in tests.values():
        _keep_test(db, kiosk, told, now)
    db.execute(delete(KioskSelfTest).where(KioskSelfTest.kiosk == kiosk.id, KioskSelfTest.told_at < now - KEPT))
    return HealthHeard(len(lines), len(tests))


def _row(kiosk: Kiosk, line: HealthLine, known: KioskHealth | None, now: datetime) -> KioskHealth:
    """A kiosk that was started again has forgotten since when: what was known before stays true."""
    since = now - timedelta(seconds=min(LONGEST.total_seconds(), line.seconds))
    if known is not None and (known.level, known.why) == (line.level, line.why):
        since = min(since, known.since)
    return KioskHealth(
        kiosk=kiosk.id,
        subject=line.subject,
        level=line.level,
        why=line.why,
        measured=clean(line.measured, MAX_SAID, lines=False),
        since=since,
        told_at=now,
    )


def _keep_test(db: Session, kiosk: Kiosk, told: Told, now: datetime) -> None:
    """Told twice, it is there once; nobody writes over another kiosk's."""
    if db.get(KioskSelfTest, told.id) is not None:
        return
    db.add(
        KioskSelfTest(
            id=told.id,
            kiosk=kiosk.id,
            part=told.part,
            at=told.at if abs(told.at - now) < LONGEST else now,
            role=told.role,
            alias=clean(told.alias, MAX_CODE, lines=False),
            outcome=told.outcome,
            confirmed_role=told.confirmed_role,
            confirmed_alias=clean(told.confirmed_alias, MAX_CODE, lines=False),
            seen=clean(told.seen, MAX_SAID, lines=False),
            told_at=now,
        )
    )


def _makes_sense(line: HealthLine) -> bool:
    level, why = _code(health.Level, line.level), _code(health.Why, line.why)
    if _code(health.Subject, line.subject) is None or level is None or not math.isfinite(line.seconds):
        return False
    return line.seconds >= 0 and (line.why == "" if level is health.Level.READY else why is not None)


def _is_a_test(told: Told) -> bool:
    codes = (
        _code(self_tests.Part, told.part),
        _code(self_tests.Verdict, told.outcome),
        _code(Role, told.role),
        _code(Role, told.confirmed_role or told.role),
    )
    return None not in codes and _is_id(told.id) and told.at.tzinfo is not None


def _code(kind: type[Code], text: str) -> Code | None:
    return kind(text) if text in list(kind) else None


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


class ListedPart(msgspec.Struct, frozen=True):
    """``why`` '' where it is ready."""

    subject: str
    level: str
    why: str
    measured: str
    since: datetime


class ListedTest(msgspec.Struct, frozen=True):
    """``confirmed_by`` '' where nobody looked; ``by`` and it as ``role/alias``."""

    part: str
    at: datetime
    by: str
    outcome: str
    confirmed_by: str
    seen: str


class ListedKiosk(msgspec.Struct, frozen=True):
    """``readiness`` and ``seen_at`` are empty for one that never said how it is, ``told_at`` for one that never told of
    its parts. ``self_tests``: the last one of each part."""

    kiosk: str
    code: str
    place: str
    revoked: bool
    readiness: str
    seen_at: datetime | None
    told_at: datetime | None
    parts: list[ListedPart]
    self_tests: list[ListedTest]


def list_kiosks(db: Session, book: Book) -> list[ListedKiosk]:
    """In the campus's order of places; times in its zone."""
    parts: dict[str, list[KioskHealth]] = defaultdict(list)
    tests: dict[str, dict[str, KioskSelfTest]] = defaultdict(dict)
    for part in db.scalars(select(KioskHealth)):
        parts[part.kiosk].append(part)
    for test in db.scalars(select(KioskSelfTest).order_by(KioskSelfTest.at)):
        tests[test.kiosk][test.part] = test
    presence = {row.kiosk: row for row in db.scalars(select(KioskPresence))}
    order = {standing.id: place for place, standing in enumerate(book.kiosks)}
    kiosks = sorted(db.scalars(select(Kiosk)), key=lambda kiosk: (order.get(kiosk.place, len(order)), kiosk.id))
    return [_listed(book, each, presence.get(each.id), parts[each.id], tests[each.id]) for each in kiosks]


def _listed(
    book: Book,
    kiosk: Kiosk,
    presence: KioskPresence | None,
    parts: list[KioskHealth],
    tests: dict[str, KioskSelfTest],
) -> ListedKiosk:
    zone = ZoneInfo(book.zone)
    order = {subject: place for place, subject in enumerate(health.Subject)}
    rows = sorted(parts, key=lambda row: order.get(health.Subject(row.subject), 0))
    return ListedKiosk(
        kiosk=kiosk.id,
        code=kiosk.code,
        place=kiosk.place,
        revoked=kiosk.revoked_at is not None,
        readiness=Readiness(presence.readiness).value if presence else "",
        seen_at=presence.seen_at.astimezone(zone) if presence else None,
        told_at=max((row.told_at.astimezone(zone) for row in rows), default=None),
        parts=[ListedPart(row.subject, row.level, row.why, row.measured, row.since.astimezone(zone)) for row in rows],
        self_tests=[_test(tests[part], zone) for part in self_tests.Part if part in tests],
    )


def _test(row: KioskSelfTest, zone: ZoneInfo) -> ListedTest:
    confirmed = f"{row.confirmed_role}/{row.confirmed_alias}" if row.confirmed_role else ""
    return ListedTest(row.part, row.at.astimezone(zone), f"{row.role}/{row.alias}", row.outcome, confirmed, row.seen)
