"""Signing in at the campus's page on the person's phone, for the kiosk they stand before (journeys 2).

The kiosk shows a code; the first phone that takes it is bound to it by a cookie and sent to the campus's page with
secrets of its own. Who came back from there types the number the kiosk shows by then: a photograph of the code is worth
nothing without standing there. Each step has its end, and whatever went wrong ends the attempt. The person's session
begins only when the kiosk asks, in the visit that began it.
"""

import hmac
import secrets
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from kiosk.domain.language import Language
from kiosk.domain.phone_sign_in import SignInEnd, SignInStep
from kiosk.domain.policy import Factor
from kiosk.domain.scans import CODE_ALPHABET, CODE_CHARACTERS
from kiosk.hub.keys import HubKeys
from kiosk.hub.logs import event
from kiosk.hub.services.operation_ids import is_operation_id
from kiosk.hub.services.people import Resolved, is_valid, resolve
from kiosk.hub.services.refusal import No
from kiosk.hub.services.sessions import accepted, confirmed, prove
from kiosk.hub.services.trust import hold
from kiosk.hub.sign_in_port import Attempt, NotSignedIn, SignedInAs
from kiosk.hub.store.sign_in_tables import PhoneSignIn
from kiosk.hub.store.tables import Kiosk, Person
from kiosk.hub.tokens_made import digest
from kiosk.wire import routes
from kiosk.wire.identity import SignedIn, SignInAnswer, SignInEnded, SignInWaits, SignInWanted, claim_digest

#: Below the public address: what the campus's system has to let phones come back to.
PHONE_BACK = routes.PHONE_BACK
#: From the code on the screen to a phone that has it; for the campus's page, where a second factor may be asked; for
#: typing the number; until the kiosk has asked.
SCAN_LIFE = timedelta(seconds=60)
AWAY_LIFE = timedelta(seconds=180)
NUMBER_LIFE = timedelta(seconds=60)
RIGHT_LIFE = timedelta(seconds=60)
#: Numbers typed before an attempt is over: of ninety one is right.
MOST_TRIES = 2
#: An attempt is kept this long, so that a phone is told what became of it.
KEPT = timedelta(minutes=30)
NOT_OFFERED = No(422, "not_offered", "no sign-in by phone here")
_UNKNOWN = No(422, "unknown_sign_in", "this kiosk began no such sign-in")
_LOWEST, _NUMBERS = 10, 90
#: The number was right.
RIGHT = "right"
_CHECKING, _OVER = "checking", "over"
_WAITING = (*SignInStep, _CHECKING)


@dataclass(frozen=True, slots=True)
class Door:
    """What attempts are made with; ``public_url``: where phones reach the hub."""

    keys: HubKeys
    public_url: str

    @property
    def back(self) -> str:
        return f"{self.public_url}{routes.PHONE_BACK}"

    def code(self, op: str) -> str:
        """The same for one attempt whenever it is asked for, and known to nobody who has only the database."""
        number = int.from_bytes(self._secret("code", op))
        letters = []
        for _ in range(CODE_CHARACTERS):
            number, place = divmod(number, len(CODE_ALPHABET))
            letters.append(CODE_ALPHABET[place])
        return "".join(letters)

    def attempt(self, op: str, phone: str, language: Language) -> Attempt:
        """Of one phone: what another one brings back fits nothing."""
        whose = f"{op} {phone}"
        state, nonce, verifier = (
            urlsafe_b64encode(self._secret(what, whose)).rstrip(b"=").decode()
            for what in ("state", "nonce", "verifier")
        )
        return Attempt(self.back, language, state, nonce, verifier)

    def form(self, phone: str) -> str:
        """Goes with every form of this phone's page."""
        return self._secret("form", phone).hex()

    def _secret(self, what: str, of: str) -> bytes:
        return hmac.new(self.keys.derived(f"phone sign-in {what}"), of.encode(), sha256).digest()


