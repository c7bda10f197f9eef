"""Every page of the console, the month's figures and their files, at a hub with years of reports: 300,000 on SQLite and
two million on PostgreSQL. Asked in process, one after the other, as somebody who is signed in; and how many reports a
second the figures are counted from."""

import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.many_tickets import LINES, fill
from bench.rows import Row, percentile, row
from kiosk.domain.roles import Role
from kiosk.hub.builtin.sample import load_sample
from kiosk.hub.console import sitemap
from kiosk.hub.services import figure_counting
from kiosk.hub.services.pin_hashing import PinHasher
from kiosk.hub.services.ticket_queue import Listing
from kiosk.hub.store.database import Store
from kiosk.hub.store.figure_tables import FigureCourse
from kiosk.hub.store.migrate import upgrade
from tests.hub.conftest import CHEAP, World, world_at
from tests.hub.console_world import DONG, Browser, Console
from tests.real.postgres import private_postgres

ON_SQLITE, ON_POSTGRESQL = 300_000, 2_000_000
#: Times each page is asked for, and reports that are counted.
ASKED, COUNTED = 60, 2_000
GOAL = "p99 <= 300 ms"


def measure(on_sqlite: int = 0, on_postgresql: int = 0, asked: int = 0) -> list[Row]:
    """Milliseconds, the 50th and the 99th percentile; reports in a second."""
    sizes = on_sqlite or ON_SQLITE, on_postgresql or ON_POSTGRESQL
    with TemporaryDirectory(prefix="kiosk-bench-") as folder:
        rows = _on("SQLite", Path(folder), f"sqlite:///{folder}/hub.db", sizes[0], asked or ASKED)
        with private_postgres() as server:
            url = server.url(server.new_database())
            return rows + _on("PostgreSQL", Path(folder), url, sizes[1], asked or ASKED)


def _on(name: str, folder: Path, url: str, tickets: int, asked: int) -> list[Row]:
    now = datetime.now(UTC)
    with closing(Store(url)) as store:
        upgrade(store)
        with store.write() as db:
            load_sample(db, PinHasher(CHEAP), now)
    with world_at(url, folder) as world:
        world.now = now
        kiosk = world.new_kiosk()
        fill(world.store, tickets, kiosk.id, now)
        console = Console.of(world)
        browser = console.signed_in(DONG)
        console.give_role(DONG, Role.ADMIN)
        paths = [page.path for page in sitemap.PAGES] + [load.path for load in sitemap.DOWNLOADS]
        paths += [f"/console/queue?list={listing}" for listing in Listing]
        rows = [one for path in paths for one in _asked(name, tickets, browser, path, asked)]
        return [*rows, _counted(name, tickets, world)]


def _asked(name: str, tickets: int, browser: Browser, path: str, asked: int) -> list[Row]:
    took = []
    for _ in range(asked):
        begun = time.perf_counter()
        answer = browser.get(path)
        took.append((time.perf_counter() - begun) * 1000)
        assert answer.status_code == 200, (path, answer.status_code)
    what = f"insight: {path}, {tickets} tickets, {name}"
    return [row(f"{what}, p{int(share * 100)}", percentile(took, share), None, "ms", GOAL) for share in (0.5, 0.99)]


def _counted(name: str, tickets: int, world: World) -> Row:
    with world.store.write() as db:
        course = db.get_one(FigureCourse, 1)
        course.before = max(0, course.before - LINES * min(COUNTED, tickets))
    begun = time.perf_counter()
    looked = figure_counting.sweep(world.store, world.now)
    took = time.perf_counter() - begun
    return row(f"insight: reports counted, {name}", looked / LINES / took, None, "reports/s", "told")
