"""Which Debian packages are asked for, and which of them this machine lacks."""

import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path

Choice = tuple[str, ...]
"""The names one package has had, the preferred one first."""


def wanted(text: str) -> list[Choice]:
    """Read a list: one choice a line, its names separated by ``|``; ``#`` starts a comment."""
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return [tuple(name.strip() for name in line.split("|")) for line in lines if line]


def wanted_by(lists: Iterable[Path]) -> list[Choice]:
    return [choice for path in lists for choice in wanted(path.read_text(encoding="utf-8"))]


def missing(choices: Sequence[Choice], installed: frozenset[str]) -> list[Choice]:
    return [choice for choice in choices if installed.isdisjoint(choice)]


def to_install(choices: Sequence[Choice], available: frozenset[str]) -> list[str]:
    """The first available name of each choice; the first name where none is, so that apt says what it lacks."""
    return [next((name for name in choice if name in available), choice[0]) for choice in choices]


def installed_here(choices: Sequence[Choice]) -> frozenset[str]:
    query = ["dpkg-query", "--show", "--showformat=${Package} ${db:Status-Status}\n", *_names(choices)]
    # Status 1 only says that some name is unknown.
    found = subprocess.run(query, capture_output=True, text=True, check=False).stdout
    pairs = (line.split() for line in found.splitlines())
    return frozenset(pair[0] for pair in pairs if pair[1:] == ["installed"])


def available_here(choices: Sequence[Choice]) -> frozenset[str]:
    """Names with a version of their own; a name that others merely provide is not one of them."""
    query = ["apt-cache", "show", "--no-all-versions", *_names(choices)]
    found = subprocess.run(query, capture_output=True, text=True, check=False).stdout
    return frozenset(line.split(":", 1)[1].strip() for line in found.splitlines() if line.startswith("Package:"))


def _names(choices: Sequence[Choice]) -> list[str]:
    return [name for choice in choices for name in choice]
