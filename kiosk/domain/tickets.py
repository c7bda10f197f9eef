"""Tickets: what one can be about, which way it goes, how sure we are of who made it."""

from enum import StrEnum


class TicketType(StrEnum):
    INCIDENT = "incident"
    REQUEST = "request"
    QUESTION = "question"
    COMPLAINT = "complaint"

    @property
    def catalogue_word(self) -> str:
        """The word a catalogue entry carries for it."""
        return "broken" if self is TicketType.INCIDENT else "need" if self is TicketType.REQUEST else self.value

    @classmethod
    def of_catalogue(cls, word: str) -> "TicketType":
        """Raises ValueError for a word that is none of broken, need, question, complaint."""
        for kind in cls:
            if kind.catalogue_word == word:
                return kind
        raise ValueError(f"not a type of catalogue entry: {word!r}")


class IdentityLevel(StrEnum):
    """How sure we are of who made a ticket; the catalogue says per service what it needs at least."""

    NONE = "none"
    CLAIMED = "claimed"
    VERIFIED = "verified"

    def satisfies(self, needed: "IdentityLevel") -> bool:
        order = list(IdentityLevel)
        return order.index(self) >= order.index(needed)


class Channel(StrEnum):
    """Where a ticket came in."""

    KIOSK = "kiosk"
    PHONE_PAGE = "phone_page"
    DESK = "desk"  # somebody stood there
    PHONE = "phone"  # somebody rang the desk up
    CONSOLE = "console"
    MAIL = "mail"


class TicketState(StrEnum):
    WAITING_FOR_APPROVAL = "waiting_for_approval"  # somebody has to agree first: nothing is promised yet
    NEW = "new"
    IN_PROGRESS = "in_progress"
    WAITING_FOR_REQUESTER = "waiting_for_requester"
    RESOLVED = "resolved"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"
    DECLINED = "declined"  # the one who had to agree did not

    @property
    def is_open(self) -> bool:
        return self in _OPEN

    @property
    def is_final(self) -> bool:
        return not TRANSITIONS[self]


_OPEN = frozenset(
    {
        TicketState.WAITING_FOR_APPROVAL,
        TicketState.NEW,
        TicketState.IN_PROGRESS,
        TicketState.WAITING_FOR_REQUESTER,
    }
)
#: In one of these every ticket begins.
FIRST_STATES = frozenset({TicketState.NEW, TicketState.WAITING_FOR_APPROVAL})

#: "Not solved" takes a resolved ticket back to work; what is closed, withdrawn or declined is so for good, a new matter
#: is a new ticket. Approved, a request is as new as one that needed no approval.
TRANSITIONS: dict[TicketState, frozenset[TicketState]] = {
    TicketState.WAITING_FOR_APPROVAL: frozenset({TicketState.NEW, TicketState.DECLINED, TicketState.WITHDRAWN}),
    TicketState.NEW: frozenset(
        {
            TicketState.IN_PROGRESS,
            TicketState.WAITING_FOR_REQUESTER,
            TicketState.RESOLVED,
            TicketState.WITHDRAWN,
        }
    ),
    TicketState.IN_PROGRESS: frozenset(
        {TicketState.WAITING_FOR_REQUESTER, TicketState.RESOLVED, TicketState.WITHDRAWN}
    ),
    TicketState.WAITING_FOR_REQUESTER: frozenset(
        {TicketState.IN_PROGRESS, TicketState.RESOLVED, TicketState.WITHDRAWN}
    ),
    TicketState.RESOLVED: frozenset({TicketState.IN_PROGRESS, TicketState.CLOSED}),
    TicketState.CLOSED: frozenset(),
    TicketState.WITHDRAWN: frozenset(),
    TicketState.DECLINED: frozenset(),
}


def may_become(old: TicketState, new: TicketState) -> bool:
    return new in TRANSITIONS[old]
