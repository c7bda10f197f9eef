"""The pages that phones see, in Debian's Chromium: everything a slip's holder does, with scripts and without any."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from PIL import Image
from playwright.sync_api import Browser

from kiosk.domain.language import Language
from kiosk.domain.tickets import TicketState
from kiosk.domain.top_ups import PayPage
from kiosk.hub.builtin.payments import SimulatedPayments
from kiosk.hub.config import Settings
from kiosk.hub.place import open_existing
from kiosk.hub.store.database import Store
from kiosk.hub.store.tables import Ticket
from kiosk.messages import last_messages
from kiosk.wire import routes
from kiosk.wire.on_paper import digits_of
from kiosk.words import Speaker, assets
from tests.real.browser import NARROWEST, Phone, barriers, chromium, misfits, phone
from tests.real.hub_process import RunningHub, hub_with_sample
from tests.real.plain_kiosk import PlainKiosk, card

#: All that a page may weigh, bytes.
MOST = 60_000
LOCALES = {Language.ZH: "zh-CN", Language.EN: "en-GB"}
#: One person for each story: a code is sent to the same one only after a while.
CARDS = iter(("04A1B2C3D4E580", "9F3A21C4", "04B7112A3C5F80", "5C8810D2", "04C9D0E1F20380", "7B21FA06"))
CANARY = "CANARY"


@dataclass(frozen=True)
class Campus:
    hub: RunningHub
    store: Store
    kiosk: PlainKiosk
    messages: Path

    def report(self) -> tuple[str, str]:
        """Number and page of a new report."""
        report = self.kiosk.report(claim=card(next(CARDS)), note=CANARY, location=CANARY)
        return report.reference, self.kiosk.submit(self.kiosk.envelope(report)).json()["page"]

    def state(self, reference: str) -> str:
        with self.store.read() as db:
            return db.get_one(Ticket, reference).state

    def desk_sets(self, reference: str, state: TicketState) -> None:
        with self.store.write() as db:
            db.get_one(Ticket, reference).state = state

    def told(self) -> str:
        """The code somebody was sent last."""
        found = re.search(r"\b\d{6}\b", last_messages(self.messages)[-1])
        assert found
        return found.group()


@pytest.fixture(scope="module")
def campus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Campus]:
    folder = tmp_path_factory.mktemp("campus")
    options = ("--public-url", "own", "--messages", str(folder / "messages"), "--payments", "simulated")
    with hub_with_sample(folder / "hub", *options) as hub:
        store = open_existing(Settings(), hub.data)
        yield Campus(hub, store, PlainKiosk(hub.url, hub.ca).enrol(hub.code()), folder / "messages")
        store.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def sound(phone: Phone) -> None:
    """The page that stands now is small, fits, keeps nobody out, and asked nobody else for anything."""
    assert phone.weight() <= MOST
    for width in (NARROWEST, 375):
        phone.page.set_viewport_size({"width": width, "height": 667})
        assert misfits(phone) == []
    assert "noindex" in str(phone.page.locator("meta[name=robots]").get_attribute("content"))
    assert CANARY not in phone.page.content()
    assert phone.asked == []
    assert phone.troubles == []


@pytest.mark.parametrize(("language", "scripts"), [(Language.ZH, False), (Language.EN, True)], ids=["zh-bare", "en"])
def test_a_phone_adds_words_and_a_photo_and_withdraws(
    campus: Campus, browser: Browser, language: Language, scripts: bool
) -> None:
    say = Speaker(language)
    reference, page = campus.report()
    with phone(browser, LOCALES[language], scripts=scripts) as mine:
        answer = mine.open(page)
        assert "noindex" in (answer.header_value("x-robots-tag") or "")
        assert reference in mine.text
        assert say("state.new") in mine.text
        sound(mine)
        mine.press(say("follow.send_code"))
        assert say("follow.said_sent") in mine.text
        sound(mine)
        mine.page.get_by_label(say("follow.digits")).fill(campus.told())
        mine.press(say("screen.next"))
        assert say("follow.said_proven") in mine.text
        sound(mine)
        mine.page.get_by_label(say("ticket_act.comment_title")).fill("二楼也是 <b>bold</b>")
        mine.press(say("ticket_act.comment_done"))
        assert say("follow.said_added") in mine.text
        mine.page.get_by_label(say("follow.photo_title", left=3)).set_input_files(
            {"name": f"{CANARY}.jpg", "mimeType": "image/jpeg", "buffer": photo()}
        )
        mine.press(say("follow.photo_send"))
        assert say("follow.said_photo") in mine.text
        assert say("follow.photo_title", left=2) in mine.text
        sound(mine)
        mine.press(say("ticket_act.withdraw_yes"))
        assert say("state.withdrawn") in mine.text
        sound(mine)
    assert campus.state(reference) == "withdrawn"
    (kept,) = newest(campus.hub.data / "photos")
    assert CANARY.encode() not in kept.read_bytes()
    with Image.open(kept) as image:
        assert image.format == "JPEG"
        assert not image.getexif()


@pytest.mark.parametrize(("language", "scripts"), [(Language.ZH, False), (Language.EN, True)], ids=["zh-bare", "en"])
def test_the_code_alone_says_not_solved_then_solved_and_rates(
    campus: Campus, browser: Browser, language: Language, scripts: bool
) -> None:
    say = Speaker(language)
    report = campus.kiosk.report(note=CANARY)
    page = campus.kiosk.submit(campus.kiosk.envelope(report)).json()["page"]
    campus.desk_sets(report.reference, TicketState.RESOLVED)
    with phone(browser, LOCALES[language], scripts=scripts) as mine:
        mine.open(page)
        sound(mine)
        mine.press(say("tickets.act_reopen"))
        assert say("follow.said_reopened") in mine.text
        assert campus.state(report.reference) == "in_progress"
        sound(mine)
        campus.desk_sets(report.reference, TicketState.RESOLVED)
        mine.open(page)
        mine.press(say("tickets.act_confirm"))
        assert say("follow.said_confirmed") in mine.text
        sound(mine)
        mine.page.get_by_label(say("feedback.face_good"), exact=True).check()
        mine.page.get_by_label(say("feedback.solved"), exact=True).check()
        mine.press(say("feedback.submit"))
        assert say("follow.said_rated") in mine.text
        sound(mine)
    assert campus.state(report.reference) == "closed"


@pytest.mark.parametrize("language", Language)
def test_articles_and_the_pay_page_are_sound_too(campus: Campus, browser: Browser, language: Language) -> None:
    say = Speaker(language)
    code = begun(campus)
    with phone(browser, LOCALES[language]) as mine:
        for name in articles():
            assert mine.open(campus.hub.url + routes.ARTICLE + name).status == 200
            sound(mine)
            assert barriers(mine) == []
            marks = mine.page.locator("ol").evaluate_all("all => all.map(one => getComputedStyle(one).listStyleType)")
            assert set(marks) <= {"decimal"}, "steps have numbers"
        mine.open(campus.hub.url + routes.PAY + code)
        assert "¥20.00" in mine.text
        sound(mine)
        assert barriers(mine) == []
        mine.press(say("pay.confirm"))
        assert say("pay.paid") in mine.text
        sound(mine)
        assert barriers(mine) == []


@pytest.mark.parametrize("path", [routes.FOLLOW + "x" * 12, routes.ARTICLE + "none", routes.PAY + "none"])
def test_what_is_gone_says_so_on_a_page_of_the_same_make(campus: Campus, browser: Browser, path: str) -> None:
    with phone(browser) as mine:
        assert mine.open(campus.hub.url + path).status == 404
        assert misfits(mine) == []
        assert barriers(mine) == []


@pytest.mark.parametrize("state", TicketState)
def test_an_accessibility_checker_finds_nothing_serious_in_any_state(
    campus: Campus, browser: Browser, state: TicketState
) -> None:
    report = campus.kiosk.report()
    page = campus.kiosk.submit(campus.kiosk.envelope(report)).json()["page"]
    campus.desk_sets(report.reference, state)
    with phone(browser) as mine:
        mine.open(page)
        assert barriers(mine) == []
        mine.page.get_by_role("link", name="English").tap()
        mine.page.get_by_role("link", name="中文").wait_for()
        assert barriers(mine) == []


def test_the_checks_see_planted_faults(browser: Browser) -> None:
    with phone(browser) as mine:
        mine.page.set_content('<main style="width:2000px"><input><a href="#" style="color:#eee">x</a></main>')
        assert any("label" in found for found in barriers(mine))
        assert any("wide" in found for found in misfits(mine))
        assert any("<a" in found for found in misfits(mine))


def photo() -> bytes:
    exif, kept = Image.Exif(), BytesIO()
    exif[0x010E] = CANARY  # ImageDescription
    Image.new("RGB", (640, 480), "red").save(kept, "JPEG", exif=exif, comment=CANARY.encode())
    return kept.getvalue()


def newest(folder: Path) -> list[Path]:
    files = sorted(folder.glob("*.jpg"), key=lambda file: file.stat().st_mtime_ns)
    return files[-1:]


def articles() -> list[str]:
    """The longest ones, which hold every kind of block."""
    files = sorted((assets() / "sample-campus" / "articles").glob("*.zh.md"), key=lambda file: -file.stat().st_size)
    return [file.name.removesuffix(".zh.md") for file in files[:3]]


def begun(campus: Campus) -> str:
    """The code of a payment somebody has begun at a kiosk."""
    now = datetime.now(UTC)
    payments = SimulatedPayments(campus.store, lambda: now, campus.hub.url)
    page = payments.begin(str(uuid4()), 2000, now + timedelta(minutes=3))
    assert isinstance(page, PayPage)
    return page.url.rpartition("/")[2]


@pytest.mark.parametrize(("language", "scripts"), [(Language.ZH, False), (Language.EN, True)], ids=["zh-bare", "en"])
def test_a_report_on_paper_is_delivered_by_looking_at_it_and_a_wrong_code_is_told(
    campus: Campus, browser: Browser, language: Language, scripts: bool
) -> None:
    say = Speaker(language)
    report = campus.kiosk.report(note=CANARY)
    address = campus.hub.url + routes.BROUGHT + digits_of(campus.kiosk.for_paper(report))
    with phone(browser, LOCALES[language], scripts=scripts) as mine:
        for _ in range(2):
            mine.open(address)
            assert say("follow.said_arrived") in mine.text
            assert report.reference in mine.text
            sound(mine)
    with phone(browser, LOCALES[language], scripts=scripts) as mine:
        answer = mine.open(address[:-1])
        assert answer.status == 404
        assert say("brought.unreadable") in mine.text
        assert say("brought.unreadable_text") in mine.text
        mine.troubles.clear()  # the browser's own word for a page that is not there
        sound(mine)
    assert campus.state(report.reference) == TicketState.NEW
