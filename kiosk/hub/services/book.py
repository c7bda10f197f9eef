"""The campus as the hub keeps it: what kiosks are shown, and what tickets are graded and promised by."""

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.calendar import ServiceHours, Span, round_the_clock, working
from kiosk.domain.campus import Desk, KioskPlace, Place, Symptom, Text
from kiosk.domain.card_capabilities import Finding, Freezing, Limiting, Pinning, Replacing, ToppingUp, Transactions
from kiosk.domain.desk_work import DeskTemplate
from kiosk.domain.priority import Priority, TargetTimes
from kiosk.hub.services.campus_days import CampusDays, OpenDay, hours_of
from kiosk.hub.services.roster import Assignment, Shift, assignment, on_duty
from kiosk.hub.store.tables import Document

NAME = "campus"
#: How long whoever has to agree to a request has, where the catalogue does not say.
APPROVE_WITHIN = "2d"
_SPAN = re.compile(r"([1-9][0-9]{0,3})(min|h|d)")


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A catalogue entry: domain.campus.Service and what only the hub needs.

    ``urgency``: low, normal, high; ``team`` is who gets the ticket. ``owner``, ``lead`` and ``on_call`` are posts
    (Role ids), '' for none; ``approvals`` the post that has to agree, by symptom; ``asks_subject``: which service a
    complaint is about; ``above_lead``: symptoms that are about the lead, and go to the post above; ``emergency``: the
    article that goes with an alarm and with a notice of an outage.
    """

    id: str
    type: str
    icon: str
    title: Text
    hint: Text
    question: Text
    identity: str
    urgency: str
    team: str
    symptoms: tuple[Symptom, ...]
    phrases: tuple[Text, ...]
    asks_impact: bool = True
    asks_place: bool = True
    listed: bool = True
    asks_subject: bool = False
    owner: str = ""
    lead: str = ""
    on_call: str = ""
    approvals: dict[str, str] = {}
    above_lead: tuple[str, ...] = ()
    emergency: str = ""


class Role(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A post and who holds it: ``person`` a number, '' while nobody does; ``above`` the post one up, '' at the top."""

    id: str
    title: Text
    person: str = ""
    above: str = ""


class Standing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place for a kiosk: ``id`` is named when an enrolment code is made."""

    id: str
    code: str
    title: Text
    building: str
    floor: Text

    def shown(self) -> KioskPlace:
        return KioskPlace(self.code, self.title, self.building, self.floor)


class Target(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``15min``, ``8h`` or ``3d``: working time of the desk, or round the clock where ``always``."""

    respond: str
    resolve: str
    always: bool = False


class CardBook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The card office and what the built-in card accounts go by: fees, ranges, places. Amounts are whole fen."""

    office: Desk
    transactions: Transactions
    freeze: Freezing
    replace: Replacing
    limits: Limiting
    top_up: ToppingUp
    found: Finding
    pin: Pinning | None = None


class Book(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``holidays``: the country whose published ones count, '' for none. ``closed`` are days without service beside
    the week, ``open_days`` days with it; both outrank what is published. ``known_until``: these lists speak for every
    day until then. ``approve_within`` as in Target, working time; ``callback`` the catalogue's entry for *please call
    me*; ``templates``: the desk's most frequent matters."""

    name: Text
    product: Text
    mark: str
    zone: str
    number_pattern: str
    number_lengths: tuple[int, ...]
    number_letters: str
    desk_team: str
    desk: Desk
    targets: dict[str, Target]
    services: list[Entry]
    places: tuple[Place, ...]
    kiosks: list[Standing]
    holidays: str = ""
    closed: list[date] = []
    open_days: list[OpenDay] = []
    known_until: date | None = None
    cards: CardBook | None = None
    roles: tuple[Role, ...] = ()
    approve_within: str = APPROVE_WITHIN
    callback: tuple[str, ...] = ()
    assignments: list[Assignment] = []
    shifts: list[Shift] = []
    templates: tuple[DeskTemplate, ...] = ()

    def role(self, id: str) -> Role | None:
        return next((role for role in self.roles if role.id == id), None)

    def upward(self, id: str) -> Iterator[Role]:
        """The post and those above it, each once."""
        seen: set[str] = set()
        while id not in seen and (role := self.role(id)):
            seen.add(id)
            yield role
            id = role.above

    def time_to_approve(self) -> Span:
        return _span(self.approve_within, always=False)

    @property
    def teams(self) -> frozenset[str]:
        own = (rule.team for rule in self.assignments if rule.team)
        return frozenset({self.desk_team, *(entry.team for entry in self.services), *own})

    def on_duty(self, role: str, now: datetime) -> list[str]:
        """Numbers of those who hold the post now, the first one first."""
        found = self.role(role)
        always = [found.person] if found and found.person else []
        return [*on_duty(self.shifts, role, ZoneInfo(self.zone), now), *always]

    def assigned(self, service: str, building: str) -> Assignment | None:
        return assignment(self.assignments, service, building)

    def entry(self, service: str) -> Entry | None:
        return next((entry for entry in self.services if entry.id == service), None)

    def place(self, building: str) -> Place | None:
        return next((place for place in self.places if place.id == building), None)

    def standing(self, place: str) -> Standing | None:
        return next((standing for standing in self.kiosks if standing.id == place), None)

    @property
    def days(self) -> CampusDays:
        """What differs from the week."""
        return CampusDays(self.holidays, tuple(self.closed), tuple(self.open_days), self.known_until)

    def hours(self) -> ServiceHours:
        return hours_of(self.zone, self.desk.hours, self.days)

    def target(self, priority: Priority) -> TargetTimes:
        target = self.targets[priority]
        return TargetTimes(_span(target.respond, target.always), _span(target.resolve, target.always))


class NoCampus(Exception):
    """The hub holds no campus yet: ``sample`` or an import has to come first."""


def read_book(db: Session) -> Book:
    body = db.scalar(select(Document.body).where(Document.name == NAME))
    if body is None:
        raise NoCampus
    return _decoded(body)


@lru_cache(maxsize=2)
def _decoded(body: bytes) -> Book:
    """Every request reads it and a campus changes it once in a while; nobody changes a Book."""
    return msgspec.json.decode(body, type=Book)


def _span(text: str, always: bool) -> Span:
    match = _SPAN.fullmatch(text)
    if match is None:
        raise ValueError(f"not a span: {text!r}; write 15min, 8h or 3d")
    amount, unit = int(match[1]), match[2]
    if unit == "d":
        return round_the_clock(hours=24 * amount) if always else working(days=amount)
    hours = timedelta(minutes=amount) / timedelta(hours=1) if unit == "min" else amount
    return round_the_clock(hours=hours) if always else working(hours=hours)
