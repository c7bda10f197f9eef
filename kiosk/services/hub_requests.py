"""What services ask the hub, and what comes back, as values: asking never waits, the answer arrives as a command.

Over 400 lines because every question stands here once, and whoever adds one sees what there is already.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from kiosk.domain.accounts import AccountAct, AccountDone, AccountRefused, AccountSeen
from kiosk.domain.card_accounts import (
    Balance,
    CardLimits,
    CardOverview,
    CardPinSet,
    LimitsSet,
    MovementList,
    ReplacementOrdered,
)
from kiosk.domain.card_life import CardLooked, LossCancelled, LossState
from kiosk.domain.identity import CardClaim, Claim, Verified
from kiosk.domain.language import Language
from kiosk.domain.operations import OpId
from kiosk.domain.outcomes import (
    CodeOnTheWay,
    CodeWait,
    DeliveryOutcome,
    PinRefused,
    PinSet,
    PinTooEasy,
    Refused,
    Unreachable,
)
from kiosk.domain.parcels import Parcel, SealedOrder, SealedPin
from kiosk.domain.phone_sign_in import SignInOver, SignInShown
from kiosk.domain.policy import Action
from kiosk.domain.presence import MemoryMark, Neighbours, Readiness
from kiosk.domain.references import NumberBlock
from kiosk.domain.scans import SlipCode
from kiosk.domain.ticket_views import Act, Acted, TicketList, TicketView
from kiosk.domain.top_ups import TopUpOrder
from kiosk.domain.upkeep import UpkeepAllowed
from kiosk.services.desk_requests import DeskAnswer, DeskQuestion, EndShift
from kiosk.services.health_requests import HealthKept, TellHealth
from kiosk.services.upkeep_requests import AskUpkeep, SendLog


@dataclass(frozen=True, slots=True)
class Deliver:
    parcel: Parcel


@dataclass(frozen=True, slots=True)
class DeliverTogether:
    """Several operations in one request, each of another aggregate."""

    parcels: tuple[Parcel, ...]


@dataclass(frozen=True, slots=True)
class DeliveredTogether:
    """What became of each of them, in their order."""

    outcomes: tuple[DeliveryOutcome, ...]


@dataclass(frozen=True, slots=True)
class FetchCampus:
    """``etag`` of the snapshot at hand, '' where there is none."""

    etag: str


@dataclass(frozen=True, slots=True)
class FetchKnowledge:
    """``etag`` of the articles at hand, '' where there are none."""

    etag: str


@dataclass(frozen=True, slots=True)
class FetchTexts:
    """``ids`` of texts of articles."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TellPresence:
    """How this kiosk is and how far its memory has come; answered with those that are ready."""

    readiness: Readiness
    memory: MemoryMark | None = None


@dataclass(frozen=True, slots=True)
class FetchPicture:
    """``id`` of a picture of an article."""

    id: str


@dataclass(frozen=True, slots=True)
class FetchNumbers:
    """``op`` is kept until answered: asked twice, the hub gives the same block."""

    op: OpId


@dataclass(frozen=True, slots=True)
class VerifyPin:
    """``visit`` lets the answer to a visit that is over be dropped; in English a Latin name is shown where one is on
    file. ``session``: that of an earlier factor of this visit, to which the PIN is added. ``door``: what it is typed
    for, where whoever may not pass is to hear nothing but "wrong"."""

    claim: Claim
    pin: SealedPin
    visit: int = 0
    language: Language = Language.ZH
    session: str = field(default="", repr=False)
    door: Action | None = None


@dataclass(frozen=True, slots=True)
class SetPin:
    """``pin`` was typed twice in the secret helper; ``session`` holds the proofs for it."""

    claim: Claim
    pin: SealedPin
    session: str = field(repr=False)
    visit: int = 0


