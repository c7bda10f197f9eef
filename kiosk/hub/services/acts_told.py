"""A ``ticket_act`` operation: what a person did with a report of theirs while it still waited at the kiosk."""

from kiosk.domain.desk_work import UNDO
from kiosk.domain.policy import Action
from kiosk.domain.ticket_views import Act
from kiosk.hub.services import desk_reports
from kiosk.hub.services.doing import MAX_ID, Doing, read
from kiosk.hub.services.refusal import No
from kiosk.hub.services.sessions import proven_then
from kiosk.hub.services.ticket_changes import by_requester
from kiosk.hub.store.tables import Ticket
from kiosk.wire.routes import MAX_NOTE
from kiosk.wire.tickets import ActTakenAnswer, ActTold

#: What can be done with a report nobody has seen yet.
_ACTS = (Act.COMMENT, Act.WITHDRAW)


def act(doing: Doing) -> ActTakenAnswer | No:
    """By whoever may see the ticket, as at the kiosk; the report itself came before, or never will."""
    told = read(doing, ActTold, ("reference", MAX_ID), ("text", MAX_NOTE))
    if isinstance(told, No):
        return told
    if told.act not in (*_ACTS, UNDO) or doing.context.aggregate != told.reference:
        return No(422, "malformed", "no such act, or not about the ticket in the envelope")
    if told.act == UNDO:
        return desk_reports.undo(doing, told)
    db = doing.db
    person = proven_then(db, doing.kiosk, told.session, Action.SEE_TICKETS, doing.house.policy, told.made_at)
    ticket = db.get(Ticket, told.reference, with_for_update=True) if told.reference.isprintable() else None
    if person is None or ticket is None or ticket.person != person.id:
        return No(422, "not_yours", "this person has no such ticket")
    refused = by_requester(db, doing.book, ticket, Act(told.act), told.text, doing.now)
    return refused or ActTakenAnswer(ticket.reference, doing.now, ticket.state)
