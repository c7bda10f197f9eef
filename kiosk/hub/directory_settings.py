"""The [directory] table of hub.toml: which directory, how to reach it, and which attribute says what."""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kiosk.hub.secret_value import Secret
from kiosk.hub.table_reader import Fail, TableReader

_ATTRIBUTE = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,63}")
_SCHEMES = ("ldaps", "ldap")
MOST_SERVERS = 8
MOST_CONNECTIONS = 32
#: A kiosk gives up after eight seconds (uplink.transport.TOTAL_SECONDS); the hub has answered by then.
SHORTEST_ANSWER, LONGEST_ANSWER = 0.5, 6.0
CONNECTIONS = 4
ANSWER_WITHIN = 5.0
_TEXTS = ("user", "base", "number", "login", "card", "expires", "policy")
_LISTS = ("disabled", "protected", "never_activated")
_NUMBERS = ("connections", "answer_within")
_KEYS = ("kind", "servers", "ca", "password_file", "password_env", *_TEXTS, *_LISTS, *_NUMBERS)


class DirectoryKind(StrEnum):
    BUILTIN = "builtin"
    OPENLDAP = "openldap"
    ACTIVE_DIRECTORY = "active-directory"


#: Any value, and no value, of an attribute.
ANY, NONE = "*", ""


@dataclass(frozen=True, slots=True)
class Condition:
    """Holds for an entry for which each (attribute, value) holds; ANY: it has one, NONE: it has none. Values are
    compared without regard to case."""

    terms: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Server:
    """``start_tls``: TLS begins on the plain port before anything is said; else TLS from the first byte."""

    host: str
    port: int
    start_tls: bool

    @property
    def url(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'ldap' if self.start_tls else 'ldaps'}://{host}:{self.port}"


@dataclass(frozen=True, slots=True)
class DirectorySettings:
    """``ca`` the only authority trusted; ``user`` the hub's own account, of which it needs no more rights than the
    README lists. ``number``, ``login``, ``card``, ``expires`` are attributes, '' for none; ``policy`` the DN of
    everybody's password policy (OpenLDAP). An entry is in a state where one of its conditions holds.
    ``connections`` at once; ``answer_within`` seconds for anything asked."""

    kind: DirectoryKind = DirectoryKind.BUILTIN
    servers: tuple[Server, ...] = ()
    ca: Path = Path()
    user: str = ""
    password: Secret = Secret("")  # noqa: RUF009
    base: str = ""
    number: str = ""
    login: str = ""
    card: str = ""
    expires: str = ""
    policy: str = ""
    disabled: tuple[Condition, ...] = ()
    protected: tuple[Condition, ...] = ()
    never_activated: tuple[Condition, ...] = ()
    connections: int = CONNECTIONS
    answer_within: float = ANSWER_WITHIN


_DEFAULTS = {
    DirectoryKind.OPENLDAP: {"number": "employeeNumber", "login": "uid", "expires": "pwdEndTime"},
    DirectoryKind.ACTIVE_DIRECTORY: {"number": "employeeNumber", "login": "sAMAccountName"},
}


def read_directory(table: Any, folder: Path, fail: Fail) -> DirectorySettings:
    """``folder``: paths are from there. ``fail`` gets key and fix of a mistake."""
    return _Reader(TableReader("directory", table, folder, fail)).settings()


class _Reader:
    def __init__(self, read: TableReader) -> None:
        self._read = read

    def settings(self) -> DirectorySettings:
        self._read.only(*_KEYS)
        kind = self._read.choice("kind", DirectoryKind.BUILTIN)
        if kind is DirectoryKind.BUILTIN:
            for key in self._read.values:
                if key != "kind":
                    self._read.wrong(key, 'counts only for another kind: write kind = "openldap" or "active-directory"')
            return DirectorySettings()
        return self._ldap(kind)

    def _ldap(self, kind: DirectoryKind) -> DirectorySettings:
        defaults = _DEFAULTS[kind]
        texts = {key: self._read.text(key, defaults.get(key, "")) for key in _TEXTS}
        for key in ("user", "base"):
            if not texts[key]:
                self._read.wrong(key, "is missing" if key not in self._read.values else "must not be empty")
        for key in ("number", "login", "card", "expires"):
            if texts[key] and not _ATTRIBUTE.fullmatch(texts[key]):
                self._read.wrong(key, "write one attribute's name")
        for key in ("number", "login"):
            if not texts[key]:
                self._read.wrong(key, "must not be empty")
        if kind is DirectoryKind.ACTIVE_DIRECTORY:
            for key in ("expires", "policy"):
                if texts[key]:
                    self._read.wrong(key, "is not written for Active Directory: it says this itself")
        return DirectorySettings(
            kind=kind,
            servers=self._servers(),
            ca=self._read.own_authority("the directory's"),
            password=self._read.secret("password"),
            connections=self._read.whole("connections", CONNECTIONS, 1, MOST_CONNECTIONS),
            answer_within=self._read.seconds("answer_within", ANSWER_WITHIN, SHORTEST_ANSWER, LONGEST_ANSWER),
            user=texts["user"],
            base=texts["base"],
            number=texts["number"],
            login=texts["login"],
            card=texts["card"],
            expires=texts["expires"],
            policy=texts["policy"],
            disabled=self._conditions("disabled"),
            protected=self._conditions("protected"),
            never_activated=self._conditions("never_activated"),
        )

    def _servers(self) -> tuple[Server, ...]:
        urls = self._read.values.get("servers", [])
        example = 'such as ["ldaps://ldap.example.edu"]; an ldap:// one is asked for StartTLS first'
        if not isinstance(urls, list) or not 1 <= len(urls) <= MOST_SERVERS:
            self._read.wrong("servers", f"write a list of 1 to {MOST_SERVERS} servers, {example}")
        return tuple(self._server(url, example) for url in urls)

    def _server(self, url: object, example: str) -> Server:
        try:
            parts = urlsplit(url if isinstance(url, str) else "")
            port = parts.port
        except ValueError:
            self._read.wrong("servers", f"write addresses, {example}")
        nothing_else = not (parts.path or parts.query or parts.fragment or parts.username)
        if parts.scheme not in _SCHEMES or not parts.hostname or not nothing_else:
            self._read.wrong("servers", f"write addresses, {example}")
        start_tls = parts.scheme == "ldap"
        return Server(parts.hostname, port or (389 if start_tls else 636), start_tls)

    def _conditions(self, key: str) -> tuple[Condition, ...]:
        texts = self._read.values.get(key, [])
        fix = 'write a list of conditions, such as ["employeeType=staff"], ["loginShell=/bin/false & mail="]'
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            self._read.wrong(key, fix)
        return tuple(self._condition(key, text, fix) for text in texts)

    def _condition(self, key: str, text: str, fix: str) -> Condition:
        terms: list[tuple[str, str]] = []
        for term in text.split(" & "):
            attribute, is_one, value = term.partition("=")
            if not is_one or not _ATTRIBUTE.fullmatch(attribute.strip()):
                self._read.wrong(key, fix)
            terms.append((attribute.strip(), value.strip()))
        return Condition(tuple(terms))
