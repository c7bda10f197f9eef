"""The pad's side: starts a helper when the page opens, passes key codes on, kills it when the page closes."""

import base64
import binascii
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from typing import Any

from kiosk.secret.protocol import MAX_LINE, Failed, Filled, PadEvent, Repeat, Sealed, Typed, Wiped

#: How long a killed helper may take to go, seconds.
END_WITHIN = 2.0


class SecretPad:
    """One helper at a time. ``post`` is called on the pad's own thread with every PadEvent of the current helper.

    ``key`` is called on the interface thread: it writes one byte to a pipe and returns.
    """

    def __init__(self, post: Callable[[PadEvent], None], command: tuple[str, ...] | None = None) -> None:
        self._post = post
        self._command = command or (sys.executable, "-I", "-m", "kiosk.secret.helper")
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def open(self, opening: bytes) -> None:
        """Starts a helper with ``opening``, one JSON line; a helper that still runs is killed first."""
        self.close()
        try:
            process = subprocess.Popen(
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={}
            )
        except OSError as error:
            self._post(Failed(type(error).__name__))
            return
        with self._lock:
            self._process = process
        self._write(process, opening.rstrip(b"\n") + b"\n")
        threading.Thread(target=self._listen, args=(process,), name="secret-pad", daemon=True).start()

    def key(self, code: int) -> None:
        """One key code (protocol.py). Without an open helper nothing happens."""
        with self._lock:
            process = self._process
        if process is not None:
            self._write(process, bytes((code,)))

    def close(self) -> None:
        """Kills the helper: what it held is gone with its memory."""
        with self._lock:
            process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait(END_WITHIN)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()

    @property
    def is_open(self) -> bool:
        with self._lock:
            return self._process is not None

    @staticmethod
    def _write(process: subprocess.Popen[bytes], data: bytes) -> None:
        if process.stdin is not None and not process.stdin.closed:
            try:
                os.write(process.stdin.fileno(), data)
            except OSError:  # the helper has gone; its end of file is reported by the listener
                return

    def _listen(self, process: subprocess.Popen[bytes]) -> None:
        stdout = process.stdout
        assert stdout is not None
        while True:
            try:
                line = stdout.readline(MAX_LINE)
            except (OSError, ValueError):  # closed under us by close()
                line = b""
            with self._lock:
                if self._process is not process:
                    return
            event = _read(line) if line else Failed("ended")
            self._post(event)
            if isinstance(event, Failed):
                self.close()
                return


def _read(line: bytes) -> PadEvent:
    try:
        answer = json.loads(line)
        if "sealed" in answer:
            return Sealed(base64.b64decode(answer["sealed"], validate=True))
        if "typed" in answer:
            return _typed(answer["typed"])
        if "repeat" in answer:
            return Repeat(bool(answer["differs"]))
        return Wiped() if "wiped" in answer else Filled(int(answer["filled"]))
    except (ValueError, KeyError, TypeError, binascii.Error) as error:
        return Failed(f"unreadable: {type(error).__name__}")


def _typed(told: dict[str, Any]) -> Typed:
    return Typed(
        step=str(told["step"]),
        old=int(told["old"]),
        new=int(told["new"]),
        again=int(told["again"]),
        broken=frozenset(map(str, told["broken"])),
        score=int(told["score"]),
        ready=bool(told["ready"]),
        differs=bool(told["differs"]),
    )
