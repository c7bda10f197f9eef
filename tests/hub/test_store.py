"""The migrations and the tables say the same, on both databases."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import cast

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import QueuePool, event, select, text

from kiosk.hub.store.database import Store
from kiosk.hub.store.migrate import is_current, upgrade
from kiosk.hub.store.tables import Guess, Row
from tests.hub.conftest import World
from tests.patience import PATIENCE


def test_the_migrations_make_exactly_the_tables_the_program_uses(world: World) -> None:
    assert is_current(world.store)
    with world.store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Row.metadata) == []


def test_upgrading_again_changes_nothing(world: World) -> None:
    upgrade(world.store)
    assert is_current(world.store)


def test_an_empty_database_is_not_current(tmp_path: Path) -> None:
    assert not is_current(Store(f"sqlite:///{tmp_path / 'new.db'}"))


def test_times_keep_their_moment_whatever_zone_they_were_given_in(world: World) -> None:
    shanghai = datetime(2026, 11, 16, 10, 0, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
    with world.store.write() as db:
        db.add(Guess(at=shanghai))
    with world.store.read() as db:
        found = db.query(Guess).one().at
    assert found == shanghai
    assert found.tzinfo == UTC


def test_a_time_without_a_zone_is_refused(world: World) -> None:
    with pytest.raises(Exception, match="without a zone"), world.store.write() as db:
        db.add(Guess(at=datetime(2026, 11, 16)))


def test_what_raised_is_not_committed(world: World) -> None:
    with suppress(RuntimeError), world.store.write() as db:
        db.add(Guess(at=world.now))
        db.flush()
        raise RuntimeError
    with world.store.read() as db:
        assert db.query(Guess).count() == 0


def test_whoever_reads_sees_one_moment_whatever_others_commit_meanwhile(world: World) -> None:
    with world.store.read() as db:
        assert db.query(Guess).count() == 0
        with world.store.write() as other:
            other.add(Guess(at=world.now))
        assert db.query(Guess).count() == 0
    with world.store.read() as db:
        assert db.query(Guess).count() == 1


def test_sqlite_is_opened_so_that_saved_means_saved(tmp_path: Path) -> None:
    store = Store(f"sqlite:///{tmp_path / 'hub.db'}")
    with store.read() as db:
        found = {name: db.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")}
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_threads_that_write_on_sqlite_wait_in_line_and_hold_no_connection_meanwhile(tmp_path: Path) -> None:
    store, writers = Store(f"sqlite:///{tmp_path / 'hub.db'}"), 8
    begun, held = threading.Barrier(writers + 1), list[int]()
    pool = cast(QueuePool, store.engine.pool)
    event.listen(store.engine, "checkout", lambda *_: held.append(pool.checkedout()))

    def write() -> int | None:
        begun.wait(PATIENCE)
        with store.write() as db:
            return db.scalar(select(1))

    with ThreadPoolExecutor(writers) as threads:
        with store.write() as db:
            db.execute(select(1))
            waiting = [threads.submit(write) for _ in range(writers)]
            begun.wait(PATIENCE)
        assert [one.result() for one in waiting] == [1] * writers
    assert held == [1] * (writers + 1)
    store.close()
