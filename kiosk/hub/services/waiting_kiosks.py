"""Kiosks nobody knows yet: each shows a code and four words on its screen and asks until an administrator approves it.

After RFC 8628, bound to a key: what a kiosk is given is worth nothing without the key it made itself. Whoever approves
types the code that stands on the kiosk, so nobody is approved who is not looked at.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidSignature
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from kiosk.domain.references import ALPHABET
from kiosk.hub.services import enrolment
from kiosk.hub.services.book import Book
from kiosk.hub.services.numbers import ENROLMENT, give_block
from kiosk.hub.services.refusal import No
from kiosk.hub.services.sealed import note_incident
from kiosk.hub.store.enrolment_tables import WaitingKiosk
from kiosk.hub.store.tables import Kiosk
from kiosk.hub.tokens_made import ENROLMENT_LETTERS, new_enrolment_code
from kiosk.wire.enrolment import NONCE_BYTES, EnrolAnswer, EnrolApproved, EnrolAsk, Enrolled, EnrolWaits, ask_bytes
from kiosk.wire.envelope import HubKey
from kiosk.wire.fingerprint import fingerprint
from kiosk.wire.signing_key import signing_key

#: After so long a kiosk that was not approved gets another code.
CODE_LIFE = enrolment.CODE_LIFE
#: A kiosk asks again after so long.
ASK_AGAIN = timedelta(seconds=3)
#: One that has not asked for so long is not on the page any more: it was switched off.
SILENT_AFTER = timedelta(minutes=1)
#: What a code became is remembered so long: for a lost answer, and for whoever types it once more.
REMEMBERED = timedelta(days=1)
#: Most that wait at once, and most of one address. A building's kiosks may share one.
MOST_WAITING, MOST_OF_ADDRESS = 300, 60
#: Seconds after which a kiosk may ask when as many wait as may.
FULL_RETRY_AFTER = 60

_TAKEN = No(409, "code_used", "this code has approved a kiosk already")
_NOT_PROVEN = No(422, "bad_key", "the proof is not signed by the key that asks")


@dataclass(frozen=True, slots=True)
class Waiting:
    """``words``: places in the lists of words (wire.fingerprint)."""

    public: str
    address: str
    since: datetime
    words: tuple[int, ...]


def ask(
    db: Session, keys: list[HubKey], authority: str, wish: EnrolAsk, address: str, now: datetime
) -> EnrolAnswer | No:
    """``authority``: digest of this hub's own. Its own answer stays the same until its code is over. Another nonce gets
    another code: neither may be chosen after the other is known."""
    public = signing_key(wish.public)
    if public is None:
        return No(422, "bad_key", "public must be a raw Ed25519 key, 32 bytes")
    try:
        public.verify(wish.proof, ask_bytes(wish.public, wish.authority, wish.nonce))
    except InvalidSignature:
        return _NOT_PROVEN
    if len(wish.nonce) != NONCE_BYTES:
        return No(422, "bad_nonce", f"nonce must be {NONCE_BYTES} bytes")
    if wish.authority not in ("", authority):
        return No(422, "other_authority", "this kiosk was shown the authority of another hub")
    _forget(db, now)
    row = db.get(WaitingKiosk, wish.public.hex(), with_for_update=True)
    became = db.get(Kiosk, row.kiosk) if row and row.kiosk else None
    if became is not None and became.revoked_at is None:
        block = give_block(db, became, ENROLMENT)
        return block if isinstance(block, No) else EnrolApproved(Enrolled(became.id, keys, block))
    if row is None:
        if _is_full(db, address):
            return No(429, "too_many_waiting", "as many kiosks wait as may", FULL_RETRY_AFTER)
        row = WaitingKiosk(public=wish.public.hex(), code=_new_code(db), asked_at=now, expires_at=now + CODE_LIFE)
        db.add(row)
    elif became is not None or row.expires_at <= now or row.nonce != wish.nonce.hex():
        row.code, row.asked_at, row.expires_at, row.kiosk = _new_code(db), now, now + CODE_LIFE, None
    row.nonce = wish.nonce.hex()
    row.address, row.authority, row.seen_at = address, wish.authority, now
    left = (row.expires_at - now).total_seconds()
    return EnrolWaits(row.code, max(1, int(left)), int(ASK_AGAIN.total_seconds()))


def waiting(db: Session, now: datetime) -> list[Waiting]:
    """Those on whose screen a code stands now, the first that came first. Their codes stand on their screens only."""
    wanted = select(WaitingKiosk).where(
        WaitingKiosk.kiosk.is_(None), WaitingKiosk.expires_at > now, WaitingKiosk.seen_at > now - SILENT_AFTER
    )
    rows = db.scalars(wanted.order_by(WaitingKiosk.asked_at, WaitingKiosk.public))
    return [Waiting(row.public, row.address, row.asked_at, _words(row)) for row in rows]


def how_many(db: Session, now: datetime) -> int:
    return len(waiting(db, now))


def approve(db: Session, book: Book, public: str, typed: str, place: str, now: datetime) -> Kiosk | No:
    """``typed``: the code on that kiosk's screen. First use wins, a second one is an incident; wrong ones are counted
    together with those at ``POST /v1/enrol``."""
    if enrolment.guessed_too_often(db, now):
        return enrolment.TOO_MANY
    if book.standing(place) is None:
        return No(422, "unknown_place", "no such place")
    code = letters(typed)
    row = db.scalar(select(WaitingKiosk).where(WaitingKiosk.code == code).with_for_update()) if code else None
    if row is not None and row.kiosk is not None:
        first = db.get(Kiosk, row.kiosk)
        if first is not None:
            note_incident(db, first, "", "code_again", now)
        return _TAKEN
    if row is None or row.public != public or row.expires_at <= now:
        return enrolment.wrong(db, now)
    kiosk = enrolment.new_kiosk(db, book, place, bytes.fromhex(row.public), now)
    if kiosk is None:
        return No(422, "unknown_place", "no such place")
    row.kiosk = kiosk.id
    return kiosk


def letters(typed: str) -> str:
    """A code as somebody wrote it: small letters and gaps are the same; '' for what cannot be one."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKC", typed).upper() if letter.isalnum())
    fits = len(plain) == ENROLMENT_LETTERS and set(plain) <= set(ALPHABET)
    return plain if fits else ""


