"""A ``ticket`` operation: the sealed report is checked and becomes a ticket."""

import msgspec

from kiosk.hub.services import claimed_reports, desk_reports
from kiosk.hub.services.doing import MAX_ID, Doing, claim_too_long, number_for, read
from kiosk.hub.services.history import NUMBER_WAS, note_step
from kiosk.hub.services.intake import create_ticket
from kiosk.hub.services.refusal import No
from kiosk.wire.routes import MAX_CONTACT, MAX_NOTE, MAX_PLACE_DETAIL
from kiosk.wire.tickets import ContactTyped, Report, TicketAnswer

_LIMITS = (
    ("note", MAX_NOTE),
    ("location", MAX_PLACE_DETAIL),
    *((name, MAX_ID) for name in ("service", "symptom", "building", "impact", "article", "subject")),
)


def tell(doing: Doing) -> TicketAnswer | No:
    report = read(doing, Report, *_LIMITS)
    if isinstance(report, No):
        return report
    if isinstance(report.contact, ContactTyped) and len(report.contact.address) > MAX_CONTACT:
        return No(422, "too_long", "a text is longer than agreed")
    number = claim_too_long(report.claim) or number_for(doing, report.reference)
    if isinstance(number, No):
        return number
    asked, report = report.reference, msgspec.structs.replace(report, reference=number)
    desk = desk_reports.at_desk(doing, report)
    counted = claimed_reports.Counted(report) if desk else claimed_reports.count(doing, report)
    kiosk, op, now = doing.kiosk, doing.context.op, doing.now
    made = create_ticket(doing.db, doing.around, kiosk, op, counted.report, now, desk)
    if desk is not None:
        desk_reports.finish(doing, desk, made.ticket)
    elif report.desk is not None:
        desk_reports.unproven(doing, made.ticket, now)
    claimed_reports.told(doing, made, counted)
    if number == asked:
        return msgspec.structs.replace(made.answer, named=counted.named)
    note_step(doing.db, made.ticket, doing.now, NUMBER_WAS, text=asked)
    return msgspec.structs.replace(made.answer, named=counted.named, instead_of=asked)