# -- the kiosk's side -----------------------------------------------------------------------------------------
def begin(db: Session, door: Door, kiosk: Kiosk, wanted: SignInWanted, now: datetime) -> SignInAnswer | No:
    """One at a time for a kiosk; asked again with the same id, the same code."""
    if not is_operation_id(wanted.op):
        return No(422, "malformed", "op is not an operation id")
    hold(db, kiosk)
    db.execute(delete(PhoneSignIn).where(PhoneSignIn.made_at < now - KEPT))
    claim = claim_digest(wanted.claim) if wanted.claim else ""
    row = db.get(PhoneSignIn, wanted.op)
    if row is not None:
        same = row.kiosk == kiosk.id and row.claim == claim
        return (
            _told(door, row, now) if same else No(409, "other_content", "this operation id was used for something else")
        )
    mine = PhoneSignIn.kiosk == kiosk.id, PhoneSignIn.step != _OVER
    ended = {"step": _OVER, "why": SignInEnd.CANCELLED.value, "number": "", "person": None}
    db.execute(update(PhoneSignIn).where(*mine).values(**ended))
    row = PhoneSignIn(
        op=wanted.op,
        kiosk=kiosk.id,
        claim=claim,
        code=digest(door.code(wanted.op)),
        phone="",
        state="",
        step=SignInStep.SCAN.value,
        why="",
        person=None,
        number="",
        tries=0,
        made_at=now,
        until=now + SCAN_LIFE,
    )
    db.add(row)
    return _told(door, row, now)


def look(
    db: Session, door: Door, kiosk: Kiosk, wanted: SignInWanted, visit: str, now: datetime, *, latin: bool
) -> SignInAnswer | No:
    """How it stands; where the person has typed the right number, their session, once."""
    row = _named(db, wanted.op)
    if row is None or row.kiosk != kiosk.id or row.claim != (claim_digest(wanted.claim) if wanted.claim else ""):
        return _UNKNOWN
    if row.step != RIGHT or now >= row.until:
        return _told(door, row, now)
    person = db.get(Person, row.person) if row.person else None
    claimed = resolve(db, wanted.claim, now) if wanted.claim else None
    if person is None or not is_valid(person, now):
        return _end(row, SignInEnd.NOBODY)
    if wanted.claim and (claimed is None or claimed.person.id != person.id):
        return _end(row, SignInEnd.OTHER_PERSON)
    proofs = confirmed(Factor.CAMPUS_SIGN_IN, claimed or Resolved(person, by_card=False))
    held = prove(db, kiosk, person, proofs, visit, now)
    row.step, row.why, row.number, row.person = _OVER, "", "", None  # good once
    event("signed in by phone", kiosk=kiosk.id)
    return SignedIn(accepted(person, held, now, latin=latin), "" if wanted.claim else person.number)


def cancel(db: Session, kiosk: Kiosk, op: str) -> SignInEnded:
    """Cancelling what is over, or never was, is no error."""
    row = _named(db, op)
    if row is None or row.kiosk != kiosk.id or row.step == _OVER:
        return SignInEnded(SignInEnd.CANCELLED.value)
    return _end(row, SignInEnd.CANCELLED)


# -- the phone's side -----------------------------------------------------------------------------------------
def taken(db: Session, door: Door, code: str, phone: str, language: Language, now: datetime) -> Attempt | None:
    """``phone`` takes the code: the first one only, as often as it presses. ``None``: it is not to be had."""
    row = db.scalar(select(PhoneSignIn).where(PhoneSignIn.code == digest(code)).with_for_update())
    if row is None or now >= row.until:
        return None
    attempt = door.attempt(row.op, phone, language)
    if row.step == SignInStep.AWAY and row.phone == digest(phone):
        return attempt  # of two touches in a row a browser follows the answer to the second
    if row.step != SignInStep.SCAN:
        return None
    row.phone, row.state = digest(phone), digest(attempt.state)
    row.step, row.until = SignInStep.AWAY.value, now + AWAY_LIFE
    return attempt


def gave_up(db: Session, phone: str, why: NotSignedIn) -> None:
    """The campus's page could not be shown."""
    row = of_phone(db, phone, lock=True)
    if row is not None and row.step == SignInStep.AWAY:
        _end(row, SignInEnd(why.value))


