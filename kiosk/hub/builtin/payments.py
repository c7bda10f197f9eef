"""A simulated payment provider: its page is served by the hub, and nobody's money moves.

Only for demos and rehearsals (``payments = "simulated"``). It keeps its payments in tables of its own and opens its own
transactions, as a provider somewhere else would: what it did stays done whatever becomes of the caller.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from kiosk.domain.card_capabilities import PaymentTerms
from kiosk.domain.desk import Text
from kiosk.domain.top_ups import PaymentState, PayPage, ProviderSilent
from kiosk.hub.clock import Clock
from kiosk.hub.services.top_ups import PAY
from kiosk.hub.store.database import Store
from kiosk.hub.store.payment_tables import SimulatedPayment
from kiosk.hub.tokens_made import new_follow_code

_TERMS = PaymentTerms(
    ways=Text("模拟付款（微信、支付宝）", "a simulated payment (WeChat, Alipay)"),
    payee=Text("卡务中心", "Card office"),
    refund=Text("如果已扣款，24 小时内会到账或退回。", "If you were charged, it arrives or is refunded within 24 h."),
    window=180,
)


@dataclass(frozen=True, slots=True)
class SimulatedPayments:
    """``public_url``: where phones reach the hub."""

    store: Store
    clock: Clock
    public_url: str

    @property
    def terms(self) -> PaymentTerms:
        return _TERMS

    def begin(self, op: str, amount: int, until: datetime) -> PayPage | ProviderSilent:
        with self.store.write() as db:
            payment = db.get(SimulatedPayment, op)
            if payment is None:
                payment = SimulatedPayment(
                    op=op,
                    code=new_follow_code(),
                    amount=amount,
                    state=PaymentState.WAITING,
                    silent=False,
                    made_at=self.clock(),
                    until=until,
                )
                db.add(payment)
            return PayPage(f"{self.public_url}{PAY}{payment.code}")

    def ask(self, op: str) -> PaymentState | ProviderSilent:
        return self._state(op, PaymentState.WAITING)

    def close(self, op: str) -> PaymentState | ProviderSilent:
        return self._state(op, PaymentState.CLOSED)

    def _state(self, op: str, waiting_becomes: PaymentState) -> PaymentState | ProviderSilent:
        """A payment nobody began was never paid and cannot be."""
        with self.store.write() as db:
            payment = db.get(SimulatedPayment, op, with_for_update=True)
            if payment is None:
                return PaymentState.CLOSED
            if payment.silent:
                return ProviderSilent()
            if payment.state == PaymentState.WAITING:
                over = self.clock() >= payment.until
                payment.state = PaymentState.CLOSED if over else waiting_becomes
            return PaymentState(payment.state)

    # -- the payer's side ---------------------------------------------------------------------------------------
    def seen(self, code: str) -> SimulatedPayment | None:
        """For the pay page."""
        with self.store.read() as db:
            return db.scalar(select(SimulatedPayment).where(SimulatedPayment.code == code))

    def newest(self) -> str | None:
        """The code of the payment begun last."""
        with self.store.read() as db:
            return db.scalar(select(SimulatedPayment.code).order_by(SimulatedPayment.made_at.desc()).limit(1))

    def pay(self, code: str, *, silent: bool = False) -> bool:
        """The payer confirms on the phone; ``silent``: and the provider gives no answer about it from now on."""
        with self.store.write() as db:
            wanted = select(SimulatedPayment).where(SimulatedPayment.code == code).with_for_update()
            payment = db.scalar(wanted)
            if payment is None or payment.state != PaymentState.WAITING or self.clock() >= payment.until:
                return False
            payment.state, payment.silent = PaymentState.PAID, silent
            return True

    def speak(self, code: str) -> None:
        """The provider answers again."""
        with self.store.write() as db:
            payment = db.scalar(select(SimulatedPayment).where(SimulatedPayment.code == code))
            if payment is not None:
                payment.silent = False