def asked_for(db: Session, codes: Sequence[str]) -> dict[str, str]:
    """Of kiosks that wait: public key -> code, for codes somebody brought along from a kiosk's screen."""
    wanted = select(WaitingKiosk).where(WaitingKiosk.code.in_([letters(code) for code in codes]))
    return {row.public: row.code for row in db.scalars(wanted) if row.kiosk is None}


def _words(row: WaitingKiosk) -> tuple[int, ...]:
    return fingerprint(row.authority, bytes.fromhex(row.public), bytes.fromhex(row.nonce), row.code)


def _new_code(db: Session) -> str:
    while True:
        code = new_enrolment_code()
        if db.scalar(select(WaitingKiosk.public).where(WaitingKiosk.code == code)) is None:
            return code


def _is_full(db: Session, address: str) -> bool:
    counted = select(func.count()).select_from(WaitingKiosk)
    here = db.scalar(counted.where(WaitingKiosk.kiosk.is_(None), WaitingKiosk.address == address)) or 0
    return here >= MOST_OF_ADDRESS or (db.scalar(counted.where(WaitingKiosk.kiosk.is_(None))) or 0) >= MOST_WAITING


def _forget(db: Session, now: datetime) -> None:
    db.execute(delete(WaitingKiosk).where(WaitingKiosk.kiosk.is_(None), WaitingKiosk.seen_at < now - CODE_LIFE))
    db.execute(delete(WaitingKiosk).where(WaitingKiosk.expires_at < now - REMEMBERED))
