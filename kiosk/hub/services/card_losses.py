"""A ``card_loss`` operation: proven, it blocks the person's cards; not proven, it is the desk's to look at.

Whatever cannot take effect becomes a ticket of the desk with the same number, so that no report of a lost card is ever
a dead letter: a wrong PIN, a card or number that matches nobody, a person without a card.
"""

import msgspec
from sqlalchemy import select

from kiosk.domain.language import Language
from kiosk.domain.outcomes import LossEffect
from kiosk.domain.priority import Impact
from kiosk.hub.services.doing import MAX_ID, Carried, Doing, check_number, claim_too_long, read
from kiosk.hub.services.history import note_step
from kiosk.hub.services.intake import create_ticket
from kiosk.hub.services.people import ACTIVE, LOST, resolve
from kiosk.hub.services.refusal import No
from kiosk.hub.services.sessions import person_then
from kiosk.hub.store.tables import Card, CardLoss, Person, Ticket
from kiosk.wire.cards_told import LossAnswer, LossReport
from kiosk.wire.tickets import CardClaimed, ClaimMade, ContactOnFile, Report
from kiosk.words import say

#: What stands in a desk ticket's ``service``: no entry of any campus's catalogue.
SERVICE = "card-loss"


def proof(payload: bytes) -> Carried | None:
    """The PIN a loss report carries, if it carries one and the report can be read."""
    try:
        report = msgspec.json.decode(payload, type=LossReport)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    if report.proof is None or report.session or claim_too_long(report.claim):
        return None
    return Carried(report.claim, report.proof)


def report_lost(doing: Doing) -> LossAnswer | No:
    report = read(doing, LossReport, ("session", 2 * MAX_ID))
    if isinstance(report, No):
        return report
    refused = claim_too_long(report.claim) or check_number(doing, report.reference)
    if refused is not None:
        return refused
    person = _proven(doing, report)
    effect = _block(doing, person) if person else _not_proven(doing, report)
    loss = CardLoss(
        reference=report.reference,
        op=doing.context.op,
        kiosk=doing.kiosk.id,
        person=person.id if person else None,
        effect=effect,
        made_at=report.made_at,
        received_at=doing.now,
        effective_by=None,
    )
    doing.db.add(loss)
    if effect not in (LossEffect.BLOCKED, LossEffect.ALREADY_LOST):
        _tell_the_desk(doing, report, effect)
    return LossAnswer(report.reference, doing.now, effect, loss.effective_by)


def _proven(doing: Doing, report: LossReport) -> Person | None:
    if doing.verdict is not None:
        return doing.db.get(Person, doing.verdict.person) if doing.verdict.person else None
    return person_then(doing.db, doing.kiosk, report.session, report.made_at)


def _block(doing: Doing, person: Person) -> LossEffect:
    """All of the person's cards: which of them is in a stranger's hand is not known."""
    cards = list(doing.db.scalars(select(Card).where(Card.person == person.id).with_for_update()))
    active = [card for card in cards if card.state == ACTIVE]
    for card in active:
        card.state = LOST
    if active:
        return LossEffect.BLOCKED
    return LossEffect.ALREADY_LOST if any(card.state == LOST for card in cards) else LossEffect.NO_CARD


def _not_proven(doing: Doing, report: LossReport) -> LossEffect:
    if _is_lost(doing, report.claim):
        return LossEffect.ALREADY_LOST
    return LossEffect.NOT_PROVEN if resolve(doing.db, report.claim, doing.now) else LossEffect.NOBODY


def _is_lost(doing: Doing, claim: ClaimMade) -> bool:
    """A card reported lost identifies nobody any more; that it is lost is said to whoever taps it."""
    if not isinstance(claim, CardClaimed) or not claim.uid.isprintable():
        return False
    card = doing.db.get(Card, claim.uid.upper())
    return card is not None and card.state == LOST


def _tell_the_desk(doing: Doing, report: LossReport, effect: LossEffect) -> None:
    language = Language(report.language)
    matter = Report(
        reference=report.reference,
        language=report.language,
        service="",
        symptom="",
        impact=Impact.BLOCKED,
        building="",
        location="",
        note=say(language, f"loss_ticket.{effect}"),
        contact=ContactOnFile(),
        claim=report.claim,
        session=report.session,
        made_at=report.made_at,
    )
    create_ticket(doing.db, doing.book, doing.kiosk, doing.context.op, matter, doing.now, doing.public_url)
    ticket = doing.db.get_one(Ticket, report.reference)
    ticket.service = SERVICE
    note_step(doing.db, ticket, doing.now, f"loss_{effect}")
