"""A whole kiosk and how it is: on the strip, for `kiosk doctor`, at the hub, and what it offers with little."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from kiosk import outside
from kiosk.cli import main
from kiosk.config import PrinterSettings, ReaderSettings, Settings
from kiosk.domain.devices import PrinterState
from kiosk.domain.health import Down, Health, Reading, Ready, Subject, Why, line_of
from kiosk.domain.language import Language
from kiosk.domain.operations import OpId
from kiosk.domain.roles import Role
from kiosk.domain.self_tests import Part, SelfTestRecord, Staff, Verdict
from kiosk.hub.config import load
from kiosk.hub.place import database_url
from kiosk.hub.services.book import read_book
from kiosk.hub.services.kiosk_health import ListedKiosk, list_kiosks
from kiosk.hub.store.database import Store
from kiosk.offline import lock
from kiosk.offline.boot import Opened, open_database
from kiosk.offline.lock import Lock
from kiosk.offline.places import Places
from kiosk.offline.self_tests import SelfTestStore
from kiosk.outside import Outside
from kiosk.services import requests
from kiosk.services.views import CardConfirmPage, DonePage, HomePage, IdentifyPage, NoticeKind, Screen, StripKind
from kiosk.words import say
from tests.patience import PATIENCE

from ..real.hub_process import command
from .absent_hub import AbsentHub
from .enrolled import config_file
from .whole_kiosk import WholeKiosk, whole_kiosk

#: Tiles of home that need no reader and no printer.
WITHOUT_DEVICES = {"report", "knowledge", "tickets", "card", "account", "feedback"}


def bare(kiosk: Settings) -> Settings:
    return msgspec.structs.replace(kiosk, reader=ReaderSettings(kind="none"), printer=PrinterSettings(kind="none"))


def home_tiles(running: WholeKiosk) -> set[str]:
    running.start()
    return {tile.id for tile in running.page(HomePage).tiles}


def test_a_kiosk_without_printer_and_reader_offers_what_needs_none(kiosk: Settings, hub: AbsentHub) -> None:
    with whole_kiosk(kiosk) as full:
        with_devices = home_tiles(full)
        assert "card_lost" in with_devices
    settings = bare(kiosk)
    with whole_kiosk(settings, lambda _: outside.real(settings)) as running:
        assert home_tiles(running) == with_devices, "every way in goes by a typed number, or by nobody"
        assert with_devices >= WITHOUT_DEVICES
        assert running.view.strip.kind is StripKind.NORMAL, "what is not there is not missed"
        running.fill_in()
        page = running.hand_in()
        assert isinstance(page, DonePage)
        assert (page.slip, bool(page.reference)) == ("", True), "nothing speaks of a slip, the number is on the screen"
        assert hub.count(page.reference) == 1
        session = running.kiosk.backstage
        assert session is not None
        assert line_of(session.health.session.health, Subject.PRINTER) is None
        assert line_of(session.health.session.health, Subject.READER) is None
        running.ask(requests.End(), Screen.ATTRACT)
        running.start()
        running.ask(requests.Open("card_lost"), Screen.CARD_CONFIRM)
        assert running.page(CardConfirmPage).ways == (), "a found card cannot be looked at here"
        running.ask(requests.End(), Screen.ATTRACT)
        running.start()
        running.ask(requests.Open("knowledge"), Screen.TOPICS)
        running.ask(requests.End(), Screen.ATTRACT)
        running.start()
        running.ask(requests.Open("tickets"), Screen.IDENTIFY)
        notice = running.page(IdentifyPage).notice
        assert notice is not None
        assert notice.kind is NoticeKind.INFO, "nothing is broken"
        running.ask(requests.Open("number"), Screen.NUMBER)


class Faulty:
    """Looks at a machine where what a test names is broken, until it is not."""

    def __init__(self) -> None:
        self.disk: Health = Ready()

    def world(self, made: Outside) -> Outside:
        looks = {Subject.DISK: lambda: Reading(Subject.DISK, self.disk, "1.0 GB")}
        return msgspec.structs.replace(made, looks=lambda _settings: looks)


def known_at_hub(hub: AbsentHub, kiosk: str) -> ListedKiosk:
    store = Store(database_url(load(None), hub.running.data))
    with store.read() as db:
        (mine,) = [each for each in list_kiosks(db, read_book(db)) if each.kiosk == kiosk]
    store.close()
    return mine


def part_at_hub(hub: AbsentHub, kiosk: str, subject: Subject) -> tuple[str, str]:
    parts = known_at_hub(hub, kiosk).parts
    return next(((part.level, part.why) for part in parts if part.subject == subject), ("", ""))


def identity(settings: Settings) -> str:
    return str(json.loads((settings.data / "kiosk.json").read_text())["kiosk"])


def sooner(running: WholeKiosk, condition: Callable[[], object], what: str) -> None:
    """As ``until``, where somebody wants to see it: nobody waits minutes for the next look at a disk."""

    def there() -> bool:
        backstage = running.kiosk.backstage
        assert backstage is not None
        backstage.health.look_now()
        return bool(condition())

    running.until(there, what)


def test_a_disk_that_turned_read_only_is_said_on_the_strip_and_at_the_hub_until_it_is_well(
    kiosk: Settings, hub: AbsentHub
) -> None:
    faulty, name = Faulty(), identity(kiosk)
    faulty.disk = Down(Why.DISK_READ_ONLY)
    with whole_kiosk(kiosk, faulty.world) as running:
        running.start()
        sooner(running, lambda: running.view.strip.text == say(Language.ZH, "strip.disk"), "the strip's “disk”")
        sooner(running, lambda: part_at_hub(hub, name, Subject.DISK)[0] == "down", "the hub to hear")
        said = command(hub.running.data, "kiosks")
        assert any(say(language, "health_why.disk_read_only") in said for language in Language)
        listed = json.loads(command(hub.running.data, "kiosks", "--json"))
        parts = [part for each in listed if each["kiosk"] == name for part in each["parts"]]
        assert "disk_read_only" in [part["why"] for part in parts if part["subject"] == "disk"]
        faulty.disk = Ready()
        sooner(running, lambda: part_at_hub(hub, name, Subject.DISK)[0] == "ready", "the hub to hear it is well")
        sooner(running, lambda: running.view.strip.kind is StripKind.NORMAL, "the strip to be quiet")


def test_a_self_test_is_known_at_the_hub_and_to_doctor(kiosk: Settings, hub: AbsentHub) -> None:
    by, name = Staff(Role.ADMIN, "a1"), identity(kiosk)
    made = SelfTestRecord(OpId.new().value, Part.PRINTER, datetime.now(UTC), by, Verdict.PASSED, by)
    database = open_database(Places(kiosk.data).database)
    assert isinstance(database, Opened)
    assert SelfTestStore(database.database).keep(made)
    database.database.close()

    def told() -> bool:
        tests = known_at_hub(hub, name).self_tests
        return [(test.part, test.outcome, test.by) for test in tests] == [("printer", "passed", "admin/a1")]

    with whole_kiosk(kiosk) as running:
        running.until(told, "the hub to hear of the self-test")
    tests = doctor(kiosk)["self_tests"]
    assert isinstance(tests, list)
    (known,) = tests
    assert (known["part"], known["outcome"], known["confirmed_by"]) == ("printer", "passed", "admin/a1")


# -- kiosk doctor ---------------------------------------------------------------------------------------------------
def doctor(settings: Settings, *, status: int | None = None) -> dict[str, object]:
    """In a process of its own, as somebody types it."""
    done = run_doctor(settings, "--json")
    assert status in (None, done.returncode), done.stdout + done.stderr
    found: dict[str, object] = json.loads(done.stdout)
    return found


def run_doctor(settings: Settings, *more: str) -> "subprocess.CompletedProcess[str]":
    file = config_file(settings, settings.data.parent)
    line = [sys.executable, "-m", "kiosk", "doctor", "--config", str(file), *more]
    return subprocess.run(line, capture_output=True, text=True, timeout=PATIENCE, check=False)


def lines(report: dict[str, object]) -> dict[str, tuple[str, str | None]]:
    found = report["lines"]
    assert isinstance(found, list)
    return {line["subject"]: (line["level"], line["why"]) for line in found}


def test_doctor_examines_a_kiosk_that_does_not_run(kiosk: Settings) -> None:
    report = doctor(kiosk)
    found = lines(report)
    assert report["running"] is None
    assert found["program"] == ("degraded", "not_running")
    assert {found[part][0] for part in ("hub", "certificate", "reader", "printer", "disk", "clock", "fonts")} <= {
        "ready",
        "degraded",
    }
    for line in report["lines"]:  # type: ignore[attr-defined]
        assert bool(line["do"]) == (line["level"] != "ready"), line


def test_doctor_reads_of_a_running_kiosk_what_it_knows_and_leaves_it_alone(kiosk: Settings) -> None:
    held = lock.take(Places(kiosk.data).lock)
    assert isinstance(held, Lock)
    with whole_kiosk(kiosk) as running:
        running.start()
        running.do("paper out")
        backstage = running.kiosk.backstage
        assert backstage is not None
        running.until(lambda: backstage.health.session.printer is PrinterState.NO_PAPER, "the printer to say so")
        before = running.view

        def seen() -> bool:
            report = doctor(kiosk)
            assert isinstance(report["running"], int)
            assert lines(report)["program"] == ("ready", None)
            return lines(report).get("printer") == ("down", "no_paper")

        running.until(seen, "doctor to see that there is no paper")
        doctor(kiosk, status=1)
        assert running.view.page == before.page, "the visitor did not notice"
    held.release()


@pytest.mark.parametrize("language", Language)
def test_doctor_says_in_both_languages_what_to_do(
    kiosk: Settings, language: Language, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (kiosk.data / "kiosk.json").unlink()
    monkeypatch.setenv("LANG", {"zh": "zh_CN.UTF-8", "en": "en_GB.UTF-8"}[language])
    for name in ("LC_ALL", "LC_MESSAGES", "LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    assert main(["doctor", "--config", str(config_file(kiosk, kiosk.data.parent))]) == 1
    said = capsys.readouterr().out
    assert say(language, "health_why.not_enrolled") in said
    assert say(language, "health_do.not_enrolled") in said
    assert said.rstrip().endswith(say(language, "doctor.down", count=1))


def test_doctor_wants_settings(tmp_path: Path) -> None:
    assert main(["doctor", "--config", str(tmp_path / "none.toml")]) == 2
