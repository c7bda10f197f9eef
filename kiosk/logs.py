"""The kiosk's log: one JSON object a line, ids and codes only, rotated; never a name, number, note or token."""

import json
import logging
import logging.handlers
from datetime import UTC, datetime
from pathlib import Path

#: Bytes of one file, and how many old ones are kept.
FILE_BYTES = 2 * 1024 * 1024
OLD_FILES = 5


class _JsonLines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "level": record.levelname.lower(), "part": record.name, "what": record.getMessage()}
        return json.dumps(line, ensure_ascii=False)


def start_log(folder: Path) -> None:
    """Called once per process."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handler = logging.handlers.RotatingFileHandler(
        folder / "kiosk.log", maxBytes=FILE_BYTES, backupCount=OLD_FILES, encoding="utf-8"
    )
    handler.setFormatter(_JsonLines())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.getLogger("urllib3").setLevel(logging.ERROR)
