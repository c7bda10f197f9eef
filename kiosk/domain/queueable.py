"""What an outbox can be asked to hold: one type per class of operation, and none for money."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from kiosk.domain.desk_work import DeskUndoDraft
from kiosk.domain.drafts import TicketDraft
from kiosk.domain.identity import CardClaim, Claim
from kiosk.domain.language import Language
from kiosk.domain.operations import OperationClass
from kiosk.domain.parcels import SealedPin
from kiosk.domain.ticket_views import Act


@dataclass(frozen=True, slots=True)
class LossDraft:
    """The card of ``claim`` is lost.

    Either ``session`` is the hub's token of a person verified in this visit, or ``proof`` is a PIN that nobody could
    check yet: sealed by the secret helper for this class and this claim only, judged by the hub when it arrives.
    """

    kind: ClassVar[OperationClass] = OperationClass.CARD_LOSS
    language: Language
    claim: Claim
    session: str = field(default="", repr=False)
    proof: SealedPin | None = None


@dataclass(frozen=True, slots=True)
class FoundCardDraft:
    """Somebody found ``card`` and hands it in at ``place``, an id of the campus. Who found it is not asked."""

    kind: ClassVar[OperationClass] = OperationClass.FOUND_CARD
    language: Language
    card: CardClaim
    place: str


class Mark(StrEnum):
    """What somebody thinks of something, as one touch says it, or going away: a search that found nothing, or nothing
    that was opened."""

    SOLVED = "solved"
    STILL_STUCK = "still_stuck"
    VERY_GOOD = "very_good"
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"
    VERY_POOR = "very_poor"
    NOT_FOUND = "not_found"
    FOUND_AND_LEFT = "found_and_left"


@dataclass(frozen=True, slots=True)
class FeedbackDraft:
    """``about`` names a thing of the campus (an article, a service, this kiosk), never a person or a visit; ``words``
    are cleaned and cut before they get here."""

    kind: ClassVar[OperationClass] = OperationClass.FEEDBACK
    language: Language
    about: str
    mark: Mark
    reasons: tuple[str, ...] = ()
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class MeTooDraft:
    """A known outage, ``announcement``, concerns this person as well, at ``building`` (an id of the campus or '').

    With a ``claim`` they are told when it is over; without one they are only counted.
    """

    kind: ClassVar[OperationClass] = OperationClass.ME_TOO
    language: Language
    announcement: str
    building: str
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class TicketActDraft:
    """What somebody verified in this visit does with a report of theirs that this kiosk has not sent yet. ``session``
    is the hub's token; ``about`` the report's number, behind which this waits."""

    kind: ClassVar[OperationClass] = OperationClass.TICKET_ACT
    language: Language
    about: str
    act: Act
    session: str = field(repr=False)
    text: str = field(default="", repr=False)


Queueable = TicketDraft | LossDraft | FoundCardDraft | FeedbackDraft | MeTooDraft | TicketActDraft | DeskUndoDraft
