"""A draft as the message the hub understands."""

from datetime import datetime
from typing import assert_never

from kiosk.domain import drafts
from kiosk.domain.drafts import TicketDraft
from kiosk.wire import tickets as wire
from kiosk.wire.claims import claim_made


def report(draft: TicketDraft, reference: str, made_at: datetime) -> wire.Report:
    return wire.Report(
        reference=reference,
        language=draft.language.value,
        service=draft.service,
        symptom=draft.symptom,
        impact=draft.impact.value if draft.impact else "",
        building=draft.building,
        location=draft.location,
        note=draft.note,
        contact=_contact(draft.contact),
        claim=claim_made(draft.claim) if draft.claim else None,
        session=draft.session,
        made_at=made_at,
    )


def _contact(contact: drafts.Contact) -> wire.Contact:
    match contact:
        case drafts.ContactOnFile():
            return wire.ContactOnFile()
        case drafts.ContactTyped(address):
            return wire.ContactTyped(address.reveal())
        case drafts.LookAtKiosk():
            return wire.LookAtKiosk()
        case _:
            assert_never(contact)
