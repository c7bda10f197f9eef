"""What the hub knows of its kiosks' health."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.hub.store.tables import Row


class KioskPresence(Row):
    """The last time a kiosk said how it is; ``readiness``: domain.presence.Readiness."""

    __tablename__ = "kiosk_presence"
    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosks.id"), primary_key=True)
    seen_at: Mapped[datetime]
    readiness: Mapped[str]
