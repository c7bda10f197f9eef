"""Cards that are proving themselves, and what they have proven: rows of seconds and minutes."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.hub.store.tables import Row


class CardRelay(Row):
    """``digest`` of the token that names the talk; ``talk`` sealed with a key of the hub's own."""

    __tablename__ = "card_relays"
    digest: Mapped[str] = mapped_column(primary_key=True)
    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosks.id"))
    talk: Mapped[bytes]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class OneTimeCardProof(Row):
    """``card``: the name of the card that held the campus's key, at this kiosk."""

    __tablename__ = "card_proofs"
    digest: Mapped[str] = mapped_column(primary_key=True)
    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosks.id"))
    card: Mapped[str]
    expires_at: Mapped[datetime] = mapped_column(index=True)
