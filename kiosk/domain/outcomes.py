"""Expected outcomes as values. Whatever raises beyond these is a bug.

Texts for people are made from these in kiosk.words; the strings here are stable codes, never shown.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from kiosk.domain.text import Text
from kiosk.domain.ticket_views import Approval


# -- printing -------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Printed:
    """The printer answered its status query after the last byte: paper is there and it is on line."""

    paper_low: bool = False


@dataclass(frozen=True, slots=True)
class NoPaper:
    pass


@dataclass(frozen=True, slots=True)
class NoPrinter:
    """Refused, unplugged, switched off, cover open, or none configured. ``detail`` is for staff."""

    detail: str = ""


@dataclass(frozen=True, slots=True)
class PrintUnknown:
    """Bytes went out but the printer did not say that paper came out; nothing may be claimed."""

    detail: str = ""


@dataclass(frozen=True, slots=True)
class PaperKept:
    """Not sent to the printer: the roll is near its end, and what is left is for what has no other proof."""


PrintOutcome = Printed | NoPaper | NoPrinter | PrintUnknown | PaperKept


# -- saving on this kiosk -------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Saved:
    """Committed with synchronous=FULL. ``reference`` '' where the class of operation has no number; ``on_paper``: what
    was sealed, as digits for a slip's second code, '' where it does not travel so."""

    op_id: str
    reference: str
    on_paper: str = field(default="", repr=False)


class NotSavedReason(StrEnum):
    DISK_FULL = "disk_full"
    DISK_ERROR = "disk_error"
    QUEUE_FULL = "queue_full"
    NO_NUMBERS = "no_numbers"  # the blocks of reference numbers are used up
    NOT_ENROLLED = "not_enrolled"


@dataclass(frozen=True, slots=True)
class NotSaved:
    reason: NotSavedReason
    detail: str = ""


SaveOutcome = Saved | NotSaved


# -- asking the hub -------------------------------------------------------------------------------------------
class Unreached(StrEnum):
    """Why the hub's answer is not known. All of them mean: try again later with the same operation id."""

    NO_CONNECTION = "no_connection"
    TIMED_OUT = "timed_out"
    WRONG_CERTIFICATE = "wrong_certificate"
    NOT_THE_HUB = "not_the_hub"  # HTML, garbage or too large an answer: a captive portal, a proxy's error page
    HUB_ERROR = "hub_error"  # 5xx, 429
    NOT_TRUSTED = "not_trusted"  # 401/403: this kiosk's credential is not accepted


@dataclass(frozen=True, slots=True)
class Unreachable:
    why: Unreached
    retry_after: float = 0.0  # seconds the hub asked us to wait; 0 when it did not
    by_hub: bool = False  # the hub itself said "not now" to this one question: the line to it is up


@dataclass(frozen=True, slots=True)
class Refused:
    """The hub understood and said no; sending the same again cannot help. ``code`` is the hub's stable code."""

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class TicketAccepted:
    """The hub has the ticket. Times are aware datetimes, ``None`` where the hub promises nothing.

    ``approval``: somebody has to agree first; ``goes_to``: whose a complaint is, by their post. ``respond_about``,
    ``resolve_about``: the holidays of those days are not published yet.
    """

    reference: str
    received_at: datetime
    respond_by: datetime | None
    resolve_by: datetime | None
    page_url: str = ""  # the slip's QR; empty when the campus has no public address
    approval: Approval | None = None
    goes_to: Text | None = None
    named: bool = True  # in the name it was made in, if it was made in one; false after too many in that name
    respond_about: bool = False
    resolve_about: bool = False


class LossEffect(StrEnum):
    """What became of a loss report. Everything but ``BLOCKED`` changes nothing about the card."""

    BLOCKED = "blocked"
    ALREADY_LOST = "already_lost"
    NOT_PROVEN = "not_proven"  # the PIN was wrong: the desk has a ticket, the person is told
    NOBODY = "nobody"  # the card or number matches nobody: the desk has a ticket
    NO_CARD = "no_card"  # the person has no card that could be blocked: the desk has a ticket


@dataclass(frozen=True, slots=True)
class LossTaken:
    """The hub has the loss report. ``effective_by``: the card works nowhere any more from then on at the latest;
    ``None`` where the card system does not say how long it takes."""

    reference: str
    received_at: datetime
    effect: LossEffect
    effective_by: datetime | None = None


@dataclass(frozen=True, slots=True)
class FoundTaken:
    """The hub has the finding. ``known``: the card is one of this campus and its owner is told."""

    received_at: datetime
    known: bool


@dataclass(frozen=True, slots=True)
class FeedbackTaken:
    received_at: datetime


#: The hub has the operation, and the sealed content may go.
@dataclass(frozen=True, slots=True)
class MeTooTaken:
    """Counted. ``affected`` people at the same place so far, this one included; 0 where the outage is over."""

    received_at: datetime
    affected: int


@dataclass(frozen=True, slots=True)
class ActTaken:
    """What was done with a report that waited; the ticket is in ``state`` now."""

    reference: str
    received_at: datetime
    state: str


Taken = TicketAccepted | LossTaken | FoundTaken | FeedbackTaken | MeTooTaken | ActTaken
DeliveryOutcome = Taken | Refused | Unreachable


# -- proving who one is ---------------------------------------------------------------------------------------
class PinRefusal(StrEnum):
    WRONG = "wrong"  # wrong PIN, unknown card or number: one answer for all of them
    LOCKED = "locked"  # growing delay for this kiosk and this card: until ``retry_at``
    NO_PIN = "no_pin"  # none set, or a default one, which counts as none
    EXPIRED = "expired"  # a one-time code that is over: too old, used, replaced by a newer one


@dataclass(frozen=True, slots=True)
class PinRefused:
    """``tries_left`` is given from the second failure on, before that it is ``None``."""

    why: PinRefusal
    tries_left: int | None = None
    retry_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PinSet:
    """The new PIN counts from now on. ``first``: there was none before, or only a default one."""

    first: bool


@dataclass(frozen=True, slots=True)
class PinTooEasy:
    """Not set: everybody would guess it."""


@dataclass(frozen=True, slots=True)
class CodeOnTheWay:
    """A one-time code was sent, if the claim is anybody's. ``channel`` phone or email; ``shown`` the masked address,
    '' before a factor of the same person was confirmed."""

    channel: str
    shown: str
    expires_at: datetime
    resend_at: datetime


@dataclass(frozen=True, slots=True)
class CodeWait:
    """None was sent: too many of late. What was sent before still counts."""

    retry_at: datetime
