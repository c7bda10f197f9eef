"""The files a card office drops for the hub: one of cards, and where there is one, one of their movements.

CSV with headings in Chinese or English, in UTF-8 or GB18030. A line that is not sound is left out and listed.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from kiosk.domain.card_accounts import MOST_TRANSACTIONS, CardLimits, CardState, Movement, MovementKind
from kiosk.domain.desk import Text
from kiosk.hub.services.campus_csv import CsvRow, read_rows

#: Of a file's lines; with more that are not sound the whole file is not taken.
MOST_BAD = 0.05

_HEADINGS = {
    "number": ("number", "学号", "工号", "学工号", "编号"),
    "state": ("state", "状态", "卡状态"),
    "since": ("since", "挂失时间", "状态时间"),
    "balance": ("balance", "余额", "卡余额"),
    "daily": ("daily_limit", "每日限额", "日限额"),
    "single": ("single_limit", "单笔限额"),
    "time": ("time", "时间", "交易时间"),
    "kind": ("kind", "类型", "交易类型"),
    "amount": ("amount", "金额", "交易金额"),
    "merchant": ("merchant", "商户", "交易地点"),
    "id": ("id", "流水号"),
}
_CARDS, _MOVEMENTS = ("number", "balance"), ("number", "time", "amount")
_STATES = {
    **dict.fromkeys(("", "active", "正常"), CardState.ACTIVE),
    **dict.fromkeys(("lost", "挂失", "已挂失"), CardState.LOST),
    **dict.fromkeys(("replaced", "作废", "已注销"), CardState.REPLACED),
}
_KINDS = {
    **{kind.value: kind for kind in MovementKind},
    **dict.fromkeys(("就餐", "餐饮", "食堂"), MovementKind.MEAL),
    **dict.fromkeys(("购物", "超市"), MovementKind.SHOP),
    "打印": MovementKind.PRINTING,
    "图书馆": MovementKind.LIBRARY_FEE,
    "洗衣": MovementKind.LAUNDRY,
    **dict.fromkeys(("充值", "圈存"), MovementKind.TOP_UP),
    "补卡": MovementKind.CARD_FEE,
}
#: What .NET and Oracle write for "never".
_NEVER = ("0001-01-01", "0001/01/01", "1/1/0001")
_IN_USE_FIRST = (CardState.ACTIVE, CardState.LOST, CardState.REPLACED)
#: Yuan with at most two decimals, below a hundred million.
_MONEY = re.compile(r"[¥￥]?([-+]?)[¥￥]?([0-9]{1,8})(?:\.([0-9]{1,2}))?")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class BadLine:
    """``line`` from 1, 0 where the whole file is meant; ``why``: key ``line_…`` of the words ``cards_check``, with
    ``detail`` in it. Nothing of a line's content: it is somebody's."""

    line: int
    why: str
    detail: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class FiledCard:
    """Amounts whole fen."""

    state: CardState
    since: datetime | None
    balance: int
    limits: CardLimits


@dataclass(frozen=True, slots=True, repr=False)
class Filed(Generic[Value]):
    """By person's number. ``as_of``: when the file was dropped; ``whole`` is false where so much of it is bad that it
    is not to be taken."""

    by_number: dict[str, Value]
    as_of: datetime
    problems: tuple[BadLine, ...]
    whole: bool = True


def read_cards(file: Path, zone: ZoneInfo) -> Filed[FiledCard]:
    """Raises OSError."""

    def card(row: dict[str, str]) -> FiledCard | BadLine:
        state, balance = _STATES.get(row.get("state", "").lower()), _money(row["balance"])
        said = "" if row.get("since", "").startswith(_NEVER) else row.get("since", "")
        since = _moment(said, zone) if said else None
        limits = {name: _money(row[name]) if row.get(name) else None for name in ("daily", "single")}
        if state is None:
            return BadLine(0, "state", ", ".join(_STATES))
        if balance is None or any(row.get(name) and amount is None for name, amount in limits.items()):
            return BadLine(0, "money")
        if said and since is None:
            return BadLine(0, "time")
        return FiledCard(state, since, balance, CardLimits(limits["daily"], limits["single"]))

    cards: dict[str, FiledCard] = {}
    seen: dict[str, int] = {}

    def keep(line: int, number: str, value: FiledCard) -> BadLine | None:
        """An export with a line for each card has replaced ones beside the one in use: that one counts."""
        before = cards.get(number)
        if before is not None and _IN_USE_FIRST.index(before.state) <= _IN_USE_FIRST.index(value.state):
            return BadLine(line, "number_again", str(seen[number]))
        cards[number], seen[number] = value, line
        return None

    problems, whole = _read(file, _CARDS, card, keep)
    return Filed(cards, _dropped(file), problems, whole)


def read_movements(file: Path, zone: ZoneInfo) -> Filed[tuple[Movement, ...]]:
    """Of each person the newest first. Raises OSError."""

    def movement(row: dict[str, str]) -> Movement | BadLine:
        at, amount = _moment(row["time"], zone), _money(row["amount"])
        if at is None:
            return BadLine(0, "time")
        if not amount:
            return BadLine(0, "money")
        kind, merchant = row.get("kind", ""), row.get("merchant", "")
        return Movement(
            row.get("id", ""), at, _KINDS.get(kind.lower(), MovementKind.OTHER), amount, Text(merchant, merchant)
        )

    found: dict[str, list[Movement]] = {}

    def keep(line: int, number: str, value: Movement) -> BadLine | None:
        found.setdefault(number, []).append(value if value.id else replace(value, id=str(line)))
        return None

    problems, whole = _read(file, _MOVEMENTS, movement, keep)
    newest = {
        number: tuple(sorted(moves, key=lambda move: move.at, reverse=True)[:MOST_TRANSACTIONS])
        for number, moves in found.items()
    }
    return Filed(newest, _dropped(file), problems, whole)


def _read(
    file: Path,
    needed: tuple[str, ...],
    parse: Callable[[dict[str, str]], Value | BadLine],
    keep: Callable[[int, str, Value], BadLine | None],
) -> tuple[tuple[BadLine, ...], bool]:
    """What was wrong with it, and whether it is to be taken."""
    problems: list[BadLine] = []
    lines = 0

    def take(row: CsvRow) -> None:
        nonlocal lines
        lines += 1
        problem = _one(row, parse, keep)
        if problem is not None:
            problems.append(replace(problem, line=row.line))

    unreadable = read_rows(file, _HEADINGS, needed, take)
    if unreadable is not None:
        return (BadLine(unreadable.line, unreadable.why, unreadable.detail),), False
    return tuple(problems), bool(lines) and len(problems) <= MOST_BAD * lines


def _one(
    row: CsvRow,
    parse: Callable[[dict[str, str]], Value | BadLine],
    keep: Callable[[int, str, Value], BadLine | None],
) -> BadLine | None:
    if row.fields != row.headings:
        return BadLine(row.line, "fields", str(row.headings))
    if row.too_long:
        return BadLine(row.line, "too_long", row.too_long)
    number = row.values["number"].upper()
    if not number:
        return BadLine(row.line, "number")
    value = parse(row.values)
    return value if isinstance(value, BadLine) else keep(row.line, number, value)


def _money(text: str) -> int | None:
    """``12.30``, ``-0.5``, ``¥1,234.56`` as fen; ``None`` for what is no amount."""
    match = _MONEY.fullmatch(text.replace(",", "").replace(" ", ""))
    if match is None:
        return None
    fen = int(match[2]) * 100 + int((match[3] or "").ljust(2, "0"))
    return -fen if match[1] == "-" else fen


def _moment(text: str, zone: ZoneInfo) -> datetime | None:
    """ISO 8601, or with slashes; in the campus's zone where it names none."""
    try:
        found = datetime.fromisoformat(text.replace("/", "-"))
        return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)
    except (ValueError, OverflowError):  # the year 1, as some databases write "never", has no earlier zone
        return None


def _dropped(file: Path) -> datetime:
    return datetime.fromtimestamp(file.stat().st_mtime, UTC)
