"""What the hub asks of the campus's systems. A second implementation of each exists: the built-in campus."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from sqlalchemy.orm import Session

from kiosk.domain.accounts import AccountOutcome, AccountState
from kiosk.domain.campus import CampusAccount
from kiosk.domain.card_accounts import (
    Balance,
    CardLimits,
    CardOverview,
    CardPinSet,
    CardRefused,
    CardSystemSilent,
    Frozen,
    LimitsSet,
    MovementList,
    ReplacementOrdered,
    Thawed,
    TopUpPosted,
)
from kiosk.domain.card_capabilities import CardCapabilities, PaymentTerms
from kiosk.domain.password_rules import PasswordRule
from kiosk.domain.text import Text
from kiosk.domain.top_ups import PaymentState, PayPage, ProviderSilent
from kiosk.hub.secret_value import Secret

CardTrouble = CardRefused | CardSystemSilent


class Payments(Protocol):
    """A payment provider. ``op`` is the order's id; asked again with it, the provider answers about the same payment.

    Called outside any transaction: it may take its time, and what it did stays done whatever becomes of the caller.
    """

    @property
    def terms(self) -> PaymentTerms: ...

    def begin(self, op: str, amount: int, until: datetime) -> PayPage | ProviderSilent:
        """Where the payer goes; cannot be paid after ``until``."""
        ...

    def ask(self, op: str) -> PaymentState | ProviderSilent: ...

    def close(self, op: str) -> PaymentState | ProviderSilent:
        """After CLOSED no money can be taken; PAID where the payer was faster."""
        ...


class CardPin(Secret):
    """A PIN that tills ask for, in the clear, between envelope and card system."""

    __slots__ = ()


class CardAccounts(Protocol):
    """The card system. ``person`` is the hub's id of a person, ``op`` a UUID.

    Writes take effect once per ``op``: asked again with the same id they answer the same and change nothing, whatever
    became of the first answer. ``db`` is the caller's transaction: the built-in campus keeps its effect in it, an
    adapter to another system keeps there what it has to remember. What ``capabilities`` does not declare is refused
    with NOT_OFFERED.
    """

    def capabilities(self, db: Session) -> CardCapabilities: ...

    def overview(self, db: Session, person: str) -> CardOverview | CardTrouble: ...

    def balance(self, db: Session, person: str) -> Balance | CardTrouble: ...

    def transactions(self, db: Session, person: str, now: datetime) -> MovementList | CardTrouble: ...

    def freeze(self, db: Session, op: str, person: str, now: datetime) -> Frozen | CardTrouble:
        """Reporting a card lost that is reported lost answers with the first time."""
        ...

    def unfreeze(self, db: Session, op: str, person: str, now: datetime) -> Thawed | CardTrouble: ...

    def replace(self, db: Session, op: str, person: str, now: datetime) -> ReplacementOrdered | CardTrouble:
        """Needs a card reported lost; takes the fee from the balance and orders one new card."""
        ...

    def set_limits(
        self, db: Session, op: str, person: str, wanted: CardLimits, now: datetime
    ) -> LimitsSet | CardTrouble: ...

    def set_pin(
        self, db: Session, op: str, person: str, present: CardPin | None, new: CardPin, now: datetime
    ) -> CardPinSet | CardTrouble:
        """Refused with WRONG_PIN unless ``present`` is in force; ``None`` is right only where no PIN is set."""
        ...

    def top_up(self, db: Session, op: str, person: str, amount: int, now: datetime) -> TopUpPosted | CardTrouble:
        """Money that a provider has taken for ``op`` goes on the card. A lost card's account takes it too."""


class Password(Secret):
    """A password in the clear, between envelope and directory."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class DirectoryAccount:
    """An account as the directory has it. ``lockouts`` the times it was locked, as far back as it keeps them;
    ``locked_from`` a door's id or '' where the directory does not tell. ``closed``: disabled or expired, whatever else
    ``state`` says of a protected one."""

    login: str
    state: AccountState
    opens: tuple[str, ...]
    locked_at: datetime | None = None
    locked_until: datetime | None = None
    locked_from: str = ""
    changed_at: datetime | None = None
    expires_at: datetime | None = None
    lockouts: tuple[datetime, ...] = ()
    closed: bool = False


class PersonKey(StrEnum):
    """What an account is found by."""

    NUMBER = "number"
    CARD = "card"  # the UID, upper-case hex
    LOGIN = "login"


@dataclass(frozen=True, slots=True)
class DirectoryWords:
    """What the campus says about its directory whichever it is; ``rules`` its own beside the directory's."""

    account: CampusAccount
    rules: tuple[PasswordRule, ...] = ()
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DirectorySilent:
    """The directory does not answer."""

    why: str


