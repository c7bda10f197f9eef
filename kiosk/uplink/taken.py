"""The hub's answers to operations, by class. ValueError where an answer is well-formed but cannot be the hub's."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import msgspec

from kiosk.domain.operations import OperationClass
from kiosk.domain.outcomes import (
    ActTaken,
    FeedbackTaken,
    FoundTaken,
    LossEffect,
    LossTaken,
    MeTooTaken,
    Taken,
    TicketAccepted,
)
from kiosk.uplink.translate import aware
from kiosk.wire.cards_told import FoundAnswer, LossAnswer
from kiosk.wire.feedback import FeedbackAnswer
from kiosk.wire.me_too import MeTooAnswer
from kiosk.wire.tickets import ActTakenAnswer, TicketAnswer


@dataclass(frozen=True, slots=True)
class Expected:
    """``translate`` gets the message and the aggregate that was sent: another one's answer is nobody's answer."""

    decoder: "msgspec.json.Decoder[Any]"
    translate: Callable[[Any, str], Taken]


def _ticket(answer: TicketAnswer, reference: str) -> TicketAccepted:
    _same(answer.instead_of or answer.reference, reference)
    aware(answer.received_at, answer.respond_by, answer.resolve_by)
    approval = answer.approval
    if approval is not None:
        aware(approval.since, approval.remind_by)
    return TicketAccepted(
        answer.reference,
        answer.received_at,
        answer.respond_by,
        answer.resolve_by,
        page_url=answer.page,
        approval=approval,
        goes_to=answer.goes_to,
        named=answer.named,
        respond_about=answer.respond_about,
        resolve_about=answer.resolve_about,
    )


def _loss(answer: LossAnswer, reference: str) -> LossTaken:
    _same(answer.instead_of or answer.reference, reference)
    aware(answer.received_at, answer.effective_by)
    return LossTaken(answer.reference, answer.received_at, LossEffect(answer.effect), answer.effective_by)


def _found(answer: FoundAnswer, _aggregate: str) -> FoundTaken:
    aware(answer.received_at)
    return FoundTaken(answer.received_at, answer.known)


def _feedback(answer: FeedbackAnswer, _aggregate: str) -> FeedbackTaken:
    aware(answer.received_at)
    return FeedbackTaken(answer.received_at)


def _me_too(answer: MeTooAnswer, _aggregate: str) -> MeTooTaken:
    aware(answer.received_at)
    return MeTooTaken(answer.received_at, answer.affected)


def _acted(answer: ActTakenAnswer, reference: str) -> ActTaken:
    _same(answer.reference, reference)
    aware(answer.received_at)
    return ActTaken(answer.reference, answer.received_at, answer.state)


def _same(answered: str, sent: str) -> None:
    if answered != sent:
        raise ValueError("an answer about another ticket")


#: One entry per class of operation that has a draft.
EXPECTED: dict[OperationClass, Expected] = {
    OperationClass.TICKET: Expected(msgspec.json.Decoder(TicketAnswer), _ticket),
    OperationClass.CARD_LOSS: Expected(msgspec.json.Decoder(LossAnswer), _loss),
    OperationClass.FOUND_CARD: Expected(msgspec.json.Decoder(FoundAnswer), _found),
    OperationClass.FEEDBACK: Expected(msgspec.json.Decoder(FeedbackAnswer), _feedback),
    OperationClass.ME_TOO: Expected(msgspec.json.Decoder(MeTooAnswer), _me_too),
    OperationClass.TICKET_ACT: Expected(msgspec.json.Decoder(ActTakenAnswer), _acted),
}
