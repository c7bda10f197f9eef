"""A list of people as a campus exports it: CSV with headings in Chinese or English, in UTF-8 or GB18030.

A row that is not sound is left out and listed with its line; who is in it stays as they are.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.domain import card_numbers
from kiosk.domain.card_accounts import CardState
from kiosk.domain.language import Language
from kiosk.domain.roles import Role
from kiosk.hub.services.campus_csv import CsvRow, read_rows

_HEADINGS = {
    "number": ("number", "学号", "工号", "学工号", "编号"),
    "name": ("name", "姓名"),
    "latin_name": ("latin_name", "latin name", "拼音", "英文名", "外文名"),
    "role": ("role", "身份", "角色", "类别"),
    "department": ("department", "院系", "部门", "学院", "单位"),
    "phone": ("phone", "手机", "手机号", "电话"),
    "email": ("email", "e-mail", "邮箱", "电子邮箱"),
    "language": ("language", "语言"),
    "valid_until": ("valid_until", "valid until", "有效期至", "有效期"),
    "cards": ("cards", "校园卡", "卡号"),
}
_NEEDED = ("number", "name", "role")
_ROLES: Mapping[str, Role] = {
    **{role.value: role for role in Role},
    "学生": Role.STUDENT,
    "本科生": Role.STUDENT,
    "研究生": Role.STUDENT,
    "教师": Role.TEACHER,
    "职工": Role.STAFF,
    "学生助理": Role.ASSISTANT,
    "工程师": Role.ENGINEER,
    "负责人": Role.LEAD,
    "管理员": Role.ADMIN,
}
_LANGUAGES = {"": Language.ZH, "zh": Language.ZH, "中文": Language.ZH, "en": Language.EN, "英文": Language.EN}
_CARD_STATES = {
    "": CardState.ACTIVE,
    "active": CardState.ACTIVE,
    "正常": CardState.ACTIVE,
    "lost": CardState.LOST,
    "挂失": CardState.LOST,
    "replaced": CardState.REPLACED,
    "作废": CardState.REPLACED,
}
#: ISO 14443-3: a UID has 4, 7 or 10 bytes.
_UID = re.compile(r"(?:[0-9A-F]{2}){4}|(?:[0-9A-F]{2}){7}|(?:[0-9A-F]{2}){10}")
_DATE = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


@dataclass(frozen=True, slots=True)
class ListedCard:
    """``uid`` upper-case hex."""

    uid: str
    state: CardState


@dataclass(frozen=True, slots=True, repr=False)
class Listed:
    """One person of the list; ``valid_until``: the first moment they are nobody here any more. ``cards`` ``None``:
    the list has no such column and says nothing about cards."""

    line: int
    number: str
    name: str
    latin_name: str
    role: Role
    department: str
    phone: str
    email: str
    language: Language
    valid_until: datetime | None
    cards: tuple[ListedCard, ...] | None


@dataclass(frozen=True, slots=True)
class BadRow:
    """``line`` of the file, from 1, 0 where the whole file is meant; ``why`` a key of the words ``hub_people``, with
    ``detail`` in it; ``number`` of whom it is about where that could be read."""

    line: int
    why: str
    detail: str = ""
    number: str = ""


@dataclass(frozen=True, slots=True)
class PeopleList:
    people: tuple[Listed, ...]
    problems: tuple[BadRow, ...]


def newest_list(folder: Path) -> Path | None:
    """Of the lists in ``folder``. Raises OSError where it cannot be read."""
    lists = [file for file in folder.iterdir() if file.suffix.lower() == ".csv" and file.is_file()]
    return max(lists, key=lambda file: file.stat().st_mtime_ns, default=None)


def read_people(file: Path, number_pattern: str, zone: ZoneInfo) -> PeopleList | BadRow:
    """The list, or why the file cannot be read at all. Raises OSError."""
    people: dict[str, Listed] = {}
    cards: dict[str, int] = {}
    problems: list[BadRow] = []
    number = re.compile(number_pattern)

    def take(row: CsvRow) -> None:
        person = _person(row, number, zone)
        if isinstance(person, Listed):
            person = _again(person, people, cards)
        if isinstance(person, BadRow):
            problems.append(person)
            return
        people[person.number] = person
        cards.update((card.uid, row.line) for card in person.cards or ())

    unreadable = read_rows(file, _HEADINGS, _NEEDED, take)
    if unreadable is not None:
        return BadRow(unreadable.line, unreadable.why, unreadable.detail)
    return PeopleList(tuple(people.values()), tuple(problems))


def _again(person: Listed, people: Mapping[str, Listed], cards: Mapping[str, int]) -> Listed | BadRow:
    """``person`` where neither number nor cards stood in an earlier line."""
    if person.number in people:
        return BadRow(person.line, "number_again", str(people[person.number].line), person.number)
    for card in person.cards or ():
        if card.uid in cards:
            return BadRow(person.line, "card_again", str(cards[card.uid]), person.number)
    return person


def _person(row: CsvRow, pattern: re.Pattern[str], zone: ZoneInfo) -> Listed | BadRow:
    values = row.values
    number = values.get("number", "").upper()
    if not pattern.fullmatch(number):
        return BadRow(row.line, "number")

    def bad(why: str, detail: str = "") -> BadRow:
        return BadRow(row.line, why, detail, number)

    if row.fields > row.headings:
        return bad("too_many_fields")
    if row.too_long:
        return bad("too_long", row.too_long)
    if not values.get("name"):
        return bad("no_name")
    role = _ROLES.get(values.get("role", "").lower())
    if role is None:
        return bad("role", ", ".join(_ROLES))
    language = _LANGUAGES.get(values.get("language", "").lower())
    if language is None:
        return bad("language")
    if values.get("email") and not _EMAIL.fullmatch(values["email"]):
        return bad("email")
    until = _end_of(values["valid_until"], zone) if values.get("valid_until") else None
    if values.get("valid_until") and until is None:
        return bad("valid_until")
    cards = _cards(values["cards"]) if "cards" in values else ()
    if isinstance(cards, str):
        return bad(cards)
    return Listed(
        line=row.line,
        number=number,
        name=values["name"],
        latin_name=values.get("latin_name", ""),
        role=role,
        department=values.get("department", ""),
        phone=values.get("phone", ""),
        email=values.get("email", ""),
        language=language,
        valid_until=until,
        cards=cards if "cards" in values else None,
    )


def _end_of(text: str, zone: ZoneInfo) -> datetime | None:
    """The day named is still valid; ``None`` for what is no day."""
    match = _DATE.fullmatch(text)
    try:
        return datetime.combine(date(*map(int, match.groups())) + timedelta(days=1), time(), zone) if match else None
    except (ValueError, OverflowError):
        return None


def _card(text: str) -> str | None:
    if text.startswith(card_numbers.MARK):
        return card_numbers.written(text.removeprefix(card_numbers.MARK))
    uid = re.sub(r"[:-]", "", text)
    return uid if _UID.fullmatch(uid) else None


def _cards(text: str) -> tuple[ListedCard, ...] | str:
    """``04A1B2C3`` or ``04A1B2C3=lost``, several by spaces or semicolons; or a key of the words.

    ``no:2026004217``: a number that is written on the card, where kiosks read it from there.
    """
    found: dict[str, ListedCard] = {}
    for part in re.split(r"[\s;；|]+", text):
        if not part:
            continue
        name, _, state = part.partition("=")
        uid = _card(name.upper())
        known = _CARD_STATES.get(state.lower())
        if uid is None:
            return "card_uid"
        if known is None:
            return "card_state"
        if uid in found:
            return "card_twice"
        found[uid] = ListedCard(uid, known)
    return tuple(found.values())
