"""A real hub in a process of its own, over TLS on a free port of this machine."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

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
        answer: dict[str, str] = msgspec.json.decode(command(self.data, "enrol-code", "--place", place))
        return answer["code"]

    def tickets(self) -> list[dict[str, object]]:
        """Without those of the sample campus."""
        found: list[dict[str, object]] = msgspec.json.decode(command(self.data, "tickets", "--json"))
        return [ticket for ticket in found if not str(ticket["kiosk"]).startswith("sample-")]

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
    command(data, "sample")
    hub = start_hub(data, *options, program=program)
    try:
        yield hub
    finally:
        if hub.process.poll() is None:
            hub.kill()
        if hub.process.stdout is not None:
            hub.process.stdout.close()
