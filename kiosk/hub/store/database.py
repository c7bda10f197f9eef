"""The hub's database behind one door: sessions that write and sessions that only read."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.orm import Session, sessionmaker

from kiosk.sqlite import dbapi, require_sound

#: Connections at once; more wait ``POOL_SECONDS`` and then fail.
POOL_SIZE = 16
POOL_SECONDS = 10
#: How long a SQLite writer waits for the one before it.
BUSY_MILLISECONDS = 10_000


class Store:
    """``url`` as SQLAlchemy writes them: ``sqlite:///FILE`` or ``postgresql+psycopg://…``. Opens nothing yet."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self._writing = sessionmaker(self.engine, expire_on_commit=False)
        self._turn = threading.Lock() if url.startswith("sqlite") else None
        reading = self.engine.execution_options(reading=True, **_one_moment(url))
        self._reading = sessionmaker(reading, expire_on_commit=False)

    def write(self) -> AbstractContextManager[Session]:
        """One transaction: committed when the block ends, rolled back when it raises."""
        return self._writing.begin() if self._turn is None else self._in_turn(self._turn)

    @contextmanager
    def _in_turn(self, turn: threading.Lock) -> Iterator[Session]:
        """SQLite takes one writer and lets the others look again every now and then, for seconds; the threads of this
        process wait for each other instead, and for other processes as SQLite has it."""
        mine = turn.acquire(timeout=BUSY_MILLISECONDS / 1000)
        try:
            with self._writing.begin() as db:
                yield db
        finally:
            if mine:
                turn.release()

    def read(self) -> AbstractContextManager[Session]:
        """One consistent view; never waits for a writer on SQLite."""
        return self._reading.begin()

    def close(self) -> None:
        self.engine.dispose()


def _one_moment(url: str) -> dict[str, str]:
    """Else PostgreSQL lets each question of a transaction see what others have committed since the one before."""
    return {} if url.startswith("sqlite") else {"isolation_level": "REPEATABLE READ"}


def _engine(url: str) -> Engine:
    options: dict[str, Any] = {
        "pool_size": POOL_SIZE,
        "max_overflow": 0,
        "pool_timeout": POOL_SECONDS,
    }
    # Parameters in an exception's text would carry names and notes into a log.
    options["hide_parameters"] = True
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True, **options)
    require_sound()
    engine = create_engine(url, module=dbapi, connect_args={"check_same_thread": False}, **options)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin transactions of its own: see _begin_sqlite
    for pragma in (
        f"busy_timeout={BUSY_MILLISECONDS}",
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}").close()


def _begin_sqlite(connection: Connection) -> None:
    # A deferred transaction that reads first and writes then fails at once when another one wrote in between.
    reading = connection.get_execution_options().get("reading", False)
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")
