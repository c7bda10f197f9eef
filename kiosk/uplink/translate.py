"""The hub's messages as domain values. ValueError where a message is well-formed but cannot be the hub's."""

from datetime import datetime
from typing import assert_never

from kiosk.domain.card_accounts import CardPinSet, CardState, LimitsSet, MovementList, ReplacementOrdered
from kiosk.domain.card_life import FoundAt, LossCancelled, LossState
from kiosk.domain.identity import Claim, NumberClaim, Verified, spent
from kiosk.domain.operations import OpId
from kiosk.domain.outcomes import CodeOnTheWay, CodeWait, PinRefusal, PinRefused, PinSet, PinTooEasy
from kiosk.domain.people import PersonNumber
from kiosk.domain.phone_sign_in import SignInEnd, SignInOver, SignInShown, SignInStep
from kiosk.domain.presence import Neighbours
from kiosk.domain.proof_words import proofs_of
from kiosk.domain.references import NumberBlock
from kiosk.domain.self_tests import SelfTestRecord
from kiosk.domain.ticket_views import TicketList, TicketView
from kiosk.domain.top_ups import TopUpOrder
from kiosk.services.health_requests import TellHealth
from kiosk.wire import cards, cards_told, identity
from kiosk.wire.enrolment import Block
from kiosk.wire.health import HealthLine, HealthReport, SelfTestTold


def pin_checked(answer: identity.PinAnswer, claim: Claim) -> Verified | PinRefused:
    match answer:
        case identity.PinAccepted():
            return Verified(spent(claim), answer.name, answer.number, answer.session, proofs_of(answer.proofs))
        case identity.PinDenied():
            aware(answer.retry_at)
            return PinRefused(PinRefusal(answer.why), answer.tries_left, answer.retry_at)
        case _:
            assert_never(answer)


def pin_set(answer: identity.NewPinAnswer) -> PinSet | PinTooEasy:
    return PinSet(answer.first) if isinstance(answer, identity.PinStored) else PinTooEasy()


def code_sent(answer: identity.CodeAnswer) -> CodeOnTheWay | CodeWait:
    match answer:
        case identity.CodeSent():
            aware(answer.expires_at, answer.resend_at)
            return CodeOnTheWay(answer.channel, answer.shown, answer.expires_at, answer.resend_at)
        case identity.CodeWaits():
            aware(answer.retry_at)
            return CodeWait(answer.retry_at)
        case _:
            assert_never(answer)


def sign_in(answer: identity.SignInAnswer, claim: Claim | None) -> SignInShown | SignInOver | Verified:
    match answer:
        case identity.SignInWaits():
            aware(answer.until)
            return SignInShown(SignInStep(answer.step), answer.until, answer.url, answer.number)
        case identity.SignInEnded():
            return SignInOver(SignInEnd(answer.why))
        case identity.SignedIn(accepted, number):
            if claim is None and not number:
                raise ValueError("a sign-in of nobody")
            whose = claim or NumberClaim(PersonNumber(number))
            return Verified(whose, accepted.name, accepted.number, accepted.session, proofs_of(accepted.proofs))
        case _:
            assert_never(answer)


def ticket_list(answer: TicketList) -> TicketList:
    aware(answer.as_of)
    for each in answer.tickets:
        ticket(each)
    return answer


def ticket(answer: TicketView) -> TicketView:
    aware(answer.created_at, answer.respond_by, answer.resolve_by, *(step.at for step in answer.history))
    if answer.approval is not None:
        aware(answer.approval.since, answer.approval.remind_by)
    return answer


def loss_state(answer: cards_told.LossState) -> LossState:
    found, replaced = answer.found, answer.replacement
    aware(answer.since, found.at if found else None)
    return LossState(
        CardState(answer.state),
        answer.since,
        FoundAt(found.place, found.at, found.arrived) if found else None,
        replacement(replaced) if replaced else None,
    )


def replacement(answer: cards_told.Replacement) -> ReplacementOrdered:
    aware(answer.ordered_at, answer.ready_at)
    return ReplacementOrdered(answer.fee, answer.ordered_at, answer.ready_at)


def loss_cancelled(answer: cards_told.LossCancelled) -> LossCancelled:
    aware(answer.at)
    return LossCancelled(answer.at)


def top_up(answer: TopUpOrder, op: OpId) -> TopUpOrder:
    """``op`` is the one that was asked about: an answer about another order is nobody's answer."""
    aware(answer.expires_at)
    if answer.op != op.value:
        raise ValueError("an answer about another order")
    return answer


def movement_list(answer: MovementList) -> MovementList:
    aware(answer.since, *(movement.at for movement in answer.movements))
    return answer


def limits_set(answer: LimitsSet) -> LimitsSet:
    aware(answer.at)
    return answer


def neighbours(answer: Neighbours) -> Neighbours:
    aware(answer.as_of)
    return answer


def card_pin_set(answer: cards.CardPinAnswer) -> CardPinSet | PinRefused | PinTooEasy:
    if isinstance(answer, cards.CardPinStored):
        aware(answer.at)
        return CardPinSet(answer.at, answer.first)
    if answer.why == "guessable":
        return PinTooEasy()
    aware(answer.retry_at)
    return PinRefused(PinRefusal(answer.why), answer.tries_left, answer.retry_at)


def number_block(answer: Block) -> NumberBlock:
    return NumberBlock.fresh(answer.code, answer.first, answer.last)


def aware(*times: datetime | None) -> None:
    if any(time is not None and time.tzinfo is None for time in times):
        raise ValueError("a time without its offset")


def health_report(told: TellHealth) -> HealthReport:
    lines = [
        HealthLine(each.subject.value, each.level.value, each.why or "", each.measured, each.seconds)
        for each in told.lines
    ]
    return HealthReport(lines, [_self_test(record) for record in told.self_tests])


def _self_test(record: SelfTestRecord) -> SelfTestTold:
    confirmed = record.confirmed_by
    return SelfTestTold(
        id=record.id,
        part=record.part.value,
        at=record.at,
        role=record.by.role.value,
        alias=record.by.alias,
        outcome=record.outcome.value,
        confirmed_role=confirmed.role.value if confirmed else "",
        confirmed_alias=confirmed.alias if confirmed else "",
        seen=record.seen,
    )
