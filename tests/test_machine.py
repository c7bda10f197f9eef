"""What a kiosk says to staff of the machine it runs on: true here and now, and nothing is loaded for it."""

import socket
import sys

import pytest

from kiosk import machine
from kiosk.domain.upkeep import Closed, ClosedFor
from kiosk.machine import Machine, addresses


def test_its_addresses_are_its_own_and_loopback_is_none_of_them(monkeypatch: pytest.MonkeyPatch) -> None:
    told = addresses()
    assert not any(each.startswith("127.") for each in told)
    monkeypatch.setattr(machine, "_LOOPBACK", "never")
    assert {*told, "127.0.0.1 (lo)"} <= set(addresses())
    for each in told:
        with socket.socket() as own:
            own.bind((each.split()[0], 0))


def test_versions_are_of_what_runs_and_nothing_is_loaded_to_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "requests", raising=False)
    versions = dict(Machine("https://hub.example.edu", "3.53.0", lambda _: None, None).facts().versions)
    assert versions["SQLite"] == "3.53.0"
    assert versions["Python"] == sys.version.split()[0]
    assert "requests" not in versions
    assert "requests" not in sys.modules


def test_it_restarts_only_where_somebody_starts_it_again() -> None:
    ended: list[str] = []
    kept: list[Closed | None] = []
    assert not Machine("", "", kept.append, None).restart()
    here = Machine("", "", kept.append, lambda: ended.append("ended"))
    assert here.restart()
    assert ended == ["ended"]
    here.keep_closed(Closed(ClosedFor.WORKS))
    assert kept == [Closed(ClosedFor.WORKS)]
