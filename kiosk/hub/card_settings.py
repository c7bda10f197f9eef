"""The [cards] table of hub.toml: which card system, how to reach it, and what it is declared to do."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec

from kiosk.domain.card_capabilities import CardCapabilities
from kiosk.hub.secret_value import Secret
from kiosk.hub.table_reader import Fail, TableReader

#: The one payment provider that is shipped: nobody's money moves.
SIMULATED = "simulated"
#: A dropped file that is older is told by ``kiosk hub check``, hours: a night was missed.
OLDEST_FILE = 36
#: A kiosk gives up five seconds after it asked (uplink.transport.READ_SECONDS), and a change may need two answers.
SHORTEST_ANSWER, LONGEST_ANSWER = 0.5, 2.2
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
    return _Reader(TableReader("cards", table, folder, fail)).settings()


class _Reader:
    def __init__(self, read: TableReader) -> None:
        self._read = read

    def settings(self) -> CardSettings:
        kind = self._read.choice("kind", CardsKind.BUILTIN)
        self._read.only("kind", "payments", *_KEYS[kind])
        payments = self._read.values.get("payments", "")
        if payments not in ("", SIMULATED):
            self._read.wrong("payments", f'write "{SIMULATED}", or leave it out for none')
        match kind:
            case CardsKind.CSV:
                return CardSettings(payments=payments, outside=self._csv())
            case CardsKind.REST:
                return CardSettings(payments=payments, outside=self._rest())
        return CardSettings(self._read.choice("capabilities", CardExtent.ALL), payments)

    def _csv(self) -> CsvCards:
        movements = self._read.text("movements")
        return CsvCards(
            self._read.folder / (self._read.text("file") or self._read.wrong("file", "name the file of cards (CSV)")),
            self._read.folder / movements if movements else None,
            self._read.whole("oldest", OLDEST_FILE, 1, 24 * 366),
        )

    def _rest(self) -> RestCards:
        return RestCards(
            self._read.address("url", 'write an https:// address: "https://card.example.edu/api"'),
            self._read.own_authority("the card system's"),
            self._read.secret("secret"),
            self._can(),
            self._read.seconds("answer_within", ANSWER_WITHIN, SHORTEST_ANSWER, LONGEST_ANSWER),
            self._read.whole("connections", CONNECTIONS, 1, MOST_CONNECTIONS),
        )

    def _can(self) -> CardCapabilities:
        table = self._read.values.get("can", {})
        known = CardCapabilities.__dataclass_fields__
        if not isinstance(table, dict) or not table:
            self._read.wrong("can", f"declare what the card system does; known: {', '.join(known)}")
        for key in table:
            if key not in known:
                self._read.wrong(f"can.{key}", f"is not known; known here: {', '.join(known)}")
        try:
            return msgspec.convert(table, CardCapabilities)
        except msgspec.ValidationError as error:
            self._read.wrong("can", str(error))
