"""The [mail], [sms] and [[robots]] tables of hub.toml: how messages leave the campus."""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kiosk.domain.language import Language
from kiosk.hub.secret_value import Secret
from kiosk.hub.table_reader import THIS_MACHINE, Fail, TableReader

NO_SECRET = Secret("")


class MailSecurity(StrEnum):
    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"  # only to this machine


_PORTS = {MailSecurity.TLS: 465, MailSecurity.STARTTLS: 587, MailSecurity.NONE: 25}


@dataclass(frozen=True, slots=True)
class MailSettings:
    """``ca`` ``None``: the authorities this machine trusts. ``user`` '': no sign-in."""

    host: str
    port: int
    security: MailSecurity
    sender: str
    user: str = ""
    password: Secret = NO_SECRET
    ca: Path | None = None


@dataclass(frozen=True, slots=True)
class SmsSettings:
    """``body`` and ``headers`` may hold {phone}, {text}, {code}, {kind}, {id}, {secret}. ``is_json``: what the body is,
    else a form. ``success``: what a good answer contains, '' where its status says all."""

    url: str
    body: str
    is_json: bool
    headers: tuple[tuple[str, str], ...]
    success: str = ""
    secret: Secret = NO_SECRET
    ca: Path | None = None


class RobotKind(StrEnum):
    WECOM = "wecom"
    DINGTALK = "dingtalk"
    FEISHU = "feishu"


@dataclass(frozen=True, slots=True)
class RobotSettings:
    """A group's robot. ``url`` holds its key; ``secret`` signs, where its kind signs. ``services``: catalogue ids it is
    told about, () for all."""

    name: str
    kind: RobotKind
    url: Secret
    secret: Secret = NO_SECRET
    language: Language = Language.ZH
    services: tuple[str, ...] = ()
    ca: Path | None = None


_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
MOST_ROBOTS = 20


def read_mail(table: Any, folder: Path, fail: Fail) -> MailSettings | None:
    """``None``: no mail server. ``folder``: paths are from there; ``fail`` gets key and fix of a mistake."""
    if table is None:
        return None
    read = TableReader("mail", table, folder, fail)
    read.only("host", "port", "security", "sender", "user", "password_file", "password_env", "ca")
    security = read.choice("security", MailSecurity.STARTTLS)
    host, sender, user = read.text("host"), read.text("sender"), read.text("user")
    if not host:
        fail("mail.host", "name the mail server")
    if "@" not in sender:
        fail("mail.sender", 'write the address messages come from: "it@example.edu"')
    if security is MailSecurity.NONE and (host not in THIS_MACHINE or user):
        fail("mail.security", "none is only for a server on this machine without sign-in; write tls or starttls")
    port = read.whole("port", _PORTS[security], 1, 65535)
    password = read.secret("password") if user else NO_SECRET
    return MailSettings(host, port, security, sender, user, password, read.authority())


def read_sms(table: Any, folder: Path, fail: Fail) -> SmsSettings | None:
    if table is None:
        return None
    read = TableReader("sms", table, folder, fail)
    read.only("url", "body", "headers", "success", "secret_file", "secret_env", "ca")
    url, body = read.text("url"), read.text("body")
    if not _is_safe(url):
        fail("sms.url", "write an https:// address; http:// only for this machine")
    if "{phone}" not in body or not ("{text}" in body or "{code}" in body):
        fail("sms.body", "write what the gateway expects, with {phone} and {text} (or {code}) in it")
    headers = table.get("headers", {})
    if not isinstance(headers, dict) or not all(isinstance(value, str) for value in headers.values()):
        fail("sms.headers", 'write a table of texts, such as { Authorization = "Bearer {secret}" }')
    named = {name.lower(): value for name, value in headers.items()}
    is_json = "json" in named.get("content-type", "") or body.lstrip().startswith("{")
    kind = "application/json" if is_json else "application/x-www-form-urlencoded"
    if "content-type" not in named:
        headers = {**headers, "Content-Type": f"{kind}; charset=utf-8"}
    has_secret = "{secret}" in body or any("{secret}" in value for value in headers.values())
    secret = read.secret("secret") if has_secret else NO_SECRET
    return SmsSettings(url, body, is_json, tuple(headers.items()), read.text("success"), secret, read.authority())


def read_robots(tables: Any, folder: Path, fail: Fail) -> tuple[RobotSettings, ...]:
    if tables is None:
        return ()
    if not isinstance(tables, list) or len(tables) > MOST_ROBOTS:
        fail("robots", f"write [[robots]] tables, at most {MOST_ROBOTS}")
    found: dict[str, RobotSettings] = {}
    for index, table in enumerate(tables):
        robot = _robot(f"robots#{index}", table, folder, fail)
        if robot.name in found:
            fail(f"robots#{index}.name", f"{robot.name} is there already; give each robot a name of its own")
        found[robot.name] = robot
    return tuple(found.values())


def _robot(at: str, table: Any, folder: Path, fail: Fail) -> RobotSettings:
    read = TableReader(at, table, folder, fail)
    known = ("name", "kind", "url_file", "url_env", "secret_file", "secret_env", "language", "services", "ca")
    read.only(*known)
    name, kind, language = read.text("name"), read.text("kind"), read.choice("language", Language.ZH)
    if not _NAME.fullmatch(name):
        fail(f"{at}.name", "name the group in small letters, digits and hyphens")
    if kind not in list(RobotKind):
        fail(f"{at}.kind", f"must be one of: {', '.join(RobotKind)}")
    services = table.get("services", [])
    if not isinstance(services, list) or not all(isinstance(one, str) for one in services):
        fail(f"{at}.services", 'write a list of services of the catalogue, such as ["network"]')
    url = read.secret("url")
    if not _is_safe(url.reveal()):
        fail(
            f"{at}.url_file" if "url_file" in table else f"{at}.url_env", "put the robot's whole https:// address there"
        )
    signs = kind != RobotKind.WECOM
    for key in ("secret_file", "secret_env"):
        if key in table and not signs:
            fail(f"{at}.{key}", "wecom signs nothing; leave it out")
    secret = read.secret("secret") if signs else NO_SECRET
    return RobotSettings(name, RobotKind(kind), url, secret, language, tuple(services), read.authority())


def _is_safe(url: str) -> bool:
    """Encrypted, or to this machine."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return (parts.scheme == "https" and bool(parts.hostname)) or (
        parts.scheme == "http" and parts.hostname in THIS_MACHINE
    )
