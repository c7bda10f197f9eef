"""Reports and claims at a hub that runs in production's way, beside a bare Litestar route that does one INSERT on the
same store, on SQLite and on PostgreSQL.

Messages are sealed beforehand: what is measured is the hub, over TLS on connections that are kept. Blocks of both are
interleaved in a rotating order. A report is made in nobody's name and in a claimed one; a claim is then proven by PIN,
which costs one Argon2 as shipped, on purpose.
"""

import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from http.client import HTTPSConnection
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from bench.bare_route import READY, ROUTE
from bench.rows import Row, percentile, row
from kiosk.hub.builtin.sample import sample_people
from kiosk.wire import routes
from kiosk.wire.enrolment import Block, NumbersWanted
from kiosk.wire.tickets import NumberClaimed
from tests.real.hub_process import RunningHub, command, start_hub
from tests.real.plain_kiosk import PlainKiosk, card, new_op
from tests.real.postgres import private_postgres

BLOCKS = 8
#: Connections at once, and requests of each in one block.
LINES = 4
PER_LINE = 15
#: Fewer: each is a slow hash.
PINS_PER_LINE = 3
WARM_UP = 8
#: Reports are made this far apart and in everybody's name by turns: no limit is met.
_APART = timedelta(minutes=6)
_END_WITHIN = 15.0
ZHANG, PIN = card("04A1B2C3D4E580"), "739154"


@dataclass
class Side:
    """``make`` gives the next body; what was measured, seconds."""

    port: int
    ca: Path
    path: str
    make: Callable[[], bytes]
    token: str = ""
    per_line: int = PER_LINE
    lines: int = LINES
    took: list[float] = field(default_factory=list)
    whole: float = 0.0

    @property
    def rate(self) -> float:
        """Requests in a second."""
        return len(self.took) / self.whole

    @property
    def p99(self) -> float:
        """Milliseconds."""
        return percentile(self.took, 0.99) * 1000

    def block(self, per_line: int, *, counts: bool = True) -> None:
        bodies = [[self.make() for _ in range(per_line)] for _ in range(self.lines)]
        lines = [self._line() for _ in range(self.lines)]
        begun = time.perf_counter()
        with ThreadPoolExecutor(self.lines) as threads:
            took = [one for each in threads.map(self._sent, lines, bodies) for one in each]
        if counts:
            self.whole += time.perf_counter() - begun
            self.took += took

    def _line(self) -> HTTPSConnection:
        context = ssl.create_default_context(cafile=str(self.ca))
        line = HTTPSConnection("127.0.0.1", self.port, context=context)
        line.connect()
        return line

    def _sent(self, line: HTTPSConnection, bodies: list[bytes]) -> list[float]:
        headers = {"content-type": "application/json", "authorization": f"Bearer {self.token}"}
        took = []
        for body in bodies:
            begun = time.perf_counter()
            line.request("POST", self.path, body, headers)
            answer = line.getresponse()
            said = answer.read()
            took.append(time.perf_counter() - begun)
            assert answer.status == 200, said
            assert b'"named":false' not in said, "a limit was met: something else is measured"
        line.close()
        return took


def measure(blocks: int = 0) -> list[Row]:
    """Requests per second and the 99th percentile in milliseconds."""
    blocks = blocks or BLOCKS
    with TemporaryDirectory(prefix="kiosk-bench-") as folder:
        data = Path(folder) / "sqlite"
        rows = _on("SQLite", data, f"sqlite:///{data / 'hub.db'}", blocks)
        with private_postgres(durable=True) as server:
            url = server.url(server.new_database())
            return rows + _on("PostgreSQL", Path(folder) / "postgresql", url, blocks)


def _on(store: str, data: Path, url: str, blocks: int) -> list[Row]:
    data.mkdir()
    (data / "hub.toml").write_text(f'database_url = "{url}"\n')
    command(data, "sample")
    with running_hub(data) as hub, _bare(data, url) as port:
        kiosk = PlainKiosk(hub.url, hub.ca).enrol(hub.code())
        at = int(hub.url.rpartition(":")[2])
        reports = Reports(kiosk)
        bare = Side(port, hub.ca, ROUTE, reports.nobodys)
        sides = {
            "report": Side(at, hub.ca, routes.OPERATIONS, reports.nobodys, kiosk.token),
            "report in a claimed name": Side(at, hub.ca, routes.OPERATIONS, reports.claimed, kiosk.token),
            "claim proven by PIN": Side(at, hub.ca, routes.PIN, reports.pin, kiosk.token, PINS_PER_LINE),
        }
        every = [bare, *sides.values()]
        for side in every:
            side.block(WARM_UP // LINES, counts=False)
        for block in range(blocks):
            turn = block % len(every)
            for side in every[turn:] + every[:turn]:
                side.block(side.per_line)
    found = []
    for name, side in sides.items():
        goals = ("told: one slow hash", "") if side.path == routes.PIN else ("ratio >= 0.5", "ratio <= 2")
        found.append(row(f"tickets: {name}, {store}", side.rate, bare.rate, "requests/s", goals[0]))
        found.append(row(f"tickets: {name}, {store}, p99", side.p99, bare.p99, "ms", goals[1]))
    return found


class Reports:
    """Sealed messages of one kiosk, each a new one."""

    def __init__(self, kiosk: PlainKiosk) -> None:
        self._kiosk, self._people = kiosk, sample_people()
        self._made = 0

    def nobodys(self) -> bytes:
        return self._report()

    def claimed(self) -> bytes:
        self._made += 1
        who = self._people[self._made % len(self._people)]
        return self._report(claim=NumberClaimed(who.number), made_at=self._kiosk.now() - _APART * self._made)

    def pin(self) -> bytes:
        return msgspec.json.encode(self._kiosk.attempt(ZHANG, PIN))

    def _report(self, **changed: object) -> bytes:
        kiosk = self._kiosk
        if kiosk.block.first + kiosk.used > kiosk.block.last:
            answer = kiosk.post(routes.NUMBERS, NumbersWanted(new_op()))
            kiosk.block, kiosk.used = msgspec.json.decode(answer.content, type=Block), 0
        report = kiosk.report(note="连上 Wi-Fi 但打不开网页，三楼自习室靠窗的位置，换了手机也一样。", **changed)
        return msgspec.json.encode(kiosk.envelope(report))


@contextmanager
def running_hub(data: Path) -> Iterator[RunningHub]:
    hub = start_hub(data, "--public-url", "own")
    try:
        yield hub
    finally:
        hub.stop()
        if hub.process.stdout is not None:
            hub.process.stdout.close()


@contextmanager
def _bare(data: Path, url: str) -> Iterator[int]:
    """Its port."""
    line = [sys.executable, "-m", "bench.bare_route", "--url", url, "--tls", str(data / "tls")]
    with subprocess.Popen(line, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            ready = process.stdout.readline()
            assert ready.startswith(READY), ready
            yield int(ready.removeprefix(READY))
        finally:
            process.terminate()
            process.wait(_END_WITHIN)
