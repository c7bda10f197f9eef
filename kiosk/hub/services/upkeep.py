"""Who may look after a kiosk where it stands: an admin who has proven to be one, and each act is written down first."""

from datetime import datetime

from sqlalchemy.orm import Session

from kiosk.domain.policy import Action, Policy
from kiosk.domain.roles import Role
from kiosk.domain.upkeep import ClosedFor, UpkeepAct
from kiosk.hub.services.refusal import NO_VISIT, No
from kiosk.hub.services.sessions import require
from kiosk.hub.services.staff_acts import note_act
from kiosk.hub.store.tables import Kiosk, Person
from kiosk.hub.tokens_made import digest
from kiosk.wire.upkeep import UpkeepNoted, UpkeepWanted

#: Characters of an alias.
ALIAS = 8


def may_look_after(person: Person) -> bool:
    return person.role == Role.ADMIN


def staff_here(db: Session, policy: Policy, kiosk: Kiosk, token: str, now: datetime) -> Person | No:
    """The role counts at this moment, not as it was when the page was opened."""
    person = require(db, kiosk, token, Action.MAINTAIN, policy, now)
    return person if isinstance(person, No) or may_look_after(person) else NO_VISIT


def upkeep(
    db: Session, policy: Policy, kiosk: Kiosk, token: str, wanted: UpkeepWanted, now: datetime
) -> UpkeepNoted | No:
    person = staff_here(db, policy, kiosk, token, now)
    if isinstance(person, No):
        return person
    if wanted.act not in list(UpkeepAct) or wanted.why not in ("", *ClosedFor):
        return No(422, "malformed", "no such act, or no such reason")
    note_act(db, person.id, f"kiosk_{wanted.act}", now, about=kiosk.id, why=wanted.why)
    return UpkeepNoted(wanted.act, digest(f"{kiosk.id} {person.id}")[:ALIAS])
