"""How a kiosk becomes one of ours: an admin makes a code for a place, the kiosk sends it with its own public key."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from kiosk.hub.services.book import Book
from kiosk.hub.services.numbers import ENROLMENT, give_block
from kiosk.hub.services.refusal import No
from kiosk.hub.services.sealed import note_incident
from kiosk.hub.store.tables import EnrolmentCode, Guess, Kiosk
from kiosk.hub.tokens_made import digest, new_enrolment_code
from kiosk.wire.enrolment import Enrol, Enrolled
from kiosk.wire.envelope import HubKey
from kiosk.wire.signing_key import signing_key

CODE_LIFE = timedelta(minutes=15)
#: Wrong codes in one window, over all kiosks; then nobody enrols until it has passed.
MOST_GUESSES = 20
GUESS_WINDOW = timedelta(minutes=15)
TOO_MANY = No(429, "too_many_guesses", "too many wrong enrolment codes", int(GUESS_WINDOW.total_seconds()))


def make_code(db: Session, book: Book, place: str, now: datetime) -> str | No:
    if book.standing(place) is None:
        known = ", ".join(standing.id for standing in book.kiosks)
        return No(422, "unknown_place", f"no place {place}; known: {known}")
    code = new_enrolment_code()
    db.add(EnrolmentCode(digest=digest(code), place=place, expires_at=now + CODE_LIFE, used_by=None))
    return code


def enrol(db: Session, book: Book, keys: list[HubKey], wish: Enrol, now: datetime) -> Enrolled | No:
    """First use wins. The same code with the same key again (a lost answer) gives the same kiosk."""
    if guessed_too_often(db, now):
        return TOO_MANY
    if signing_key(wish.public) is None:
        return No(422, "bad_key", "public must be a raw Ed25519 key, 32 bytes")
    code = db.scalar(
        select(EnrolmentCode).where(EnrolmentCode.digest == digest(wish.code.strip().upper())).with_for_update()
    )
    if code is None or code.expires_at <= now:
        return wrong(db, now)
    kiosk = db.get(Kiosk, code.used_by) if code.used_by else new_kiosk(db, book, code.place, wish.public, now)
    if kiosk is None:
        return wrong(db, now)
    if kiosk.public != wish.public:
        note_incident(db, kiosk, "", "code_again", now)
        return wrong(db, now)
    code.used_by = kiosk.id
    block = give_block(db, kiosk, ENROLMENT)
    return block if isinstance(block, No) else Enrolled(kiosk.id, keys, block)


def revoke(db: Session, kiosk_id: str, now: datetime) -> bool:
    """From now on nothing of this kiosk is accepted. False for an unknown one."""
    kiosk = db.get(Kiosk, kiosk_id)
    if kiosk is None:
        return False
    kiosk.revoked_at = kiosk.revoked_at or now
    return True


def new_kiosk(db: Session, book: Book, place: str, public: bytes, now: datetime) -> Kiosk | None:
    standing = book.standing(place)
    if standing is None:
        return None
    earlier = db.scalar(select(func.count()).select_from(Kiosk).where(Kiosk.place == place)) or 0
    kiosk = Kiosk(
        id=f"{place}-{earlier + 1}", place=place, code=standing.code, public=public, enrolled_at=now, revoked_at=None
    )
    db.add(kiosk)
    db.flush()
    return kiosk


def guessed_too_often(db: Session, now: datetime) -> bool:
    db.execute(delete(Guess).where(Guess.at < now - GUESS_WINDOW))
    return (db.scalar(select(func.count()).select_from(Guess)) or 0) >= MOST_GUESSES


def wrong(db: Session, now: datetime) -> No:
    """Counts it."""
    db.add(Guess(at=now))
    return No(422, "wrong_code", "this enrolment code does not exist, was used or is too old")
