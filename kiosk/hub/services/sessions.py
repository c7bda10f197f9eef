"""A person's session: an opaque token, bound to one kiosk, kept only as a digest, with the proofs it was given.

A further factor in the same visit is added to the same session; what a session may show or change is decided by its
proofs alone (``require``), never by its existence.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from kiosk.domain.identity import CardProof
from kiosk.domain.masking import mask_name, mask_number
from kiosk.domain.operations import LIFETIME, OperationClass
from kiosk.domain.policy import Action, Allowed, CardPresent, Policy, Proof, Proofs, decide
from kiosk.domain.proof_words import proofs_of, words_of
from kiosk.hub.services.people import Resolved, is_valid
from kiosk.hub.services.refusal import MORE_NEEDED, NO_VISIT, No
from kiosk.hub.store.tables import Kiosk, Person, PersonSession
from kiosk.hub.tokens_made import digest, new_token
from kiosk.wire.identity import PinAccepted

#: The absolute limit of a person's visit (journeys 9).
SESSION_LIFE = timedelta(minutes=15)
#: A report made in a session may arrive this much later: ended sessions are kept as long as a report may wait.
KEPT = LIFETIME[OperationClass.TICKET] + timedelta(days=1)
#: A kiosk's idea of the hub's time may be this far off.
SLACK = timedelta(seconds=60)
#: The most a kiosk's word about a card counts for: C2 and C3 are shown to whoever checks them, never told. Whoever has
#: checked a card gives ``CardPresent`` of its level to ``prove``, and the policy decides by it.
_BY_WORD = CardPresent(CardProof.C0_UID)


def confirmed(proof: Proof, resolved: Resolved) -> Proofs:
    """``proof`` together with the card it was given for, where there was one."""
    return frozenset({proof, _BY_WORD} if resolved.by_card else {proof})


@dataclass(frozen=True, slots=True)
class Held:
    """The token to go on with, and all that was confirmed in its session."""

    token: str
    proofs: Proofs
    expires_at: datetime

    def __repr__(self) -> str:  # the token must not reach a log
        return f"Held({words_of(self.proofs)})"


def prove(db: Session, kiosk: Kiosk, person: Person, proofs: Proofs, token: str, now: datetime) -> Held:
    """Adds ``proofs`` to this person's session ``token``, or begins a new one where that is not one of theirs."""
    session = _present(db, kiosk, token, now)
    if session is None or session.person != person.id:
        end(db, kiosk, token, now)
        return Held(begin(db, kiosk, person, proofs, now), proofs, now + SESSION_LIFE)
    together = proofs_of(session.proofs.split()) | proofs
    session.proofs = " ".join(words_of(together))
    return Held(token, together, session.expires_at)


def accepted(person: Person, held: Held, now: datetime, *, latin: bool) -> PinAccepted:
    """The answer to a factor that was right. ``latin``: the visitor reads English."""
    name = person.latin_name if latin and person.latin_name else person.name
    return PinAccepted(
        session=held.token,
        name=mask_name(name),
        number=mask_number(person.number),
        expires_in=int((held.expires_at - now).total_seconds()),
        proofs=words_of(held.proofs),
    )


def begin(db: Session, kiosk: Kiosk, person: Person, proofs: Proofs, now: datetime) -> str:
    db.execute(delete(PersonSession).where(PersonSession.expires_at < now - KEPT))
    token = new_token()
    db.add(
        PersonSession(
            digest=digest(token),
            kiosk=kiosk.id,
            person=person.id,
            made_at=now,
            expires_at=now + SESSION_LIFE,
            ended_at=None,
            proofs=" ".join(words_of(proofs)),
        )
    )
    return token


def end(db: Session, kiosk: Kiosk, token: str, now: datetime) -> None:
    """Ending what has ended, or never was, is no error."""
    session = db.get(PersonSession, digest(token))
    if session is not None and session.kiosk == kiosk.id and session.ended_at is None:
        session.ended_at = now


def end_others(db: Session, person: Person, token: str, now: datetime) -> None:
    """Ends every session of ``person`` but the one of ``token``."""
    open_now = PersonSession.person == person.id, PersonSession.ended_at.is_(None)
    db.execute(update(PersonSession).where(*open_now, PersonSession.digest != digest(token)).values(ended_at=now))


def spend(db: Session, token: str, proof: Proof) -> bool:
    """Takes ``proof``, which was good once, out of the session; false where it was not there."""
    session = db.get(PersonSession, digest(token), with_for_update=True, populate_existing=True) if token else None
    held = proofs_of(session.proofs.split()) if session else frozenset()
    if session is None or proof not in held:
        return False
    session.proofs = " ".join(words_of(held - {proof}))
    return True


def end_all(db: Session, person: str, now: datetime) -> None:
    open_now = PersonSession.person == person, PersonSession.ended_at.is_(None)
    db.execute(update(PersonSession).where(*open_now).values(ended_at=now))


def require(db: Session, kiosk: Kiosk, token: str, action: Action, policy: Policy, now: datetime) -> Person | No:
    """Whose session ``token`` is at this kiosk at this moment, if its proofs are enough for ``action``."""
    session = _present(db, kiosk, token, now)
    person = db.get(Person, session.person) if session else None
    if session is None or person is None or not is_valid(person, now):
        return NO_VISIT
    if not isinstance(decide(action, proofs_of(session.proofs.split()), policy), Allowed):
        return No(403, MORE_NEEDED, f"{action.value} needs more proofs than this session holds")
    return person


def holder(db: Session, kiosk: Kiosk, token: str, now: datetime) -> Person | None:
    """Whose session it is at this moment, however little it holds: what it may show is not decided here."""
    session = _present(db, kiosk, token, now)
    return db.get(Person, session.person) if session else None


def person_then(db: Session, kiosk: Kiosk, token: str, made_at: datetime) -> Person | None:
    """Who was verified at this kiosk when it made a report that arrives only now (journeys 5).

    The token itself is the proof: it was known to this kiosk only, in that visit only. ``made_at`` is the kiosk's word.
    """
    session = _then(db, kiosk, token, made_at)
    return db.get(Person, session.person) if session else None


def proven_then(
    db: Session, kiosk: Kiosk, token: str, action: Action, policy: Policy, made_at: datetime
) -> Person | None:
    """The same, where the proofs of that session are enough for ``action``."""
    session = _then(db, kiosk, token, made_at)
    if session is None or not isinstance(decide(action, proofs_of(session.proofs.split()), policy), Allowed):
        return None
    return db.get(Person, session.person)


def _then(db: Session, kiosk: Kiosk, token: str, made_at: datetime) -> PersonSession | None:
    session = db.get(PersonSession, digest(token)) if token else None
    if session is None or session.kiosk != kiosk.id:
        return None
    over = min(session.expires_at, session.ended_at or session.expires_at)
    return session if session.made_at - SLACK <= made_at <= over + SLACK else None


def _present(db: Session, kiosk: Kiosk, token: str, now: datetime) -> PersonSession | None:
    session = db.get(PersonSession, digest(token)) if token else None
    if session is None or session.kiosk != kiosk.id or session.ended_at is not None or session.expires_at <= now:
        return None
    return session
