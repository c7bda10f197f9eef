"""Staff at the console: their second factor, their sessions, guesses at them, and what they did."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.hub.store.tables import Row


class StaffFactor(Row):
    """``sealed``: the secret of the authenticator app, as services/staff_factor.py seals it; ``last_step``: the time
    step of the code that was taken last: no code of that step or before is taken again."""

    __tablename__ = "staff_factors"
    person: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    sealed: Mapped[bytes]
    last_step: Mapped[int]
    made_at: Mapped[datetime]


class StaffCode(Row):
    """A code for the first sign-in; ``digest``: keyed, hex. One for a person, one use."""

    __tablename__ = "staff_codes"
    person: Mapped[str] = mapped_column(ForeignKey("people.id"), primary_key=True)
    digest: Mapped[str]
    expires_at: Mapped[datetime]


class StaffSession(Row):
    """``digest``: hex SHA-256 of the cookie. ``stage``: services/staff_sessions.Stage; ``pending``: the sealed secret
    that a first sign-in shows, else empty. ``seen_at``: somebody used it; ``checked_at``: the directory was asked."""

    __tablename__ = "staff_sessions"
    digest: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(ForeignKey("people.id"), index=True)
    stage: Mapped[str]
    pending: Mapped[bytes]
    made_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    checked_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)


class StaffGuess(Row):
    """Failures in a row; ``key``: a keyed digest of what is guessed at, or of where from."""

    __tablename__ = "staff_guesses"
    key: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    held_until: Mapped[datetime | None]
    last_at: Mapped[datetime] = mapped_column(index=True)


class StaffAct(Row):
    """Who did what, when, in ids only: ``by`` a person's id, '' for nobody known, 'command' for whoever sits at the
    hub's machine; ``why`` an id of the reasons a page offers. ``digest`` is of this line and of ``before``, that of the
    line before it (services/act_chain.py)."""

    __tablename__ = "staff_acts"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    at: Mapped[datetime] = mapped_column(index=True)
    by: Mapped[str]
    what: Mapped[str]
    about: Mapped[str]
    why: Mapped[str]
    before: Mapped[str]
    digest: Mapped[str]


class ActChain(Row):
    """Between which digests the lines of StaffAct stand: ``begins`` before the oldest that is kept, ``ends`` that of
    the newest. There is one row; whoever adds a line holds it."""

    __tablename__ = "act_chain"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    begins: Mapped[str]
    ends: Mapped[str]


class ConnectionRound(Row):
    """The last look at the connections: ``lines`` JSON of hub.check_lines.CheckLine; ``ended_at`` empty: under way, or
    its hub was ended meanwhile."""

    __tablename__ = "connection_rounds"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[str]
    begun_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    lines: Mapped[bytes]
