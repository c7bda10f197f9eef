"""The [people] table of hub.toml: the folder that gets a list of people every night."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any, NoReturn

_AT = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


@dataclass(frozen=True, slots=True)
class PeopleSettings:
    """``at``: by the campus's clock."""

    folder: Path
    at: time = time(3)


def read_people_table(table: Any, folder: Path, fail: Callable[[str, str], NoReturn]) -> PeopleSettings | None:
    """``None``: nobody brings lists. ``folder``: paths are from there; ``fail`` gets key and fix of a mistake."""
    if table is None:
        return None
    if not isinstance(table, dict):
        fail("people", "write a table: [people]")
    for key in table:
        if key not in ("folder", "at"):
            fail(f"people.{key}", "is not known; known here: folder, at")
    named, at = table.get("folder"), table.get("at", "03:00")
    if not isinstance(named, str) or not named:
        fail("people.folder", "name the folder that gets the lists")
    found = _AT.fullmatch(at) if isinstance(at, str) else None
    if found is None:
        fail("people.at", 'write a time of the day: "03:00"')
    return PeopleSettings(folder / named, time(int(found[1]), int(found[2])))
