"""``kiosk drawer``: the drawer's actions through a Unix socket in the demo's folder, one line each way."""

import os
import socket
import threading
from pathlib import Path

from kiosk.drawer import Done, Drawer

#: Longest line either side reads, bytes.
MAX_LINE = 4096
#: How long one side waits for the other, seconds.
ANSWER_WITHIN = 10.0
_BACKLOG = 4


class DrawerSocket:
    """Listens at ``path`` (mode 0600) until ``stop``."""

    def __init__(self, drawer: Drawer, path: Path) -> None:
        self._drawer, self._path = drawer, path
        path.unlink(missing_ok=True)
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.bind(str(path))
        os.chmod(path, 0o600)
        self._socket.listen(_BACKLOG)
        self._thread = threading.Thread(target=self._serve, name="drawer", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        # close() alone leaves a thread that is inside accept() listening
        self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join(ANSWER_WITHIN)
        self._socket.close()
        self._path.unlink(missing_ok=True)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(ANSWER_WITHIN)
                try:
                    line = connection.makefile("r", encoding="utf-8").readline(MAX_LINE)
                    connection.sendall(self._answer(line.strip()).encode())
                except OSError:
                    continue

    def _answer(self, line: str) -> str:
        outcome = self._drawer.do(line)
        return f"ok {outcome.answer}\n" if isinstance(outcome, Done) else f"no {outcome.why}\n"


def ask(path: Path, action: str) -> tuple[bool, str]:
    """Whether the drawer did it, and what it said. (False, why) where no demo runs there."""
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(ANSWER_WITHIN)
            connection.connect(str(path))
            connection.sendall(f"{action}\n".encode())
            answer = connection.makefile("r", encoding="utf-8").readline(MAX_LINE).strip()
    except OSError as error:
        return False, f"no demo with simulated devices runs at {path.parent}: {error.strerror or error}"
    verdict, _, words = answer.partition(" ")
    return verdict == "ok", words
