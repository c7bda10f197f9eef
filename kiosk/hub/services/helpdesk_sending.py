"""A change of a ticket as the helpdesk's staff read it: whole sentences in their language, and who is behind it."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from kiosk.domain.campus import Text
from kiosk.domain.language import Language
from kiosk.domain.priority import Priority
from kiosk.domain.tickets import IdentityLevel, TicketState, TicketType
from kiosk.hub.helpdesk_mapping import COMPLAINTS, SENT_STATES
from kiosk.hub.helpdesk_port import Change, Filing
from kiosk.hub.helpdesk_settings import HelpdeskSettings
from kiosk.hub.services.book import Book, read_book
from kiosk.hub.services.follow import when
from kiosk.hub.services.helpdesk_outbox import CREATED, Taken, due, keep_here
from kiosk.hub.services.listing import place_of
from kiosk.hub.services.naming import title_of
from kiosk.hub.services.telling import reached
from kiosk.hub.store.helpdesk_tables import HelpdeskChange, HelpdeskTicket
from kiosk.hub.store.tables import Person, Ticket
from kiosk.words import Speaker

#: Whose ticket ended before anybody at the helpdesk heard of it: nobody there has anything to do.
_OVER = (TicketState.WITHDRAWN, TicketState.DECLINED)


def take(db: Session, settings: HelpdeskSettings, now: datetime) -> Taken | None:
    """The next change that is due, ready to be sent; what need not be sent after all is left out on the way."""
    while (row := due(db, now)) is not None:
        ticket = db.get_one(Ticket, row.reference)
        there = db.get(HelpdeskTicket, row.reference)
        again = row.attempts > 1
        if row.what == CREATED:
            stays = ticket.type == TicketType.COMPLAINT and COMPLAINTS not in settings.mapping.queues
            if stays or (not again and ticket.state in _OVER):
                keep_here(db, row.reference)
                continue
            return Taken(row.op, row.reference, filing_of(db, read_book(db), settings, ticket), "", again)
        change = _change(row, settings, there)
        return Taken(row.op, row.reference, change, there.key if there else "", again)
    return None


def requester_of(db: Session, settings: HelpdeskSettings, ticket: Ticket) -> str:
    """The address the helpdesk writes to, '' for none."""
    whom = reached(db, ticket) if settings.writes_to_requesters else None
    return whom.email if whom else ""


def filing_of(db: Session, book: Book, settings: HelpdeskSettings, ticket: Ticket) -> Filing:
    """As it was reported: what happened to it since is sent after it, step by step."""
    say = Speaker(settings.language)
    is_complaint = ticket.type == TicketType.COMPLAINT
    return Filing(
        op=ticket.op,
        reference=ticket.reference,
        team=COMPLAINTS if is_complaint else ticket.team,
        priority=Priority(ticket.priority),
        subject=f"[{ticket.reference}] {title_of(book, ticket).of(settings.language)}",
        text=_text(db, book, say, ticket),
        requester=requester_of(db, settings, ticket),
    )


def _text(db: Session, book: Book, say: Speaker, ticket: Ticket) -> str:
    entry, zone = book.entry(ticket.service), ZoneInfo(book.zone)
    about = book.entry(ticket.subject)
    facts = [
        ("service", _of(entry.title, say) if entry else ""),
        ("symptom", _of(title_of(book, ticket), say)),
        ("about", _of(about.title, say) if about else ""),
        ("place", _of(place_of(book, ticket), say)),
        ("impact", say(f"report.impact_{ticket.impact}") if ticket.impact else ""),
        ("who", _who(db, say, ticket)),
        ("contact", _contact(db, say, ticket)),
        ("answer_in", say(f"helpdesk_ticket.language_{ticket.language}")),
        ("received", when(say, ticket.created_at.astimezone(zone))),
        ("respond_by", _by(say, ticket.respond_by, ticket.respond_about, zone)),
        ("resolve_by", _by(say, ticket.resolve_by, ticket.resolve_about, zone)),
        ("suspected", say("helpdesk_ticket.suspected_p0") if ticket.suspected_p0 else ""),
    ]
    lines = [say(f"helpdesk_ticket.{name}", value=value) for name, value in facts if value]
    return "\n".join([ticket.note, "", *lines] if ticket.note else lines)


def _by(say: Speaker, moment: datetime | None, about: bool, zone: ZoneInfo) -> str:
    return when(say, moment.astimezone(zone), about) if moment else ""


def _who(db: Session, say: Speaker, ticket: Ticket) -> str:
    person = db.get(Person, ticket.person) if ticket.person else None
    if person is None:
        return say("helpdesk_ticket.unmatched", claim=ticket.claim) if ticket.claim else say("helpdesk_ticket.nobody")
    proven = ticket.identity == IdentityLevel.VERIFIED
    key = "verified" if proven else "claimed"
    return say(f"helpdesk_ticket.{key}", name=person.name, number=person.number)


def _contact(db: Session, say: Speaker, ticket: Ticket) -> str:
    whom = reached(db, ticket)
    return " · ".join(filter(None, (whom.phone, whom.email) if whom else ())) or say("helpdesk_ticket.looks")


def _change(row: HelpdeskChange, settings: HelpdeskSettings, there: HelpdeskTicket | None) -> Change:
    say = Speaker(settings.language)
    state = TicketState(row.becomes) if row.becomes else None
    by = row.by if row.by in ("requester", "desk", "approver") else "hub"
    key = row.what if row.what in ("disowned", "reopened", "p0_confirmed") else f"state_{row.becomes}"
    what = "" if row.what in ("commented", "answered") else say(f"helpdesk_ticket.step_{key}")
    said = say("helpdesk_ticket.said", who=say(f"helpdesk_ticket.by_{by}"), text=row.text) if row.text else ""
    return Change(
        op=row.op,
        text="\n".join(filter(None, (what, said))),
        state=state if state in SENT_STATES else None,
        priority=Priority(row.priority) if row.priority else None,
        forget_requester=row.what == "disowned",
        was_status=there.status if there else "",
        was_priority=there.priority if there else "",
    )


def _of(text: Text, say: Speaker) -> str:
    return text.of(Language(say.language))
