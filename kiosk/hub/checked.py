"""What `kiosk hub check` finds out about a system outside."""

from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    GOOD = "good"
    NOTE = "note"  # told, and no visitor suffers
    BAD = "bad"  # would fail a visitor


@dataclass(frozen=True, slots=True)
class Finding:
    """``words``: key below the system's own table of words; ``at``: the setting it is about, '' for none."""

    level: Level
    words: str
    values: tuple[tuple[str, str], ...] = ()
    at: str = ""


def found(level: Level, words: str, at: str = "", **values: object) -> Finding:
    return Finding(level, words, tuple((name, str(value)) for name, value in values.items()), at)
