"""What the services ask of the outside. Nothing here waits for a network, a printer or a person: what takes time is
asked for, and its answer comes back to the worker as a command (HubAnswered, SlipPrinted, PinSealed)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from kiosk.domain.accounts import AccountAct, AccountSeen
from kiosk.domain.campus import Campus
from kiosk.domain.health import Reading, Subject
from kiosk.domain.hub_time import HubTime
from kiosk.domain.identity import Claim
from kiosk.domain.operations import OperationClass, OpId
from kiosk.domain.outcomes import (
    PrintOutcome,
    Refused,
    SaveOutcome,
    Taken,
    Unreached,
)
from kiosk.domain.parcels import Parcel, SealedOrder, SealedPin
from kiosk.domain.queueable import Queueable
from kiosk.domain.receipts import Slip
from kiosk.domain.references import NumberBlock
from kiosk.domain.self_tests import SelfTestRecord
from kiosk.domain.speech import Utterance
from kiosk.domain.upkeep import Closed, MachineFacts
from kiosk.services.article_requests import ArticleRequest
from kiosk.services.hub_requests import CampusSnapshot, HubRequest, KnowledgeList, PictureCame, TextsCame


class Clock(Protocol):
    def monotonic(self) -> float:
        """Seconds; every duration and deadline is measured with it."""
        ...

    def hub_now(self) -> HubTime:
        """Time at the hub: its last answer's time plus what has passed since by the monotonic clock."""
        ...


class Hub(Protocol):
    def ask(self, request: HubRequest) -> bool:
        """Queues ``request``; ``HubAnswered`` follows exactly once. False where the queue is full: nothing follows."""
        ...


@dataclass(frozen=True, slots=True)
class QueueFill:
    """How full the outbox is. ``nearly_full`` from 80 % of ``limit``; new reports are refused from 95 %. ``last_sent``:
    when the hub last took one, as far as is known."""

    unsettled: int
    dead: int
    limit: int
    nearly_full: bool
    last_sent: datetime | None = None


@dataclass(frozen=True, slots=True)
class Queued:
    """One operation the hub does not have, without what is in it. ``answer``: the code of the last one, maybe with
    words after it; ``dead``: sending it again cannot help."""

    kind: OperationClass
    reference: str
    made_at: datetime
    attempts: int
    dead: bool
    answer: str


@dataclass(frozen=True, slots=True)
class NumbersLeft:
    """Reference numbers of this kiosk's code: ``here``, and ``at_hub`` as far as this kiosk knows."""

    here: int
    at_hub: int


class Outbox(Protocol):
    """The queue of operations the hub has not accepted yet."""

    def enqueue(self, draft: Queueable) -> SaveOutcome:
        """Gives the draft its id and, where its class has one, its number; seals it, commits it. ``Saved`` only after
        the commit returned."""
        ...

    def take_due(self, limit: int) -> list[Parcel]:
        """At most ``limit`` operations to send now: of each aggregate the oldest unsettled one whose wait is over,
        losses of cards before all others."""
        ...

    def settle(self, op_id: OpId, answer: Taken) -> None:
        """The hub has it: the sealed content is erased, reference and answer are kept for a while."""
        ...

    def settle_all(self, answers: Sequence[tuple[OpId, Taken]]) -> None:
        """The same for several, in one commit."""
        ...

    def bury(self, op_id: OpId, refused: Refused) -> None:
        """The hub will never take it: kept as a dead letter for a person to look at."""
        ...

    def retry(self, op_id: OpId, why: Unreached, wait: float) -> None:
        """No answer: due again in ``wait`` seconds, or a dead letter where its lifetime is over."""
        ...

    def retry_all(self, op_ids: Sequence[OpId], why: Unreached, wait: float) -> None:
        """The same of several that went together: in one commit."""
        ...

    def fill(self) -> QueueFill: ...

    def unsettled(self, limit: int) -> list[Queued]:
        """The oldest ``limit`` of what waits or is dead; the dead ones first."""
        ...

    def last_sent(self) -> datetime | None:
        """When the hub last took one of those that are still here."""
        ...

    def send_again(self, ops: Collection[str] | None = None) -> None:
        """Dead letters, those of ``ops`` or all, wait again in their old places. The hub may say no as before."""
        ...

    def hurry(self) -> None:
        """What waits for its time is due now; what is under way stays so."""
        ...

    def numbers_left(self) -> int: ...

    def numbers_wanted(self) -> OpId | None:
        """Under which operation id another block should be asked for; ``None`` while enough are left."""
        ...

    def forget_settled(self) -> None:
        """Throws away what settled long enough ago."""
        ...

    def doubt_numbers(self) -> None:
        """One of them was given before, by this disk as it was later: another block is asked for, and once it is here
        what is left of those before it is given to nobody."""
        ...

    def add_numbers(self, block: NumberBlock) -> None:
        """Adding a block that is there already changes nothing."""
        ...


class Articles(Protocol):
    """The articles on this kiosk and their index."""

    def ask(self, request: ArticleRequest) -> None:
        """``ArticlesAnswered`` follows, unless a later question of the same kind overtakes this one."""
        ...

    def keep(self, listed: KnowledgeList) -> None:
        """``ArticlesWanted`` follows while texts are missing, ``ArticlesChanged`` once it can be searched; also where
        the disk refuses, with what there was."""
        ...

    def keep_texts(self, texts: TextsCame) -> None:
        """As ``keep``. One at a time: it is kept before more are asked for."""
        ...

    def keep_picture(self, picture: PictureCame) -> None:
        """Shown from now on. One at a time: the one before it is kept by then."""
        ...


