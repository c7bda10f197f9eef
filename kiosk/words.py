"""One catalogue of words for screens, slips, hub and commands: assets/i18n/{zh,en}.toml.

Tables by flow, keys by meaning; ``{name}`` is filled in. Both files hold the same keys (a test reads them).
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from kiosk.domain.language import Language

_INSTALLED = Path(__file__).parent / "_assets"
_CHECKOUT = Path(__file__).parent.parent / "assets"


def assets() -> Path:
    """The folder of what is not code: beside the package in a checkout, inside it when installed."""
    return _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT


@cache
def catalogue(language: Language) -> dict[str, dict[str, str]]:
    """Table -> key -> text."""
    return _checked(tomllib.loads((assets() / "i18n" / f"{language.value}.toml").read_text(encoding="utf-8")))


def _checked(tables: dict[str, Any]) -> dict[str, dict[str, str]]:
    for name, table in tables.items():
        if not isinstance(table, dict) or not all(isinstance(text, str) for text in table.values()):
            raise ValueError(f"words: table {name} must hold texts only")
    return tables


def say(language: Language, key: str, **values: object) -> str:
    """The text of ``table.key`` with its placeholders filled. KeyError for a key that does not exist."""
    table, _, name = key.partition(".")
    text = catalogue(language)[table][name]
    return text.format_map(values) if values else text


class Speaker:
    """Words in one language: ``speak("home.title")``."""

    __slots__ = ("language",)

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, key: str, **values: object) -> str:
        return say(self.language, key, **values)
