"""Kiosks that ask to be enrolled."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.hub.store.tables import Row


class WaitingKiosk(Row):
    """``public`` hex of its key; ``code`` the letters on its screen until ``expires_at``; ``authority`` and ``nonce``
    (hex) as in wire.enrolment.EnrolAsk; ``address`` it asks from; ``kiosk`` what it became once somebody approved it.
    """

    __tablename__ = "waiting_kiosks"
    public: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    authority: Mapped[str]
    nonce: Mapped[str]
    address: Mapped[str] = mapped_column(index=True)
    asked_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    kiosk: Mapped[str | None] = mapped_column(ForeignKey("kiosks.id"))
