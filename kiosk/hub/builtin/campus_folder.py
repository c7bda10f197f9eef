"""A campus as its admin writes it down: campus.toml, catalogue.toml, places.toml, roster.toml where there are shifts,
desk.toml where staff work at kiosks, and cards.toml and accounts.toml where the built-in card accounts and directory
are used. assets/sample-campus is one."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec
from sqlalchemy import delete
from sqlalchemy.orm import Session

from kiosk.domain.desk_work import MOST_ACTIONS, MOST_TEMPLATES
from kiosk.domain.priority import Priority
from kiosk.hub.builtin.directory_book import NAME as DIRECTORY
from kiosk.hub.builtin.directory_book import DirectoryBook
from kiosk.hub.services.book import NAME, Book
from kiosk.hub.services.campus_days import problems
from kiosk.hub.services.roster import rule_problems, shift_problems
from kiosk.hub.store.tables import Document

_NEEDED = ("campus.toml", "catalogue.toml", "places.toml")


@dataclass(frozen=True, slots=True)
class BadCampus:
    """``file`` of the folder, and what is wrong there in the words of the reader or ours."""

    file: str
    reason: str


@dataclass(frozen=True, slots=True)
class CampusFolder:
    """``directory`` ``None``: no built-in directory."""

    book: Book
    directory: DirectoryBook | None


def read_campus(folder: Path) -> CampusFolder | BadCampus:
    """The first thing that is wrong is told; nothing is taken of a folder that is not sound. Raises OSError."""
    content: dict[str, Any] = {}
    for name in _NEEDED:
        table = _table(folder / name)
        if isinstance(table, BadCampus):
            return table
        if doubled := sorted(set(content) & set(table)):
            return BadCampus(name, f"{doubled[0]}: stands in another file already")
        content.update(table)
    for name, key in (
        ("cards.toml", "cards"),
        ("accounts.toml", "directory"),
        ("roster.toml", "shifts"),
        ("desk.toml", "templates"),
    ):
        table = _table(folder / name) if (folder / name).is_file() else {}
        if isinstance(table, BadCampus):
            return table
        content[key] = table.get(key, [] if key in ("shifts", "templates") else None)
    directory = content.pop("directory")
    try:
        book = msgspec.convert(content, Book)
    except msgspec.ValidationError as error:
        return BadCampus(_whose(str(error)), str(error))
    for problem in _problems(book):
        return problem
    try:
        return CampusFolder(book, msgspec.convert(directory, DirectoryBook) if directory else None)
    except msgspec.ValidationError as error:
        return BadCampus("accounts.toml", str(error))


def keep_campus(db: Session, campus: CampusFolder) -> None:
    """In the place of the campus that was there."""
    for name, book in ((NAME, campus.book), (DIRECTORY, campus.directory)):
        if book is None:
            db.execute(delete(Document).where(Document.name == name))
        else:
            body = msgspec.json.encode(book)
            db.merge(Document(name=name, version=sha256(body).hexdigest()[:16], body=body))


def _table(file: Path) -> dict[str, Any] | BadCampus:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return BadCampus(file.name, "is missing")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return BadCampus(file.name, str(error))


def _whose(message: str) -> str:
    """The file that holds what ``message`` is about; its path begins after ``$.``."""
    part = re.search(r"\$\.([a-z_]+)", message)
    files = {"services": "catalogue.toml", "places": "places.toml", "cards": "cards.toml"}
    return (files | {"shifts": "roster.toml", "templates": "desk.toml"}).get(part[1] if part else "", "campus.toml")


def _problems(book: Book) -> Iterator[BadCampus]:
    """What the types do not see."""
    try:
        ZoneInfo(book.zone)
    except (ZoneInfoNotFoundError, ValueError):
        yield BadCampus("campus.toml", f"zone: no such time zone: {book.zone}")
    try:
        re.compile(book.number_pattern)
    except re.error as error:
        yield BadCampus("campus.toml", f"number_pattern: {error}")
    if missing := [priority.value for priority in Priority if priority.value not in book.targets]:
        yield BadCampus("campus.toml", f"targets: {missing[0]} is missing")
    for priority in Priority:
        try:
            book.target(priority)
        except ValueError as error:
            yield BadCampus("campus.toml", f"targets.{priority.value}: {error}")
    for opening in book.desk.hours:
        if not (1 <= opening.day <= 7 and _is_time(opening.opens) and _is_time(opening.closes)):
            yield BadCampus("campus.toml", "desk.hours: day 1 to 7, opens and closes as 08:00")
    for problem in problems(book.days):
        yield BadCampus("campus.toml", problem)
    try:
        book.time_to_approve()
    except ValueError as error:
        yield BadCampus("campus.toml", f"approve_within: {error}")
    yield from _unknown_roles(book)
    roles, services = [role.id for role in book.roles], [entry.id for entry in book.services]
    for problem in shift_problems(book.shifts, roles, ZoneInfo(book.zone)):
        yield BadCampus("roster.toml", problem)
    for problem in rule_problems(book.assignments, services, [place.id for place in book.places], roles):
        yield BadCampus("campus.toml", problem)
    yield from _bad_templates(book)
    buildings = {place.id for place in book.places}
    for standing in book.kiosks:
        if standing.building not in buildings:
            yield BadCampus("campus.toml", f"kiosks: {standing.id}: no building {standing.building} in places.toml")
    for file, ids in (
        ("catalogue.toml", [entry.id for entry in book.services]),
        ("places.toml", [place.id for place in book.places]),
        ("campus.toml", [standing.id for standing in book.kiosks]),
        ("campus.toml", [standing.code for standing in book.kiosks]),
        ("campus.toml", [role.id for role in book.roles]),
        ("desk.toml", [template.id for template in book.templates]),
    ):
        if twice := next((id for id in ids if ids.count(id) > 1), None):
            yield BadCampus(file, f"{twice}: stands there twice")


def _bad_templates(book: Book) -> Iterator[BadCampus]:
    """A template leads to something of the catalogue."""
    if len(book.templates) > MOST_TEMPLATES:
        yield BadCampus("desk.toml", f"templates: more than {MOST_TEMPLATES}")
    for template in book.templates:
        entry = book.entry(template.service)
        if entry is None or template.symptom not in {symptom.id for symptom in entry.symptoms}:
            yield BadCampus("desk.toml", f"{template.id}: no {template.service}, {template.symptom} in catalogue.toml")
        actions = [action.id for action in template.actions]
        if len(actions) > MOST_ACTIONS or len(set(actions)) != len(actions):
            yield BadCampus("desk.toml", f"{template.id}: actions: at most {MOST_ACTIONS}, each once")


def _unknown_roles(book: Book) -> Iterator[BadCampus]:
    """A post nobody has heard of would let a request through that somebody has to agree to."""
    known = {role.id for role in book.roles}
    for role in book.roles:
        if role.above and role.above not in known:
            yield BadCampus("campus.toml", f"roles: {role.id}: above: no role {role.above}")
    for entry in book.services:
        named = {role for role in (entry.owner, entry.lead, entry.on_call, *entry.approvals.values()) if role}
        if unknown := sorted(named - known):
            yield BadCampus("catalogue.toml", f"{entry.id}: no role {unknown[0]}")
        if unknown := sorted({*entry.approvals, *entry.above_lead} - {symptom.id for symptom in entry.symptoms}):
            yield BadCampus("catalogue.toml", f"{entry.id}: approvals, above_lead: no symptom {unknown[0]}")


def _is_time(text: str) -> bool:
    return re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", text) is not None
