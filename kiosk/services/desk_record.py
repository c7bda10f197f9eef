"""Whoever is helped at the desk now, what is filled in for them, and what was logged in this shift."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from kiosk.domain.desk_work import UNDO_WITHIN, DeskOutcome, DeskUndoDraft, Requester
from kiosk.domain.drafts import TicketDraft
from kiosk.domain.identity import Claim
from kiosk.domain.outcomes import NotSaved, Refused, Saved, Unreachable
from kiosk.domain.text import Text
from kiosk.services.drafting import Drafting
from kiosk.services.ports import Outbox
from kiosk.services.session import Session
from kiosk.services.submission import Sender

#: Matters of one shift that stay on the screen; those before are at the hub.
MOST_RECENT = 100


class Part(StrEnum):
    """What the list page is for."""

    WAYS = "ways"  # how to find somebody
    REASON = "reason"  # why without their card
    FOUND = "found"
    EARLIER = "earlier"
    HAND = "hand"
    PLACE = "place"
    FLOOR = "floor"
    CHANNEL = "channel"  # how it came to the desk


@dataclass(slots=True)
class Record:
    """``claim`` as tapped or typed; ``person`` once the hub has found them; ``missing`` why it has not."""

    claim: Claim | None = None
    person: Requester | None = None
    missing: str = ""
    template: str = ""
    did: frozenset[str] = frozenset()
    place: Drafting = field(default_factory=Drafting)
    note: str = ""

    @property
    def named(self) -> bool:
        return self.claim is not None or self.person is not None

    @property
    def begun(self) -> bool:
        return self.named or bool(self.template or self.did or self.note)


@dataclass(frozen=True, slots=True)
class Logged:
    """One matter of this shift, without a name. ``until``: when it can be taken back no more, on the clock of the
    visit; ``to``: whom it was handed to, '' the team."""

    op_id: str
    reference: str
    title: Text
    at: datetime
    until: float
    outcome: DeskOutcome
    to: str = ""
    sent: bool = False
    refused: bool = False
    undone: bool = False


class DeskLog:
    """What was logged in this shift, newest first: committed before it stands here."""

    def __init__(self, session: Session, outbox: Outbox, sender: Sender) -> None:
        self._session, self._outbox, self._sender = session, outbox, sender
        self.entries: tuple[Logged, ...] = ()

    def forget(self) -> None:
        """What was handed in stays in the outbox."""
        self.entries = ()

    def add(self, draft: TicketDraft, title: Text, outcome: DeskOutcome, to: str) -> bool:
        """False where this kiosk could not keep it."""
        match self._outbox.enqueue(draft):
            case NotSaved():
                return False
            case Saved(op_id, reference):
                until = self._session.clock.monotonic() + UNDO_WITHIN.total_seconds()
                logged = Logged(op_id, reference, title, self._session.now, until, outcome, to)
                self.entries = (logged, *self.entries)[:MOST_RECENT]
                self._sender.kick()
                return True

    @property
    def undoable(self) -> Logged | None:
        """The last matter, while it can be taken back."""
        last = self.entries[0] if self.entries else None
        if last is None or last.undone or last.refused or self._session.clock.monotonic() >= last.until:
            return None
        return last

    def take_back(self, shift: str) -> bool:
        """The last one, where it still can be; false where this kiosk could not keep that."""
        last = self.undoable
        if last is None:
            return True
        saved = self._outbox.enqueue(DeskUndoDraft(self._session.visit.language, last.reference, shift))
        if isinstance(saved, NotSaved):
            return False
        self.entries = (replace(last, undone=True), *self.entries[1:])
        self._sender.kick()
        return True

    def delivered(self, op_id: str, outcome: object) -> None:
        """The hub's answer to any delivery."""
        if isinstance(outcome, Unreachable):
            return
        refused = isinstance(outcome, Refused)
        self.entries = tuple(
            replace(each, sent=not refused, refused=refused) if each.op_id == op_id else each for each in self.entries
        )
