"""What is optional to others is left out while they are imported, and nobody notices afterwards."""

import importlib
import sys

import pytest

from kiosk.lean import without


def test_what_is_left_out_cannot_be_imported_inside_and_can_be_after(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "wave", raising=False)
    with without("wave"), pytest.raises(ImportError):
        importlib.import_module("wave")
    assert importlib.import_module("wave").__name__ == "wave"


def test_what_is_there_already_stays() -> None:
    there = importlib.import_module("wave")
    with without("wave"):
        assert importlib.import_module("wave") is there
    assert sys.modules["wave"] is there
