"""A database of every released schema, as SQL, with the same operations in each: one that waits behind another of its
ticket, one that was sent, one dead, one settled.

``python -m tests.offline.golden`` writes the file of the newest schema; a released one is never written again.
"""

from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from kiosk.offline.kiosk_key import KioskKey
from kiosk.sqlite import dbapi
from tests.offline.kiosks import Keys

FOLDER = Path(__file__).parent
#: Whose operations they are, and to whom they are sealed.
KEYS = Keys(
    KioskKey(Ed25519PrivateKey.from_private_bytes(bytes(range(32)))),
    X25519PrivateKey.from_private_bytes(bytes(range(32, 64))),
)
#: References by what became of their operation.
WAITS, SENT, DEAD, SETTLED = "A12-0001-X", "A12-0002-M", "A12-0003-C", "A12-0004-R"


def file_of(step: str) -> Path:
    return FOLDER / f"{step}.sql"


def dump(connection: Any) -> str:
    """Everything in it, as SQL."""
    lines = ["BEGIN;"]
    schema = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid"
    for kind, name, sql in connection.execute(schema).fetchall():
        lines.append(f"{sql};")
        if kind == "table":
            columns = [column[1] for column in connection.execute(f"PRAGMA table_info({name})").fetchall()]
            quoted = " || ', ' || ".join(f'quote("{column}")' for column in columns)
            rows = connection.execute(f"SELECT {quoted} FROM {name}").fetchall()
            lines += [f"INSERT INTO {name} VALUES ({row[0]});" for row in rows]
    return "\n".join([*lines, "COMMIT;", ""])


def restore(step: str, database: Path) -> None:
    """As a kiosk of that version left it."""
    connection = dbapi.connect(str(database), isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.executescript(file_of(step).read_text("utf-8"))
    finally:
        connection.close()
