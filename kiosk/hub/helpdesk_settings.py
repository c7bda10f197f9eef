"""The [helpdesk] table of hub.toml: which helpdesk, how to reach it, and what its queues, priorities and states are."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.domain.language import Language
from kiosk.hub.helpdesk_mapping import HelpdeskKind, Mapping, read_mapping, read_name
from kiosk.hub.secret_value import Secret
from kiosk.hub.table_reader import Fail, TableReader

#: Seconds for one answer: Request Tracker's own server takes one request at a time, so others may be before ours.
ANSWER_WITHIN, SHORTEST_ANSWER, LONGEST_ANSWER = 15.0, 1.0, 60.0
_ALL = ("kind", "url", "ca", "language", "answer_within", "queues", "priorities", "states", "statuses")
_TOKEN = ("token_file", "token_env", "operation_field", "writes_to_requesters")
_OF_KIND = {
    HelpdeskKind.REQUEST_TRACKER: _TOKEN,
    HelpdeskKind.ZAMMAD: (*_TOKEN, "customer"),
    HelpdeskKind.GLPI: (
        "client_id",
        "client_secret_file",
        "client_secret_env",
        "user",
        "password_file",
        "password_env",
    ),
}
_FIELDS = {HelpdeskKind.REQUEST_TRACKER: "Kiosk operation", HelpdeskKind.ZAMMAD: "kiosk_operation"}
#: What Zammad takes for the name of an attribute.
_ATTRIBUTE = re.compile(r"[a-z][a-z0-9_]{0,62}")


@dataclass(frozen=True, slots=True)
class OAuthAccount:
    """GLPI's grant by password: a client of its own, and the account the hub is there."""

    client_id: str
    client_secret: Secret
    user: str
    password: Secret


@dataclass(frozen=True, slots=True)
class HelpdeskSettings:
    """``ca`` ``None``: the authorities this machine trusts. ``operation_field``: the custom field with our mark.
    ``writes_to_requesters``: it gets their address, writes to them itself, and the hub does not. ``customer``: whose a
    ticket is at Zammad where nobody is to be written to. ``account`` instead of ``token`` at GLPI."""

    url: str
    token: Secret
    ca: Path | None
    operation_field: str
    mapping: Mapping
    language: Language = Language.ZH
    writes_to_requesters: bool = True
    answer_within: float = ANSWER_WITHIN
    kind: HelpdeskKind = HelpdeskKind.REQUEST_TRACKER
    customer: str = ""
    account: OAuthAccount | None = None

    @property
    def name(self) -> str:
        """Which one it is: what is known of one helpdesk means nothing at another."""
        return f"{self.kind} {self.url}"


def read_helpdesk(table: Any, folder: Path, fail: Fail) -> HelpdeskSettings | None:
    """``None``: the built-in one. ``folder``: paths are from there; ``fail`` gets key and fix of a mistake."""
    if table is None:
        return None
    return _Reader(TableReader("helpdesk", table, folder, fail)).settings()


class _Reader:
    def __init__(self, read: TableReader) -> None:
        self._read = read

    def settings(self) -> HelpdeskSettings | None:
        kind = self._read.choice("kind", HelpdeskKind.BUILTIN)
        others = [one for one in HelpdeskKind if one is not HelpdeskKind.BUILTIN]
        if kind is HelpdeskKind.BUILTIN:
            for key in self._read.values:
                if key != "kind":
                    self._read.wrong(key, f"counts only for another kind: {', '.join(others)}")
            return None
        self._read.only(*_ALL, *_OF_KIND[kind])
        is_glpi = kind is HelpdeskKind.GLPI
        return HelpdeskSettings(
            url=self._read.address(
                "url", 'write its address: "https://helpdesk.example.edu"; http:// only for this machine', here=True
            ),
            token=Secret("") if is_glpi else self._read.secret("token"),
            ca=self._read.authority(),
            operation_field=self._field(kind),
            mapping=read_mapping(self._read, kind),
            language=self._read.choice("language", Language.ZH),
            writes_to_requesters=not is_glpi and self._yes("writes_to_requesters"),
            answer_within=self._read.seconds("answer_within", ANSWER_WITHIN, SHORTEST_ANSWER, LONGEST_ANSWER),
            kind=kind,
            customer=self._customer() if kind is HelpdeskKind.ZAMMAD else "",
            account=self._account() if is_glpi else None,
        )

    def _field(self, kind: HelpdeskKind) -> str:
        if kind is HelpdeskKind.GLPI:
            return ""
        name = read_name(self._read, "operation_field", self._read.values.get("operation_field", _FIELDS[kind]))
        if kind is HelpdeskKind.ZAMMAD and not _ATTRIBUTE.fullmatch(name):
            self._read.wrong("operation_field", 'write the attribute\'s name: small letters, digits and "_"')
        return name

    def _customer(self) -> str:
        address = self._read.text("customer").strip()
        if "@" not in address or not address.isprintable() or " " in address:
            self._read.wrong("customer", "write the e-mail address of a customer that tickets are in the name of")
        return address

    def _account(self) -> OAuthAccount:
        texts = {key: self._read.text(key).strip() for key in ("client_id", "user")}
        for key, text in texts.items():
            if not text:
                self._read.wrong(key, 'write a text: "…"')
        secret, password = self._read.secret("client_secret"), self._read.secret("password")
        return OAuthAccount(texts["client_id"], secret, texts["user"], password)

    def _yes(self, key: str) -> bool:
        value = self._read.values.get(key, True)
        if not isinstance(value, bool):
            self._read.wrong(key, "write true or false")
        return bool(value)
