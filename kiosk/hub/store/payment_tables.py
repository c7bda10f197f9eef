"""Top-up orders of the hub, and the payments of the simulated provider, which only it reads."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.hub.store.tables import Row


class TopUp(Row):
    """``state``: domain.top_ups.OrderState without unknown. ``closing``: '' or what it becomes once the provider has
    confirmed that it cannot be paid any more."""

    __tablename__ = "top_ups"
    op: Mapped[str] = mapped_column(primary_key=True)
    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosks.id"))
    person: Mapped[str] = mapped_column(ForeignKey("people.id"))
    amount: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(index=True)
    closing: Mapped[str]
    pay_url: Mapped[str]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]


class SimulatedPayment(Row):
    """``silent``: the provider gives no answer about it, for rehearsing. ``code`` is in the pay page's address."""

    __tablename__ = "simulated_payments"
    op: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    amount: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str]
    silent: Mapped[bool]
    made_at: Mapped[datetime]
    until: Mapped[datetime]
