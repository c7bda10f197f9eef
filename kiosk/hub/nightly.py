"""The nightly list of people: picked up once a night, with the guards of the command, and told to the admins.

A night is begun and ended in one transaction: a hub that is killed in it, or a second one beside it, changes nothing
twice. What was wrong with a list is told, and nothing of it is taken.
"""

import os
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kiosk.domain.language import Language
from kiosk.domain.roles import Role
from kiosk.hub.builtin.newcomers import take_over
from kiosk.hub.clock import Clock
from kiosk.hub.logs import event, trouble
from kiosk.hub.people_settings import PeopleSettings
from kiosk.hub.ports import GatewayTrouble, Notices, Told
from kiosk.hub.services.book import Book, NoCampus, read_book
from kiosk.hub.services.outgoing import USEFUL
from kiosk.hub.services.people import is_valid
from kiosk.hub.services.people_file import BadRow, PeopleList, newest_list, read_people
from kiosk.hub.services.people_import import Plan, plan
from kiosk.hub.store.database import Store
from kiosk.hub.store.night_tables import PeopleNight
from kiosk.hub.store.tables import Person
from kiosk.words import say

#: A list may come this much later than its time; then the night goes without one.
WAIT = timedelta(hours=1)
#: A file that changed just now may still be on its way here.
SETTLED = timedelta(minutes=1)
#: Nights that are remembered.
KEPT = timedelta(days=400)


class _Faster(Exception):
    """Another process has begun this night."""


@dataclass(frozen=True, slots=True)
class Night:
    """``begins`` and ``ends``: the next one begins then. ``name``: the day it begins on."""

    name: str
    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class _Result:
    """``words``: what admins are told, with ``values``; ``why`` is said in their language."""

    outcome: str
    words: Told
    values: dict[str, str]
    why: BadRow | None = None


@dataclass(slots=True)
class NightlyPeople:
    store: Store
    notices: Notices
    clock: Clock
    settings: PeopleSettings
    _quiet_until: datetime | None = field(default=None, init=False)

    def sweep(self) -> None:
        now = self.clock()
        if self._quiet_until is not None and now < self._quiet_until:
            return
        try:
            with self.store.read() as db:
                book = read_book(db)
                night = night_of(now, self.settings.at, ZoneInfo(book.zone))
                done = db.get(PeopleNight, night.name) is not None
                newest = select(PeopleNight.mark).where(PeopleNight.mark != "").order_by(PeopleNight.at.desc())
                last = db.scalar(newest.limit(1)) or ""
        except NoCampus:
            return
        if not done and not self._carry_through(book, night, last, now):
            return
        self._quiet_until = night.ends

    def _carry_through(self, book: Book, night: Night, last: str, now: datetime) -> bool:
        """False where a list may still come this night."""
        file, mark = _new_list(self.settings.folder, last, now)
        if file is None and now < night.begins + WAIT:
            return False
        try:
            people = read_people(file, book.number_pattern, ZoneInfo(book.zone)) if file is not None else None
            self._end(night, mark, people, file.name if file is not None else "", now)
        except _Faster:
            return True
        except Exception as error:
            trouble("people list not taken", error)
            with suppress(_Faster):
                self._note_failure(night, mark, now)
        return True

    def _end(self, night: Night, mark: str, people: PeopleList | BadRow | None, file: str, now: datetime) -> None:
        with self.store.write() as db:
            before = db.scalar(select(PeopleNight.outcome).order_by(PeopleNight.at.desc()).limit(1))
            row = _begun(db, night, mark, now)
            made = plan(db, people, now) if isinstance(people, PeopleList) else None
            refused = people if isinstance(people, BadRow) else made.refused if made is not None else None
            if made is not None and refused is None:
                take_over(db, made, now)
            result = _result(made, refused, file)
            row.outcome = result.outcome
            if result.outcome != "none" or before != "none":  # that none comes is told once
                self._tell_admins(db, result, now)
        counts = {name: int(count) for name, count in result.values.items() if count.isdecimal()}
        event("people list", night=night.name, state=result.outcome, **counts)

    def _note_failure(self, night: Night, mark: str, now: datetime) -> None:
        with self.store.write() as db:
            result = _Result("failed", Told.PEOPLE_FAILED, {})
            _begun(db, night, mark, now).outcome = result.outcome
            self._tell_admins(db, result, now)
        event("people list", night=night.name, state=result.outcome)

    def _tell_admins(self, db: Session, result: _Result, now: datetime) -> None:
        for person in db.scalars(select(Person).where(Person.role == Role.ADMIN.value)):
            if is_valid(person, now):
                values = result.values
                if result.why is not None:
                    why = say(Language(person.language), f"hub_people.{result.why.why}", detail=result.why.detail)
                    values = {**values, "why": why}
                self.notices.mail(db, person, result.words, now + USEFUL, **values)


def trouble_of(settings: PeopleSettings) -> GatewayTrouble | None:
    """Why no list could be picked up now."""
    try:
        next(settings.folder.iterdir(), None)
    except OSError as error:
        return GatewayTrouble("no_folder", f"{settings.folder}: {error.strerror}")
    return None


def night_of(now: datetime, at: time, zone: ZoneInfo) -> Night:
    """The one that begins at ``at`` of the campus's clock, and is not over."""

    def begins(day: date) -> datetime:
        return datetime.combine(day, at, zone)

    today = now.astimezone(zone).date()
    day = today if begins(today) <= now else today - timedelta(days=1)
    return Night(day.isoformat(), begins(day), begins(day + timedelta(days=1)))


def _new_list(folder: Path, last: str, now: datetime) -> tuple[Path | None, str]:
    """The newest list and its mark; no file where none is new, or it is still being written."""
    try:
        file = newest_list(folder)
        found = os.stat(file) if file is not None else None
    except OSError:
        return None, ""
    if file is None or found is None:
        return None, ""
    mark = f"{file.name}:{found.st_size}:{found.st_mtime_ns}"
    age = now.timestamp() - found.st_mtime
    if mark == last or 0 <= age < SETTLED.total_seconds():
        return None, ""
    return file, mark


def _begun(db: Session, night: Night, mark: str, now: datetime) -> PeopleNight:
    db.execute(delete(PeopleNight).where(PeopleNight.at <= now - KEPT))
    row = PeopleNight(night=night.name, at=now, outcome="", mark=mark)
    db.add(row)
    try:
        db.flush()
    except IntegrityError as error:
        raise _Faster from error
    return row


def _result(made: Plan | None, refused: BadRow | None, file: str) -> _Result:
    if refused is not None:
        where = f"{file}:{refused.line}" if refused.line else file
        return _Result("refused", Told.PEOPLE_REFUSED, {"file": where}, refused)
    if made is None:
        return _Result("none", Told.PEOPLE_NO_LIST, {})
    counts = {
        "added": str(len(made.added)),
        "changed": str(len(made.changed)),
        "ended": str(len(made.ended)),
        "problems": str(len(made.problems)),
    }
    return _Result("taken", Told.PEOPLE_TAKEN, counts)
