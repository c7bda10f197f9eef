"""A private PC/SC service with a virtual reader: pcscd on a socket of our own, vpcd on a free port of 127.0.0.1."""

import atexit
import contextlib
import functools
import os
import random
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from tests.patience import PATIENCE

PCSCD = "/usr/sbin/pcscd"
DRIVER = Path("/usr/lib/pcsc/drivers/serial/libifdvpcd.so")
RUN_FOLDER = Path("/run/pcscd")  # compiled into pcscd; it ends at once where this folder is missing
PORTS = range(20000, 30000)  # below the ports Linux gives to outgoing connections
PORT_TRIES = 50
_SHIM = Path(__file__).with_name("bind_loopback.c")
# pcscd takes its listening socket as systemd gives it: file 3, named by LISTEN_FDS and LISTEN_PID (kept by exec).
_LAUNCH = 'export LISTEN_PID=$$; exec setpriv --pdeathsig KILL "$0" "$@" 3<&0 0</dev/null'


@functools.cache
def client_socket() -> Path:
    """The socket of every service of this process.

    libpcsclite reads PCSCLITE_CSOCK_NAME once, at the process's first context, so there can be only one.
    """
    folder = Path(tempfile.mkdtemp(prefix="kiosk-pcsc-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["PCSCLITE_CSOCK_NAME"] = str(folder / "pcscd.comm")
    return folder / "pcscd.comm"


class PcscService:
    """``start`` and ``kill`` as often as a test likes; ``port`` is where a virtual card is inserted."""

    def __init__(self) -> None:
        _need_run_folder()
        for needed in (PCSCD, DRIVER, shutil.which("gcc") or "gcc", shutil.which("setpriv") or "setpriv"):
            assert Path(needed).exists(), f"{needed} is missing: install pcscd, vsmartcard-vpcd, gcc and util-linux"
        self.port = 0
        self.reader = ""
        self._socket = client_socket()
        self._folder = self._socket.parent
        self._process: subprocess.Popen[bytes] | None = None
        self._shim = self._folder / "bind_loopback.so"
        if not self._shim.exists():
            subprocess.run(["gcc", "-shared", "-fPIC", "-O2", "-o", self._shim, _SHIM, "-ldl"], check=True)

    @property
    def running(self) -> bool:
        return self._process is not None

    def start(self, *, with_reader: bool = True) -> None:
        """Start pcscd; without a reader it is what is left when the reader has been unplugged."""
        assert not self.running, "it runs already"
        if not self.port:
            self.port = _free_ports()
            self.reader = f"Kiosk test {self.port}"
        process = self._process = self._launch(with_reader)
        deadline = time.monotonic() + PATIENCE
        while with_reader and not self._listens(process.pid):
            if process.poll() is not None or time.monotonic() > deadline:
                said = (self._folder / "pcscd.log").read_text(errors="replace")
                self.kill()
                raise AssertionError(f"pcscd does not offer the virtual reader on port {self.port}: {said}")
            time.sleep(0.01)

    def kill(self) -> None:
        """SIGKILL, as when pcscd crashes. The socket's file stays and refuses connections."""
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()

    def _launch(self, with_reader: bool) -> subprocess.Popen[bytes]:
        config = Path(tempfile.mkdtemp(prefix="conf-", dir=self._folder))
        if with_reader:
            (config / "vpcd").write_text(
                f'FRIENDLYNAME "{self.reader}"\nDEVICENAME /dev/null:{self.port}\n'
                f"LIBPATH {DRIVER}\nCHANNELID {self.port}\n"
            )
        self._socket.unlink(missing_ok=True)
        command = [PCSCD, "--foreground", "--config", str(config), *_no_polkit()]
        environment = {**os.environ, "LD_PRELOAD": str(self._shim), "LISTEN_FDS": "1"}
        with (
            socket.socket(socket.AF_UNIX) as listener,
            (self._folder / "pcscd.log").open("wb") as log,
        ):
            listener.bind(str(self._socket))
            listener.listen(16)
            return subprocess.Popen(
                ["sh", "-c", _LAUNCH, *command],
                env=environment,
                stdin=listener.fileno(),
                stdout=log,
                stderr=log,
            )

    def _listens(self, pid: int) -> bool:
        """Looked up, never connected to: a connection would be a card. The socket must be our own process's."""
        ours = set()
        for descriptor in Path(f"/proc/{pid}/fd").iterdir():
            with contextlib.suppress(OSError):  # closed meanwhile
                ours.add(os.readlink(descriptor))
        last = f"0100007F:{self.port + 1:04X}"  # the second slot is opened last
        rows = [row.split() for row in Path("/proc/net/tcp").read_text().splitlines()[1:]]
        return any(row[1] == last and row[3] == "0A" and f"socket:[{row[9]}]" in ours for row in rows)


def _need_run_folder() -> None:
    if not RUN_FOLDER.is_dir():
        assert os.geteuid() == 0, f"pcscd needs the folder {RUN_FOLDER}: run `sudo install -d {RUN_FOLDER}` once"
        RUN_FOLDER.mkdir(exist_ok=True)


@functools.cache
def _no_polkit() -> list[str]:
    """pcscd 2 asks polkit, which does not run in a container, unless told not to."""
    usage = subprocess.run([PCSCD, "--help"], capture_output=True, text=True, check=False).stdout
    return ["--disable-polkit"] if "--disable-polkit" in usage else []


def _free_ports() -> int:
    """A port that is free, and the next one too: vpcd takes one for each of its two slots."""
    for _ in range(PORT_TRIES):
        port = random.choice(PORTS)
        with socket.socket() as first, socket.socket() as second:
            try:
                first.bind(("127.0.0.1", port))
                second.bind(("127.0.0.1", port + 1))
            except OSError:
                continue
            return port
    raise AssertionError(f"no two free ports in {PORTS}")
