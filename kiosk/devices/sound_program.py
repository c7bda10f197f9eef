"""One run of a program that makes or plays sound: bytes in, bytes out, an end to its time, killed when nobody listens.

What is said goes through pipes only: never an argument, which anybody could read in the list of processes and which a
program could take for an option, and never a file.
"""

import contextlib
import os
import selectors
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

#: Most bytes taken from a program: two minutes of sound. More is a program gone wrong.
MOST_BYTES = 2 * 60 * 22050 * 2
#: How often a run looks whether it is still wanted, seconds.
LOOK_SECONDS = 0.02
_CHUNK = 65536


@dataclass(frozen=True, slots=True)
class Ran:
    output: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    """It was killed because what it said is not wanted any more."""


@dataclass(frozen=True, slots=True)
class DidNotRun:
    """``why`` is for staff: nothing of what was said is in it."""

    why: str


Run = Ran | Cut | DidNotRun


def run(command: Sequence[str], given: bytes, seconds: float, wanted: Callable[[], bool]) -> Run:
    """Until it ends by itself, ``seconds`` are over, or ``wanted()`` is false. No process is left behind."""
    try:
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    except OSError as error:
        return DidNotRun(f"{command[0]}: {error.strerror or type(error).__name__}")
    try:
        return _talk(process, command[0], given, time.monotonic() + seconds, wanted)
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # it may not have taken all it was given
                    pipe.close()


def _talk(process: "subprocess.Popen[bytes]", name: str, given: bytes, end: float, wanted: Callable[[], bool]) -> Run:
    assert process.stdin is not None
    assert process.stdout is not None
    left, output = memoryview(given), bytearray()
    os.set_blocking(process.stdin.fileno(), False)
    with selectors.DefaultSelector() as pipes:
        pipes.register(process.stdin, selectors.EVENT_WRITE)
        pipes.register(process.stdout, selectors.EVENT_READ)
        while pipes.get_map():
            if not wanted():
                return Cut()
            if time.monotonic() >= end:
                return DidNotRun(f"{name}: no end")
            for key, _ in pipes.select(LOOK_SECONDS):
                if key.fileobj is process.stdout:
                    read = os.read(key.fd, _CHUNK)
                    output += read
                    if not read:
                        pipes.unregister(process.stdout)
                else:
                    left = _written(key.fd, left)
                    if not left:
                        pipes.unregister(process.stdin)
                        process.stdin.close()
            if len(output) > MOST_BYTES:
                return DidNotRun(f"{name}: too much sound")
    return _ended(process, name, bytes(output), end, wanted)


def _written(pipe: int, left: memoryview) -> memoryview:
    try:
        return left[os.write(pipe, left[:_CHUNK]) :]
    except BlockingIOError:
        return left
    except BrokenPipeError:
        return left[:0]  # it has heard enough; its exit status says whether that was well


def _ended(process: "subprocess.Popen[bytes]", name: str, output: bytes, end: float, wanted: Callable[[], bool]) -> Run:
    while process.poll() is None:
        if not wanted():
            return Cut()
        if time.monotonic() >= end:
            return DidNotRun(f"{name}: no end")
        time.sleep(LOOK_SECONDS)
    return Ran(output) if process.returncode == 0 else DidNotRun(f"{name}: exit status {process.returncode}")
