"""What became of a report that was handed in: the truth that screen and slip are made from."""

from dataclasses import dataclass, field

from kiosk.domain.campus import Service
from kiosk.domain.drafts import Contact
from kiosk.domain.outcomes import NotSaved, PrintOutcome, TicketAccepted
from kiosk.domain.priority import Impact


@dataclass(frozen=True, slots=True)
class Told:
    """What was told, as far as it is repeated on screen and slip; ``note`` and contact address are not."""

    service: Service
    symptom: str
    impact: Impact | None
    place_zh: str
    place_en: str
    contact: Contact
    subject: Service | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """Committed on this kiosk; the hub's answer is not known yet. ``on_paper`` as in domain.outcomes.Saved."""

    reference: str
    on_paper: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Kept:
    """Committed on this kiosk; the hub refused it: a person will look at it."""

    reference: str


@dataclass(frozen=True, slots=True)
class Result:
    told: Told
    outcome: TicketAccepted | Waiting | Kept | NotSaved
    slip: PrintOutcome | None = None  # None while it is printing, or where none is printed

    @property
    def reference(self) -> str:
        return "" if isinstance(self.outcome, NotSaved) else self.outcome.reference