@dataclass(frozen=True, slots=True)
class DirectoryUnsure:
    """The answer was lost on its way: it may be done. Asked again, ``verifies`` tells."""


DirectoryOutcome = AccountOutcome | DirectoryUnsure


class Directory(Protocol):
    """The campus's accounts. Calls may take seconds; none is made inside a transaction of the hub.

    What the directory refuses is an AccountRefused, a directory that cannot be reached AccountRefusal.UNAVAILABLE,
    an answer that was lost DirectoryUnsure.
    A new password was judged by the hub before it comes here; the directory may still refuse it.
    """

    def account(self) -> CampusAccount | None:
        """What is the same for everybody; ``None``: no directory is set up."""
        ...

    def rules(self) -> tuple[PasswordRule, ...]:
        """What it asks of a new password."""
        ...

    def words(self) -> tuple[str, ...]:
        """The campus's own words, lower case, that no password may consist of."""
        ...

    def find(
        self, key: str, now: datetime, by: PersonKey = PersonKey.NUMBER
    ) -> DirectoryAccount | DirectorySilent | None:
        """The account of the person with this number, card or login; ``None`` too where several have it."""
        ...

    def unlock(self, login: str, now: datetime) -> DirectoryOutcome: ...

    def reset(self, login: str, new: Password, now: datetime) -> DirectoryOutcome:
        """Sets ``new`` without the old one; unlocks. History is kept here too, though a directory's own reset skips
        it (MS-SAMR): the adapter sees to that."""
        ...

    def change(self, login: str, old: Password, new: Password, now: datetime) -> DirectoryOutcome: ...

    def activate(self, login: str, new: Password, now: datetime) -> DirectoryOutcome:
        """The first password of an account that never had one."""
        ...

    def verifies(self, login: str, password: Password, now: datetime) -> bool:
        """Whether ``password`` is in force. Asked only about a password this hub has just set; counts as no try."""
        ...

    def sign_in(self, login: str, password: Password, door: str, now: datetime) -> bool | DirectorySilent:
        """As a door of the campus: a wrong one is counted, and may lock. ``door``: its id, where that is kept."""
        ...

    def close(self) -> None:
        """Ends what it holds open; nothing is asked any more."""
        ...


class Channel(StrEnum):
    PHONE = "phone"
    EMAIL = "email"


#: Where a letter goes that is for a group's robot; its address is the robot's name.
GROUP = "group"


