"""The [directory] table a campus with one of these servers would write."""

from pathlib import Path
from typing import Any

from tests.real.directory import openldap, samba_domain
from tests.real.directory.openldap import OpenLdap
from tests.real.directory.samba import Samba


def openldap_table(server: OpenLdap, folder: Path, port: int = 0, **changed: Any) -> str:
    """``folder`` is hub.toml's; ``port``: a line to the server instead of its own. ``changed``: lines by key, as
    they are written after the equals sign, '' to leave one out."""
    return _table(
        folder / "openldap.secret",
        openldap.SERVICE_PASSWORD,
        {
            "kind": '"openldap"',
            "servers": f'["ldaps://127.0.0.1:{port or server.tls_port}"]',
            "ca": f'"{server.ca}"',
            "user": f'"{openldap.SERVICE}"',
            "password_file": '"openldap.secret"',
            "base": f'"{openldap.BASE}"',
            "policy": f'"{openldap.POLICY}"',
            "card": '"carLicense"',
            "protected": '["employeeType=staff"]',
            **changed,
        },
    )


def samba_table(server: Samba, folder: Path, port: int = 0, **changed: Any) -> str:
    return _table(
        folder / "samba.secret",
        samba_domain.SERVICE_PASSWORD,
        {
            "kind": '"active-directory"',
            "servers": f'["ldaps://127.0.0.1:{port or server.tls_port}"]',
            "ca": f'"{server.ca}"',
            "user": f'"{samba_domain.SERVICE}"',
            "password_file": '"samba.secret"',
            "base": f'"{samba_domain.BASE}"',
            "card": '"employeeID"',
            "never_activated": '["employeeType=new & pwdLastSet=0"]',
            **changed,
        },
    )


def _table(secret: Path, password: str, lines: dict[str, str]) -> str:
    secret.parent.mkdir(parents=True, exist_ok=True)
    secret.write_text(password + "\n", encoding="utf-8")
    secret.chmod(0o600)
    return "\n[directory]\n" + "".join(f"{key} = {value}\n" for key, value in lines.items() if value)
