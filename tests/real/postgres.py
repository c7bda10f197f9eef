"""A private PostgreSQL from Debian's package: on a socket in its own folder, on no network, gone after the run."""

import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests.patience import PATIENCE

#: initdb and postgres refuse to run as root.
_USERS = ("postgres", "nobody")


@dataclass(frozen=True)
class Postgres:
    folder: Path

    def url(self, name: str) -> str:
        return f"postgresql+psycopg://tester@/{name}?host={self.folder}"

    def new_database(self) -> str:
        """The name of a new, empty one."""
        name = f"t{secrets.token_hex(6)}"
        with self.connection("postgres") as connection:
            connection.execute(f'CREATE DATABASE "{name}"'.encode())
        return name

    def connection(self, name: str) -> "psycopg.Connection[tuple[Any, ...]]":
        """As administrator, each statement committed."""
        return psycopg.connect(f"host={self.folder} user=tester dbname={name}", autocommit=True)


@contextmanager
def private_postgres(*, durable: bool = False) -> Iterator[Postgres]:
    """``durable``: commits wait for the disk, as in production."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin"))[-1]
    folder = Path(tempfile.mkdtemp(prefix="kiosk-pg-"))
    data = folder / "data"
    try:
        as_user = _as_user(folder)
        subprocess.run(
            [*as_user, programs / "initdb", "-D", data, "-U", "tester", "-A", "trust", "-E", "UTF8", "--no-sync"],
            check=True,
            capture_output=True,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
        options = ["-k", str(folder), "-h", "", *([] if durable else ["-F"])]
        server = subprocess.Popen(
            [*as_user, programs / "postgres", "-D", data, *options, "-c", "max_connections=200"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
        )
        try:
            made = Postgres(folder)
            _wait(made, server)
            yield made
        finally:
            # Immediate shutdown: nothing of it is kept, and a connection that a test forgot holds nobody up.
            server.send_signal(signal.SIGQUIT)
            server.wait(PATIENCE)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _as_user(folder: Path) -> list[str]:
    if os.geteuid() != 0:
        return []
    for user in _USERS:
        if subprocess.run(["id", user], capture_output=True, check=False).returncode == 0:
            shutil.chown(folder, user)
            return ["setpriv", f"--reuid={user}", f"--regid={_group(user)}", "--clear-groups", "--"]
    raise RuntimeError("root cannot run PostgreSQL and there is no user to run it as")


def _group(user: str) -> str:
    return subprocess.run(["id", "-gn", user], capture_output=True, check=True, text=True).stdout.strip()


def _wait(made: Postgres, server: "subprocess.Popen[bytes]") -> None:
    last = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < last:
        try:
            made.connection("postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("PostgreSQL did not start")
