"""What can happen to a visit."""

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.devices import ReaderMode
from kiosk.domain.identity import CardClaim, NumberClaim, Verified
from kiosk.domain.language import Language
from kiosk.domain.visit_limits import Aids, Context


class EndReason(StrEnum):
    VISITOR = "visitor"
    IDLE = "idle"
    TOO_LONG = "too_long"
    SAME_CARD = "same_card"
    QUESTION_UNANSWERED = "question_unanswered"
    CARD_REMOVED = "card_removed"
    OUT_OF_SERVICE = "out_of_service"
    STAFF_CARD = "staff_card"  # a colleague's card, while somebody works at the desk


@dataclass(frozen=True, slots=True)
class Started:
    language: Language = Language.ZH


@dataclass(frozen=True, slots=True)
class Touched:
    pass


@dataclass(frozen=True, slots=True)
class CardTapped:
    claim: CardClaim


@dataclass(frozen=True, slots=True)
class CardRemoved:
    mode: ReaderMode


@dataclass(frozen=True, slots=True)
class CardWasLost:
    """The hub knows this card as reported lost: whoever holds it is nobody by it."""

    claim: CardClaim


@dataclass(frozen=True, slots=True)
class NumberTyped:
    claim: NumberClaim


@dataclass(frozen=True, slots=True)
class CardShown:
    """The card that a page asked for, after a number was typed: from now on the visit is about its owner."""

    claim: CardClaim


@dataclass(frozen=True, slots=True)
class CardSeenAgain:
    """The card of this visit, shown again because a page asked for it: it has proven more than before."""

    claim: CardClaim


@dataclass(frozen=True, slots=True)
class PinAccepted:
    """The hub's answer. ``generation`` is the visit that asked: an answer to an earlier one changes nothing."""

    who: Verified
    generation: int


@dataclass(frozen=True, slots=True)
class ContextChanged:
    context: Context


@dataclass(frozen=True, slots=True)
class AidsChanged:
    aids: Aids


@dataclass(frozen=True, slots=True)
class LanguageChanged:
    language: Language


@dataclass(frozen=True, slots=True)
class GoOn:
    """The answer "go on" to the warning or to the question about another card."""


@dataclass(frozen=True, slots=True)
class UseOtherCard:
    """The answer "end and use this card" to the question about another card."""


@dataclass(frozen=True, slots=True)
class Ended:
    why: EndReason = EndReason.VISITOR


@dataclass(frozen=True, slots=True)
class Tick:
    pass


Event = (
    Started
    | Touched
    | CardTapped
    | CardRemoved
    | CardWasLost
    | NumberTyped
    | CardShown
    | CardSeenAgain
    | PinAccepted
    | ContextChanged
    | AidsChanged
    | LanguageChanged
    | GoOn
    | UseOtherCard
    | Ended
    | Tick
)
