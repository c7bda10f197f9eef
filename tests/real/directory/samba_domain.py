"""A domain to copy: provisioned once for a version of Samba and of this file, and kept in build/."""

import fcntl
import hashlib
import shutil
import subprocess
import tempfile
from pathlib import Path

BASE = "DC=campus,DC=test"
STUDENTS, STAFF = f"OU=Students,{BASE}", f"OU=Staff,{BASE}"
SERVICE, SERVICE_PASSWORD = "kiosk-svc@campus.test", "Kiosk-Service-1"
ADMIN_PASSWORD = "Admin-Test-1"
_BUILD = Path(__file__).parents[3] / "build" / "samba"
_USER = "bf967aba-0de6-11d0-a285-00aa003049e2"
#: What the README says the hub's account needs, on users below OU=Students: Reset Password, lockoutTime, pwdLastSet.
_RIGHTS = (
    f"(OA;CIIO;CR;00299570-246d-11d0-a768-00aa006e0529;{_USER};{{sid}})"
    f"(OA;CIIO;RPWP;28630ebf-41d5-11d1-a9c1-0000f80367c1;{_USER};{{sid}})"
    f"(OA;CIIO;RPWP;bf967a0a-0de6-11d0-a285-00aa003049e2;{_USER};{{sid}})"
)


def _tool(folder: Path, *words: str) -> str:
    command = ["samba-tool", *words, "-H", f"{folder}/private/sam.ldb", f"--configfile={folder}/etc/smb.conf"]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def _provision(folder: Path) -> None:
    folder.mkdir(parents=True)
    nothing = folder / "empty.conf"
    nothing.touch()
    subprocess.run(
        [
            *("samba-tool", "domain", "provision", "--server-role=dc", "--realm=CAMPUS.TEST", "--domain=CAMPUS"),
            *("--host-name=dc1", "--host-ip=127.0.0.1", f"--adminpass={ADMIN_PASSWORD}", "--dns-backend=NONE"),
            *(f"--targetdir={folder}", f"--configfile={nothing}", "--option=interfaces=127.0.0.1"),
            *(
                "--option=bind interfaces only=yes",
                "--option=server services=ldap",
                "--option=dcerpc endpoint servers=",
            ),
        ],
        check=True,
        capture_output=True,
    )
    passwords = ("--account-lockout-threshold=3", "--account-lockout-duration=15", "--reset-account-lockout-after=15")
    lengths = ("--min-pwd-age=0", "--max-pwd-age=0", "--min-pwd-length=10", "--history-length=5", "--complexity=off")
    _tool(folder, "domain", "passwordsettings", "set", *passwords, *lengths)
    for unit in (STUDENTS, STAFF):
        _tool(folder, "ou", "create", unit.removesuffix(f",{BASE}"))
    _tool(folder, "user", "create", SERVICE.partition("@")[0], SERVICE_PASSWORD)
    shown = _tool(folder, "user", "show", SERVICE.partition("@")[0], "--attributes=objectSid")
    sid = next(line for line in shown.splitlines() if line.startswith("objectSid:")).split()[1]
    _tool(folder, "dsacl", "set", f"--objectdn={STUDENTS}", f"--sddl={_RIGHTS.format(sid=sid)}")


def provisioned() -> Path:
    """A provisioned domain to be copied; made once for this version of Samba and of this file."""
    version = subprocess.run(["samba", "--version"], check=True, capture_output=True).stdout
    key = hashlib.sha256(version + Path(__file__).read_bytes()).hexdigest()[:16]
    kept = _BUILD / key
    _BUILD.mkdir(parents=True, exist_ok=True)
    with (_BUILD / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            making = Path(tempfile.mkdtemp(prefix="making-", dir=_BUILD))
            try:
                _provision(making / "domain")
                (making / "domain").rename(kept)
            finally:
                shutil.rmtree(making, ignore_errors=True)
    return kept
