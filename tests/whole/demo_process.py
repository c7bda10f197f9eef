"""``kiosk demo`` in a process of its own, and what is asked of it from outside."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.patience import PATIENCE

from .waiting import until

OFFSCREEN = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_QUICK_BACKEND": "software"}


def kiosk(*arguments: str, environment: dict[str, str] | None = None) -> "subprocess.CompletedProcess[str]":
    """One command, to its end."""
    command = [sys.executable, "-m", "kiosk", *arguments]
    env = environment or OFFSCREEN
    return subprocess.run(command, env=env, capture_output=True, text=True, timeout=PATIENCE, check=False)


@dataclass
class Demo:
    data: Path
    process: "subprocess.Popen[str]"

    @property
    def log(self) -> str:
        return (self.data.parent / "demo.log").read_text()

    def drawer(self, *action: str) -> "subprocess.CompletedProcess[str]":
        return kiosk("drawer", "--data", str(self.data), *action)

    def tickets(self) -> list[dict[str, object]]:
        """Without those of the sample campus."""
        found: list[dict[str, object]] = json.loads(kiosk("hub", "tickets", "--data", str(self.data), "--json").stdout)
        return [ticket for ticket in found if not str(ticket["kiosk"]).startswith("sample-")]

    def is_ready(self) -> bool:
        assert self.process.poll() is None, self.log
        return (self.data / "drawer.sock").exists() and self.drawer("net", "on").returncode == 0

    def ended(self) -> int:
        return self.process.wait(PATIENCE)


@contextmanager
def demo(folder: Path, *options: str, environment: dict[str, str] | None = None) -> Iterator[Demo]:
    """A demo on a new data folder below ``folder`` whose devices answer; ended with the block if it still runs."""
    data = folder / "demo"
    with (folder / "demo.log").open("w") as log:
        command = [sys.executable, "-m", "kiosk", "demo", "--data", str(data), *options]
        process = subprocess.Popen(command, env=environment or OFFSCREEN, stdout=log, stderr=log, text=True)
        running = Demo(data, process)
        try:
            until(running.is_ready, "a demo that takes actions")
            yield running
        finally:
            if process.poll() is None:
                process.terminate()
                try:
                    running.ended()
                except subprocess.TimeoutExpired:
                    process.kill()
                    process.wait()
