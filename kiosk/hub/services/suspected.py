"""A suspected P0 (journeys 10): whoever is on call is told, and the duty group, and it stays P1 until somebody else
confirms it: the desk, a second independent person soon after, or monitoring. A notice on kiosks is still published by a
person only."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from kiosk.domain.language import Language
from kiosk.domain.priority import SECOND_REPORT_WITHIN, Priority
from kiosk.domain.text import Text
from kiosk.domain.tickets import IdentityLevel, TicketState
from kiosk.hub.ports import Told
from kiosk.hub.services.around import Around
from kiosk.hub.services.book import Book
from kiosk.hub.services.clocks import regrade
from kiosk.hub.services.duty import held
from kiosk.hub.services.history import HUB, MONITORING, note_step
from kiosk.hub.services.naming import title_of
from kiosk.hub.services.refusal import No
from kiosk.hub.store.duty_tables import MonitoringAlert
from kiosk.hub.store.tables import HistoryLine, Ticket
from kiosk.wire.routes import ARTICLE
from kiosk.words import say

#: Whoever is on call is told of one service at one place at most once in this time,
QUIET = timedelta(minutes=10)
#: and of one service at most so often in an hour, wherever it is: a prank costs no sleep.
MOST_AN_HOUR = 6
_TOLD = "on_call_told"
_NOWHERE = Text("–", "–")
_EVERYWHERE = Text(say(Language.ZH, "outage.everywhere"), say(Language.EN, "outage.everywhere"))
_OPEN = tuple(state for state in TicketState if state.is_open)


def suspect(db: Session, around: Around, ticket: Ticket, now: datetime) -> None:
    """A report that may be a P0 has just been made."""
    note_step(db, ticket, now, "suspected_p0")
    if _is_p0_already(db, ticket):
        _confirm(db, around, [ticket], HUB, now)
        return
    if _alerted(db, ticket, now):
        confirm(db, around, ticket, MONITORING, now)
        return
    found = list(db.scalars(_same(ticket, now - SECOND_REPORT_WITHIN).with_for_update()))
    if any(_is_independent(ticket, other) for other in found):
        _confirm(db, around, found, HUB, now)
        _tell(db, around, ticket, Told.CONFIRMED_P0, now)
    elif _may_tell(db, ticket, now):
        _tell(db, around, ticket, Told.SUSPECTED_P0, now)


def confirm(db: Session, around: Around, ticket: Ticket, by: str, now: datetime) -> No | None:
    """It is one, and so is everything open that is suspected of the same service at the same place."""
    if not ticket.suspected_p0 or ticket.state not in _OPEN:
        return No(409, "not_suspected", "this ticket is not open, or not suspected to be a P0")
    _confirm(db, around, list(db.scalars(_same(ticket).with_for_update())), by, now)
    _tell(db, around, ticket, Told.CONFIRMED_P0, now)
    return None


def alarm(db: Session, around: Around, service: str, building: str, now: datetime) -> list[str] | No:
    """Monitoring saw ``service`` fail at ``building`` ('' everywhere): what is suspected there is confirmed, also what
    comes within the time a second person has. References of what was confirmed now."""
    if around.book.entry(service) is None or (building and around.book.place(building) is None):
        return No(422, "unknown", "no such service, or no such building")
    db.execute(delete(MonitoringAlert).where(MonitoringAlert.at <= now - SECOND_REPORT_WITHIN))
    if not _is_told_already(db, service, building, now):
        _tell_groups_of_alarm(db, around, service, building, now)
    db.add(MonitoringAlert(service=service, building=building, at=now))
    wanted = select(Ticket).where(Ticket.suspected_p0, Ticket.service == service, Ticket.state.in_(_OPEN))
    if building:
        wanted = wanted.where(Ticket.building == building)
    found = list(db.scalars(wanted.order_by(Ticket.created_at).with_for_update()))
    _confirm(db, around, found, MONITORING, now)
    for building_found in dict.fromkeys(ticket.building for ticket in found):
        first = next(ticket for ticket in found if ticket.building == building_found)
        _tell(db, around, first, Told.CONFIRMED_P0, now)
    return [ticket.reference for ticket in found]


def _confirm(db: Session, around: Around, tickets: Sequence[Ticket], by: str, now: datetime) -> None:
    for ticket in tickets:
        regrade(db, around.book, ticket, Priority.P0)
        note_step(db, ticket, now, "p0_confirmed", by=by)


def _is_independent(one: Ticket, other: Ticket) -> bool:
    """Two people. A number anyone can type counts as a second one only at another kiosk."""
    if None in (one.person, other.person) or one.person == other.person:
        return False
    in_the_hand = all(ticket.shown in ("card", IdentityLevel.VERIFIED) for ticket in (one, other))
    return in_the_hand or one.kiosk != other.kiosk


def _is_p0_already(db: Session, ticket: Ticket) -> bool:
    same = _at(ticket).where(
        Ticket.priority == Priority.P0, Ticket.state.in_(_OPEN), Ticket.reference != ticket.reference
    )
    return db.scalars(same.limit(1)).first() is not None


def _alerted(db: Session, ticket: Ticket, now: datetime) -> bool:
    fresh = select(MonitoringAlert.id).where(
        MonitoringAlert.service == ticket.service,
        MonitoringAlert.building.in_(("", ticket.building)),
        MonitoringAlert.at > now - SECOND_REPORT_WITHIN,
    )
    return db.scalars(fresh.limit(1)).first() is not None


def _at(ticket: Ticket) -> Select[Ticket]:
    return select(Ticket).where(Ticket.service == ticket.service, Ticket.building == ticket.building)


def _same(ticket: Ticket, since: datetime | None = None) -> Select[Ticket]:
    same = _at(ticket).where(Ticket.suspected_p0, Ticket.state.in_(_OPEN))
    return same.where(Ticket.created_at >= since) if since else same


def _may_tell(db: Session, ticket: Ticket, now: datetime) -> bool:
    of_service = (
        select(func.count())
        .select_from(HistoryLine)
        .join(Ticket, Ticket.reference == HistoryLine.reference)
        .where(HistoryLine.what == _TOLD, Ticket.service == ticket.service)
    )
    in_an_hour = db.scalar(of_service.where(HistoryLine.at > now - timedelta(hours=1))) or 0
    here = of_service.where(Ticket.building == ticket.building, HistoryLine.at > now - QUIET)
    return in_an_hour < MOST_AN_HOUR and not db.scalar(here)


def _tell(db: Session, around: Around, ticket: Ticket, what: Told, now: datetime) -> None:
    """Whoever is on call, and the groups of the service: what is known of it, never who reported it."""
    if around.notices is None:
        return
    entry = around.book.entry(ticket.service)
    on_call = held(db, around.book, entry.on_call, now) if entry else None
    matter, place = title_of(around.book, ticket), _place(around.book, ticket.building, _NOWHERE)
    help = _emergency(around, ticket.service)
    groups = around.notices.tell_groups(
        db, what, ticket.service, now, reference=ticket.reference, matter=matter, place=place, help=help
    )
    if on_call is None:
        if groups:
            note_step(db, ticket, now, _TOLD)
        return
    note_step(db, ticket, now, _TOLD, text=on_call.role.id)
    language = Language(on_call.person.language)
    around.notices.tell(
        db,
        on_call.person,
        what,
        now,
        reference=ticket.reference,
        matter=matter.of(language),
        place=place.of(language),
        help=help.of(language),
    )


def _emergency(around: Around, service: str) -> Text:
    """Where to read what to do, where the service has an article for it and phones can reach the hub."""
    entry = around.book.entry(service)
    if entry is None or not entry.emergency or not around.public_url:
        return Text("", "")
    link = f"{around.public_url}{ARTICLE}{entry.emergency}"
    return Text(*(say(language, "told.help", link=link) for language in (Language.ZH, Language.EN)))


def _is_told_already(db: Session, service: str, building: str, now: datetime) -> bool:
    """A monitoring system may say the same every minute: until it was silent for a while it is one alarm."""
    same = select(MonitoringAlert.id).where(
        MonitoringAlert.service == service, MonitoringAlert.building == building, MonitoringAlert.at > now - QUIET
    )
    return db.scalars(same.limit(1)).first() is not None


def _tell_groups_of_alarm(db: Session, around: Around, service: str, building: str, now: datetime) -> None:
    entry = around.book.entry(service)
    if around.notices is not None and entry is not None:
        place = _place(around.book, building, _EVERYWHERE)
        help = _emergency(around, service)
        around.notices.tell_groups(db, Told.GROUP_ALERT, service, now, matter=entry.title, place=place, help=help)


def _place(book: Book, building: str, without: Text) -> Text:
    place = book.place(building)
    return place.title if place else without
