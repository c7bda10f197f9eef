"""A log line holds ids; what could be personal does not get through, not even in an exception."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from kiosk.hub import logs
from kiosk.hub.logs import JsonLines, event, log, start_log, trouble


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    start_log(tmp_path, lambda: datetime(2026, 11, 16, tzinfo=UTC))
    return tmp_path


def lines(folder: Path) -> list[dict[str, object]]:
    return [msgspec.json.decode(line) for line in (folder / "hub.log").read_text().splitlines()]


def test_ids_and_codes_are_kept_and_anything_else_is_not(folder: Path) -> None:
    event("request", kiosk="lib-1f-1", status=200, note="张明 says", op=None, long="x" * 81)
    assert lines(folder) == [
        {
            "at": "2026-11-16T00:00:00.000+00:00",
            "level": "info",
            "what": "request",
            "kiosk": "lib-1f-1",
            "status": 200,
            "note": "(not logged)",
            "long": "(not logged)",
        }
    ]


def test_a_bug_is_logged_with_its_place_and_without_its_text(folder: Path) -> None:
    try:
        raise ValueError("CANARY")
    except ValueError as error:
        trouble("handler failed", error)
    logging.getLogger("some.library").error("CANARY %s", "CANARY")
    written = (folder / "hub.log").read_text()
    assert "CANARY" not in written
    assert lines(folder)[0]["error"] == "ValueError"
    assert "test_logs.py" in str(lines(folder)[0]["where"])


def test_files_are_rotated_and_old_ones_go(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "MOST_BYTES", 500)
    start_log(folder, lambda: datetime(2026, 11, 16, tzinfo=UTC))
    for _ in range(100):
        event("request", kiosk="lib-1f-1")
    assert len(list(folder.iterdir())) == logs.KEPT_FILES + 1
    assert all(file.stat().st_size <= 500 for file in folder.iterdir())


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    root, level = list(logging.getLogger().handlers), log.level
    yield
    for handler in logging.getLogger().handlers:
        if isinstance(handler.formatter, JsonLines):
            handler.close()
    logging.getLogger().handlers[:] = root
    log.setLevel(level)
