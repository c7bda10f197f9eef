"""The test's side of a kiosk process: starts it, has strace watch it, and listens until it ends."""

import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import msgspec

from tests.crash import told
from tests.crash.campus import Campus
from tests.crash.driver import Order
from tests.patience import PATIENCE

KILLED = -9


@dataclass
class Life:
    """What one kiosk said until its ``end`` (0 of itself, -9 killed)."""

    said: list[told.Line] = field(default_factory=list)
    end: int = 0


class Driver:
    def __init__(self, process: "subprocess.Popen[str]", listener: socket.socket) -> None:
        self._process = process
        self._listener = listener

    def live(self, order: Order, campus: Campus, watch: list[str] | None = None) -> Life:
        """``watch``: strace's arguments beside the process; nobody watches without."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(msgspec.json.encode(order).decode() + "\n")
        self._process.stdin.flush()
        line, _ = self._listener.accept()
        life = Life()
        with line:
            line.settimeout(PATIENCE)
            reader = line.makefile("rb")
            pid = reader.readline().decode().strip()
            watcher = _watch(pid, watch) if watch else None
            line.send(b"go\n")
            for raw in reader:
                if raw.endswith(b"\n"):
                    said = told.line(raw)
                    life.said.append(said)
                    answer = campus.hear(said)
                    if answer is not None:
                        with suppress(OSError):  # it may be dead by now
                            line.send(told.encode(answer))
        if watcher is not None:
            watcher.communicate(timeout=PATIENCE)
        life.end = int(self._process.stdout.readline())
        return life


def _watch(pid: str, arguments: list[str]) -> "subprocess.Popen[str]":
    """Returns once every further call is seen."""
    watcher = subprocess.Popen(["strace", "-p", pid, *arguments], stderr=subprocess.PIPE, text=True)
    assert watcher.stderr is not None
    said = watcher.stderr.readline()
    if "attached" not in said:
        watcher.kill()
        raise RuntimeError(f"strace cannot watch process {pid}: {said}{watcher.stderr.read()}")
    return watcher


@contextmanager
def driver() -> Iterator[Driver]:
    name = f"kiosk-crash-{secrets.token_hex(8)}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(f"\0{name}")  # Linux's own name space of sockets: no file, no limit of a path's length
        listener.listen(1)
        listener.settimeout(PATIENCE)
        line = [sys.executable, "-m", "tests.crash.driver", name]
        process = subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            yield Driver(process, listener)
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(PATIENCE)
