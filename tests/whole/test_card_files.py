"""A campus whose card office only drops files: the card page is what they hold and no more, with how old they are."""

import os
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from kiosk.domain.language import Language
from kiosk.services import requests as r
from kiosk.services import when
from kiosk.services.views import Screen
from kiosk.words import Speaker
from tests.real.hub_process import hub_with_sample

from .enrolled import enrolled
from .headless import headless

ZHANG, PIN, NUMBER = "zhang-ming", "739154", "20230114287"


def drop(folder: Path, at: datetime) -> str:
    """Both files, as of ``at``; the table of hub.toml that names them."""
    folder.mkdir()
    (folder / "cards.csv").write_text(f"学号,状态,余额,每日限额,单笔限额\n{NUMBER},正常,1234.50,100,50\n")
    lines = [f"{NUMBER},{at - timedelta(hours=n):%Y-%m-%d %H:%M:%S},就餐,-{n}.50,一食堂 🍜\n" for n in (1, 2)]
    (folder / "movements.csv").write_text("学号,时间,类型,金额,商户\n" + "".join(lines))
    for file in folder.iterdir():
        os.utime(file, (at.timestamp(), at.timestamp()))
    return f'[cards]\nkind = "csv"\nfile = "{folder}/cards.csv"\nmovements = "{folder}/movements.csv"\n'


def test_files_of_the_card_office_become_the_card_page_with_their_age_and_nothing_more(tmp_path: Path) -> None:
    zone = ZoneInfo("Asia/Shanghai")
    dropped = (datetime.now(zone) - timedelta(days=3)).replace(hour=12, minute=7)
    tables, said = drop(tmp_path / "office", dropped), when.day_and_time(dropped, zone, Speaker(Language.ZH))
    with hub_with_sample(tmp_path / "hub", tables=tables) as hub, headless(enrolled(hub, tmp_path / "kiosk")) as kiosk:
        kiosk.shows(Screen.ATTRACT)
        kiosk.drawer.do(f"tap {ZHANG}")
        kiosk.drawer.do("card-off")
        kiosk.shows(Screen.HOME)
        assert "card_lost" not in {tile["id"] for tile in kiosk.page["tiles"]}
        kiosk.press(r.Open("card"))
        kiosk.type_pin(PIN)
        kiosk.shows(Screen.CARD)
        assert {tile["id"] for tile in kiosk.page["tiles"]} == {"movements"}
        assert said in kiosk.page["balance_hint"]
        kiosk.press(r.Choose(Screen.CARD, "balance", "show"))
        assert kiosk.page["balance"] == "¥1,234.50"
        kiosk.press(r.Open("movements"))
        kiosk.shows(Screen.MOVEMENTS)
        assert said in kiosk.page["hint"]
        assert [row["chip"] for row in kiosk.page["rows"]] == ["−1.50", "−2.50"]
        kiosk.press(r.Choose(Screen.MOVEMENTS, "movement", kiosk.page["rows"][0]["id"]))
        assert kiosk.page["opened_text"] == "一食堂 🍜"
        kiosk.press(r.Choose(Screen.MOVEMENTS, "print", ""))
        kiosk.until(lambda: kiosk.printer.slips, "the list is not printed")
        assert said in kiosk.printer.slips[-1].body
