"""Drafts as the messages the hub understands."""

import secrets
from datetime import datetime
from typing import assert_never

import msgspec

from kiosk.domain import drafts, queueable
from kiosk.domain.desk_work import UNDO, DeskPart, DeskUndoDraft
from kiosk.domain.drafts import TicketDraft
from kiosk.domain.parcels import SealedPin
from kiosk.domain.queueable import Queueable
from kiosk.wire import tickets as wire
from kiosk.wire.cards_told import FoundCard, LossReport
from kiosk.wire.claims import card_claimed, claim_made
from kiosk.wire.envelope import Envelope
from kiosk.wire.feedback import Feedback
from kiosk.wire.me_too import MeToo


def payload(draft: Queueable, reference: str, made_at: datetime) -> bytes:
    """The JSON text that is sealed; ``reference`` '' where the class has no number."""
    match draft:
        case TicketDraft():
            return msgspec.json.encode(report(draft, reference, made_at))
        case queueable.LossDraft():
            proof = _proof(draft.proof) if draft.proof else None
            loser = claim_made(draft.claim)
            loss = LossReport(reference, draft.language.value, loser, draft.session, proof, made_at)
            return msgspec.json.encode(loss)
        case queueable.FoundCardDraft():
            found = FoundCard(draft.language.value, card_claimed(draft.card), draft.place, made_at)
            return msgspec.json.encode(found)
        case queueable.FeedbackDraft():
            return msgspec.json.encode(_feedback(draft, made_at))
        case queueable.MeTooDraft():
            claim = claim_made(draft.claim) if draft.claim else None
            told = MeToo(draft.language.value, draft.announcement, draft.building, claim, made_at)
            return msgspec.json.encode(told)
        case queueable.TicketActDraft():
            done = wire.ActTold(draft.about, draft.language.value, draft.act.value, draft.text, draft.session, made_at)
            return msgspec.json.encode(done)
        case DeskUndoDraft(about=about, language=language, shift=shift):
            return msgspec.json.encode(wire.ActTold(about, language.value, UNDO, "", shift, made_at))
        case _:
            assert_never(draft)


def _feedback(draft: queueable.FeedbackDraft, made_at: datetime) -> Feedback:
    """Dated by the day only, and salted: nothing of it can be joined to the visit it was made in."""
    day = made_at.replace(hour=0, minute=0, second=0, microsecond=0)
    return Feedback(
        language=draft.language.value,
        about=draft.about,
        mark=draft.mark.value,
        made_at=day,
        reasons=list(draft.reasons),
        words=draft.words,
        salt=secrets.token_hex(16),
    )


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
        article=draft.article,
        made_at=made_at,
        subject=draft.subject,
        desk=_desk(draft.desk) if draft.desk else None,
    )


def _desk(part: DeskPart) -> wire.DeskTold:
    return wire.DeskTold(
        shift=part.shift,
        channel=part.channel.value,
        outcome=part.outcome.value,
        template=part.template,
        did=part.did,
        requester=part.requester,
        to=part.to,
    )


def _proof(pin: SealedPin) -> Envelope:
    return msgspec.json.decode(pin.envelope, type=Envelope)


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
