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


class KioskMemory(Row):
    """How far a kiosk's memory had come when it told last; domain.presence.MemoryMark."""

    __tablename__ = "kiosk_memories"
    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosks.id"), primary_key=True)
    epoch: Mapped[str]
    seq: Mapped[int]
    link: Mapped[str]
    told_at: Mapped[datetime]


class KioskHealth(Row):
    """How one part of a kiosk was when it told last; ``since``: when that began. Codes as in domain.health."""

    __tablename__ = "kiosk_health"
    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosks.id"), primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[str]
    why: Mapped[str]
    measured: Mapped[str]
    since: Mapped[datetime]
    told_at: Mapped[datetime]


class KioskSelfTest(Row):
    """What staff tried at a kiosk and what they saw. ``alias`` tells testers apart, and says nothing else of them."""

    __tablename__ = "kiosk_self_tests"
    id: Mapped[str] = mapped_column(primary_key=True)
    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosks.id"), index=True)
    part: Mapped[str]
    at: Mapped[datetime]
    role: Mapped[str]
    alias: Mapped[str]
    outcome: Mapped[str]
    confirmed_role: Mapped[str]
    confirmed_alias: Mapped[str]
    seen: Mapped[str]
    told_at: Mapped[datetime]


class KioskLog(Row):
    """What staff sent in from a kiosk; ``log``: JSON lines, gzip."""

    __tablename__ = "kiosk_logs"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    kiosk: Mapped[str] = mapped_column(ForeignKey("kiosks.id"), index=True)
    at: Mapped[datetime]
    log: Mapped[bytes]
