"""hub.toml -> frozen settings. Every error names the file, the line and what to write instead."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from kiosk import toml_settings
from kiosk.hub.card_key_settings import read_card_keys
from kiosk.hub.card_settings import CardSettings, read_cards
from kiosk.hub.directory_settings import DirectorySettings, read_directory
from kiosk.hub.helpdesk_settings import HelpdeskSettings, read_helpdesk
from kiosk.hub.knowledge_settings import KnowledgeSettings, read_knowledge
from kiosk.hub.notice_settings import MailSettings, RobotSettings, SmsSettings, read_mail, read_robots, read_sms
from kiosk.hub.people_settings import PeopleSettings, read_people_table
from kiosk.hub.rules import Rule, read_rule
from kiosk.hub.services.card_keys import CardKeys
from kiosk.hub.sign_in_settings import SignInSettings, read_sign_in

#: Longest public address, so that a slip's QR stays within 45 characters.
LONGEST_PUBLIC_URL = 30
_PUBLIC_URL = re.compile(r"https://[A-Za-z0-9.\[\]:-]+(/[A-Za-z0-9._~/-]*)?")


class ConfigError(Exception):
    """One line for the admin: file, line, what is wrong, what to write."""


@dataclass(frozen=True, slots=True)
class PinHashing:
    """Argon2id (RFC 9106) with one lane; 46 MiB and one pass, as OWASP's password storage sheet gives it. A PIN has few
    values: the growing delay protects it at a kiosk, this only makes a stolen database slower to search."""

    memory_kib: int = 47_104
    iterations: int = 1


@dataclass(frozen=True, slots=True)
class Settings:
    """``database_url`` empty: SQLite in the data folder. ``public_url`` empty: no QR on slips. ``helpdesk`` ``None``:
    the hub's own tickets are all there is."""

    database_url: str = ""
    public_url: str = ""
    host_names: tuple[str, ...] = ()
    pin: PinHashing = field(default_factory=PinHashing)
    rules: tuple[Rule, ...] = ()
    cards: CardSettings = field(default_factory=CardSettings)
    directory: DirectorySettings = field(default_factory=DirectorySettings)
    mail: MailSettings | None = None
    sms: SmsSettings | None = None
    robots: tuple[RobotSettings, ...] = ()
    people: PeopleSettings | None = None
    helpdesk: HelpdeskSettings | None = None
    card_keys: CardKeys | None = None
    sign_in: SignInSettings | None = None
    knowledge: KnowledgeSettings | None = None


_TABLES = (
    "database_url",
    "public_url",
    "host_names",
    "pin",
    "policy",
    "cards",
    "card_keys",
    "directory",
    "mail",
    "sms",
    "robots",
    "people",
    "helpdesk",
    "sign_in",
    "knowledge",
)
_LIMITS = {"memory_kib": (64, 1_048_576), "iterations": (1, 20)}


def load(file: Path | None) -> Settings:
    """Raises ConfigError. ``None``: the settings as shipped."""
    if file is None:
        return Settings()
    toml = toml_settings.read(file)
    if isinstance(toml, toml_settings.BadSettings):
        raise ConfigError(str(toml))
    return _Reader(file, toml.text).settings(toml.tables)


def place_of(file: Path, key: str) -> str:
    """``hub.toml:12: directory.number``: where a setting stands that was found wrong later."""
    line = toml_settings.line_of(file.read_text(encoding="utf-8"), key.split("."))
    return f"{file}:{line}: {key}"


class _Reader:
    def __init__(self, file: Path, text: str) -> None:
        self._file, self._text = file, text

    def settings(self, values: dict[str, Any]) -> Settings:
        self._only(values, "", _TABLES)
        helpdesk = read_helpdesk(values.get("helpdesk"), self._file.parent, self._fail)
        return Settings(
            database_url=self._database_url(values),
            public_url=self._public_url(values),
            host_names=self._names(values),
            pin=self._pin(values.get("pin", {})),
            rules=self._rules(values.get("policy", [])),
            cards=read_cards(values.get("cards", {}), self._file.parent, self._fail),
            card_keys=read_card_keys(values.get("card_keys"), self._file.parent, self._fail),
            directory=read_directory(values.get("directory", {}), self._file.parent, self._fail),
            mail=read_mail(values.get("mail"), self._file.parent, self._fail),
            sms=read_sms(values.get("sms"), self._file.parent, self._fail),
            robots=read_robots(values.get("robots"), self._file.parent, self._fail),
            people=read_people_table(values.get("people"), self._file.parent, self._fail),
            sign_in=read_sign_in(values.get("sign_in"), self._file.parent, self._public_url(values), self._fail),
            helpdesk=helpdesk,
            knowledge=read_knowledge(values.get("knowledge"), self._file.parent, helpdesk is not None, self._fail),
        )

    def _database_url(self, values: dict[str, Any]) -> str:
        url = self._text_of(values, "database_url")
        if url and not url.startswith(("postgresql+psycopg://", "sqlite:///")):
            self._fail("database_url", "write postgresql+psycopg://USER@HOST/NAME, or leave it out for SQLite")
        return url

    def _public_url(self, values: dict[str, Any]) -> str:
        url = self._text_of(values, "public_url").rstrip("/")
        if url and not _PUBLIC_URL.fullmatch(url):
            self._fail("public_url", "write an https:// address that phones can reach, or leave it out")
        if len(url) > LONGEST_PUBLIC_URL:
            self._fail("public_url", f"is longer than {LONGEST_PUBLIC_URL} characters; a slip's QR needs a shorter one")
        return url

    def _names(self, values: dict[str, Any]) -> tuple[str, ...]:
        names = values.get("host_names", [])
        if not isinstance(names, list) or not all(isinstance(name, str) and name for name in names):
            self._fail("host_names", 'write a list of names, such as ["kiosk-hub.example.edu"]')
        return tuple(names)

    def _pin(self, table: Any) -> PinHashing:
        if not isinstance(table, dict):
            self._fail("pin", "write a table: [pin]")
        self._only(table, "pin", tuple(_LIMITS))
        for key, value in table.items():
            low, high = _LIMITS[key]
            if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
                self._fail(f"pin.{key}", f"write a whole number from {low} to {high}")
        return PinHashing(**table)

    def _rules(self, tables: object) -> tuple[Rule, ...]:
        if not isinstance(tables, list):
            self._fail("policy", "write [[policy]] tables")
        found: list[Rule] = []
        for index, table in enumerate(tables):
            rule = read_rule(table)
            if isinstance(rule, str):
                self._fail(f"policy#{index}", rule)
            else:
                found.append(rule)
        return tuple(found)

    def _text_of(self, values: dict[str, Any], key: str) -> str:
        value = values.get(key, "")
        if not isinstance(value, str):
            self._fail(key, 'write a text: "…"')
        return str(value)

    def _only(self, table: dict[str, Any], prefix: str, known: tuple[str, ...]) -> None:
        for key in table:
            if key not in known:
                self._fail(f"{prefix}.{key}".lstrip("."), f"is not known; known here: {', '.join(known)}")

    def _fail(self, key: str, fix: str) -> NoReturn:
        line = toml_settings.line_of(self._text, key.split("."))
        raise ConfigError(str(toml_settings.BadSettings(self._file, line, f"{re.sub('#[0-9]+', '', key)}: {fix}")))
