"""One catalogue of words for screens, slips, hub and commands: assets/i18n/{zh,en}.toml.

Tables by flow, keys by meaning; ``{name}`` is filled in. Both files hold the same keys (a test reads them).
"""

import re
import tomllib
from functools import cache
from pathlib import Path

from kiosk.domain.language import Language

_INSTALLED = Path(__file__).parent / "_assets"
_CHECKOUT = Path(__file__).parent.parent / "assets"
_HEADER = re.compile(r"^\[(\w+)\][ \t]*$", re.MULTILINE)


def assets() -> Path:
    """The folder of what is not code: beside the package in a checkout, inside it when installed."""
    return _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT


@cache
def table(language: Language, name: str) -> dict[str, str]:
    """Key -> text. KeyError for a table that does not exist.

    Read a table at a time: the first frame needs one of them, and reading all takes 4 ms a language.
    """
    words = tomllib.loads(_sources(language)[name])
    if not all(isinstance(text, str) for text in words.values()):
        raise ValueError(f"words: table {name} must hold texts only")
    return words


@cache
def _sources(language: Language) -> dict[str, str]:
    """Table -> its lines. A line of one word in brackets begins a table, never a text (a test compares)."""
    whole = (assets() / "i18n" / f"{language.value}.toml").read_text(encoding="utf-8")
    _, *parts = _HEADER.split(whole)
    return dict(zip(parts[::2], parts[1::2], strict=True))


@cache
def fixed(language: Language) -> frozenset[str]:
    """Every text of the catalogue, placeholders unfilled."""
    return frozenset(text for name in _sources(language) for text in table(language, name).values())


def say(language: Language, key: str, **values: object) -> str:
    """The text of ``table.key`` with its placeholders filled. KeyError for a key that does not exist."""
    where, _, name = key.partition(".")
    text = table(language, where)[name]
    return text.format_map(values) if values else text


class Speaker:
    """Words in one language: ``speak("home.title")``."""

    __slots__ = ("language",)

    def __init__(self, language: Language) -> None:
        self.language = language

    def __call__(self, key: str, **values: object) -> str:
        return say(self.language, key, **values)
