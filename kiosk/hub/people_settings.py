"""The [people] table of hub.toml: the folder that gets a list of people every night."""

import re
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any

from kiosk.hub.table_reader import Fail, TableReader

_AT = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9])")


@dataclass(frozen=True, slots=True)
class PeopleSettings:
    """``at``: by the campus's clock."""

    folder: Path
    at: time = time(3)


def read_people_table(table: Any, folder: Path, fail: Fail) -> PeopleSettings | None:
    """``None``: nobody brings lists. ``folder``: paths are from there; ``fail`` gets key and fix of a mistake."""
    if table is None:
        return None
    read = TableReader("people", table, folder, fail)
    read.only("folder", "at")
    named, at = table.get("folder"), table.get("at", "03:00")
    if not isinstance(named, str) or not named:
        read.wrong("folder", "name the folder that gets the lists")
    found = _AT.fullmatch(at) if isinstance(at, str) else None
    if found is None:
        read.wrong("at", 'write a time of the day: "03:00"')
    return PeopleSettings(folder / named, time(int(found[1]), int(found[2])))
