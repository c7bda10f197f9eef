"""A private slapd with the ppolicy overlay: its own folder, free ports on 127.0.0.1, a clock that can be moved."""

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
from tests.real.directory.servers import ServerClock, end, free_ports, listens, make_certificate, shim, wait

BASE = "dc=campus,dc=test"
SERVICE, SERVICE_PASSWORD = f"uid=kiosk,ou=services,{BASE}", "kiosk-Service-1"
POLICY = f"cn=default,ou=policies,{BASE}"
ADMIN, ADMIN_PASSWORD = f"cn=admin,{BASE}", "admin-Test-1"
#: Of an answer in a test, seconds.
_WITHIN = PATIENCE

#: The rights are those of the README: whether there is a password may be searched for, not read.
_CONFIG = """
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
modulepath /usr/lib/ldap
moduleload back_mdb
moduleload ppolicy
pidfile {folder}/slapd.pid
TLSCACertificateFile {folder}/tls/ca.pem
TLSCertificateFile {folder}/tls/cert.pem
TLSCertificateKeyFile {folder}/tls/key.pem
security simple_bind=112
database mdb
maxsize 104857600
dbnosync
suffix {base}
rootdn {admin}
rootpw {admin_password}
directory {folder}/db
index objectClass,uid,employeeNumber,carLicense eq
access to dn.subtree=ou=people,{base} attrs=userPassword
  by dn.exact={service} =sw by self =xw by anonymous auth by * none
access to attrs=userPassword by self =xw by anonymous auth by * none
access to dn.subtree=ou=people,{base} attrs=pwdAccountLockedTime,pwdReset
  by dn.exact={service} manage by * none
access to * by dn.exact={service} read by dn.children=ou=services,{base} read by self read by anonymous auth by * none
overlay ppolicy
ppolicy_default {policy}
ppolicy_hash_cleartext
"""
_BEGIN = """
dn: {base}
objectClass: dcObject
objectClass: organization
dc: campus
o: Campus

dn: ou=people,{base}
objectClass: organizationalUnit
ou: people

dn: ou=staff,{base}
objectClass: organizationalUnit
ou: staff

dn: ou=services,{base}
objectClass: organizationalUnit
ou: services

dn: ou=policies,{base}
objectClass: organizationalUnit
ou: policies

dn: {policy}
objectClass: organizationalRole
objectClass: pwdPolicy
cn: default
pwdAttribute: userPassword
pwdMinLength: 10
pwdCheckQuality: 2
pwdInHistory: 4
pwdLockout: TRUE
pwdMaxFailure: 3
pwdLockoutDuration: 900
pwdMustChange: TRUE
pwdAllowUserChange: TRUE

dn: {service}
objectClass: account
objectClass: simpleSecurityObject
uid: kiosk
userPassword: {service_password}
"""


