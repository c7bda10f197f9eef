"""The kiosk's log: one JSON object a line, ids and codes only, rotated; never a name, number, note or token."""

import logging
from datetime import UTC, datetime
from pathlib import Path

#: Bytes of one file, and how many old ones are kept.
FILE_BYTES = 2 * 1024 * 1024
OLD_FILES = 5


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        import json

        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "level": record.levelname.lower(), "part": record.name, "what": record.getMessage()}
        return json.dumps(line, ensure_ascii=False)


class _AtFirstRecord(logging.Handler):
    """Opens the file with the first record: the first frame need not wait for the modules this takes."""

    def __init__(self, file: Path) -> None:
        super().__init__()
        self._file = file
        self._opened: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._opened is None:
            from logging.handlers import RotatingFileHandler

            self._opened = RotatingFileHandler(self._file, maxBytes=FILE_BYTES, backupCount=OLD_FILES, encoding="utf-8")
            self._opened.setFormatter(_JsonLines())
        self._opened.emit(record)

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()
        super().close()


def start_log(folder: Path) -> None:
    """Called once per process."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    root = logging.getLogger()
    root.addHandler(_AtFirstRecord(folder / "kiosk.log"))
    root.setLevel(logging.INFO)
    logging.getLogger("urllib3").setLevel(logging.ERROR)