@dataclass(frozen=True, slots=True)
class SendCode:
    """A one-time code for ``claim``; ``op`` is known in this visit only and binds the code to it. ``channel``: phone or
    email. ``session`` as in VerifyPin."""

    op: OpId
    claim: Claim
    channel: str
    visit: int = 0
    session: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class CheckCode:
    """``op`` of the SendCode it answers; the rest as in VerifyPin."""

    op: OpId
    claim: Claim
    code: str = field(repr=False)
    visit: int = 0
    language: Language = Language.ZH
    session: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class CheckRelease:
    """A release code that an engineer gave ``claim``. ``op`` is known in this visit only; with it the code may be typed
    again. The rest as in VerifyPin."""

    op: OpId
    claim: Claim
    code: str = field(repr=False)
    visit: int = 0
    language: Language = Language.ZH
    session: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class BeginSignIn:
    """At the campus's page on the person's phone. ``op`` names the attempt, and only this visit knows it; ``claim`` is
    who they have to be, ``None`` for whoever signs in."""

    op: OpId
    claim: Claim | None
    visit: int = 0


@dataclass(frozen=True, slots=True)
class AskSignIn:
    """What became of it; ``visit``, ``language`` and ``session`` as in VerifyPin."""

    op: OpId
    claim: Claim | None
    visit: int = 0
    language: Language = Language.ZH
    session: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class CancelSignIn:
    """It is to become nothing: whoever wanted it has gone, or chosen another way."""

    op: OpId


@dataclass(frozen=True, slots=True)
class FetchMyTickets:
    session: str = field(repr=False)
    visit: int = 0


@dataclass(frozen=True, slots=True)
class LookAtSlip:
    """The ticket a slip's code leads to, as the code alone shows it. Asked for no person."""

    code: SlipCode
    visit: int = 0


@dataclass(frozen=True, slots=True)
class LookAtCard:
    """Is this card reported lost? Asked for no person."""

    card: CardClaim
    visit: int = 0


@dataclass(frozen=True, slots=True)
class FetchLossState:
    session: str = field(repr=False)
    visit: int = 0


@dataclass(frozen=True, slots=True)
class CancelLoss:
    """``op`` stays the same until its answer is known: asked twice, the hub does it once."""

    op: OpId
    session: str = field(repr=False)
    visit: int = 0


@dataclass(frozen=True, slots=True)
class OrderReplacement:
    """``op`` as in CancelLoss; ``fee`` as it was said on the screen, fen."""

    op: OpId
    fee: int
    session: str = field(repr=False)
    visit: int = 0


@dataclass(frozen=True, slots=True)
class ActOnTicket:
    """Takes effect once under ``op``, however often it is asked."""

    session: str = field(repr=False)
    op: OpId
    reference: str
    act: Act
    text: str = field(default="", repr=False)
    visit: int = 0


@dataclass(frozen=True, slots=True)
class FetchAccount:
    """The present person's account, for one act; ``session`` holds enough proofs for it."""

    act: AccountAct
    session: str = field(repr=False)
    visit: int = 0


@dataclass(frozen=True, slots=True)
class DoAct:
    """``order`` has its operation id inside: asked again after a lost answer, it is done once."""

    order: SealedOrder = field(repr=False)
    session: str = field(repr=False)
    visit: int = 0


@dataclass(frozen=True, slots=True)
class EndSession:
    """The person has gone: the hub forgets the session token."""

    session: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class FetchCard:
    session: str = field(repr=False)
    visit: int = 0


@dataclass(frozen=True, slots=True)
class FetchBalance:
    session: str = field(repr=False)
    visit: int = 0


@dataclass(frozen=True, slots=True)
class FetchMovements:
    session: str = field(repr=False)
    visit: int = 0


@dataclass(frozen=True, slots=True)
class SetCardLimits:
    """``op`` is kept until answered."""

    session: str = field(repr=False)
    op: OpId
    wanted: CardLimits
    visit: int = 0


