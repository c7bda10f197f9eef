"""One table of hub.toml: its values as they are wanted, or a sentence that names key and fix."""

import re
from collections.abc import Callable
from datetime import time
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn, TypeVar
from urllib.parse import urlsplit

from kiosk.hub.secret_value import Secret, read_secret

THIS_MACHINE = ("127.0.0.1", "::1", "localhost")
_TIME = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")
Fail = Callable[[str, str], NoReturn]
Chosen = TypeVar("Chosen", bound=StrEnum)


class TableReader:
    """``name`` as it stands in brackets; ``folder``: paths are from there; ``fail`` gets key and fix of a mistake."""

    def __init__(self, name: str, table: Any, folder: Path, fail: Fail) -> None:
        if not isinstance(table, dict):
            fail(name, f"write a table: [{name}]")
        self.values: dict[str, Any] = table
        self.folder, self._name, self._fail = folder, name, fail

    def wrong(self, key: str, fix: str) -> NoReturn:
        self._fail(f"{self._name}.{key}", fix)

    def only(self, *known: str, part: str = "") -> None:
        """``part``: the table below this one that is meant."""
        for key in self.part(part) if part else self.values:
            if key not in known:
                self.wrong(f"{part}.{key}" if part else key, f"is not known; known here: {', '.join(known)}")

    def part(self, key: str) -> dict[str, Any]:
        """The table below this one, empty where there is none."""
        found = self.values.get(key, {})
        if not isinstance(found, dict):
            self.wrong(key, f"write a table: [{self._name}.{key}]")
        return dict(found)

    def text(self, key: str, default: str = "") -> str:
        value = self.values.get(key, default)
        if not isinstance(value, str):
            self.wrong(key, 'write a text: "…"')
        return str(value)

    def choice(self, key: str, default: Chosen) -> Chosen:
        """One of the enumeration that ``default`` is of."""
        value, kind = self.values.get(key, default), type(default)
        if value not in list(kind):
            self.wrong(key, f"must be one of: {', '.join(kind)}")
        return kind(value)

    def whole(self, key: str, default: int, low: int, high: int) -> int:
        value = self.values.get(key, default)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            self.wrong(key, f"write a whole number from {low} to {high}")
        return value

    def time_of_day(self, key: str, default: time) -> time:
        """By the campus's clock."""
        value = self.values.get(key, f"{default:%H:%M}")
        found = _TIME.fullmatch(value) if isinstance(value, str) else None
        if found is None:
            self.wrong(key, f'write a time of the day: "{default:%H:%M}"')
        return time(int(found[1]), int(found[2]))

    def seconds(self, key: str, default: float, low: float, high: float) -> float:
        value = self.values.get(key, default)
        if not isinstance(value, int | float) or isinstance(value, bool) or not low <= value <= high:
            self.wrong(key, f"write seconds from {low:g} to {high:g}")
        return float(value)

    def address(self, key: str, fix: str, *, here: bool = False) -> str:
        """An https:// address without a slash at its end; ``here``: http:// too, to this machine. ``fix`` of others."""
        text = self.text(key).rstrip("/")
        try:
            parts = urlsplit(text)
            sound = parts.port is None or parts.port > 0
        except ValueError:
            self.wrong(key, fix)
        safe = parts.scheme == "https" or (here and parts.scheme == "http" and parts.hostname in THIS_MACHINE)
        if not sound or not safe or not parts.hostname or parts.query or parts.fragment or parts.username:
            self.wrong(key, fix)
        return text

    def secret(self, name: str) -> Secret:
        """From the file or the variable that ``NAME_file`` or ``NAME_env`` names."""
        return read_secret(self.values, self._name, name, self.folder, self._fail)

    def authority(self) -> Path | None:
        """The file (PEM) that ``ca`` names; ``None`` where none is: the authorities this machine trusts."""
        return self._pem(self.text("ca")) if self.text("ca") else None

    def own_authority(self, whose: str) -> Path:
        """As ``authority``, where one must be named. ``whose`` certificate it signed."""
        named = self.text("ca")
        if not named:
            self.wrong("ca", f"name the file (PEM) of the authority that signed {whose} certificate")
        return self._pem(named)

    def _pem(self, named: str) -> Path:
        file = (self.folder / named).absolute()
        try:
            text = file.read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError):
            self.wrong("ca", f"{file} cannot be read as PEM")
        if "-----BEGIN CERTIFICATE-----" not in text:
            self.wrong("ca", f"{file} holds no certificate (PEM)")
        return file
