"""What the program writes to stderr while it is walked through, kept in a file and read line by line.

A message handler of our own would hang: the keyboard's QML is loaded by a thread of Qt that logs while the main thread
waits for it with Python's lock in hand.
"""

import os
from pathlib import Path

from kiosk.tour.qt_warnings import is_known


class Noise:
    """Catches this process's stderr from ``start`` to ``stop``."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._kept = -1
        self._read = 0

    def start(self) -> None:
        self._kept = os.dup(2)
        target = os.open(self._file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        os.dup2(target, 2)
        os.close(target)

    def stop(self) -> None:
        if self._kept >= 0:
            os.dup2(self._kept, 2)
            os.close(self._kept)
            self._kept = -1

    def new_lines(self) -> list[str]:
        """Whole lines since the last call that are not among the known ones."""
        data = self._file.read_bytes()[self._read :]
        whole = data[: data.rfind(b"\n") + 1]
        self._read += len(whole)
        lines = whole.decode("utf-8", errors="replace").splitlines()
        return [line for line in lines if line.strip() and not is_known(line)]
