"""A private Samba domain controller on free ports of 127.0.0.1, with a clock that can be moved."""

import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import bonsai
from bonsai import LDAPClient, LDAPConnection, LDAPEntry, LDAPModOp

from tests.patience import PATIENCE
from tests.real.directory.samba_domain import ADMIN_PASSWORD, BASE, STUDENTS, provisioned
from tests.real.directory.servers import ServerClock, end, free_ports, listens, make_certificate, shim, wait

_ADMIN = "administrator@campus.test"
#: Of an answer in a test, seconds.
_WITHIN = PATIENCE
_NORMAL, _DISABLED = 0x200, 0x202


class Samba:
    """``folder`` holds a provisioned domain."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port, self.tls_port, *self._catalogue = free_ports(4)
        self.clock = ServerClock(folder / "clock")
        self._count = itertools.count(1)
        make_certificate(folder / "private" / "tls")
        self._process: subprocess.Popen[bytes] | None = None
        self._admin: LDAPConnection | None = None

    @property
    def ca(self) -> Path:
        return self.folder / "private" / "tls" / "ca.pem"

    @property
    def url(self) -> str:
        return f"ldaps://127.0.0.1:{self.tls_port}"

    @property
    def plain_url(self) -> str:
        return f"ldap://127.0.0.1:{self.port}"

    def start(self) -> None:
        log = self.folder / "log"
        samba: list[str | Path] = [
            "samba",
            "-F",
            "-M",
            "single",
            "--no-process-group",
            "-s",
            self.folder / "etc" / "smb.conf",
        ]
        run = self.folder / "run"
        run.mkdir(exist_ok=True)
        # Otherwise the old password opens for an hour more, here as at Microsoft's.
        options = ["old password allowed period=0", f"pid directory={run}", f"ncalrpc dir={run}"]
        command = ["setpriv", "--pdeathsig", "KILL", *samba, "--debug-stdout", "-d", "1"]
        command += [f"--option={option}" for option in options]
        env = {
            **os.environ,
            "LD_PRELOAD": str(shim()),
            "MOVED_CLOCK": str(self.clock.file),
            "MOVED_PORTS": ",".join(map(str, (self.port, self.tls_port, *self._catalogue))),
            # its modules would see the C library before the shim
            "LDB_MODULES_DISABLE_DEEPBIND": "1",
        }
        with log.open("ab") as out:
            self._process = subprocess.Popen(command, env=env, stdout=out, stderr=out, stdin=subprocess.DEVNULL)
        wait(lambda: listens(self.tls_port) and listens(self.port), self._process, log)

    def stop(self) -> None:
        self._admin = None
        if self._process is not None:
            end(self._process)
        self._process = None

    def admin(self) -> LDAPConnection:
        """Samba closes what stood idle, and it does so at once when its clock is moved."""
        try:
            if self._admin is not None:
                self._admin.whoami(timeout=_WITHIN)
                return self._admin
        except bonsai.LDAPError:
            pass
        self._admin = self.connect(_ADMIN, ADMIN_PASSWORD)
        return self._admin

    def connect(self, user: str, password: str) -> LDAPConnection:
        """Raises bonsai's errors."""
        client = LDAPClient(self.url)
        client.set_ca_cert(str(self.ca))
        client.set_ignore_referrals(True)
        client.set_credentials("SIMPLE", user=user, password=password)
        connection = client.connect(timeout=_WITHIN)
        assert isinstance(connection, LDAPConnection)
        return connection

    def signs_in(self, login: str, password: str) -> bool:
        """As a door of the campus would; a wrong password is counted."""
        found = self.admin().search(BASE, 2, f"(sAMAccountName={login})", ["1.1"], timeout=_WITHIN)
        if not found:
            return False
        try:
            self.connect(str(found[0].dn), password).close()
        except bonsai.AuthenticationError:
            return False
        return True

    def person(self, login: str, number: str, password: str = "", below: str = STUDENTS, **more: str) -> str:
        """Adds somebody; their DN. Without ``password`` nobody knows what it is."""
        dn = f"CN={login},{below}"
        entry = LDAPEntry(dn)
        entry["objectClass"] = ["user"]
        for name, value in {"sAMAccountName": login, "employeeNumber": number, **more}.items():
            entry[name] = value
        entry["userAccountControl"] = _NORMAL
        entry["unicodePwd"] = f'"{password or "Nobody-knows-" + os.urandom(8).hex()}"'.encode("utf-16-le")
        self.admin().add(entry, timeout=_WITHIN)
        return dn

    def disable(self, dn: str) -> None:
        self.put(dn, "userAccountControl", str(_DISABLED))

    def put(self, dn: str, attribute: str, value: Any) -> None:
        """By the administrator."""
        entry = LDAPEntry(dn, self.admin())
        entry.change_attribute(attribute, LDAPModOp.REPLACE, value)
        entry.modify(timeout=_WITHIN)

    def forget(self, numbers: Iterable[str]) -> None:
        """Whoever has one of ``numbers`` is removed."""
        for number in numbers:
            for found in self.admin().search(BASE, 2, f"(employeeNumber={number})", ["1.1"], timeout=_WITHIN):
                self.admin().delete(found.dn, timeout=_WITHIN)

    def fresh_number(self) -> str:
        """Nobody's until now; begins with zeros, so that nothing may take it for a number."""
        return f"00{next(self._count):08d}"


@contextmanager
def private_samba() -> Iterator[Samba]:
    kept = provisioned()
    folder = Path(tempfile.mkdtemp(prefix="kiosk-samba-"))
    domain = folder / "domain"
    try:
        shutil.copytree(kept, domain, symlinks=True)
        settings = domain / "etc" / "smb.conf"
        text = settings.read_text(encoding="utf-8")
        # its settings name the folder it was provisioned in
        settings.write_text(_moved(text, domain), encoding="utf-8")
        server = Samba(domain)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _moved(text: str, domain: Path) -> str:
    before = next(line.partition("=")[2].strip() for line in text.splitlines() if "private dir" in line)
    return text.replace(str(Path(before).parent), str(domain))
