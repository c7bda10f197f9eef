"""One PostgreSQL database for many tests: brought back, before each, to what it was when it was kept.

A copy of a database is 8 MB of files, made and removed some hundred times. Here only what a test changed is put right:
rows that are newer than what was kept go, and rows that are missing then come back from a copy beside the tables.
"""

from kiosk.hub.store.tables import Row
from tests.real.postgres import Postgres

#: Seconds a lock may be waited for; longer means that an earlier test still holds it.
LOCKED_AT_MOST = 20
_KEEP = """
CREATE SCHEMA kept;
CREATE TABLE kept.sequences AS SELECT schemaname, sequencename, last_value FROM pg_sequences;
"""
_KEEP_TABLE = "CREATE TABLE kept.{table} AS TABLE public.{table};"
#: The newest transaction whose rows are what was kept.
_NEWEST = "CREATE TABLE kept.newest AS SELECT pg_current_xact_id()::text::bigint AS id;"
_BEGIN = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid();
SET lock_timeout = '{seconds}s';
SET session_replication_role = replica; -- rows go and come in any order
BEGIN;
"""
_BRING_BACK = """
DELETE FROM public.{table} WHERE xmin::text::bigint > (SELECT id FROM kept.newest);
INSERT INTO public.{table} SELECT * FROM kept.{table} AS old
    WHERE NOT EXISTS (SELECT FROM public.{table} AS now WHERE {same});
"""
_END = """
SELECT setval(format('%I.%I', schemaname, sequencename), coalesce(last_value, 1), last_value IS NOT NULL)
    FROM kept.sequences;
UPDATE kept.newest SET id = pg_current_xact_id()::text::bigint;
COMMIT;
"""


class KeptDatabase:
    """Of a ``server``; ``name`` holds the hub's tables and what every test is to find in them."""

    def __init__(self, server: Postgres, name: str) -> None:
        self._server, self.name = server, name
        self.url = server.url(name)
        tables = {table.name: [column.name for column in table.primary_key] for table in Row.metadata.sorted_tables}
        self._run(_KEEP + "".join(_KEEP_TABLE.format(table=f'"{table}"') for table in tables) + _NEWEST)
        back = (
            _BRING_BACK.format(table=f'"{table}"', same=" AND ".join(f'old."{key}" = now."{key}"' for key in keys))
            for table, keys in tables.items()
        )
        self._back = _BEGIN.format(seconds=LOCKED_AT_MOST) + "".join(back) + _END

    def bring_back(self) -> None:
        self._run(self._back)

    def _run(self, script: str) -> None:
        with self._server.connection(self.name) as connection:
            connection.execute(script.encode())
