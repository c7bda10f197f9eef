"""Messages on their way to a mail server, an SMS gateway or a group's robot: the hub's own outbox for them."""

from datetime import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.hub.store.tables import Row


class OutgoingMessage(Row):
    """``op`` names it to the gateway at every attempt; ``made_of``: JSON. What it says is emptied once it is sent or
    of no use, a code's once it is refused; what stays until ``kept_until`` counts against floods. ``state``:
    ports.Posted."""

    __tablename__ = "outgoing_messages"
    op: Mapped[str] = mapped_column(primary_key=True)
    channel: Mapped[str]
    address: Mapped[str] = mapped_column(index=True)
    kind: Mapped[str]
    subject: Mapped[str] = mapped_column(Text)
    text: Mapped[str] = mapped_column(Text)
    made_of: Mapped[str] = mapped_column(Text)
    state: Mapped[str] = mapped_column(index=True)
    made_at: Mapped[datetime]
    useless_at: Mapped[datetime]
    kept_until: Mapped[datetime] = mapped_column(index=True)
    attempts: Mapped[int]
    tried_at: Mapped[datetime | None]
    next_try_at: Mapped[datetime]
    last_answer: Mapped[str]