@dataclass(frozen=True, slots=True)
class SetCardPin:
    """The PIN tills ask for: ``new`` was typed twice in the secret helper, ``present`` once, where there is one."""

    op: OpId
    claim: Claim
    new: SealedPin
    present: SealedPin | None
    session: str = field(repr=False)
    visit: int = 0


@dataclass(frozen=True, slots=True)
class OrderTopUp:
    """Never queued. ``op`` names the order from here on; ``amount`` whole fen."""

    session: str = field(repr=False)
    op: OpId
    amount: int
    visit: int = 0


@dataclass(frozen=True, slots=True)
class AskTopUp:
    """What became of an order of this kiosk."""

    op: OpId
    visit: int = 0


@dataclass(frozen=True, slots=True)
class CancelTopUp:
    """It is to become nothing; answered with what it became."""

    op: OpId
    visit: int = 0


CardQuestion = (
    FetchCard | FetchBalance | FetchMovements | SetCardLimits | SetCardPin | OrderTopUp | AskTopUp | CancelTopUp
)
CardAnswer = CardOverview | Balance | MovementList | LimitsSet | CardPinSet | TopUpOrder

HubRequest = (
    Deliver
    | DeliverTogether
    | FetchCampus
    | FetchKnowledge
    | FetchTexts
    | FetchPicture
    | FetchNumbers
    | TellPresence
    | TellHealth
    | VerifyPin
    | SetPin
    | SendCode
    | CheckCode
    | CheckRelease
    | BeginSignIn
    | AskSignIn
    | CancelSignIn
    | FetchMyTickets
    | LookAtSlip
    | ActOnTicket
    | LookAtCard
    | FetchLossState
    | CancelLoss
    | OrderReplacement
    | FetchAccount
    | DoAct
    | AskUpkeep
    | SendLog
    | EndSession
    | EndShift
    | DeskQuestion
    | CardQuestion
)


@dataclass(frozen=True, slots=True)
class CampusSnapshot:
    """A new snapshot: checked to be one, kept as the bytes the hub sent (CampusCache reads them)."""

    etag: str
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class KnowledgeList:
    """Which articles there are: checked to be a list, packed as the hub sent it."""

    etag: str
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class TextsCame:
    """Some of the texts that were asked for: checked to be texts, packed as the hub sent them."""

    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class PictureCame:
    """A JPEG: checked to be the one of this ``id``."""

    id: str
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class NotChanged:
    """The snapshot at hand is still the campus's."""


@dataclass(frozen=True, slots=True)
class SessionEnded:
    pass


HubOutcome = (
    DeliveryOutcome
    | DeliveredTogether
    | CampusSnapshot
    | KnowledgeList
    | TextsCame
    | PictureCame
    | NotChanged
    | NumberBlock
    | Neighbours
    | HealthKept
    | Verified
    | PinRefused
    | PinSet
    | PinTooEasy
    | CodeOnTheWay
    | CodeWait
    | SignInShown
    | SignInOver
    | TicketList
    | TicketView
    | CardLooked
    | LossState
    | LossCancelled
    | ReplacementOrdered
    | Acted
    | SessionEnded
    | AccountSeen
    | AccountDone
    | AccountRefused
    | UpkeepAllowed
    | DeskAnswer
    | CardAnswer
    | Refused
    | Unreachable
)


@dataclass(frozen=True, slots=True)
class HubAnswered:
    """A command: the hub's answer to ``request``, or why there is none."""

    request: HubRequest
    outcome: HubOutcome

    def each(self) -> "Iterator[HubAnswered]":
        """Of operations that went together, one answer for each of them; of anything else, this one."""
        if not isinstance(self.request, DeliverTogether):
            yield self
        elif isinstance(self.outcome, DeliveredTogether):
            for parcel, outcome in zip(self.request.parcels, self.outcome.outcomes, strict=True):
                yield HubAnswered(Deliver(parcel), outcome)
        elif isinstance(self.outcome, Unreachable):
            for parcel in self.request.parcels:
                yield HubAnswered(Deliver(parcel), self.outcome)
