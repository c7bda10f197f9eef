"""A real hub in a process of its own, over TLS on a free port of this machine."""

import atexit
import functools
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from sqlalchemy.orm import Session

from kiosk.hub.config import Settings, load
from kiosk.hub.place import DATABASE, open_existing
from kiosk.hub.services.book import read_book
from kiosk.hub.services.enrolment import make_code
from kiosk.hub.services.listing import list_tickets
from tests.patience import PATIENCE

#: Hashing as cheap as Argon2 allows: what it costs is not what these tests are about.
CHEAP = "[pin]\nmemory_kib = 64\niterations = 1\n"


@dataclass(frozen=True)
class RunningHub:
    data: Path
    url: str
    process: "subprocess.Popen[str]"

    @property
    def ca(self) -> Path:
        return self.data / "tls" / "ca.pem"

    def code(self, place: str = "lib-1f") -> str:
        """As the command ``enrol-code``, without the second its process takes to begin."""
        with self._database() as db:
            code = make_code(db, read_book(db), place, datetime.now(UTC))
        assert isinstance(code, str), code
        return code

    def tickets(self) -> list[dict[str, object]]:
        """As the command ``tickets``, without those of the sample campus."""
        with self._database() as db:
            found: list[dict[str, object]] = msgspec.to_builtins(list_tickets(db, read_book(db)))
        return [ticket for ticket in found if not str(ticket["kiosk"]).startswith("sample-")]

    @contextmanager
    def _database(self) -> Iterator[Session]:
        store = open_existing(settings_of(self.data), self.data)
        try:
            with store.write() as db:
                yield db
        finally:
            store.close()

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(PATIENCE)


def config_file(data: Path, more: str = "", tables: str = "") -> Path:
    """``more``: lines at the top level of hub.toml; ``tables``: what comes at its end."""
    data.mkdir(parents=True, exist_ok=True)
    file = data / "hub.toml"
    file.write_text(more + CHEAP + tables)
    return file


def settings_of(data: Path) -> Settings:
    file = data / "hub.toml"
    return load(file) if file.exists() else Settings()


def load_sample(data: Path) -> None:
    """The sample campus; in a database of the hub's own as it was loaded once in this test process."""
    if settings_of(data).database_url:
        command(data, "sample")
    else:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copy(_sample(), data / DATABASE)


@functools.cache
def _sample() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="kiosk-sample-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    config_file(folder)
    command(folder, "sample")
    return folder / DATABASE


def command(data: Path, *arguments: str) -> str:
    """What a hub command prints on stdout."""
    config = ["--config", str(data / "hub.toml")] if (data / "hub.toml").exists() else []
    line = [sys.executable, "-m", "kiosk.hub", *arguments, "--data", str(data), *config]
    return subprocess.run(line, check=True, capture_output=True, text=True, timeout=PATIENCE).stdout


def start_hub(
    data: Path,
    *options: str,
    port: int = 0,
    environment: dict[str, str] | None = None,
    program: str = "kiosk.hub",
) -> RunningHub:
    line = [sys.executable, "-m", program, "serve", "--data", str(data), "--port", str(port)]
    if (data / "hub.toml").exists():
        line += ["--config", str(data / "hub.toml")]
    process = subprocess.Popen(
        [*line, *options], stdout=subprocess.PIPE, text=True, env={**os.environ, **(environment or {})}
    )
    assert process.stdout is not None
    ready = process.stdout.readline().strip()
    assert ready.startswith("hub ready https://127.0.0.1:"), f"not ready: {ready!r}"
    return RunningHub(data, ready.removeprefix("hub ready "), process)


@contextmanager
def hub_with_sample(
    data: Path, *options: str, more: str = "", tables: str = "", program: str = "kiosk.hub"
) -> Iterator[RunningHub]:
    config_file(data, more, tables)
    load_sample(data)
    hub = start_hub(data, *options, program=program)
    try:
        yield hub
    finally:
        if hub.process.poll() is None:
            hub.kill()
        if hub.process.stdout is not None:
            hub.process.stdout.close()
