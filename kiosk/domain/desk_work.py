"""What is done at the desk: a requester found, a matter logged for them, and taken back where it was a slip."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import blake2b
from typing import ClassVar

from kiosk.domain.language import Language
from kiosk.domain.operations import OperationClass
from kiosk.domain.text import Text

#: How long what was logged can be taken back.
UNDO_WITHIN = timedelta(seconds=30)
#: What a ``ticket_act`` says that takes it back; no requester can say it.
UNDO = "undo"
#: Most templates of a campus, and most one-touch actions of one.
MOST_TEMPLATES = 60
MOST_ACTIONS = 3


class DeskChannel(StrEnum):
    """How a matter came to the desk."""

    WALK_UP = "walk_up"
    PHONE = "phone"
    MAIL = "mail"


class DeskOutcome(StrEnum):
    SOLVED = "solved"  # on the spot
    HANDED = "handed"  # to a team, or to one of its people


class LookUpReason(StrEnum):
    """Why somebody is looked up without their card."""

    NO_CARD = "no_card"  # left at home, or lost
    ON_THE_PHONE = "on_the_phone"
    BY_MAIL = "by_mail"
    FOR_OTHERS = "for_others"  # somebody came for them


@dataclass(frozen=True, slots=True)
class DeskAction:
    """Something that was done about it, in one touch."""

    id: str
    title: Text


@dataclass(frozen=True, slots=True)
class DeskTemplate:
    """A frequent matter: ``service`` and ``symptom`` of the catalogue, under the desk's own title."""

    id: str
    icon: str
    title: Text
    service: str
    symptom: str
    actions: tuple[DeskAction, ...] = ()


@dataclass(frozen=True, slots=True)
class HandTo:
    """Whom a ticket can be handed to. ``id`` means something to the hub alone; ``name`` and ``number`` are masked."""

    id: str
    name: str
    number: str


@dataclass(frozen=True, slots=True)
class DeskOpened:
    """The shift of one staff member at one kiosk: ``shift`` is its token. ``staff``: digests, with ``salt``, of the
    cards of whoever may work here: by them a colleague's card is known as one, also without network.

    ``look_ups_left`` without a card, ``None`` where they are not counted.
    """

    shift: str = field(repr=False)
    by_name: bool = False
    account: bool = False
    look_ups_left: int | None = None
    hand_to: tuple[HandTo, ...] = ()
    salt: str = field(default="", repr=False)
    staff: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Matter:
    """A ticket as the desk sees it: what was chosen and where it stands. Times are aware."""

    reference: str
    title: Text
    state: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Requester:
    """Somebody who was found. ``handle`` names them to the hub, in this shift only. All is masked; ``account`` and
    ``card`` are states, '' where not known or not for this role; ``earlier`` counts closed matters, ``None`` where
    they are not for this role."""

    handle: str = field(repr=False)
    name: str
    number: str
    department: str = ""
    phone: str = ""
    account: str = ""
    changed_at: datetime | None = None
    card: str = ""
    open: tuple[Matter, ...] = ()
    earlier: int | None = None


@dataclass(frozen=True, slots=True)
class RequestersFound:
    """One by card or number; by name or phone maybe several, without what is theirs. ``more``: there are others."""

    people: tuple[Requester, ...]
    more: bool = False
    look_ups_left: int | None = None


@dataclass(frozen=True, slots=True)
class EarlierMatters:
    matters: tuple[Matter, ...]


@dataclass(frozen=True, slots=True)
class DeskPart:
    """What makes a report one of the desk: ``shift`` is the staff member's token, so that the work is theirs whoever
    stands here when it is sent; ``requester`` a handle, '' where the claim says who it is or nobody does; ``to`` a
    HandTo id, '' for the service's team."""

    shift: str = field(repr=False)
    channel: DeskChannel
    outcome: DeskOutcome
    template: str = ""
    did: tuple[str, ...] = ()
    requester: str = field(default="", repr=False)
    to: str = ""


@dataclass(frozen=True, slots=True)
class DeskUndoDraft:
    """What was logged as ``about`` is taken back. It waits behind it."""

    kind: ClassVar[OperationClass] = OperationClass.TICKET_ACT
    language: Language
    about: str
    shift: str = field(repr=False)


def card_digest(salt: str, uid: str) -> str:
    """By which a colleague's card is known; good for one shift only, whose ``salt`` it is."""
    return blake2b(uid.upper().encode(), key=salt.encode()[:64], digest_size=8).hexdigest()
