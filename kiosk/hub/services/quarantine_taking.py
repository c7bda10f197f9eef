"""Taking an operation out of quarantine: from then on it is one like any other, once and with its stored answer."""

from datetime import datetime

import msgspec
from sqlalchemy.orm import Session

from kiosk.hub.services import deferred_proof
from kiosk.hub.services.asked_again import tell_answer
from kiosk.hub.services.asking import settled
from kiosk.hub.services.book import read_book
from kiosk.hub.services.deferred_proof import Unproven
from kiosk.hub.services.doing import House, Verdict
from kiosk.hub.services.operations import Answer, Hub, take
from kiosk.hub.services.quarantine import State, Why, decide, undecided
from kiosk.hub.services.refusal import No
from kiosk.hub.services.staff_acts import note_act
from kiosk.hub.store.tables import Kiosk
from kiosk.wire.envelope import Envelope

_GONE = No(404, "unknown", "no such operation, or somebody has decided already")


def accept(hub: Hub, house: House, op: str, why: Why, by: str) -> Answer | No:
    """A No of 429 or 5xx: not now, and it waits on."""
    outcome = _within(hub, house, op, why, by, None)
    if isinstance(outcome, Unproven):
        outcome = _within(hub, house, op, why, by, deferred_proof.judge(hub.hasher, outcome))
    if isinstance(outcome, Unproven):
        raise RuntimeError("a judged operation asked to be judged")
    return outcome


def _within(hub: Hub, house: House, op: str, why: Why, by: str, verdict: Verdict | None) -> Answer | No | Unproven:
    def taken(db: Session, now: datetime) -> Answer | No | Unproven:
        row = undecided(db, op)
        if row is None:
            return _GONE
        envelope = msgspec.json.decode(row.envelope, type=Envelope)
        kiosk = db.get_one(Kiosk, row.kiosk)
        outcome = take(db, read_book(db), house, kiosk, envelope, now, verdict, arrived=row.arrived_at)
        if isinstance(outcome, Answer):
            decide(row, State.TAKEN if outcome.status < 300 else State.REFUSED, now)
            note_act(db, by, "late_taken", now, about=op, why=why.value)
            tell_answer(db, op, row.brought_by, now)
        return outcome

    return settled(hub.store.write, hub.clock, taken)
