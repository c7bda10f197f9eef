"""What was handed in at this kiosk and is not at the hub yet, as far as its owner may be shown it again.

Who handed it in is kept as a keyed digest in memory: the key is made at the start of the program and never written, so
that a stolen disk tells nothing, and a started-anew kiosk shows nothing here (it sends all the same).
"""

import secrets
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import blake2b

from kiosk.domain.identity import CardClaim, Claim
from kiosk.domain.outcomes import Refused, Unreachable
from kiosk.domain.text import Text
from kiosk.domain.ticket_views import Act
from kiosk.services.hub_requests import Deliver, HubAnswered

#: Most reports that are remembered; of more the oldest are still sent, but not shown.
MOST_REMEMBERED = 500


@dataclass(frozen=True, slots=True)
class Matter:
    """What a report is about: ids of the catalogue, and the place in both languages. No words of the person."""

    service: str = ""
    symptom: str = ""
    place: Text = field(default_factory=lambda: Text("", ""))


@dataclass(frozen=True, slots=True)
class Unsent:
    """``kept``: the hub said no; a person at the desk looks at it. ``acts``: what its owner has done with it since."""

    reference: str
    made_at: datetime
    kept: bool = False
    matter: Matter = field(default_factory=Matter)
    acts: tuple[tuple[Act, datetime], ...] = ()

    @property
    def withdrawn(self) -> bool:
        return any(act is Act.WITHDRAW for act, _ in self.acts)


class UnsentReports:
    """Lives as long as the program; says nothing about anybody to anyone but them."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)
        self._known: dict[str, tuple[bytes, Unsent]] = {}  # by operation id, oldest first

    def remember(
        self, op_id: str, claim: Claim | None, reference: str, made_at: datetime, matter: Matter | None = None
    ) -> None:
        if claim is None or not reference:
            return
        self._known[op_id] = (self._digest(claim), Unsent(reference, made_at, matter=matter or Matter()))
        while len(self._known) > MOST_REMEMBERED:
            del self._known[next(iter(self._known))]

    def answered(self, answer: HubAnswered) -> None:
        """Of any delivery: what the hub has is not waiting any more."""
        if not isinstance(answer.request, Deliver) or isinstance(answer.outcome, Unreachable):
            return
        op_id = answer.request.parcel.op_id.value
        found = self._known.pop(op_id, None)
        if found is not None and isinstance(answer.outcome, Refused):
            owner, unsent = found
            self._known[op_id] = (owner, replace(unsent, kept=True))

    def acted(self, reference: str, act: Act, at: datetime) -> None:
        """Its owner did something with it that waits behind it."""
        for op_id, (owner, unsent) in self._known.items():
            if unsent.reference == reference:
                self._known[op_id] = (owner, replace(unsent, acts=(*unsent.acts, (act, at))))

    def of(self, claim: Claim | None) -> tuple[Unsent, ...]:
        """Newest first. By a card what was told with that card, by a number what was told with that number."""
        if claim is None or not self._known:
            return ()
        owner = self._digest(claim)
        return tuple(unsent for known, unsent in reversed(self._known.values()) if known == owner)

    def _digest(self, claim: Claim) -> bytes:
        told = f"card:{claim.uid.reveal()}" if isinstance(claim, CardClaim) else f"number:{claim.number.reveal()}"
        return blake2b(told.encode(), key=self._key).digest()
