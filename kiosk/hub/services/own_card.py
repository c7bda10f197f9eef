"""What a person sees and changes of their own card: each by its own action of the policy, then asked of the port."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from kiosk.domain.card_accounts import (
    Balance,
    CardLimits,
    CardOverview,
    CardRefused,
    CardSystemSilent,
    LimitsSet,
    MovementList,
)
from kiosk.domain.policy import Action
from kiosk.hub.ports import CardTrouble, Told
from kiosk.hub.services.book import Book
from kiosk.hub.services.doing import House
from kiosk.hub.services.operation_ids import is_operation_id
from kiosk.hub.services.refusal import No
from kiosk.hub.services.self_service import Served, note_served
from kiosk.hub.services.sessions import require
from kiosk.hub.services.trust import Kiosk
from kiosk.hub.store.tables import Person
from kiosk.wire.cards import LimitsWanted

Found = TypeVar("Found")
#: Seconds after which a card system that gave no answer may be asked again.
SILENT_FOR = 5


class OwnCard:
    """``db`` is the caller's transaction, ``token`` the person's session."""

    def __init__(self, house: House) -> None:
        self._house, self._cards = house, house.cards

    def overview(self, db: Session, kiosk: Kiosk, token: str, now: datetime) -> CardOverview | No:
        return self._of(db, kiosk, token, Action.SEE_CARD, now, lambda person: self._cards.overview(db, person.id))

    def balance(self, db: Session, kiosk: Kiosk, token: str, now: datetime) -> Balance | No:
        return self._of(db, kiosk, token, Action.SEE_BALANCE, now, lambda person: self._cards.balance(db, person.id))

    def movements(self, db: Session, kiosk: Kiosk, token: str, now: datetime) -> MovementList | No:
        action = Action.SEE_TRANSACTIONS
        return self._of(db, kiosk, token, action, now, lambda person: self._cards.transactions(db, person.id, now))

    def set_limits(
        self, db: Session, book: Book, kiosk: Kiosk, token: str, wanted: LimitsWanted, now: datetime
    ) -> LimitsSet | No:
        if not is_operation_id(wanted.op):
            return No(422, "malformed", "op must be a UUID in lower-case hex with dashes")

        def change(person: Person) -> LimitsSet | CardTrouble:
            limits = CardLimits(wanted.daily, wanted.single)
            done = self._cards.set_limits(db, wanted.op, person.id, limits, now)
            if isinstance(done, LimitsSet) and done.at == now:  # a stored answer is told to nobody again
                self._house.notices.tell(db, person, Told.CARD_LIMITS, now, phone=book.desk.phone)
                note_served(db, person.id, kiosk.id, Served.CARD_LIMITS, now)
            return done

        return self._of(db, kiosk, token, Action.CHANGE_LIMITS, now, change)

    def _of(
        self,
        db: Session,
        kiosk: Kiosk,
        token: str,
        action: Action,
        now: datetime,
        ask: "Callable[[Person], Found | CardTrouble]",
    ) -> Found | No:
        person = require(db, kiosk, token, action, self._house.policy, now)
        return person if isinstance(person, No) else told(ask(person))


def told(answer: Found | CardTrouble) -> Found | No:
    """The card system's no as the hub's."""
    if isinstance(answer, CardRefused):
        return No(422, answer.why, "the card system refused")
    if isinstance(answer, CardSystemSilent):
        return No(503, "card_system_silent", "the card system gave no answer", SILENT_FOR)
    return answer
