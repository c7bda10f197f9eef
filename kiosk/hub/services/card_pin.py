"""The PIN that tills ask for: kept and judged by the card system, counted here before it is asked.

A wrong present PIN slows down this person at this kiosk like a kiosk's PIN does; the count is committed before the card
system judges, so that no power cut gives a try away; a right one takes it back, and an answer that judged nothing.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy.orm import Session

from kiosk.domain.card_accounts import CardPinSet, CardRefusal, CardRefused
from kiosk.domain.policy import Action
from kiosk.hub.clock import Clock
from kiosk.hub.logs import event
from kiosk.hub.ports import CardPin, Told
from kiosk.hub.services import guesses
from kiosk.hub.services.asking import settled
from kiosk.hub.services.book import read_book
from kiosk.hub.services.doing import House, claim_too_long
from kiosk.hub.services.operation_ids import is_operation_id
from kiosk.hub.services.own_card import told
from kiosk.hub.services.people import resolve
from kiosk.hub.services.pin_rules import is_too_easy
from kiosk.hub.services.pins import open_pin
from kiosk.hub.services.refusal import NO_VISIT, No
from kiosk.hub.services.self_service import Served, note_served
from kiosk.hub.services.sessions import require
from kiosk.hub.services.trust import trusted_kiosk
from kiosk.hub.store.database import Store
from kiosk.hub.store.tables import Kiosk, Person
from kiosk.wire.cards import CardPinAnswer, CardPinDenied, CardPinStored, CardPinWanted
from kiosk.wire.envelope import Envelope
from kiosk.wire.identity import CARD_PIN_KIND, NEW_CARD_PIN_KIND, PinAttempt


@dataclass(frozen=True, slots=True)
class Typed:
    """What was sealed, opened and counted. ``counted`` ``None`` where no present PIN was typed."""

    person: str
    present: CardPin | None
    new: CardPin
    counted: guesses.Counted | None


@dataclass(frozen=True, slots=True)
class CardPins:
    store: Store
    clock: Clock
    house: House

    def set(self, authorization: str, token: str, wanted: CardPinWanted) -> CardPinAnswer | No:
        with self.store.write() as db:
            now = self.clock()
            kiosk = trusted_kiosk(db, authorization, now)
            if isinstance(kiosk, No):
                return kiosk
            name, opened = kiosk.id, self._typed(db, kiosk, token, wanted, now)
        if not isinstance(opened, Typed):
            return opened
        typed = opened

        def judged(db: Session, now: datetime) -> CardPinAnswer | No:
            return self._set(db, db.get_one(Kiosk, name), wanted.op, typed, now)

        return settled(self.store.write, self.clock, judged)

    def _typed(
        self, db: Session, kiosk: Kiosk, token: str, wanted: CardPinWanted, now: datetime
    ) -> Typed | CardPinDenied | No:
        person = require(db, kiosk, token, Action.CHANGE_CARD_PIN, self.house.policy, now)
        if isinstance(person, No):
            return person
        if not is_operation_id(wanted.op):
            return No(422, "malformed", "op must be a UUID in lower-case hex with dashes")
        if refused := claim_too_long(wanted.claim):
            return refused
        resolved = resolve(db, wanted.claim, now)
        if resolved is None or resolved.person.id != person.id:
            return NO_VISIT
        new = self._open(db, kiosk, wanted, wanted.new, NEW_CARD_PIN_KIND, now)
        if isinstance(new, No):
            return new
        if is_too_easy(new.reveal(), person.number, person.phone):
            return CardPinDenied("guessable")
        if wanted.present is None:
            return Typed(person.id, None, new, None)
        present = self._open(db, kiosk, wanted, wanted.present, CARD_PIN_KIND, now)
        if isinstance(present, No):
            return present
        counted = guesses.count(db, kiosk, _guessed_at(person.id), wanted.op, now)
        if isinstance(counted, guesses.Waiting):
            return CardPinDenied("locked", tries_left=0, retry_at=counted.until)
        return Typed(person.id, present, new, counted)

    def _open(
        self, db: Session, kiosk: Kiosk, wanted: CardPinWanted, envelope: Envelope, kind: str, now: datetime
    ) -> CardPin | No:
        opened = open_pin(db, self.house.keys, kiosk, PinAttempt(wanted.claim, envelope), kind, now)
        return opened if isinstance(opened, No) else CardPin(opened)

    def _set(self, db: Session, kiosk: Kiosk, op: str, typed: Typed, now: datetime) -> CardPinAnswer | No:
        answer = self.house.cards.set_pin(db, op, typed.person, typed.present, typed.new, now)
        event("card pin judged", kiosk=kiosk.id, op=op)
        if answer == CardRefused(CardRefusal.WRONG_PIN):
            return _wrong(typed)
        if not isinstance(answer, CardPinSet):
            if typed.counted is not None:
                guesses.take_back(db, kiosk, _guessed_at(typed.person))
            return told(answer)
        guesses.right(db, kiosk, _guessed_at(typed.person))
        if answer.at == now:  # a stored answer was told then
            person, phone = db.get_one(Person, typed.person), read_book(db).desk.phone
            self.house.notices.tell(db, person, Told.CARD_PIN, now, phone=phone)
            note_served(db, typed.person, kiosk.id, Served.CARD_PIN, now)
        return CardPinStored(answer.at, answer.first)


def _wrong(typed: Typed) -> CardPinDenied:
    """Where none was typed the card system has one all the same: the page was out of date."""
    if typed.counted is None:
        return CardPinDenied("wrong")
    until = typed.counted.locked_until
    return CardPinDenied("locked" if until else "wrong", typed.counted.tries_left, until)


def _guessed_at(person: str) -> str:
    """What is counted: guesses at this person's card PIN, apart from those at their own."""
    return sha256(f"card_pin:{person}".encode()).hexdigest()
