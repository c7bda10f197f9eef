"""A campus that has none of these systems, only files: a folder that says what it is, a list of people each night, the
card office's files. Its kiosk's screens show what there is and nothing that leads nowhere."""

import os
import re
import shutil
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from kiosk.domain.language import Language
from kiosk.hub.builtin.sample import sample_folder
from kiosk.services import requests as r
from kiosk.services.views import CardPage, CodePage, DonePage, HomePage, PinNewPage, PinPage, Screen, TicketsPage
from kiosk.words import say
from tests.patience import PATIENCE
from tests.real.hub_process import RunningHub, command, config_file, start_hub
from tests.whole.enrolled import enrolled
from tests.whole.test_card_files import NUMBER, ZHANG, drop
from tests.whole.whole_kiosk import WholeKiosk, whole_kiosk

HEAD = "学号,姓名,身份,院系,手机,邮箱,校园卡\n"
STUDENT = f"{NUMBER},张一明,学生,计算机学院,13800135521,,04A1B2C3D4E580\n"
ADMIN = "T2010007,Ada Lovelace,管理员,信息中心,,ada@example.edu,5C8810D2\n"
SECOND_ADMIN = "T2010008,Grace Hopper,管理员,信息中心,,grace@example.edu,\n"
#: So many that one who leaves is less than one in twenty.
OTHERS = "".join(f"202401{n:05d},同学{n},学生,外国语学院,,,04B7112A3C{n:04X}\n" for n in range(1, 31))
ZONE = ZoneInfo("Asia/Shanghai")
NEW_PIN = "735914"


def put(folder: Path, name: str, people: str) -> None:
    """A list that came some minutes ago: one that may still be written is left alone."""
    folder.mkdir(exist_ok=True)
    file = folder / name
    file.write_text(HEAD + people, encoding="utf-8")
    at = time.time() - 180
    os.utime(file, (at, at))


def campus_of_files(folder: Path) -> Path:
    """The hub's data folder, with nobody there yet."""
    campus, data = folder / "campus", folder / "hub"
    campus.mkdir()
    for name in ("campus.toml", "catalogue.toml", "places.toml"):
        shutil.copy(sample_folder() / name, campus / name)
    dropped = (datetime.now(ZONE) - timedelta(days=1)).replace(hour=12, minute=7)
    put(folder / "people", "monday.csv", STUDENT + OTHERS + ADMIN)
    tables = drop(folder / "office", dropped) + f'[people]\nfolder = "{folder}/people"\nat = "03:00"\n'
    config_file(data, tables=tables)
    command(data, "campus", "import", str(campus))
    return data


def comes(condition: Callable[[], bool], what: str) -> None:
    """What the hub does by itself, now and then."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.5)


def staff(hub: RunningHub) -> str:
    return command(hub.data, "staff", "list")


def tapped(kiosk: WholeKiosk) -> HomePage:
    kiosk.on(Screen.ATTRACT)
    kiosk.do(f"tap {ZHANG}")
    kiosk.do("card-off")
    kiosk.on(Screen.HOME)
    return kiosk.page(HomePage)


def report(kiosk: WholeKiosk) -> str:
    kiosk.fill_in()
    kiosk.ask(r.Submit(), Screen.DONE)
    reference = kiosk.page(DonePage, lambda page: page.slip == "printed").reference
    kiosk.ask(r.End(), Screen.ATTRACT)
    return reference


def set_first_pin(kiosk: WholeKiosk, messages: Path) -> None:
    """No PIN comes with a list: a code on the phone on file and the card are enough for an own one."""
    kiosk.ask(r.Open("tickets"), Screen.PIN)
    kiosk.ask(r.Open("pin_forgotten"), Screen.CODE)
    kiosk.page(CodePage, lambda page: not page.locked)
    code = re.findall(r"\b[0-9]{6}\b", messages.read_text(encoding="utf-8"))[-1]
    kiosk.post(*(r.Choose(Screen.CODE, "key", digit) for digit in code))
    kiosk.on(Screen.PIN_NEW)
    for step in (1, 2):
        kiosk.page(PinNewPage, lambda page, step=step: page.step == step and page.filled == 0)  # type: ignore[misc]
        type_new(kiosk)
    kiosk.page(PinNewPage, lambda page: page.finish)
    kiosk.post(r.Choose(Screen.PIN_NEW, "finish", ""))
    kiosk.on(Screen.TICKETS)


def type_new(kiosk: WholeKiosk) -> None:
    backstage = kiosk.kiosk.backstage
    assert backstage is not None
    for count, digit in enumerate(NEW_PIN, 1):
        backstage.pin_pad.key(ord(digit))
        if count < len(NEW_PIN):
            kiosk.page(PinNewPage, lambda page, count=count: page.filled == count)  # type: ignore[misc]


def wrong(page: PinPage) -> bool:
    return page.notice is not None and page.notice.title == say(Language.ZH, "pin.wrong")


@pytest.mark.timeout(600)
def test_a_campus_of_files_alone_serves_whoever_is_on_tonights_list(tmp_path: Path) -> None:
    data, clock, messages = campus_of_files(tmp_path), tmp_path / "clock", tmp_path / "messages.jsonl"
    hub = start_hub(data, "--clock-offset-file", str(clock), "--messages", str(messages))
    try:
        comes(lambda: "T2010007" in staff(hub), "the list is not taken")
        with whole_kiosk(enrolled(hub, tmp_path / "kiosk")) as kiosk:
            tiles = {tile.id for tile in tapped(kiosk).tiles}
            assert "card" in tiles
            assert tiles.isdisjoint({"account", "card_lost"}), "a tile that leads to a system nobody has"
            reference = report(kiosk)
            (ticket,) = hub.tickets()
            assert (ticket["reference"], ticket["identity"], bool(ticket["person"])) == (reference, "claimed", True)

            tapped(kiosk)
            set_first_pin(kiosk, messages)
            assert [row.id for row in kiosk.page(TicketsPage, lambda page: page.rows).rows] == [reference]
            kiosk.ask(r.Back(), Screen.HOME)
            kiosk.ask(r.Open("card"), Screen.CARD)
            assert {tile.id for tile in kiosk.page(CardPage, lambda page: not page.loading).tiles} == {"movements"}
            kiosk.post(r.Choose(Screen.CARD, "balance", "show"))
            kiosk.page(CardPage, lambda page: page.balance == "¥1,234.50")
            kiosk.ask(r.End(), Screen.ATTRACT)

            put(tmp_path / "people", "tuesday.csv", OTHERS + ADMIN + SECOND_ADMIN)
            clock.write_text("86400")
            kiosk.drawer.seconds_ahead += 86400
            comes(lambda: "T2010008" in staff(hub), "the next night's list is not taken")
            tapped(kiosk)
            kiosk.ask(r.Open("tickets"), Screen.PIN)
            kiosk.page(PinPage, lambda page: not page.locked)
            kiosk.type_pin(NEW_PIN)
            kiosk.page(PinPage, wrong)
    finally:
        hub.kill()
        assert hub.process.stdout is not None
        hub.process.stdout.close()
