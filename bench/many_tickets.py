"""Years of a service desk in a hub's database: reports with their history, ratings, and the figures' sums, made by the
database itself, so that two million take minutes."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import Connection, text

from kiosk.hub.store.database import Store
from kiosk.hub.store.figure_tables import FigureCourse

#: Reports of one day; most were closed, the last ones are open.
A_DAY = 5_500
#: History lines of one report: made, handed on, begun, solved, closed.
LINES = 5
#: Of the newest reports, so many per cent are still open.
_OPEN_DAYS = 20
_ZONE_SECONDS = 8 * 3600


@dataclass(frozen=True, slots=True)
class _Dialect:
    """How a moment ``{}`` seconds after 1970 and its day and hour at the campus are written."""

    moment: str
    day: str
    hour: str
    before: str


_SQLITE = _Dialect(
    "strftime('%Y-%m-%d %H:%M:%f000', {}, 'unixepoch')",
    f"strftime('%Y-%m-%d', {{}} + {_ZONE_SECONDS}, 'unixepoch')",
    f"strftime('%H', {{}} + {_ZONE_SECONDS}, 'unixepoch')",
    "PRAGMA foreign_keys=OFF",
)
_POSTGRESQL = _Dialect(
    "to_timestamp({})",
    f"to_char(to_timestamp({{}} + {_ZONE_SECONDS}) AT TIME ZONE 'UTC', 'YYYY-MM-DD')",
    f"to_char(to_timestamp({{}} + {_ZONE_SECONDS}) AT TIME ZONE 'UTC', 'HH24')",
    "SET session_replication_role = replica",
)
_SUMS = """
    count(*), count(answer_seconds), coalesce(sum(answer_seconds), 0), count(solve_seconds),
    coalesce(sum(solve_seconds), 0), sum(CASE WHEN at_once THEN 1 ELSE 0 END), 0, 0, 0, 0, 0
"""


def fill(store: Store, tickets: int, kiosk: str, now: datetime) -> None:
    """``tickets`` up to ``now``, all made at ``kiosk``'s id, spread over the catalogue and the day."""
    dialect = _SQLITE if store.engine.dialect.name == "sqlite" else _POSTGRESQL
    step = max(1, int(timedelta(days=1).total_seconds() / A_DAY))
    begins = int(now.timestamp()) - step * tickets
    with store.engine.connect() as connection:
        connection.execution_options(isolation_level="AUTOCOMMIT") if dialect is _POSTGRESQL else None
        connection.exec_driver_sql("COMMIT") if dialect is _SQLITE else None
        connection.exec_driver_sql(dialect.before)
        connection.exec_driver_sql("BEGIN")
        _numbers(connection, tickets)
        _reports(connection, dialect, begins, step, tickets, kiosk)
        _sums(connection)
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA foreign_keys=ON" if dialect is _SQLITE else "RESET session_replication_role")
        connection.exec_driver_sql("ANALYZE")
        connection.exec_driver_sql("BEGIN") if dialect is _SQLITE else None
    with store.write() as db:
        course = db.get_one(FigureCourse, 1)
        newest = db.execute(text("SELECT max(id) FROM ticket_history")).scalar() or 0
        course.seen = course.before = newest
        course.rated, course.at = now.date().isoformat(), now


def _numbers(connection: Connection, tickets: int) -> None:
    """A thousand times a thousand is quicker than counting."""
    side = ceil(tickets**0.5)
    connection.exec_driver_sql("CREATE TEMPORARY TABLE numbers (i INTEGER)")
    connection.exec_driver_sql(
        f"WITH RECURSIVE side(k) AS (SELECT 0 UNION ALL SELECT k + 1 FROM side WHERE k + 1 < {side}) "
        f"INSERT INTO numbers SELECT a.k * {side} + b.k FROM side a, side b WHERE a.k * {side} + b.k < {tickets}"
    )


