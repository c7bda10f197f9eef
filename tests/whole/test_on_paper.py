"""A report made without network, read from its slip and brought by a phone: before, after and beside the kiosk."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests
import zxingcpp
from PIL import Image

from kiosk.config import Settings
from kiosk.domain.language import Language
from kiosk.services.requests import End
from kiosk.services.views import DoneKind, Screen
from kiosk.words import say
from tests.patience import PATIENCE

from .absent_hub import AbsentHub
from .enrolled import enrolled, open_operations
from .whole_kiosk import WholeKiosk, whole_kiosk

AT_ONCE = 10


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[AbsentHub]:
    made = AbsentHub(tmp_path_factory.mktemp("paper") / "hub", "--public-url", "own")
    yield made
    made.stop()


@pytest.fixture
def kiosk(hub: AbsentHub, tmp_path: Path) -> Settings:
    return enrolled(hub.running, tmp_path / "kiosk")


def told_offline(running: WholeKiosk) -> str:
    """The number of a report that this kiosk could not send."""
    running.on(Screen.ATTRACT)
    running.until(lambda: running.view.strip.kind != "offline", "the hub was never there")
    running.do("net off")
    running.drawer.seconds_ahead += 120.0
    running.until(lambda: running.view.strip.kind == "offline", "the strip's “no network”")
    page = running.report()
    assert page.kind is DoneKind.SAVED
    assert page.slip == "printed"
    running.ask(End(), Screen.ATTRACT)
    return page.reference


def address_on(settings: Settings) -> str:
    """What a reader reads from the last slip."""
    slips = sorted(settings.printer.path.glob("slip-*.png"), key=lambda file: file.stat().st_mtime_ns)
    with Image.open(slips[-1]) as picture:
        (found,) = zxingcpp.read_barcodes(picture.convert("L"))
    return str(found.text)


def scan(hub: AbsentHub, address: str) -> str:
    """The page a phone ends on."""
    with requests.Session() as phone:
        phone.trust_env = False
        headers = {"accept-language": "zh-CN"}
        answer = phone.get(address, headers=headers, verify=str(hub.running.ca), timeout=PATIENCE)
    assert answer.status_code == 200, answer.text
    return answer.text


def back_online(running: WholeKiosk, settings: Settings) -> None:
    running.do("net on")
    running.drawer.seconds_ahead += 3600.0
    running.until(lambda: open_operations(settings.data) == 0, "it has not arrived")


def is_its_page(page: str, reference: str) -> bool:
    return reference in page and say(Language.ZH, "follow.said_arrived") in page


def test_paper_before_the_kiosk_is_one_ticket_with_the_slips_number(hub: AbsentHub, kiosk: Settings) -> None:
    with whole_kiosk(kiosk) as running:
        reference = told_offline(running)
        assert hub.count(reference) == 0
        assert is_its_page(scan(hub, address_on(kiosk)), reference)
        assert hub.count(reference) == 1
        assert open_operations(kiosk.data) == 1, "the kiosk cannot know"
        back_online(running, kiosk)
    assert hub.count(reference) == 1


def test_the_kiosk_before_the_paper_is_one_ticket_too(hub: AbsentHub, kiosk: Settings) -> None:
    with whole_kiosk(kiosk) as running:
        reference = told_offline(running)
        back_online(running, kiosk)
        assert hub.count(reference) == 1
        assert is_its_page(scan(hub, address_on(kiosk)), reference)
    assert hub.count(reference) == 1


def test_ten_phones_and_the_kiosk_at_once_are_one_ticket(hub: AbsentHub, kiosk: Settings) -> None:
    with whole_kiosk(kiosk) as running:
        reference = told_offline(running)
        address = address_on(kiosk)
        with ThreadPoolExecutor(AT_ONCE) as phones:
            pages = [phones.submit(scan, hub, address) for _ in range(AT_ONCE)]
            back_online(running, kiosk)
        assert all(is_its_page(page.result(), reference) for page in pages)
    assert hub.count(reference) == 1


def test_a_kiosk_whose_disk_is_gone_has_still_told_by_its_paper(hub: AbsentHub, kiosk: Settings) -> None:
    with whole_kiosk(kiosk) as running:
        reference = told_offline(running)
    address = address_on(kiosk)
    for file in kiosk.data.iterdir():
        if file.is_file():
            file.unlink()
    assert is_its_page(scan(hub, address), reference)
    assert hub.count(reference) == 1
