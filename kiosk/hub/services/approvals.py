"""A request that somebody has to agree to first: asked by a mailed link, decided once, told on where nobody answers.

A link is as good as its holder: it ends with its time, when its person leaves, and when they lose the post.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from kiosk.domain.calendar import due, is_about
from kiosk.domain.language import Language
from kiosk.domain.plain_text import clean
from kiosk.domain.ticket_views import Approval
from kiosk.domain.tickets import TicketState
from kiosk.hub.ports import Notices, Told
from kiosk.hub.services.around import Around
from kiosk.hub.services.book import Book, read_book
from kiosk.hub.services.clocks import move
from kiosk.hub.services.duty import Held, held
from kiosk.hub.services.history import APPROVER, DESK, HUB, note_step
from kiosk.hub.services.naming import title_of
from kiosk.hub.services.refusal import No
from kiosk.hub.services.telling import tell_requester
from kiosk.hub.store.database import Store
from kiosk.hub.store.duty_tables import ApprovalAsked, ApprovalLink
from kiosk.hub.store.tables import Ticket
from kiosk.hub.tokens_made import digest, new_follow_code
from kiosk.wire.routes import DECIDE, MAX_NOTE

#: How long a mailed link works; a request that still waits then is asked about anew.
LINK_LIFE = timedelta(days=30)
#: Requests looked at in one sweep.
MOST_AT_ONCE = 200


class Decision(StrEnum):
    APPROVED = "approved"
    DECLINED = "declined"


def ask(db: Session, around: Around, ticket: Ticket, now: datetime) -> bool:
    """Asks whoever has to agree to this; False where nobody has to. Nothing is promised before they did."""
    entry = around.book.entry(ticket.service)
    role = entry.approvals.get(ticket.symptom, "") if entry else ""
    if not role:
        return False
    found = held(db, around.book, role, now, _requester(ticket))
    if found is None:
        note_step(db, ticket, now, "no_approver", text=role)
        return False
    move(db, around.book, ticket, TicketState.WAITING_FOR_APPROVAL, now)
    row = ApprovalAsked(
        reference=ticket.reference,
        role=role,
        person=found.person.id,
        asked_at=now,
        remind_at=due(now, around.book.time_to_approve(), around.book.hours()),
        escalated_at=None,
        decision="",
        decided_by=None,
        decided_at=None,
        words="",
    )
    db.add(row)
    db.flush()
    note_step(db, ticket, now, "approval_asked", text=role)
    _mail(db, around, ticket, found, Told.APPROVAL_ASKED, now)
    return True


def approval_of(db: Session, book: Book, ticket: Ticket) -> Approval | None:
    """As its requester is told of it; also after it was decided."""
    row = db.get(ApprovalAsked, ticket.reference)
    role = book.role(row.role) if row else None
    if row is None or role is None:
        return None
    hours = book.hours()
    asked_at, remind_by = row.asked_at.astimezone(hours.zone), row.remind_at.astimezone(hours.zone)
    return Approval(role.title, asked_at, remind_by, is_about(remind_by, book.time_to_approve(), hours))


def link_of(db: Session, book: Book, code: str, now: datetime) -> ApprovalLink | None:
    """``None`` for a code that is unknown or over, and for one whose person has left or lost the post."""
    link = db.get(ApprovalLink, digest(code))
    if link is None or link.expires_at <= now:
        return None
    holder = held(db, book, link.role, now, _requester(db.get_one(Ticket, link.reference)))
    return link if holder is not None and holder.person.id == link.person else None


def decide_by_link(db: Session, around: Around, code: str, decision: Decision, words: str, now: datetime) -> No | None:
    """``None`` where this touch decided. The same link says the same again as often as it likes: nothing changes."""
    link = link_of(db, around.book, code, now)
    if link is None:
        return No(404, "unknown_link", "no such link, or not any more")
    return decide(db, around, link.reference, decision, words, link.person, now)


def sweep(store: Store, notices: Notices, public_url: str, now: datetime) -> int:
    """Asks anew where the post changed hands or the link ran out, and tells the lead where nobody answers in time; how
    many were told."""
    with store.read() as db:
        waiting = list(db.scalars(_waiting().limit(MOST_AT_ONCE)))
        if not waiting:
            return 0
        book = read_book(db)
        around = Around(book, notices, public_url)
        late = [ref for ref in waiting if _wants(db, around, db.get_one(ApprovalAsked, ref), now)]
    told = 0
    for reference in late:
        with store.write() as db:
            ticket = db.get_one(Ticket, reference, with_for_update=True)
            row = db.get_one(ApprovalAsked, reference, with_for_update=True)
            waits = ticket.state == TicketState.WAITING_FOR_APPROVAL and not row.decision
            if waits and _wants(db, around, row, now):
                told += _go_after(db, around, row, now)
    return told


def decide(
    db: Session,
    around: Around,
    reference: str,
    decision: Decision,
    words: str,
    person: str | None,
    now: datetime,
) -> No | None:
    """``person`` is the id of who decided, ``None`` where the desk writes down what it was told."""
    # The ticket first, as everywhere: whoever holds it may be on the way here.
    ticket = db.get(Ticket, reference, with_for_update=True, populate_existing=True)
    row = db.get(ApprovalAsked, reference, with_for_update=True, populate_existing=True)
    if row is None or ticket is None:
        return No(422, "no_approval", "nobody has to agree to this")
    if row.decision or ticket.state != TicketState.WAITING_FOR_APPROVAL:
        return No(409, "decided", "this waits for no decision any more")
    said = clean(words, MAX_NOTE)
    row.decision, row.decided_by, row.decided_at, row.words = decision, person, now, said
    by = APPROVER if person else DESK
    if decision is Decision.APPROVED:
        move(db, around.book, ticket, TicketState.NEW, now)
        note_step(db, ticket, now, "approved", by=by, text=said)
    else:
        move(db, around.book, ticket, TicketState.DECLINED, now)
        note_step(db, ticket, now, f"state:{TicketState.DECLINED}", by=by, text=said)
    told = Told.REQUEST_APPROVED if decision is Decision.APPROVED else Told.REQUEST_DECLINED
    tell_requester(db, around, ticket, told, now)
    return None


def _wants(db: Session, around: Around, row: ApprovalAsked, now: datetime) -> bool:
    ticket = db.get_one(Ticket, row.reference)
    holder = held(db, around.book, row.role, now, _requester(ticket))
    silent = row.remind_at <= now and row.escalated_at is None
    return silent or (holder is not None and _is_to_be_asked_anew(db, around, row, holder, now))


def _is_to_be_asked_anew(db: Session, around: Around, row: ApprovalAsked, holder: Held, now: datetime) -> bool:
    if holder.person.id != row.person:
        return True
    alive = select(ApprovalLink.digest).where(
        ApprovalLink.reference == row.reference, ApprovalLink.person == row.person, ApprovalLink.expires_at > now
    )
    return bool(around.public_url) and db.scalars(alive).first() is None


def _go_after(db: Session, around: Around, row: ApprovalAsked, now: datetime) -> int:
    ticket, told = db.get_one(Ticket, row.reference), 0
    holder = held(db, around.book, row.role, now, _requester(ticket))
    if holder is not None and _is_to_be_asked_anew(db, around, row, holder, now):
        db.execute(delete(ApprovalLink).where(ApprovalLink.reference == row.reference, ApprovalLink.expires_at <= now))
        row.person = holder.person.id
        _mail(db, around, ticket, holder, Told.APPROVAL_ASKED, now)
        told += 1
    if row.remind_at <= now and row.escalated_at is None:
        row.escalated_at = now
        note_step(db, ticket, now, "escalated", by=HUB)
        entry = around.book.entry(ticket.service)
        lead = held(db, around.book, entry.lead, now, _requester(ticket) | {row.person}) if entry else None
        if lead is not None:
            _mail(db, around, ticket, lead, Told.APPROVAL_LATE, now)
            told += 1
        if around.notices is not None:
            matter = title_of(around.book, ticket)
            told += around.notices.tell_groups(
                db, Told.GROUP_REQUEST_LATE, ticket.service, now, reference=ticket.reference, matter=matter
            )
    return told


def _mail(db: Session, around: Around, ticket: Ticket, to: Held, what: Told, now: datetime) -> None:
    """With a link of their own where the hub has a public address, else the desk's telephone takes the answer."""
    if around.notices is None:
        return
    title = title_of(around.book, ticket).of(Language(to.person.language))
    until = now + LINK_LIFE
    if not around.public_url:
        phone = around.book.desk.phone
        around.notices.mail(
            db, to.person, Told.APPROVAL_BY_DESK, until, reference=ticket.reference, matter=title, phone=phone
        )
        return
    code = new_follow_code()
    db.add(
        ApprovalLink(
            digest=digest(code),
            reference=ticket.reference,
            role=to.role.id,
            person=to.person.id,
            expires_at=until,
        )
    )
    link = f"{around.public_url}{DECIDE}{code}"
    around.notices.mail(db, to.person, what, until, reference=ticket.reference, matter=title, link=link)


def _requester(ticket: Ticket) -> frozenset[str]:
    """Nobody agrees to what was asked in their own name."""
    return frozenset({ticket.person}) if ticket.person else frozenset()


def _waiting() -> Select[str]:
    return (
        select(ApprovalAsked.reference)
        .join(Ticket, Ticket.reference == ApprovalAsked.reference)
        .where(ApprovalAsked.decision == "", Ticket.state == TicketState.WAITING_FOR_APPROVAL)
        .order_by(ApprovalAsked.escalated_at.is_not(None), ApprovalAsked.remind_at)
    )
