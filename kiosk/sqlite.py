"""The one place that says which SQLite: pysqlite3's own, because the system's may carry the WAL-reset fault.

SQLite 3.7.0 .. 3.51.2 can lose committed pages when a WAL is reset while another connection reads; Debian 12 ships
3.40. A start on such a version is refused.
"""

import pysqlite3.dbapi2 as dbapi

FIRST_SOUND = (3, 51, 3)


class UnsoundSQLite(RuntimeError):
    """The linked SQLite is older than 3.51.3."""


def require_sound(version: tuple[int, ...] | None = None) -> None:
    """Raises UnsoundSQLite, with what to do, unless the linked SQLite is sound."""
    found = version or tuple(dbapi.sqlite_version_info)
    if found < FIRST_SOUND:
        shown = ".".join(map(str, found))
        raise UnsoundSQLite(f"SQLite {shown} can lose data (fixed in 3.51.3); install pysqlite3 0.6.1 or newer")


__all__ = ["FIRST_SOUND", "UnsoundSQLite", "dbapi", "require_sound"]
