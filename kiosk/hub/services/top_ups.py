"""Top-ups in two phases: an order that waits, then either the money on the card, once, or nothing (promises O15).

Between the phases stands the provider, asked outside any transaction. Whatever dies in between, the order is still
there and its outcome is found by asking the provider with the same id: by the kiosk that waits, or by ``sweep``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.card_accounts import TopUpPosted
from kiosk.domain.policy import Action, Policy
from kiosk.domain.top_ups import OrderState, PaymentState, PayPage, ProviderSilent, TopUpOrder
from kiosk.hub.clock import Clock
from kiosk.hub.logs import event
from kiosk.hub.ports import CardAccounts, Payments
from kiosk.hub.services.asking import settled
from kiosk.hub.services.operation_ids import is_operation_id
from kiosk.hub.services.refusal import No
from kiosk.hub.services.sealed import note_incident
from kiosk.hub.services.sessions import require
from kiosk.hub.services.trust import trusted_kiosk
from kiosk.hub.store.database import Store
from kiosk.hub.store.inserting import insert_into
from kiosk.hub.store.payment_tables import TopUp
from kiosk.hub.store.tables import Kiosk
from kiosk.wire import routes
from kiosk.wire.cards import TopUpWanted

#: Where the simulated provider's pages are.
PAY = routes.PAY

#: Orders read at once; a sweep looks at all of them, so that those nobody answers about hold up nobody else's.
MOST_AT_ONCE = 50
#: An order is swept this long after its time ran out: the kiosk that waits for it asks first.
AFTER = timedelta(seconds=10)
_UNDECIDED = (OrderState.OPEN, OrderState.PAID)
NOT_OFFERED = No(422, "not_offered", "no top-up here")
_SILENT = No(503, "provider_silent", "the payment provider gave no answer", 5)


@dataclass(frozen=True, slots=True)
class TopUps:
    store: Store
    clock: Clock
    policy: Policy
    cards: CardAccounts
    payments: Payments

    def order(self, authorization: str, token: str, wanted: TopUpWanted) -> TopUpOrder | No:
        """Made once for its id, also where the first answer was lost."""
        with self.store.write() as db:
            now = self.clock()
            kiosk = trusted_kiosk(db, authorization, now)
            row = kiosk if isinstance(kiosk, No) else self._ordered(db, kiosk, token, wanted, now)
            if isinstance(row, No):
                return row
            if row.pay_url or row.state != OrderState.OPEN or row.closing:
                return _told(row)
            until = row.expires_at
        page = self.payments.begin(wanted.op, wanted.amount, until)
        if not isinstance(page, PayPage):
            return _SILENT
        with self.store.write() as db:
            row = db.get_one(TopUp, wanted.op, with_for_update=True, populate_existing=True)
            row.pay_url = page.url
            told, taken_back = _told(row), bool(row.closing) or row.state != OrderState.OPEN
        if taken_back:  # while its code was being made
            self.payments.close(wanted.op)
            return self.settle(wanted.op)
        return told

    def _ordered(self, db: Session, kiosk: Kiosk, token: str, wanted: TopUpWanted, now: datetime) -> TopUp | No:
        person = require(db, kiosk, token, Action.SEE_CARD, self.policy, now)
        if isinstance(person, No):
            return person
        span = self.cards.capabilities(db).top_up
        if span is None:
            return NOT_OFFERED
        if not is_operation_id(wanted.op):
            return No(422, "malformed", "op must be a UUID in lower-case hex with dashes")
        if not span.allows(wanted.amount):
            return No(422, "out_of_range", "not an amount that can be paid in here")
        values = {
            "op": wanted.op,
            "kiosk": kiosk.id,
            "person": person.id,
            "amount": wanted.amount,
            "state": OrderState.OPEN.value,
            "closing": "",
            "pay_url": "",
            "made_at": now,
            "expires_at": now + timedelta(seconds=self.payments.terms.window),
            "settled_at": None,
        }
        db.execute(insert_into(db, TopUp).values(values).on_conflict_do_nothing())
        row = db.get_one(TopUp, wanted.op, with_for_update=True, populate_existing=True)
        if (row.kiosk, row.person, row.amount) != (kiosk.id, person.id, wanted.amount):
            note_incident(db, kiosk, wanted.op, "other_content", now)
            return No(409, "other_content", "this operation id was used for something else")
        return row

    def ask(self, authorization: str, op: str, *, cancel: bool = False) -> TopUpOrder | No:
        """What became of an order of this kiosk; with ``cancel`` it is to become nothing, unless it was paid."""
        with self.store.write() as db:
            kiosk = trusted_kiosk(db, authorization, self.clock())
            if isinstance(kiosk, No):
                return kiosk
            row = db.get(TopUp, op, with_for_update=True)
            if row is None or row.kiosk != kiosk.id:
                return No(422, "unknown_order", "this kiosk made no such order")
            if cancel and row.state == OrderState.OPEN and not row.closing:
                over = self.clock() >= row.expires_at
                row.closing = OrderState.EXPIRED if over else OrderState.CANCELLED
        return self.settle(op)

    def settle(self, op: str) -> TopUpOrder:
        """Asks the provider and does what follows from its answer, once."""
        with self.store.read() as db:
            row = db.get_one(TopUp, op)
            state, closing = OrderState(row.state), row.closing or self.clock() >= row.expires_at
            if state.is_final:
                return _told(row)
        said: PaymentState | ProviderSilent = PaymentState.PAID
        if state is OrderState.OPEN:
            said = self.payments.close(op) if closing else self.payments.ask(op)

        def followed(db: Session, now: datetime) -> TopUpOrder:
            row = db.get_one(TopUp, op, with_for_update=True, populate_existing=True)
            if isinstance(said, ProviderSilent):
                return _told(row, OrderState.UNKNOWN if row.state == OrderState.OPEN else None)
            self._follow(db, row, said, now)
            return _told(row)

        return settled(self.store.write, self.clock, followed)

    def _follow(self, db: Session, row: TopUp, said: PaymentState, now: datetime) -> None:
        if OrderState(row.state).is_final or said is PaymentState.WAITING:
            return
        if said is PaymentState.CLOSED and row.state == OrderState.OPEN:
            row.state, row.settled_at = row.closing or OrderState.EXPIRED, now
        elif said is PaymentState.PAID:
            row.state = OrderState.PAID
            if isinstance(self.cards.top_up(db, row.op, row.person, row.amount, now), TopUpPosted):
                row.state, row.settled_at = OrderState.POSTED, now
        event("top-up", op=row.op, state=str(row.state))

    def sweep(self) -> int:
        """Orders whose kiosk asks no more; how many came to an end."""
        ended, seen = 0, ""
        while waiting := self._late(seen):
            ended += sum(self.settle(op).state.is_final for op in waiting)
            seen = waiting[-1]
        return ended

    def _late(self, seen: str) -> Sequence[str]:
        """Some orders whose time is over and that nobody has decided, after the id ``seen``."""
        with self.store.read() as db:
            late = TopUp.expires_at <= self.clock() - AFTER
            wanted = select(TopUp.op).where(TopUp.state.in_(_UNDECIDED), late, TopUp.op > seen).order_by(TopUp.op)
            return db.scalars(wanted.limit(MOST_AT_ONCE)).all()


def _told(row: TopUp, state: OrderState | None = None) -> TopUpOrder:
    shown = state or OrderState(row.state)
    url = row.pay_url if shown is OrderState.OPEN and not row.closing else ""
    return TopUpOrder(row.op, row.op[:8].upper(), shown, row.amount, url, row.expires_at)
