"""A person's session after a verified factor: an opaque token, bound to one kiosk, kept only as a digest."""

from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from kiosk.domain.operations import LIFETIME, OperationClass
from kiosk.hub.services.people import is_valid
from kiosk.hub.store.tables import Kiosk, Person, PersonSession
from kiosk.hub.tokens_made import digest, new_token

#: The absolute limit of a person's visit (journeys 9).
SESSION_LIFE = timedelta(minutes=15)
#: A report made in a session may arrive this much later: ended sessions are kept as long as a report may wait.
KEPT = LIFETIME[OperationClass.TICKET] + timedelta(days=1)
#: A kiosk's idea of the hub's time may be this far off.
SLACK = timedelta(seconds=60)


def begin(db: Session, kiosk: Kiosk, person: Person, now: datetime) -> str:
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
        )
    )
    return token


def end(db: Session, kiosk: Kiosk, token: str, now: datetime) -> None:
    """Ending what has ended, or never was, is no error."""
    session = db.get(PersonSession, digest(token))
    if session is not None and session.kiosk == kiosk.id and session.ended_at is None:
        session.ended_at = now


def present_person(db: Session, kiosk: Kiosk, token: str, now: datetime) -> Person | None:
    """Who is verified at this kiosk at this moment."""
    session = db.get(PersonSession, digest(token))
    if session is None or session.kiosk != kiosk.id or session.ended_at is not None or session.expires_at <= now:
        return None
    person = db.get(Person, session.person)
    return person if person is not None and is_valid(person, now) else None


def person_then(db: Session, kiosk: Kiosk, token: str, made_at: datetime) -> Person | None:
    """Who was verified at this kiosk when it made a report that arrives only now (journeys 5).

    The token itself is the proof: it was known to this kiosk only, in that visit only. ``made_at`` is the kiosk's word.
    """
    session = db.get(PersonSession, digest(token)) if token else None
    if session is None or session.kiosk != kiosk.id:
        return None
    over = min(session.expires_at, session.ended_at or session.expires_at)
    if not session.made_at - SLACK <= made_at <= over + SLACK:
        return None
    return db.get(Person, session.person)
