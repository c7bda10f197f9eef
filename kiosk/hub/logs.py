"""JSON lines with ids only: no name, note, number, address, token or PIN can be given to ``event``.

The file is rotated; a traceback keeps places in the code and the kind of exception, never its text.
"""

import logging
import re
import sys
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path

import msgspec

from kiosk.hub.clock import Clock, shown

MOST_BYTES = 5_000_000
KEPT_FILES = 5

#: What may stand in a log: ids and codes the hub or an enrolled kiosk made, numbers.
_HARMLESS = re.compile(r"[A-Za-z0-9_.:/+{}-]{0,80}")

log = logging.getLogger("kiosk.hub")


def event(what: str, **ids: str | int | None) -> None:
    log.info(what, extra={"ids": ids})


def trouble(what: str, error: BaseException, **ids: str | int | None) -> None:
    """A bug or a broken part: logged with where it happened."""
    log.error(what, extra={"ids": ids}, exc_info=error)


def code(reason: str) -> str:
    """A reason of our own in words, as it may stand in a log."""
    return reason.replace(" ", "_")


class JsonLines(logging.Formatter):
    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self._clock = clock

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {"at": shown(self._clock()), "level": record.levelname.lower()}
        if record.name == log.name:
            entry["what"] = record.msg
            entry |= {key: _harmless(value) for key, value in getattr(record, "ids", {}).items() if value is not None}
        else:
            entry |= {"what": "library", "logger": record.name}
        if record.exc_info and record.exc_info[1]:
            error = record.exc_info[1]
            frames = traceback.extract_tb(error.__traceback__)[-12:]
            entry["error"] = type(error).__name__
            entry["where"] = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in frames]
        return msgspec.json.encode(entry).decode()


def start_log(folder: Path, clock: Clock) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    to_file = RotatingFileHandler(
        folder / "hub.log", maxBytes=MOST_BYTES, backupCount=KEPT_FILES, encoding="utf-8", errors="replace"
    )
    to_screen = logging.StreamHandler(sys.stderr)
    to_screen.setLevel(logging.ERROR)
    for handler in (to_file, to_screen):
        handler.setFormatter(JsonLines(clock))
    logging.basicConfig(level=logging.WARNING, handlers=[to_file, to_screen], force=True)
    log.setLevel(logging.INFO)


def _harmless(value: object) -> object:
    if isinstance(value, int):
        return value
    return value if isinstance(value, str) and _HARMLESS.fullmatch(value) else "(not logged)"
