"""Sign-ins by phone: rows of minutes."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.hub.store.tables import Row


class PhoneSignIn(Row):
    """``code``, ``phone`` and ``state`` are digests of what is in the QR code, in the phone's cookie and on its way
    through the campus's page; ``claim`` that of the visit's claim, '' for none. ``step``: SignInStep, ``checking``,
    ``right``, ``over``; ``why`` SignInEnd once over, '' where it was used; ``until`` the step ends."""

    __tablename__ = "phone_sign_ins"
    op: Mapped[str] = mapped_column(primary_key=True)
    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosks.id"), index=True)
    claim: Mapped[str]
    code: Mapped[str] = mapped_column(unique=True)
    phone: Mapped[str] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(index=True)
    step: Mapped[str]
    why: Mapped[str]
    person: Mapped[str | None] = mapped_column(ForeignKey("people.id"))
    number: Mapped[str]
    tries: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(index=True)
    until: Mapped[datetime]