class CampusCache(Protocol):
    """The last snapshot of the campus, so that a kiosk without network still knows its desk and catalogue."""

    def campus(self) -> Campus | None: ...

    def etag(self) -> str:
        """'' where there is no snapshot."""
        ...

    def keep(self, snapshot: CampusSnapshot) -> Campus: ...


class Machine(Protocol):
    """What this kiosk runs on."""

    def facts(self) -> MachineFacts: ...

    def restart(self) -> bool:
        """Ends the program so that whoever started it starts it again; false where nobody would."""
        ...

    def keep_closed(self, closed: Closed | None) -> None:
        """Remembered over a restart."""
        ...


@dataclass(frozen=True, slots=True)
class SlipPrinted:
    """A command: what became of the slip ``job_id``."""

    job_id: int
    outcome: PrintOutcome


class SlipPrinter(Protocol):
    def print(self, job_id: int, slip: Slip) -> None:
        """Queues the slip; ``SlipPrinted`` follows exactly once, also when the queue is full."""
        ...


@dataclass(frozen=True, slots=True)
class Checked:
    """A command: what a check found; ``reading`` is ``None`` where this machine has no such thing."""

    subject: Subject
    reading: Reading | None


class Checks(Protocol):
    """What of this machine can be looked at beside its devices. None of it disturbs whoever stands there."""

    def ask(self, subject: Subject) -> None:
        """Looks on a thread of its own; ``Checked`` follows, unless the look hangs for good."""
        ...


class SelfTestRecords(Protocol):
    """What came of the self-tests made here, newest first; kept across restarts."""

    def keep(self, record: SelfTestRecord) -> bool:
        """False where the disk does not take it."""
        ...

    def latest(self) -> tuple[SelfTestRecord, ...]:
        """The last one of each part."""
        ...

    def untold(self) -> tuple[SelfTestRecord, ...]:
        """A few the hub has not heard of, the oldest first."""
        ...

    def told(self, ids: tuple[str, ...]) -> None: ...


@dataclass(frozen=True, slots=True)
class PinDigits:
    """A command: how many digits the secret helper holds now. The digits themselves never leave it."""

    count: int


@dataclass(frozen=True, slots=True)
class PinSealed:
    """A command: the helper's buffer, sealed and signed; the helper has forgotten it."""

    claim: Claim
    pin: SealedPin


@dataclass(frozen=True, slots=True)
class PinRepeat:
    """A command: a new PIN was typed once; ``differs``: the second time it was another, and both are forgotten."""

    differs: bool


@dataclass(frozen=True, slots=True)
class PinForgotten:
    """A command: no key for long, the helper has wiped what was typed."""


@dataclass(frozen=True, slots=True)
class PinFailed:
    """A command: the helper could not start, or ended by itself."""


@dataclass(frozen=True, slots=True)
class PasswordTyped:
    """A command: what the helper says of the words so far (secret.protocol.Typed), never the words."""

    step: str
    old: int
    new: int
    again: int
    broken: frozenset[str]
    score: int
    ready: bool
    differs: bool


@dataclass(frozen=True, slots=True)
class PasswordSealed:
    """A command: the words, sealed and signed; the helper has forgotten them."""

    order: SealedOrder


SecretEvent = PinDigits | PinSealed | PinRepeat | PinForgotten | PinFailed | PasswordTyped | PasswordSealed


class PasswordPad(Protocol):
    """The secret helper for a password. ``next``, ``previous`` and ``seal`` stay in line with the keys."""

    def open(self, account: AccountSeen, act: AccountAct) -> None:
        """A new helper; PasswordTyped follows after each key, PasswordSealed after ``seal``."""
        ...

    def next(self) -> None: ...

    def previous(self) -> None: ...

    def seal(self) -> None: ...

    def close(self) -> None:
        """Kills the process; nothing follows any more. Closing twice does nothing."""
        ...


class OrderSealer(Protocol):
    def unlock(self, handle: str) -> SealedOrder:
        """An order to unlock: there is nothing secret in it."""
        ...


class PinUse(StrEnum):
    """What a PIN is typed for. A new one is typed twice: PinRepeat comes in between."""

    CHECK = "check"  # one's own, to be checked
    NEW = "new"  # one's own, to be set
    CARD = "card"  # the one tills ask for, as it is now
    NEW_CARD = "new_card"  # that one, to be set

    @property
    def twice(self) -> bool:
        return self in (PinUse.NEW, PinUse.NEW_CARD)


class Speech(Protocol):
    """Says aloud. Both may be called from any thread and return at once."""

    def say(self, utterance: Utterance) -> None:
        """In the place of what is being said, unless the utterance waits for its end."""
        ...

    def hush(self) -> None:
        """Nothing is said any more."""
        ...


class SecretPad(Protocol):
    """The secret helper: a process that lives as long as the page. Keys reach it from the interface thread directly."""

    def open(self, claim: Claim, within: OperationClass | None = None, use: PinUse = PinUse.CHECK) -> None:
        """A new helper for a new attempt; PinDigits and, after the last digit, PinSealed follow.

        ``within``: nobody can check it now; it is sealed to travel inside an operation of this class.
        """
        ...

    def close(self) -> None:
        """Kills the process; nothing follows any more. Closing twice does nothing."""
        ...
