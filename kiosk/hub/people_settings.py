"""The [people] table of hub.toml: the folder that gets a list of people every night."""

from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Any

from kiosk.hub.table_reader import Fail, TableReader


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
    named = table.get("folder")
    if not isinstance(named, str) or not named:
        read.wrong("folder", "name the folder that gets the lists")
    return PeopleSettings(folder / named, read.time_of_day("at", time(3)))
