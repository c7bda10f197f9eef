"""A real IPP printer on loopback: cups' ippeveprinter, its pages kept, its troubles made by the test."""

import contextlib
import http.client
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.patience import PATIENCE

SHIM = Path(__file__).parent / "pcsc" / "bind_loopback.c"
# What prints: reports the trouble that stands in a file, and is done as soon as nothing holds it.
COMMAND = """\
#!/bin/sh
[ -f {folder}/trouble ] && {{ sed 's/^/STATE: +/' {folder}/trouble >&2; }}
while [ -f {folder}/hold ]; do sleep 0.05; done
[ -f {folder}/trouble ] && {{ sed 's/^/STATE: -/' {folder}/trouble >&2; rm {folder}/trouble; }}
[ ! -f {folder}/fail ]
"""


@dataclass
class IppDevice:
    folder: Path
    port: int = 0
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def uri(self) -> str:
        return f"ipp://127.0.0.1:{self.port}/ipp/print"

    @property
    def pages(self) -> list[bytes]:
        """What was handed over, in order, cancelled jobs included."""
        return [file.read_bytes() for file in sorted((self.folder / "spool").glob("*.pdf"))]

    def paper(self, sheets: int) -> None:
        """In every tray."""
        trays = "&".join(f"size{n}=iso_a4_210x297mm&type{n}=stationery&level{n}={sheets}" for n in range(4))
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        line.request("GET", f"/media?{trays}")
        assert line.getresponse().status == http.client.OK
        line.close()

    def hold(self) -> None:
        """Jobs stay in the printer until ``go``."""
        (self.folder / "hold").touch()

    def go(self) -> None:
        (self.folder / "hold").unlink()

    def trouble(self, reason: str) -> None:
        """The next job finds it and holds."""
        (self.folder / "trouble").write_text(f"{reason}\n", encoding="ascii")
        self.hold()

    def fail(self) -> None:
        (self.folder / "fail").touch()

    def freeze(self) -> None:
        """As a printer that hangs: connections are taken by the system, nothing is answered."""
        self.processes[-1].send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self.processes[-1].send_signal(signal.SIGCONT)


@contextlib.contextmanager
def ipp_device(folder: Path) -> Iterator[IppDevice]:
    device = IppDevice(folder)
    for needed in ("ippeveprinter", "dbus-daemon", "gcc"):
        assert shutil.which(needed), f"{needed} is missing: make test installs it"
    (folder / "spool").mkdir()
    command = folder / "print.sh"
    command.write_text(COMMAND.format(folder=folder), encoding="ascii")
    command.chmod(0o700)
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", folder / "shim.so", SHIM, "-ldl"], check=True)
    try:
        _start(device, command)
        yield device
    finally:
        for process in reversed(device.processes):
            process.send_signal(signal.SIGCONT)
            process.kill()
            process.wait()


def _start(device: IppDevice, command: Path) -> None:
    """It insists on a system bus: an empty one of our own will do."""
    folder, bus = device.folder, device.folder / "bus"
    device.port = _free_port()
    with (folder / "log").open("wb") as log:
        dbus = ["dbus-daemon", "--session", "--nofork", f"--address=unix:path={bus}"]
        device.processes.append(subprocess.Popen(dbus, stdout=log, stderr=log))
        _wait(bus.exists, device)
        environment = os.environ | {
            "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={bus}",
            "LD_PRELOAD": str(folder / "shim.so"),
            "HOME": str(folder),
        }
        printer = ["ippeveprinter", "-r", "off", "-p", str(device.port), "-n", "localhost", "-d", str(folder / "spool")]
        printer += ["-k", "-f", "application/pdf", "-c", str(command), "Kiosk test"]
        device.processes.append(subprocess.Popen(printer, env=environment, stdout=log, stderr=log))
    _wait(lambda: _answers(device.port), device)


def _wait(ready: Callable[[], bool], device: IppDevice) -> None:
    until = time.monotonic() + PATIENCE
    while not ready():
        ended = any(process.poll() is not None for process in device.processes)
        if ended or time.monotonic() > until:
            raise AssertionError((device.folder / "log").read_text(errors="replace"))
        time.sleep(0.02)


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port
