"""Who is on duty when, and whose a report is by its service and building, as the campus's admin writes it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import msgspec


class Shift(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``person`` (a number) holds the post ``role`` from ``begins`` to ``ends``, whoever holds it otherwise. Times
    without an offset are the campus's."""

    role: str
    person: str
    begins: datetime
    ends: datetime


class Assignment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Reports about ``service`` from ``building`` ('' for every one) go to ``team`` ('' for the service's own), and to
    whoever holds ``post`` then ('' for nobody yet)."""

    service: str = ""
    building: str = ""
    team: str = ""
    post: str = ""


def on_duty(shifts: Sequence[Shift], role: str, zone: ZoneInfo, now: datetime) -> list[str]:
    """Numbers of those on duty for a post: of two at a time whoever began last, who stands in for the other."""
    mine = [(_at(shift.begins, zone), _at(shift.ends, zone), shift.person) for shift in shifts if shift.role == role]
    current = [(begins, person) for begins, ends, person in mine if begins <= now < ends]
    return [person for _, person in sorted(current, key=lambda one: one[0], reverse=True)]


def assignment(rules: Sequence[Assignment], service: str, building: str) -> Assignment | None:
    """The most special rule: of service and building, of the service, of the building; of equal ones the first."""
    fitting = [rule for rule in rules if rule.service in ("", service) and rule.building in ("", building)]
    return max(fitting, key=lambda rule: (bool(rule.service and rule.building), bool(rule.service)), default=None)


def shift_problems(shifts: Iterable[Shift], roles: Iterable[str], zone: ZoneInfo) -> Iterable[str]:
    known = set(roles)
    for shift in shifts:
        if shift.role not in known:
            yield f"shifts: no role {shift.role}"
        if _at(shift.begins, zone) >= _at(shift.ends, zone):
            yield f"shifts: {shift.role}: ends before it begins: {shift.begins}"


def rule_problems(
    rules: Iterable[Assignment], services: Iterable[str], buildings: Iterable[str], roles: Iterable[str]
) -> Iterable[str]:
    known = {"service": set(services), "building": set(buildings), "post": set(roles)}
    for rule in rules:
        for name, ids in known.items():
            value = getattr(rule, name)
            if value and value not in ids:
                yield f"assignments: no {name} {value}"
        if not (rule.service or rule.building) or not (rule.team or rule.post):
            yield "assignments: each needs a service or a building, and a team or a post"


def _at(moment: datetime, zone: ZoneInfo) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)