def _reports(connection: Connection, dialect: _Dialect, begins: int, step: int, tickets: int, kiosk: str) -> None:
    at = f"({begins} + i * {step})"
    is_open = f"(i > {tickets - _OPEN_DAYS * 100} AND i % 3 = 0)"
    services = ("network", "computer", "classroom", "door")
    service = "CASE i % 4 " + " ".join(f"WHEN {n} THEN '{name}'" for n, name in enumerate(services)) + " END"
    building = "CASE i % 3 WHEN 0 THEN 'library' WHEN 1 THEN 'teaching-1' ELSE '' END"
    _run(
        connection,
        "INSERT INTO operations (op, kiosk, digest, status, body, at) "
        f"SELECT 'many-' || i, '{kiosk}', '', 200, '', {dialect.moment.format(at)} FROM numbers",
    )
    _run(
        connection,
        "INSERT INTO tickets (reference, op, kiosk, channel, type, service, symptom, impact, priority, suspected_p0, "
        "state, team, identity, person, claim, language, building, location, note, contact, address, created_at, "
        "made_at, respond_by, resolve_by, assignee, subject, shown, due_at, sorts_at) "
        f"SELECT 'M' || i, 'many-' || i, '{kiosk}', 'kiosk', 'incident', {service}, '', '', 'P2', "
        f"{_false(dialect)}, CASE WHEN {is_open} THEN 'in_progress' ELSE 'closed' END, 'desk', 'none', NULL, '', 'zh', "
        f"{building}, '', 'does not work', 'look', '', {dialect.moment.format(at)}, {dialect.moment.format(at)}, "
        f"{dialect.moment.format(f'({at} + 7200)')}, {dialect.moment.format(f'({at} + 86400)')}, NULL, '', '', "
        f"CASE WHEN {is_open} THEN {dialect.moment.format(f'({at} + 86400)')} END, "
        f"CASE WHEN {is_open} THEN {dialect.moment.format(f'({at} + 86400)')} END FROM numbers",
    )
    steps = (
        ("created", kiosk, "0", ""),
        ("assigned", "hub", "0", ""),
        ("state:in_progress", "desk", "1200 + i % 7 * 60", ""),
        ("state:resolved", "desk", "10800 + i % 11 * 600", f"WHERE NOT {is_open}"),
        ("state:closed", "requester", "90000", f"WHERE NOT {is_open}"),
    )
    for what, by, after, where in steps:
        moment = dialect.moment.format(f"({at} + {after})")
        _run(
            connection,
            'INSERT INTO ticket_history (reference, at, "by", what, text) '
            f"SELECT 'M' || i, {moment}, '{by}', '{what}', '' FROM numbers {where}",
        )
    _run(
        connection,
        "INSERT INTO ticket_facts (reference, day, hour, service, building, kiosk, kiosk_building, person, "
        "answer_seconds, solve_seconds, at_once) "
        f"SELECT 'M' || i, {dialect.day.format(at)}, {dialect.hour.format(at)}, {service}, {building}, "
        f"'A' || (1 + i % 40), 'library', '', 1200 + i % 7 * 60, "
        f"CASE WHEN {is_open} THEN NULL ELSE 10800 + i % 11 * 600 END, "
        f"{_false(dialect)} FROM numbers",
    )
    _run(
        connection,
        "INSERT INTO ratings (key, kiosk, day, about, mark, reasons, words, language) "
        f"SELECT 'many-' || i, 'A' || (1 + i % 40), {dialect.day.format(at)}, "
        "CASE i % 3 WHEN 0 THEN 'service' WHEN 1 THEN 'article:vpn-set-up' ELSE 'search' END, "
        "CASE i % 3 WHEN 0 THEN 'good' WHEN 1 THEN 'solved' ELSE 'not_found' END, '', "
        "CASE i % 3 WHEN 2 THEN 'words ' || (i % 500) ELSE '' END, 'zh' FROM numbers WHERE i % 4 = 0",
    )


def _sums(connection: Connection) -> None:
    for part, value in (
        ("all", "''"),
        ("service", "service"),
        ("building", "building"),
        ("kiosk", "kiosk"),
        ("hour", "hour"),
    ):
        _run(
            connection,
            "INSERT INTO figure_days (part, day, value, tickets, answered, answer_seconds, solved, solve_seconds, "
            "at_once, rated, content, alone, marked, reported) "
            f"SELECT '{part}', day, {value}, {_SUMS} FROM ticket_facts WHERE reference LIKE 'M%' GROUP BY 2, 3 "
            "ON CONFLICT DO NOTHING",
        )


def _run(connection: Connection, statement: str) -> None:
    """psycopg takes a per cent sign for the place of a value."""
    is_sqlite = connection.dialect.name == "sqlite"
    connection.exec_driver_sql(statement if is_sqlite else statement.replace("%", "%%"))


def _false(dialect: _Dialect) -> str:
    return "0" if dialect is _SQLITE else "false"
