"""Tests share one PostgreSQL database: each must find in it what was loaded, whatever the one before did."""

from kiosk.hub.store.card_tables import JournalLine
from kiosk.hub.store.database import Store
from kiosk.hub.store.tables import Guess, Person
from tests.hub.conftest import BEGIN
from tests.hub.kept_database import KeptDatabase
from tests.real.postgres import Postgres

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'kept' AND tablename NOT IN ('sequences', 'newest')"
DIFFERENT = """
SELECT count(*) FROM (
    (TABLE public."{0}" EXCEPT TABLE kept."{0}") UNION ALL (TABLE kept."{0}" EXCEPT TABLE public."{0}")
) AS rows
"""
SEQUENCES = """
SELECT count(*) FROM pg_sequences AS now JOIN kept.sequences AS old USING (sequencename)
WHERE old.last_value IS DISTINCT FROM now.last_value
"""


def different(server: Postgres, kept: KeptDatabase) -> dict[str, int]:
    """Rows more or less than were kept, by table, and sequences that stand elsewhere."""
    with server.connection(kept.name) as db:
        tables = [str(row[0]) for row in db.execute(TABLES).fetchall()]
        counts = {table: db.execute(DIFFERENT.format(table).encode()).fetchone() for table in tables}
        counts["sequences"] = db.execute(SEQUENCES).fetchone()
    return {name: row[0] for name, row in counts.items() if row and row[0]}


def test_what_was_added_changed_and_removed_is_put_right(postgres: Postgres, postgres_sample: KeptDatabase) -> None:
    postgres_sample.bring_back()
    assert different(postgres, postgres_sample) == {}
    store = Store(postgres_sample.url)
    for _ in range(2):  # also what was brought back once
        with store.write() as db:
            db.query(Person).update({Person.name: "somebody else"})
            db.query(JournalLine).delete()
            db.add(Guess(at=BEGIN))
        assert different(postgres, postgres_sample).keys() >= {"people", "journal_lines", "enrolment_guesses"}
        postgres_sample.bring_back()
        assert different(postgres, postgres_sample) == {}
    store.close()


def test_what_a_test_left_open_holds_nobody_up(postgres: Postgres, postgres_sample: KeptDatabase) -> None:
    forgotten = postgres.connection(postgres_sample.name)
    forgotten.execute("BEGIN")
    forgotten.execute("UPDATE people SET name = 'locked'")
    postgres_sample.bring_back()
    assert different(postgres, postgres_sample) == {}
    forgotten.close()
