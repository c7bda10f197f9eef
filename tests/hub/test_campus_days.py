"""Public holidays and make-up days count as they are published, and the campus's own days outrank them."""

from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest

from kiosk.domain.calendar import DayHours, is_open, next_opening
from kiosk.domain.desk import DayException
from kiosk.hub.builtin.campus_folder import BadCampus, read_campus
from kiosk.hub.campus_calendar_check import check_calendar
from kiosk.hub.checked import Level
from kiosk.hub.services.book import Book
from kiosk.hub.services.campus import campus_of
from kiosk.hub.services.campus_days import OpenDay, exceptions
from kiosk.hub.services.public_holidays import published
from kiosk.hub.store.tables import Kiosk
from tests.hub.conftest import World
from tests.hub.test_campus_folder import folder, spoil

__all__ = ["folder"]
#: National Day 2026 as it was published: Thursday the 1st to Wednesday the 7th; the Sunday before and the Saturday
#: after are worked for it.
HOLIDAY, SUNDAY, SATURDAY = date(2026, 10, 5), date(2026, 9, 20), date(2026, 10, 10)


def book_with(world: World, **changed: object) -> Book:
    return msgspec.structs.replace(world.book, **{"holidays": "CN", "closed": [], **changed})


def on(book: Book, day: date) -> str:
    hours = book.hours().on(day)
    return f"{hours.opens:%H:%M}-{hours.closes:%H:%M}" if hours else ""


def test_the_state_councils_days_of_the_year_are_known() -> None:
    known = published("CN")
    assert {HOLIDAY, date(2026, 1, 1)} <= known.closed
    assert {SUNDAY, SATURDAY} <= known.worked
    assert not known.closed & known.worked
    assert known.known_until is not None
    assert known.known_until >= date(2026, 12, 31)
    assert (known.known_until.month, known.known_until.day) == (12, 31)


def test_a_country_nobody_publishes_has_no_days() -> None:
    assert published("XX").closed == frozenset()


@pytest.mark.parametrize(
    ("own", "holiday", "saturday"),
    [
        ({}, "", "08:00-18:00"),
        ({"holidays": ""}, "08:00-18:00", ""),
        ({"open_days": [OpenDay(HOLIDAY)]}, "08:00-18:00", "08:00-18:00"),
        ({"open_days": [OpenDay(HOLIDAY, "09:00", "12:00")]}, "09:00-12:00", "08:00-18:00"),
        ({"open_days": [OpenDay(SATURDAY, "09:00", "12:00")]}, "", "09:00-12:00"),
        ({"closed": [SATURDAY]}, "", ""),
    ],
)
def test_the_campuss_own_days_outrank_what_is_published(
    world: World, own: dict[str, object], holiday: str, saturday: str
) -> None:
    book = book_with(world, **own)
    assert (on(book, HOLIDAY), on(book, SATURDAY)) == (holiday, saturday)
    assert on(book, date(2026, 10, 12)) == "08:00-18:00"


def test_beyond_what_is_published_the_week_applies(world: World) -> None:
    book = book_with(world)
    known = book.hours().known_until
    assert known == published("CN").known_until
    assert known is not None
    far = date(known.year + 1, 10, 4)
    assert (on(book, far) == "") is (far.isoweekday() > 5)
    assert book_with(world, holidays="").hours().known_until is None


def test_a_campus_can_say_that_its_own_lists_are_whole(world: World) -> None:
    assert book_with(world, known_until=date(2031, 12, 31)).hours().known_until == date(2031, 12, 31)
    assert book_with(world, known_until=date(2020, 12, 31)).hours().known_until == published("CN").known_until


@pytest.mark.parametrize(
    ("changed", "moment", "level", "words"),
    [
        ({"known_until": date(2030, 12, 31)}, "2030-10-31T12:00+08:00", Level.GOOD, "calendar_known"),
        ({"known_until": date(2030, 12, 31)}, "2030-11-01T00:00+08:00", Level.NOTE, "calendar_unknown"),
        ({"known_until": date(2030, 12, 31)}, "2030-10-31T16:30+00:00", Level.NOTE, "calendar_unknown"),
        ({"known_until": date(2031, 12, 31)}, "2030-11-01T00:00+08:00", Level.GOOD, "calendar_known"),
        ({"known_until": date(2030, 12, 31)}, "2031-03-01T12:00+08:00", Level.NOTE, "calendar_unknown"),
        ({"holidays": ""}, "2030-11-01T12:00+08:00", Level.GOOD, "calendar_own"),
    ],
)
def test_from_november_on_the_check_says_that_next_year_is_not_known(
    world: World, changed: dict[str, object], moment: str, level: Level, words: str
) -> None:
    line = check_calendar(book_with(world, **changed), datetime.fromisoformat(moment))
    assert (line.level, line.words) == (level, f"hub_commands.{words}")


def test_kiosks_are_told_the_days_that_differ_from_the_week(world: World) -> None:
    kiosk = world.new_kiosk()
    with world.store.read() as db:
        row = db.get_one(Kiosk, kiosk.id)
        answer = campus_of(row, book_with(world), [], "", policy=world.policy, today=date(2026, 9, 30))
    assert answer is not None
    told = answer.campus.desk.exceptions
    assert DayException("2026-10-05") in told
    assert DayException("2026-10-10", "08:00", "18:00") in told
    assert all(each.date >= "2026-09-01" for each in told)
    assert answer.campus.card_office is not None
    assert DayException("2026-10-05") in answer.campus.card_office.exceptions


def test_a_holiday_on_a_day_that_is_closed_anyway_differs_from_nothing(world: World) -> None:
    told = exceptions(book_with(world).hours(), date(2026, 10, 1))
    assert DayException("2026-10-03") not in told  # a Saturday


def test_the_desk_opens_after_the_holiday_and_on_the_make_up_day(world: World) -> None:
    hours = book_with(world).hours()
    assert next_opening(datetime(2026, 9, 30, 11, tzinfo=UTC), hours).date() == date(2026, 10, 8)
    assert is_open(datetime(2026, 10, 10, 2, tzinfo=UTC), hours)
    assert isinstance(hours.on(SATURDAY), DayHours)


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ('holidays = "XX"', "holidays"),
        ('holidays = "CN"\nopen_days = [{ date = 2027-01-01 }]', "2027-01-01"),
        ('holidays = "CN"\nopen_days = [{ date = 2027-02-06, opens = "18:00", closes = "08:00" }]', "open_days"),
        ('holidays = "CN"\nopen_days = [{ date = 2027-02-06, opens = "08:00" }]', "open_days"),
        ("known_until = 2027-12-31", "known_until"),
    ],
)
def test_days_that_cannot_be_are_refused_by_name(folder: Path, new: str, said: str) -> None:
    spoil(folder, "campus.toml", 'holidays = "CN"', new)
    refused = read_campus(folder)
    assert isinstance(refused, BadCampus)
    assert said in refused.reason
