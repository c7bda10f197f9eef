"""A ``card_loss`` operation: proven, it blocks the person's cards; not proven, it is the desk's to look at.

Whatever cannot take effect becomes a ticket of the desk with the same number, so that no report of a lost card is ever
a dead letter: a wrong PIN, a card or number that matches nobody, a person without a card.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never
from zoneinfo import ZoneInfo

import msgspec

from kiosk.domain.card_accounts import CardOverview, CardRefusal, CardRefused, CardState, CardSystemSilent, Frozen
from kiosk.domain.language import Language
from kiosk.domain.outcomes import LossEffect
from kiosk.domain.policy import Action, Allowed, Factor, decide
from kiosk.domain.priority import Impact
from kiosk.hub.ports import Told
from kiosk.hub.services.doing import MAX_ID, Carried, Doing, claim_too_long, number_for, read
from kiosk.hub.services.history import note_step
from kiosk.hub.services.intake import create_ticket
from kiosk.hub.services.naming import CARD_LOSS
from kiosk.hub.services.people import LOST, resolve
from kiosk.hub.services.refusal import SILENT, No
from kiosk.hub.services.self_service import Served, note_served
from kiosk.hub.services.sessions import proven_then
from kiosk.hub.store.tables import Card, CardLoss, Person, Ticket
from kiosk.wire.cards_told import LossAnswer, LossReport
from kiosk.wire.tickets import CardClaimed, ClaimMade, ContactOnFile, Report
from kiosk.words import say


@dataclass(frozen=True, slots=True)
class Blocked:
    effect: LossEffect
    effective_by: datetime | None = None


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
    number = claim_too_long(report.claim) or number_for(doing, report.reference)
    if isinstance(number, No):
        return number
    asked, report = report.reference, msgspec.structs.replace(report, reference=number)
    person = _proven(doing, report)
    blocked = _block(doing, person) if person else Blocked(_not_proven(doing, report))
    if isinstance(blocked, No):
        return blocked
    effect = blocked.effect
    loss = CardLoss(
        reference=report.reference,
        op=doing.context.op,
        kiosk=doing.kiosk.id,
        person=person.id if person else None,
        effect=effect,
        made_at=report.made_at,
        received_at=doing.now,
        effective_by=blocked.effective_by,
    )
    doing.db.add(loss)
    _tell_the_person(doing, report, person, effect)
    if person is not None and effect is LossEffect.BLOCKED:
        note_served(doing.db, person.id, doing.kiosk.id, Served.CARD_LOST, doing.now)
    if effect not in (LossEffect.BLOCKED, LossEffect.ALREADY_LOST):
        _tell_the_desk(doing, report, effect)
    instead_of = asked if number != asked else ""
    return LossAnswer(number, doing.now, _said(effect), loss.effective_by, instead_of)


def _said(effect: LossEffect) -> LossEffect:
    """Nobody's number and a wrong PIN read alike at a kiosk: who exists is not found out by asking. The desk knows."""
    return LossEffect.NOT_PROVEN if effect is LossEffect.NOBODY else effect


def _proven(doing: Doing, report: LossReport) -> Person | None:
    """By the session the report was made in, or by the PIN it carried: each as far as the campus's policy goes."""
    db, policy = doing.db, doing.house.policy
    if doing.verdict is None:
        token, made_at = report.session, report.made_at
        return proven_then(db, doing.kiosk, token, Action.REPORT_CARD_LOST, policy, made_at)
    enough = isinstance(decide(Action.REPORT_CARD_LOST, frozenset({Factor.PIN}), policy), Allowed)
    return db.get(Person, doing.verdict.person) if enough and doing.verdict.person else None


def _block(doing: Doing, person: Person) -> Blocked | No:
    before = doing.house.cards.overview(doing.db, person.id)
    frozen = doing.house.cards.freeze(doing.db, doing.context.op, person.id, doing.now)
    match frozen:
        case Frozen(effective_by=effective_by):
            was_lost = isinstance(before, CardOverview) and before.state is CardState.LOST
            effect = LossEffect.ALREADY_LOST if was_lost else LossEffect.BLOCKED
            return Blocked(effect, effective_by.astimezone(ZoneInfo(doing.book.zone)) if effective_by else None)
        case CardRefused(CardRefusal.ALREADY_REPLACED):
            return Blocked(LossEffect.ALREADY_LOST)
        case CardRefused():
            return Blocked(LossEffect.NO_CARD)
        case CardSystemSilent():
            return SILENT
        case _:
            assert_never(frozen)


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


def _tell_the_person(doing: Doing, report: LossReport, person: Person | None, effect: LossEffect) -> None:
    """That their card is blocked, or that somebody tried to have it blocked with a wrong PIN (journeys 5)."""
    what = {LossEffect.BLOCKED: Told.CARD_LOST, LossEffect.NOT_PROVEN: Told.CARD_NOT_LOST}.get(effect)
    resolved = None if person else resolve(doing.db, report.claim, doing.now)
    whom = person or (resolved.person if resolved else None)
    if what is not None and whom is not None:
        doing.house.notices.tell(doing.db, whom, what, doing.now, phone=doing.book.desk.phone)


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
    create_ticket(doing.db, doing.around, doing.kiosk, doing.context.op, matter, doing.now)
    ticket = doing.db.get_one(Ticket, report.reference)
    ticket.service = CARD_LOSS
    note_step(doing.db, ticket, doing.now, f"loss_{effect}")