def came_back(
    db: Session, door: Door, state: str, phone: str, language: Language, now: datetime
) -> tuple[str, Attempt] | None:
    """The attempt this phone began, once; ``None`` where it is another phone's, is over or was looked at already."""
    row = db.scalar(select(PhoneSignIn).where(PhoneSignIn.state == digest(state)).with_for_update()) if state else None
    if row is None or row.phone != digest(phone) or row.step != SignInStep.AWAY or now >= row.until:
        return None
    row.step = _CHECKING
    return row.op, door.attempt(row.op, phone, language)


def settle(db: Session, op: str, said: SignedInAs | NotSignedIn, now: datetime) -> None:
    """What the campus's page said about who came back. A visit that has ended in between stays ended."""
    row = db.get(PhoneSignIn, op, with_for_update=True)
    if row is None or row.step != _CHECKING:
        return
    if isinstance(said, NotSignedIn):
        _end(row, SignInEnd(said.value))
    elif now >= row.until:
        _end(row, SignInEnd.EXPIRED)
    elif (person := _person(db, said, now)) is None:
        _end(row, SignInEnd.NOBODY)
    else:
        row.person, row.number = person.id, str(_LOWEST + secrets.randbelow(_NUMBERS))
        row.step, row.until = SignInStep.NUMBER.value, now + NUMBER_LIFE


def typed(db: Session, phone: str, digits: str, now: datetime) -> None:
    """The number on the kiosk's screen; counted before it is judged."""
    row = of_phone(db, phone, lock=True)
    if row is None or row.step != SignInStep.NUMBER or now >= row.until:
        return
    row.tries += 1
    if hmac.compare_digest(digits.encode(), row.number.encode()):
        row.step, row.until = RIGHT, now + RIGHT_LIFE
    elif row.tries >= MOST_TRIES:
        _end(row, SignInEnd.WRONG_NUMBER)


def of_phone(db: Session, phone: str, *, lock: bool = False) -> PhoneSignIn | None:
    """The attempt this phone began last."""
    wanted = select(PhoneSignIn).where(PhoneSignIn.phone == digest(phone)).order_by(PhoneSignIn.made_at.desc()).limit(1)
    return db.scalar(wanted.with_for_update() if lock else wanted) if phone else None


def of_code(db: Session, code: str) -> PhoneSignIn | None:
    return db.scalar(select(PhoneSignIn).where(PhoneSignIn.code == digest(code)))


def step_of(row: PhoneSignIn, now: datetime) -> str:
    """``scan``, ``away``, ``number``, ``right``, or why it is over."""
    if row.step == _OVER:
        return row.why or RIGHT
    if now >= row.until:
        return SignInEnd.EXPIRED.value
    return SignInStep.AWAY.value if row.step == _CHECKING else row.step


def _named(db: Session, op: str) -> PhoneSignIn | None:
    """PostgreSQL refuses a NUL even in a comparison."""
    return db.get(PhoneSignIn, op, with_for_update=True) if is_operation_id(op) else None


def _person(db: Session, said: SignedInAs, now: datetime) -> Person | None:
    number = said.number.reveal()
    person = db.scalar(select(Person).where(Person.number == number)) if number.isprintable() else None
    return person if person is not None and is_valid(person, now) else None


def _told(door: Door, row: PhoneSignIn, now: datetime) -> SignInAnswer:
    if row.step in _WAITING and now < row.until:
        step = SignInStep(step_of(row, now))
        url = f"{door.public_url}{routes.PHONE}{door.code(row.op)}" if step is SignInStep.SCAN else ""
        return SignInWaits(step.value, row.until, url, row.number if step is SignInStep.NUMBER else "")
    if row.step == _OVER:
        return SignInEnded(row.why or SignInEnd.EXPIRED.value)
    return _end(row, SignInEnd.EXPIRED)


def _end(row: PhoneSignIn, why: SignInEnd) -> SignInEnded:
    row.step, row.why, row.number, row.person = _OVER, why.value, "", None
    event("sign-in by phone over", op=row.op, why=why.value)
    return SignInEnded(why.value)
