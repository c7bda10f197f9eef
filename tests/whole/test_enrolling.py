"""A machine nobody knows becomes a kiosk: switched on, compared, approved, and somebody reports what is broken."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kiosk.config import HubSettings, PrinterSettings, ReaderSettings, ScreenSettings, Settings
from kiosk.domain.language import Language
from kiosk.hub.config import Settings as HubsSettings
from kiosk.hub.console.kiosks import in_words
from kiosk.hub.place import open_existing
from kiosk.hub.services.book import read_book
from kiosk.hub.services.refusal import No
from kiosk.hub.services.waiting_kiosks import approve, waiting
from kiosk.hub.tls import prepare
from kiosk.offline import identity
from kiosk.offline.places import Places
from kiosk.services import requests
from kiosk.services.views import EnrolPage, NoticeKind, Screen
from tests.real.hub_process import RunningHub, hub_with_sample

from .enrolled import SIZE
from .whole_kiosk import WholeKiosk, whole_kiosk


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    with hub_with_sample(tmp_path_factory.mktemp("campus") / "hub") as hub:
        yield hub


def new_machine(folder: Path, url: str, ca: Path = Path()) -> Settings:
    return Settings(
        data=folder / "kiosk",
        hub=HubSettings(url, ca),
        screen=ScreenSettings(*SIZE),
        reader=ReaderSettings(kind="simulated"),
        printer=PrinterSettings(kind="simulated", path=folder / "slips"),
    )


def approved_by_what_it_shows(hub: RunningHub, page: EnrolPage, place: str) -> str:
    """What an administrator does who stands before it: finds the same words in the console, types its code."""
    store = open_existing(HubsSettings(), hub.data)
    try:
        with store.write() as db:
            now = datetime.now(UTC)
            words = page.words_zh, page.words_en
            (there,) = [
                one
                for one in waiting(db, now)
                if (in_words(one.words, Language.ZH), in_words(one.words, Language.EN)) == words
            ]
            kiosk = approve(db, read_book(db), there.public, page.code, place, now)
            assert not isinstance(kiosk, No), kiosk
            return kiosk.id
    finally:
        store.close()


def shows_its_code(kiosk: WholeKiosk) -> EnrolPage:
    kiosk.on(Screen.ENROL)
    return kiosk.page(EnrolPage, lambda page: page.code)


@pytest.mark.parametrize("authority", ["agreed when it is approved", "put there before"])
def test_a_new_machine_is_approved_by_its_screen_and_serves_its_first_report(
    hub: RunningHub, tmp_path: Path, authority: str
) -> None:
    settings = new_machine(tmp_path, hub.url, hub.ca if authority == "put there before" else Path())
    before = len(hub.tickets())
    with whole_kiosk(settings) as kiosk:
        page = shows_its_code(kiosk)
        assert page.qr == f"{hub.url}/console/kiosks?code={page.code.replace(' ', '')}"
        kiosk.post(requests.Touched())
        name = approved_by_what_it_shows(hub, page, "teach2-1f")
        kiosk.until(lambda: kiosk.kiosk.backstage, "it was not wired as a kiosk")
        assert kiosk.report().reference
        kiosk.until(lambda: len(hub.tickets()) == before + 1, "the report did not arrive")
    known = identity.load(Places(settings.data).identity)
    assert known is not None
    assert (known.kiosk, known.hub, known.ca) == (name, hub.url, hub.ca.read_text())
    with whole_kiosk(settings) as kiosk:
        kiosk.on(Screen.ATTRACT)


def test_a_kiosk_that_trusts_another_authority_says_so_and_has_no_code(hub: RunningHub, tmp_path: Path) -> None:
    prepare(tmp_path / "tls")
    settings = new_machine(tmp_path, hub.url, tmp_path / "tls" / "ca.pem")
    with whole_kiosk(settings) as kiosk:
        kiosk.on(Screen.ENROL)
        page = kiosk.page(EnrolPage, lambda page: page.kind is NoticeKind.DANGER)
        assert (page.code, page.qr, page.words_zh) == ("", "", "")


def test_started_again_it_shows_another_code_and_other_words(hub: RunningHub, tmp_path: Path) -> None:
    """Whoever stood between at the first start knows its key by now."""
    settings, shown = new_machine(tmp_path, hub.url), []
    for _ in range(2):
        with whole_kiosk(settings) as kiosk:
            page = shows_its_code(kiosk)
            shown.append((page.code, page.words_zh))
    (first, words), (second, others) = shown
    assert first != second
    assert words != others


def test_without_its_hub_a_new_machine_says_what_to_look_at_and_goes_on_asking(tmp_path: Path) -> None:
    settings = new_machine(tmp_path, "https://127.0.0.1:9")
    with whole_kiosk(settings) as kiosk:
        kiosk.on(Screen.ENROL)
        page = kiosk.page(EnrolPage, lambda page: page.kind is NoticeKind.WARN)
        assert page.hub == "https://127.0.0.1:9"


def test_enrolling_by_command_without_an_authority_says_what_to_do_instead(tmp_path: Path) -> None:
    file = tmp_path / "kiosk.toml"
    file.write_text('data = "d"\n[hub]\nurl = "https://127.0.0.1:9"\n')
    line = [sys.executable, "-m", "kiosk", "enrol", "--config", str(file), "--code", "ABCDEFGH"]
    done = subprocess.run(line, capture_output=True, text=True, check=False, env={"LANG": "en_US.UTF-8"})
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "ca" in done.stderr
    assert sorted(tmp_path.iterdir()) == [file]
