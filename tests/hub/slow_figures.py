"""The five figures worked out slowly and obviously, from reports, ratings and what people did alone: minute by minute,
nothing kept, nothing shared with the program but the tables and the desk's opening hours."""

from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.hub.services.book import Book
from kiosk.hub.store.figure_tables import SelfServed
from kiosk.hub.store.tables import HistoryLine, Kiosk, Rating, Ticket

Found = dict[tuple[str, str], tuple[Decimal, int]]
"""Figure and value of the part -> value with one decimal, and over how many cases."""
MINUTE = timedelta(minutes=1)
NOT_DESK = ("requester", "hub", "approver", "monitoring")
WORK = ("answered", "state:in_progress", "state:waiting_for_requester", "state:resolved", "state:closed")


def slowly(db: Session, book: Book) -> dict[tuple[str, str], Found]:
    """By month and part."""
    zone = ZoneInfo(book.zone)
    lists: dict[tuple[str, str], dict[tuple[str, str], list[int]]] = {}
    kiosks = {row.id: row for row in db.scalars(select(Kiosk))}
    stands = {one.id: (one.code, one.building) for one in book.kiosks}

    def add(figure: str, month: str, values: dict[str, str], number: int) -> None:
        for part, value in values.items():
            lists.setdefault((month, part), {}).setdefault((figure, value), []).append(number)

    def at_kiosk(kiosk: str) -> dict[str, str]:
        code, building = stands.get(kiosks[kiosk].place, (kiosks[kiosk].code, ""))
        return {"all": "", "kiosk": code, "building": building}

    # -- reports
    weeks: dict[tuple[str, str], list[tuple[datetime, str, str]]] = {}
    for ticket in db.scalars(select(Ticket)):
        came = ticket.created_at.astimezone(zone)
        monday = (came - timedelta(days=came.weekday())).strftime("%Y-%m-%d")
        if ticket.person:
            weeks.setdefault((ticket.person, monday), []).append((ticket.created_at, ticket.kiosk, "report"))
        else:
            add("self_service", monday[:7], at_kiosk(ticket.kiosk), 0)
        month = came.strftime("%Y-%m")
        values = {**at_kiosk(ticket.kiosk), "service": ticket.service, "building": ticket.building}
        values["hour"] = came.strftime("%H")
        lines = select(HistoryLine).where(HistoryLine.reference == ticket.reference)
        history = sorted(db.scalars(lines), key=lambda line: (line.at, line.id))
        work = [line for line in history if line.what in WORK and line.by not in NOT_DESK]
        if work:
            add("response", month, values, minutes(book, history, ticket.created_at, work[0].at))
        solved = solved_at(history)
        if solved is not None:
            add("resolution", month, values, minutes(book, history, ticket.created_at, solved))
            contacts = sum(line.what == "answered" or line.text != "" for line in work)
            asked_back = any(line.what == "state:waiting_for_requester" for line in work)
            at_once = contacts <= 1 and not asked_back and not was_opened_again(history)
            add("first_contact", month, values, at_once)

    # -- ratings
    for rating in db.scalars(select(Rating)):
        values = {"all": ""}
        if rating.kiosk:
            values["kiosk"] = rating.kiosk
            values["building"] = next((one.building for one in book.kiosks if one.code == rating.kiosk), "")
        if rating.about.startswith("article:") and rating.mark == "solved":
            add("self_service", rating.day[:7], values, 1)
        if rating.about.startswith("service:"):
            values["service"] = rating.about[len("service:") :]
        if rating.about.split(":")[0] == "service" and rating.mark in (
            "very_good",
            "good",
            "fair",
            "poor",
            "very_poor",
        ):
            add("satisfaction", rating.day[:7], values, rating.mark in ("very_good", "good"))

    # -- people's weeks
    for row in db.scalars(select(SelfServed)):
        at = row.at.astimezone(zone)
        monday = (at - timedelta(days=at.weekday())).strftime("%Y-%m-%d")
        weeks.setdefault((row.person, monday), []).append((row.at, row.kiosk, "alone"))
    for (_person, monday), events in weeks.items():
        alone = all(what == "alone" for _, _, what in events)
        add("self_service", monday[:7], at_kiosk(min(events)[1]), alone)

    return {
        of: {key: (shown(key[0], numbers), len(numbers)) for key, numbers in found.items()}
        for of, found in lists.items()
    }


def shown(figure: str, numbers: list[int]) -> Decimal:
    average = Decimal(sum(numbers)) / len(numbers)
    times = {"response": Decimal(1), "resolution": Decimal(1) / 60}.get(figure, Decimal(100))
    if figure == "resolution":  # exact: sixty does not divide every sum
        average, times = Decimal(sum(numbers)) / (60 * len(numbers)), Decimal(1)
    return (average * times).quantize(Decimal("0.1"), ROUND_HALF_UP)


def solved_at(history: list[HistoryLine]) -> datetime | None:
    at = None
    for line in history:
        if line.what in ("state:resolved", "state:closed"):
            at = at or line.at
        elif opens(line):
            at = None
    return at


def was_opened_again(history: list[HistoryLine]) -> bool:
    solved = [line for line in history if line.what in ("state:resolved", "state:closed")]
    return bool(solved) and any(opens(line) for line in history[history.index(solved[0]) :])


def opens(line: HistoryLine) -> bool:
    return line.what in (
        "reopened",
        "state:new",
        "state:in_progress",
        "state:waiting_for_requester",
        "state:waiting_for_approval",
    )


def minutes(book: Book, history: list[HistoryLine], begins: datetime, ends: datetime) -> int:
    """Every minute in which the desk was open and it was the desk's turn."""
    zone, hours, turn, left, count = ZoneInfo(book.zone), book.hours(), "desk", list(history), 0
    at = begins
    while at < ends:
        while left and left[0].at <= at:
            turn = next_turn(turn, left.pop(0).what)
        local = at.astimezone(zone)
        day = hours.on(local.date())
        count += turn == "desk" and day is not None and day.opens <= local.time() < day.closes
        at += MINUTE
    return count


def next_turn(turn: str, what: str) -> str:
    if what in ("approval_asked", "state:waiting_for_requester"):
        return "waits"
    if what in ("state:resolved", "state:closed"):
        return "solved"
    if what in ("reopened", "state:in_progress", "state:new"):
        return "desk"
    if what in ("approved", "commented") and turn == "waits":
        return "desk"
    return turn