class OpenLdap:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port, self.tls_port = free_ports(2)
        self.clock = ServerClock(folder / "clock")
        self._count = itertools.count(1)
        (folder / "db").mkdir()
        make_certificate(folder / "tls")
        values = {
            "folder": folder,
            "base": BASE,
            "admin": ADMIN,
            "admin_password": ADMIN_PASSWORD,
            "service": SERVICE,
            "service_password": SERVICE_PASSWORD,
            "policy": POLICY,
        }
        self._config = folder / "slapd.conf"
        self._config.write_text(_CONFIG.format(**values))
        (folder / "begin.ldif").write_text(_BEGIN.format(**values))
        subprocess.run(
            ["/usr/sbin/slapadd", "-f", self._config, "-l", folder / "begin.ldif"], check=True, capture_output=True
        )
        self._process: subprocess.Popen[bytes] | None = None
        self._admin: LDAPConnection | None = None

    @property
    def ca(self) -> Path:
        return self.folder / "tls" / "ca.pem"

    @property
    def url(self) -> str:
        return f"ldaps://127.0.0.1:{self.tls_port}"

    @property
    def plain_url(self) -> str:
        return f"ldap://127.0.0.1:{self.port}"

    def start(self) -> None:
        log = self.folder / "log"
        addresses = f"{self.plain_url} {self.url}"
        command: list[str | Path] = [
            "setpriv",
            "--pdeathsig",
            "KILL",
            "/usr/sbin/slapd",
            "-f",
            self._config,
            "-h",
            addresses,
            "-d",
            "0",
        ]
        env = {**os.environ, "LD_PRELOAD": str(shim()), "MOVED_CLOCK": str(self.clock.file)}
        with log.open("ab") as out:
            self._process = subprocess.Popen(command, env=env, stdout=out, stderr=out, stdin=subprocess.DEVNULL)
        wait(lambda: listens(self.tls_port) and listens(self.port), self._process, log)

    def stop(self) -> None:
        self._admin = None
        if self._process is not None:
            end(self._process)
        self._process = None

    def admin(self) -> LDAPConnection:
        if self._admin is None:
            self._admin = self.connect(ADMIN, ADMIN_PASSWORD)
        return self._admin

    def connect(self, user: str, password: str) -> LDAPConnection:
        """Raises bonsai's errors."""
        client = LDAPClient(self.url)
        client.set_ca_cert(str(self.ca))
        client.set_credentials("SIMPLE", user=user, password=password)
        connection = client.connect(timeout=_WITHIN)
        assert isinstance(connection, LDAPConnection)
        return connection

    def signs_in(self, login: str, password: str) -> bool:
        """As a door of the campus would; a wrong password is counted."""
        found = self.admin().search(BASE, 2, f"(uid={login})", ["1.1"], timeout=_WITHIN)
        if not found:
            return False
        try:
            self.connect(str(found[0].dn), password).close()
        except bonsai.AuthenticationError:
            return False
        return True

    def person(self, login: str, number: str, password: str = "", unit: str = "people", **more: str) -> str:
        """Adds somebody; their DN."""
        dn = f"uid={_in_dn(login)},ou={unit},{BASE}"
        entry = LDAPEntry(dn)
        entry["objectClass"] = ["inetOrgPerson"]
        values = {"uid": login, "cn": login, "sn": login, "employeeNumber": number, **more}
        if password:
            values["userPassword"] = password
        for name, value in values.items():
            entry[name] = value
        self.admin().add(entry, timeout=_WITHIN)
        return dn

    def reader(self, name: str) -> str:
        """An account that may look, and nothing else, with the service's password; its DN."""
        dn = f"uid={name},ou=services,{BASE}"
        entry = LDAPEntry(dn)
        entry["objectClass"] = ["account", "simpleSecurityObject"]
        entry["uid"], entry["userPassword"] = name, SERVICE_PASSWORD
        self.admin().add(entry, timeout=_WITHIN)
        return dn

    def put(self, dn: str, attribute: str, value: Any) -> None:
        """By the administrator, past every rule."""
        entry = LDAPEntry(dn, self.admin())
        entry.change_attribute(attribute, LDAPModOp.REPLACE, value)
        entry.modify(timeout=_WITHIN)

    def policy(self, dn: str, **settings: str) -> None:
        """Puts ``dn`` under a policy of its own."""
        name = f"cn=policy-{next(self._count)},ou=policies,{BASE}"
        policy = LDAPEntry(name)
        policy["objectClass"] = ["organizationalRole", "pwdPolicy"]
        defaults = {"pwdAttribute": "userPassword", "pwdCheckQuality": "2", "pwdMinLength": "10"}
        for attribute, value in {**defaults, **settings}.items():
            policy[attribute] = value
        self.admin().add(policy, timeout=_WITHIN)
        self.put(dn, "pwdPolicySubentry", name)

    def forget(self, numbers: Iterable[str]) -> None:
        """Whoever has one of ``numbers`` is removed."""
        for number in numbers:
            for found in self.admin().search(BASE, 2, f"(employeeNumber={number})", ["1.1"], timeout=_WITHIN):
                self.admin().delete(found.dn, timeout=_WITHIN)

    def fresh_number(self) -> str:
        """Nobody's until now; begins with zeros, so that nothing may take it for a number."""
        return f"00{next(self._count):08d}"


def _in_dn(value: str) -> str:
    """RFC 4514, 2.4, every character that is not plain as its bytes."""
    return "".join(
        char if char.isascii() and char.isalnum() else "".join(f"\\{byte:02x}" for byte in char.encode())
        for char in value
    )


@contextmanager
def private_openldap() -> Iterator[OpenLdap]:
    folder = Path(tempfile.mkdtemp(prefix="kiosk-slapd-"))
    try:
        server = OpenLdap(folder)
        server.start()
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
