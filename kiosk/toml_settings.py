"""A TOML file -> a typed, frozen value, or a sentence that names the file, the line and the fix."""

import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar

import msgspec

#: Largest settings file that is read, bytes.
MAX_FILE = 256 * 1024

T = TypeVar("T")
# Compiled when a file has a mistake, by re itself.
_AT = r"\(at line (\d+), column \d+\)"
_PATH = r" - at `\$\.?([^`]*)`"
_UNKNOWN = r"unknown field `([^`]*)`"
_INDEX = r"\[(\d+)\]$"
_OWN = r"^([a-z_]+(?:\.[a-z_]+)+)"


class BadSettings(msgspec.Struct, frozen=True):
    """``line`` counts from 1; 0 where the file as a whole is meant (it cannot be read, something is missing)."""

    file: Path
    line: int
    problem: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else str(self.file)
        return f"{where}: {self.problem}"


class Toml(msgspec.Struct, frozen=True):
    """A file's tables, and its text to find lines in."""

    tables: dict[str, Any]
    text: str


def read(file: Path) -> Toml | BadSettings:
    try:
        with file.open("rb") as source:
            raw = source.read(MAX_FILE + 1)
        text = raw.decode("utf-8")
    except OSError as error:
        return BadSettings(file, 0, f"cannot be read: {error.strerror or error}")
    except UnicodeDecodeError as error:
        return BadSettings(file, raw[: error.start].count(b"\n") + 1, "is not UTF-8 text; save it as UTF-8")
    if len(raw) > MAX_FILE:
        return BadSettings(file, 0, f"is larger than {MAX_FILE} bytes")
    try:
        return Toml(tomllib.loads(text), text)
    except tomllib.TOMLDecodeError as error:
        match = re.search(_AT, str(error))
        line = int(match[1]) if match else max(1, len(text.splitlines()))
        return BadSettings(file, line, f"is not TOML: {re.sub(_AT, '', str(error)).strip()}; correct this line")


def load(file: Path, kind: type[T]) -> T | BadSettings:
    """Unknown keys are refused: a misspelled one must not be silently without effect."""
    toml = read(file)
    if isinstance(toml, BadSettings):
        return toml
    try:
        return msgspec.convert(toml.tables, kind, strict=True, dec_hook=_path)
    except msgspec.ValidationError as error:
        return _invalid(file, toml.text, str(error))


def _path(kind: type, value: object) -> object:
    if kind is Path and isinstance(value, str):
        return Path(value)
    raise ValueError(f"expected a text in quotes, got {type(value).__name__}")


def _invalid(file: Path, text: str, message: str) -> BadSettings:
    match = re.search(_PATH, message)
    path = [re.sub(_INDEX, r"#\1", part) for part in (match[1].split(".") if match else []) if part]
    problem = re.sub(_PATH, "", message)
    own = re.match(_OWN, problem)
    unknown = re.search(_UNKNOWN, problem)
    if unknown:
        path.append(unknown[1])
        problem = f"unknown setting {_said(path)}; remove it or correct its name"
    elif own:
        first, *rest = own[1].split(".")
        path = [path[0] if path and path[0].partition("#")[0] == first else first, *rest]
    elif path:
        problem = f"{_said(path)}: {problem}"
    return BadSettings(file, line_of(text, path), problem)


def _said(path: list[str]) -> str:
    return ".".join(part.partition("#")[0] for part in path)


def wrong(file: Path, path: list[str], problem: str) -> BadSettings:
    """For what only its use shows: ``path`` as in line_of."""
    toml = read(file)
    line = line_of(toml.text, path) if isinstance(toml, Toml) else 0
    return BadSettings(file, line, f"{_said(path)}: {problem}")


def line_of(text: str, path: list[str]) -> int:
    """The line of key ``a.b.c`` (or of the nearest table above it), counted from 1; 0 where it is not in the file.

    The n-th of several ``[[tables]]`` is called ``tables#n``, counted from 0.
    """
    table: list[str] = []
    several: dict[str, int] = {}
    found = 0
    for number, line in enumerate(text.splitlines(), 1):
        stripped = line.strip()
        header = re.match(r"(\[\[?)\s*([^\]]+?)\s*\]", stripped)
        if header:
            table = [part.strip().strip('"') for part in header[2].split(".")]
            if header[1] == "[[":
                count = several.get(header[2], 0)
                several[header[2]] = count + 1
                table[-1] += f"#{count}"
            if table == path[: len(table)]:
                found = number
            continue
        key = re.match(r"[\"']?([A-Za-z0-9_-]+)[\"']?\s*[=.]", stripped)
        if key and [*table, key[1]] == path[: len(table) + 1]:
            return number
    return found
