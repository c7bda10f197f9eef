"""An enrolled kiosk's data folder and settings, made with a real hub."""

import shutil
from pathlib import Path

from kiosk.config import HubSettings, PrinterSettings, ReaderSettings, ScreenSettings, Settings
from kiosk.enrolment import Enrolled, enrol
from kiosk.offline import outbox_reading
from kiosk.offline.places import Places

from ..real.hub_process import RunningHub

SIZE = (1080, 1920)


def enrolled(hub: RunningHub, data: Path, place: str = "lib-1f") -> Settings:
    """A new kiosk of ``hub`` with simulated devices; slips go to ``data``/slips."""
    answer = enrol(data, hub.url, hub.ca.read_text(), hub.code(place))
    assert isinstance(answer, Enrolled), answer
    return settings(data, hub.url, hub.ca)


def settings(data: Path, url: str, ca: Path) -> Settings:
    return Settings(
        data=data,
        hub=HubSettings(url, ca),
        screen=ScreenSettings(*SIZE),
        reader=ReaderSettings(kind="simulated"),
        printer=PrinterSettings(kind="simulated", path=data / "slips"),
    )


def config_file(made: Settings, folder: Path) -> Path:
    """kiosk.toml that says what ``made`` says."""
    file = folder / "kiosk.toml"
    file.write_text(
        f'data = "{made.data}"\n[hub]\nurl = "{made.hub.url}"\nca = "{made.hub.ca}"\n'
        f"[screen]\nwidth = {made.screen.width}\nheight = {made.screen.height}\n"
        f'[reader]\nkind = "simulated"\n[printer]\nkind = "simulated"\npath = "{made.printer.path}"\n',
        encoding="utf-8",
    )
    return file


def copied(data: Path, to: Path) -> Path:
    """The same kiosk once more, for hubs that are not real: both would use the same numbers."""
    shutil.copytree(data, to)
    return to


def open_operations(data: Path) -> int:
    """How many operations of this kiosk the hub has not answered."""
    rows = outbox_reading.listing(Places(data).database)
    assert isinstance(rows, list)
    return len([row for row in rows if row["state"] in ("waiting", "sending")])
