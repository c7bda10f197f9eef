"""A report that staff logged at the desk: whose work it is, for whom, solved here or handed on, and taken back."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.desk_rights import DeskRight
from kiosk.domain.desk_work import UNDO_WITHIN, DeskChannel, DeskOutcome, DeskTemplate
from kiosk.domain.tickets import Channel, TicketState, TicketType
from kiosk.hub.services.book import Book
from kiosk.hub.services.clocks import move
from kiosk.hub.services.desk_acts import assign
from kiosk.hub.services.desk_look_ups import found_by
from kiosk.hub.services.desk_shifts import Shift, can_be_given, shift_then
from kiosk.hub.services.doing import Doing
from kiosk.hub.services.history import DESK, note_step
from kiosk.hub.services.refusal import No
from kiosk.hub.services.sessions import SLACK
from kiosk.hub.services.ticket_changes import by_desk
from kiosk.hub.store.tables import HistoryLine, Person, Ticket
from kiosk.wire.tickets import ActTakenAnswer, ActTold, DeskTold, Report

#: Steps of a ticket's history: whose work it is (an id), what was done, and that it could not be proven to be staff's.
LOGGED, DID, UNPROVEN = "desk_logged", "desk_did", "desk_unproven"
#: A ticket that was taken back.
UNDONE = "desk_undone"
_CHANNELS = {
    DeskChannel.WALK_UP: Channel.DESK,
    DeskChannel.PHONE: Channel.PHONE,
    DeskChannel.MAIL: Channel.MAIL,
}


@dataclass(frozen=True, slots=True)
class AtDesk:
    """``requester`` where they were found by name: a card or number says it by itself."""

    shift: Shift
    told: DeskTold
    requester: Person | None

    @property
    def channel(self) -> Channel:
        return _CHANNELS[DeskChannel(self.told.channel)]


def at_desk(doing: Doing, report: Report) -> AtDesk | None:
    """``None`` where nobody of the desk is behind it: then it is a report as anybody makes one."""
    told = report.desk
    if told is None or told.channel not in list(DeskChannel) or told.outcome not in list(DeskOutcome):
        return None
    shift = shift_then(doing.db, doing.kiosk, told.shift, report.made_at)
    if shift is None or not shift.may(DeskRight.LOG):
        return None
    return AtDesk(shift, told, found_by(doing.db, shift, told.requester))


def finish(doing: Doing, desk: AtDesk, ticket: Ticket) -> None:
    """What the staff member did with it, in the transaction that makes it."""
    db, now = doing.db, doing.now
    note_step(db, ticket, now, LOGGED, by=DESK, text=desk.shift.person.id)
    if did := _did(doing.book, desk.told):
        note_step(db, ticket, now, DID, by=DESK, text=did)
    if ticket.type == TicketType.COMPLAINT:
        return  # it is its lead's to answer, whoever wrote it down
    if desk.told.outcome == DeskOutcome.SOLVED:
        by_desk(db, doing.book, ticket, TicketState.RESOLVED, "", now)
        return
    person = can_be_given(db, desk.told.to, now) if desk.told.to else None
    if person is not None:
        assign(db, ticket, person.number, now)


def undo(doing: Doing, told: ActTold) -> ActTakenAnswer | No:
    """By whoever logged it, as long as it could be taken back when they said so."""
    db = doing.db
    shift = shift_then(db, doing.kiosk, told.session, told.made_at)
    ticket = db.get(Ticket, told.reference, with_for_update=True) if told.reference.isprintable() else None
    nobodys = No(422, "not_yours", "nothing of this desk has that number")
    if shift is None or ticket is None or ticket.kiosk != doing.kiosk.id or not shift.may(DeskRight.LOG):
        return nobodys
    if _logged_by(db, ticket) != shift.person.id:
        return nobodys
    if told.made_at - ticket.made_at > UNDO_WITHIN + SLACK:
        return No(422, "too_late", "this was logged too long ago")
    if ticket.state != TicketState.WITHDRAWN:
        move(db, doing.book, ticket, TicketState.WITHDRAWN, doing.now)
        note_step(db, ticket, doing.now, f"state:{TicketState.WITHDRAWN.value}", by=DESK)
        note_step(db, ticket, doing.now, UNDONE, by=DESK, text=shift.person.id)
    return ActTakenAnswer(ticket.reference, doing.now, ticket.state)


def _logged_by(db: Session, ticket: Ticket) -> str | None:
    wanted = select(HistoryLine.text).where(HistoryLine.reference == ticket.reference, HistoryLine.what == LOGGED)
    return db.scalar(wanted.limit(1))


def _did(book: Book, told: DeskTold) -> str:
    template = template_of(book, told.template)
    names = {action.id: action.title.zh for action in template.actions} if template else {}
    return "、".join(names[id] for id in told.did if id in names)


def template_of(book: Book, id: str) -> DeskTemplate | None:
    return next((template for template in book.templates if template.id == id), None)


def unproven(doing: Doing, ticket: Ticket, now: datetime) -> None:
    note_step(doing.db, ticket, now, UNPROVEN)
