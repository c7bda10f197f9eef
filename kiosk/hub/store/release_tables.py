"""Release codes: what an engineer gave whom, for what, and what became of it."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.hub.store.tables import Row


class ReleaseGiven(Row):
    """``digest`` of the code, keyed; ``action`` policy.Action; ``seen`` kinds of documents, words of
    domain.release.Document. ``over``: it opens nothing any more. ``used_op`` and ``used_kiosk``: where it was typed in,
    ``done_at`` when its action took effect. ``owner``: hex SHA-256 of the code in the link that the person was sent,
    '' where there was none; ``disowned_at`` when they said that it was not them."""

    __tablename__ = "release_codes"
    id: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    action: Mapped[str]
    seen: Mapped[str]
    by: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    digest: Mapped[str]
    tries: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(index=True)
    expires_at: Mapped[datetime]
    over: Mapped[bool]
    used_op: Mapped[str]
    used_kiosk: Mapped[str | None] = mapped_column(ForeignKey("kiosks.id"))
    used_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    owner: Mapped[str] = mapped_column(index=True)
    disowned_at: Mapped[datetime | None]