class Told(StrEnum):
    """What a person or a group is told; the words are ``told.<value>`` of the catalogue."""

    CODE = "code"  # the only one with a secret in it
    PIN_SET = "pin_set"
    PIN_CHANGED = "pin_changed"
    PASSWORD_RESET = "password_reset"
    PASSWORD_CHANGED = "password_changed"
    ACCOUNT_ACTIVATED = "account_activated"
    ACCOUNT_UNLOCKED = "account_unlocked"
    OUTAGE_OVER = "outage_over"
    REPORT_MADE = "report_made"  # in their name, by somebody who proved nothing; with a link to disown it
    REPORT_MADE_NO_PAGE = "report_made_no_page"  # the same where phones cannot reach the hub
    RELEASE_GIVEN = "release_given"  # a code by which they are let in without a proof; with a link to disown it
    RELEASE_GIVEN_NO_PAGE = "release_given_no_page"
    RELEASE_DISOWNED = "release_disowned"  # to the admins: somebody was given a code in another one's name
    CARD_LOST = "card_lost"
    CARD_NOT_LOST = "card_not_lost"  # somebody reported it with a wrong PIN
    CARD_FOUND = "card_found"
    CARD_ARRIVED = "card_arrived"  # it lies where it can be fetched
    CARD_NOT_HANDED_IN = "card_not_handed_in"  # nobody brought it to where it was said to be
    CARD_RESTORED = "card_restored"
    CARD_ORDERED = "card_ordered"
    CARD_LIMITS = "card_limits"
    CARD_PIN = "card_pin"
    TICKET_ANSWERED = "ticket_answered"
    TICKET_SOLVED = "ticket_solved"  # with a link behind which it can be rated
    TALK_WANTED = "talk_wanted"  # to the lead of the service, by somebody who has rated
    REQUEST_APPROVED = "request_approved"
    REQUEST_DECLINED = "request_declined"
    APPROVAL_ASKED = "approval_asked"  # these three to whoever has to agree, with a link or the desk's telephone
    APPROVAL_LATE = "approval_late"
    APPROVAL_BY_DESK = "approval_by_desk"
    COMPLAINT = "complaint"  # to the lead of the service
    SUSPECTED_P0 = "suspected_p0"  # these two to whoever is on call, and to the duty groups
    CONFIRMED_P0 = "confirmed_p0"
    HANDED_OVER = "handed_over"  # to the lead, when a colleague has left
    RUNS_OUT = "runs_out"  # these three about promises: to the owner, the lead, whoever is on call
    OVERDUE = "overdue"
    LONG_OVERDUE = "long_overdue"
    PEOPLE_TAKEN = "people_taken"  # these to the admins: what became of the nightly list
    PEOPLE_REFUSED = "people_refused"
    PEOPLE_NO_LIST = "people_no_list"
    PEOPLE_FAILED = "people_failed"
    GROUP_ALERT = "group_alert"  # these to the duty groups alone: without a link, which decides for whoever has it
    GROUP_REQUEST_LATE = "group_request_late"
    GROUP_OVERDUE = "group_overdue"


class Reachable(Protocol):
    """A person as far as messages go; phone and e-mail '' where none is on file, ``id`` '' where nobody is known."""

    @property
    def id(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def email(self) -> str: ...
    @property
    def language(self) -> str: ...


class Notices(Protocol):
    """Messages to a person, in the language on file, and to duty groups; sent when the session passed in commits."""

    def tell(self, db: Session, person: Reachable, what: Told, now: datetime, **values: str) -> None:
        """On every channel on file, so that somebody who uses one of them in the person's name cannot hide it."""
        ...

    def mail(self, db: Session, person: Reachable, what: Told, until: datetime, **values: str) -> None:
        """By e-mail, or by telephone where that is all there is: what has a link in it, which works until ``until``."""
        ...

    def send_code(self, db: Session, person: Reachable | None, channel: Channel, code: str, until: datetime) -> Channel:
        """On this channel, or on the other where that is all there is; which one it was. ``None``: to nobody, by as
        much work."""
        ...

    def tell_groups(self, db: Session, what: Told, service: str, now: datetime, **values: str | Text) -> int:
        """To the robot of every group that answers for ``service``; how many. Many read it: nothing of a person, no
        link and nothing anybody wrote may be in ``values``."""
        ...


class Posted(StrEnum):
    """What became of a message."""

    WAITING = "waiting"
    SENT = "sent"
    REJECTED = "rejected"  # its gateway will never take it
    TOO_LATE = "too_late"


@dataclass(frozen=True, slots=True, repr=False)
class Letter:
    """A message as its gateway gets it; nothing of it but ``op`` may reach a log. ``channel``: a Channel or GROUP.
    ``values``: what ``text`` was made of, for gateways that have the words themselves."""

    op: str
    channel: str
    address: str
    kind: Told
    subject: str
    text: str
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Handed:
    """``state``: SENT, WAITING (to be tried again) or REJECTED. ``why``: a code or an exception's name, never a text
    of the gateway's, which may name the person."""

    state: Posted
    why: str = ""


@dataclass(frozen=True, slots=True)
class GatewayTrouble:
    """``key`` of the words ``hub_check``, with ``detail`` in it."""

    key: str
    detail: str


class Gateway(Protocol):
    """Takes messages of one channel over the network; may take seconds, never raises."""

    def send(self, letter: Letter) -> Handed: ...

    def trouble(self) -> GatewayTrouble | None:
        """Why it would not take a message now."""
        ...


def address(person: Reachable, channel: Channel) -> str:
    """'' where it is not on file."""
    return person.phone if channel is Channel.PHONE else person.email
