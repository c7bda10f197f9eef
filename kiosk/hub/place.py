"""Where the hub keeps its database: named in the settings, or a file in the data folder."""

from pathlib import Path

from kiosk.hub.config import Settings
from kiosk.hub.store.database import Store
from kiosk.hub.store.migrate import is_current

DATABASE = "hub.db"


class NoHubHere(Exception):
    """One line for the admin."""


def database_url(settings: Settings, data: Path) -> str:
    return settings.database_url or f"sqlite:///{(data / DATABASE).absolute()}"


def open_existing(settings: Settings, data: Path) -> Store:
    """For commands that work beside a running hub: they never create or migrate. Raises NoHubHere."""
    if not settings.database_url and not (data / DATABASE).exists():
        raise NoHubHere(f"{data} holds no hub; start it once with serve, or load the sample campus")
    store = Store(database_url(settings, data))
    if not is_current(store):
        raise NoHubHere(f"the database of {data} belongs to another version of this program; start serve once")
    return store
