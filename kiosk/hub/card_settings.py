"""The [cards] table of hub.toml: which card system, how to reach it, and what it is declared to do."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import msgspec

from kiosk.domain.card_capabilities import CardCapabilities
from kiosk.hub.secret_value import Secret, read_secret

Fail = Callable[[str, str], NoReturn]

#: The one payment provider that is shipped: nobody's money moves.
SIMULATED = "simulated"
#: A dropped file that is older is told by ``kiosk hub check``, hours: a night was missed.
OLDEST_FILE = 36
#: A kiosk gives up five seconds after it asked (uplink.transport.READ_SECONDS), and a change may need two answers.
LONGEST_ANSWER = 2.2
ANSWER_WITHIN = 2.0
CONNECTIONS = 8
MOST_CONNECTIONS = 32


class CardsKind(StrEnum):
    BUILTIN = "builtin"
    CSV = "csv"
    REST = "rest"


class CardExtent(StrEnum):
    """How much the built-in card system lets in: a campus without one can be rehearsed."""

    ALL = "all"
    READ_ONLY = "read-only"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class CsvCards:
    """Files the card office drops. ``movements`` ``None``: there is no such list. ``oldest``: hours, as OLDEST_FILE."""

    file: Path
    movements: Path | None = None
    oldest: int = OLDEST_FILE


@dataclass(frozen=True, slots=True)
class RestCards:
    """``url`` without a slash at the end; ``ca`` the only authority trusted; ``can`` what is declared.
    ``answer_within`` seconds for anything asked; ``connections`` at once."""

    url: str
    ca: Path
    secret: Secret
    can: CardCapabilities
    answer_within: float = ANSWER_WITHIN
    connections: int = CONNECTIONS


@dataclass(frozen=True, slots=True)
class CardSettings:
    """``capabilities`` of the built-in one. ``payments``: the provider for top-ups, '' for none: then no top-up is
    offered. ``outside``: ``None`` where the built-in card system is used."""

    capabilities: CardExtent = CardExtent.ALL
    payments: str = ""
    outside: CsvCards | RestCards | None = None


_KEYS = {
    CardsKind.BUILTIN: ("capabilities",),
    CardsKind.CSV: ("file", "movements", "oldest"),
    CardsKind.REST: ("url", "ca", "secret_file", "secret_env", "answer_within", "connections", "can"),
}


def read_cards(table: Any, folder: Path, fail: Fail) -> CardSettings:
    """``folder``: paths are from there. ``fail`` gets key and fix of a mistake."""
    if not isinstance(table, dict):
        fail("cards", "write a table: [cards]")
    return _Reader(table, folder, fail).settings()


class _Reader:
    def __init__(self, table: dict[str, Any], folder: Path, fail: Fail) -> None:
        self._table, self._folder, self._fail = table, folder, fail

    def settings(self) -> CardSettings:
        kind = self._table.get("kind", CardsKind.BUILTIN)
        if kind not in list(CardsKind):
            self._wrong("kind", f"must be one of: {', '.join(CardsKind)}")
        known = ("kind", "payments", *_KEYS[CardsKind(kind)])
        for key in self._table:
            if key not in known:
                self._wrong(key, f"is not known; known here: {', '.join(known)}")
        payments = self._table.get("payments", "")
        if payments not in ("", SIMULATED):
            self._wrong("payments", f'write "{SIMULATED}", or leave it out for none')
        match kind:
            case CardsKind.CSV:
                return CardSettings(payments=payments, outside=self._csv())
            case CardsKind.REST:
                return CardSettings(payments=payments, outside=self._rest())
        extent = self._table.get("capabilities", CardExtent.ALL)
        if extent not in list(CardExtent):
            self._wrong("capabilities", f"must be one of: {', '.join(CardExtent)}")
        return CardSettings(CardExtent(extent), payments)

    def _csv(self) -> CsvCards:
        movements = self._text("movements")
        return CsvCards(
            self._folder / (self._text("file") or self._wrong("file", "name the file of cards (CSV)")),
            self._folder / movements if movements else None,
            self._whole("oldest", OLDEST_FILE, 1, 24 * 366),
        )

    def _rest(self) -> RestCards:
        url = self._text("url").rstrip("/")
        parts = urlsplit(url)
        if parts.scheme != "https" or not parts.hostname or parts.query or parts.fragment or parts.username:
            self._wrong("url", 'write an https:// address: "https://card.example.edu/api"')
        return RestCards(
            url,
            self._ca(),
            read_secret(self._table, "cards", "secret", self._folder, self._fail),
            self._can(),
            self._seconds(),
            self._whole("connections", CONNECTIONS, 1, MOST_CONNECTIONS),
        )

    def _ca(self) -> Path:
        named = self._text("ca")
        if not named:
            self._wrong("ca", "name the file (PEM) of the authority that signed the card system's certificate")
        file = self._folder / named
        try:
            text = file.read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError):
            self._wrong("ca", f"{file} cannot be read as PEM")
        if "-----BEGIN CERTIFICATE-----" not in text:
            self._wrong("ca", f"{file} holds no certificate (PEM)")
        return file

    def _can(self) -> CardCapabilities:
        table = self._table.get("can", {})
        known = CardCapabilities.__dataclass_fields__
        if not isinstance(table, dict) or not table:
            self._wrong("can", f"declare what the card system does; known: {', '.join(known)}")
        for key in table:
            if key not in known:
                self._wrong(f"can.{key}", f"is not known; known here: {', '.join(known)}")
        try:
            return msgspec.convert(table, CardCapabilities)
        except msgspec.ValidationError as error:
            self._wrong("can", str(error))

    def _seconds(self) -> float:
        value = self._table.get("answer_within", ANSWER_WITHIN)
        if not isinstance(value, int | float) or isinstance(value, bool) or not 0.5 <= value <= LONGEST_ANSWER:
            self._wrong("answer_within", f"write seconds from 0.5 to {LONGEST_ANSWER:g}")
        return float(value)

    def _whole(self, key: str, default: int, low: int, high: int) -> int:
        value = self._table.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            self._wrong(key, f"write a whole number from {low} to {high}")
        return value

    def _text(self, key: str) -> str:
        value = self._table.get(key, "")
        if not isinstance(value, str):
            self._wrong(key, 'write a text: "…"')
        return str(value)

    def _wrong(self, key: str, fix: str) -> NoReturn:
        self._fail(f"cards.{key}", fix)
