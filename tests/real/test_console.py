"""The console in Debian's Chromium: by keyboard alone, on a wide screen and a narrow one, with scripts and without."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest
from playwright.sync_api import Browser, Page

from kiosk.domain.language import Language
from kiosk.domain.queueable import Mark
from kiosk.domain.search_words import SEARCH
from kiosk.hub.config import Settings
from kiosk.hub.place import open_existing
from kiosk.hub.services.feedback import keep
from kiosk.hub.services.search_gaps import FROM_VISITS
from kiosk.hub.services.staff_factor import FactorSecret, code_at
from kiosk.hub.store.database import Store
from kiosk.hub.store.outgoing_tables import OutgoingMessage
from kiosk.hub.store.staff_tables import StaffFactor
from kiosk.hub.store.tables import Incident
from kiosk.words import Speaker
from tests.real.browser import NARROWEST, Phone, barriers, chromium, computer, misfits, phone
from tests.real.hub_process import RunningHub, command, hub_with_sample
from tests.whole.waiting import until

LOCALES = {Language.ZH: "zh-CN", Language.EN: "en-GB"}
PASSWORD = "yunlu-Sample-26"
#: Of the sample campus: two administrators and an engineer, one for each test, because the app's digits work once.
YU, JIANG, DONG = "T2005071", "T2009186", "T2017852"
STUDENT = "20230114287"
CANARY = "CANARY"
#: An article of the sample campus, and what several visits searched for in vain.
ARTICLE, SOUGHT = "vpn-set-up", "vpn 掉线"
PAGES = (
    *("queue", "events", "approvals", "announce", "connections", "letters", "kiosks", "late"),
    *("articles", "searches", "figures", "release", "acts"),
)


@dataclass(frozen=True)
class Campus:
    hub: RunningHub
    store: Store

    def address(self, page: str) -> str:
        return f"{self.hub.url}/console/{page}"

    def code(self, number: str) -> str:
        made: dict[str, str] = msgspec.json.decode(command(self.hub.data, "staff", "code", number))
        return made["code"]

    def letter(self, state: str) -> str:
        """A message that did not go out; its id."""
        now, op = datetime.now(UTC), str(uuid4())
        with self.store.write() as db:
            db.add(
                OutgoingMessage(
                    op=op,
                    channel="email",
                    address="zhang.ming@yunlu.example",
                    kind="pin_set",
                    subject=CANARY,
                    text=CANARY,
                    made_of="{}",
                    state=state,
                    made_at=now,
                    useless_at=now + timedelta(days=2),
                    kept_until=now + timedelta(days=2),
                    attempts=1,
                    next_try_at=now + timedelta(minutes=10),
                    last_answer="550" if state == "rejected" else "ConnectTimeout",
                )
            )
        return op

    def state(self, op: str) -> str:
        with self.store.read() as db:
            return db.get_one(OutgoingMessage, op).state


@pytest.fixture(scope="module")
def campus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Campus]:
    with hub_with_sample(tmp_path_factory.mktemp("campus") / "hub") as hub:
        store = open_existing(Settings(), hub.data)
        with store.write() as db:
            db.add(Incident(at=datetime.now(UTC), kiosk="k-lib-1", op="", code="guessing"))
            for visit in range(FROM_VISITS):
                day = datetime.now(UTC) - timedelta(days=visit)
                keep(db, Mark.NOT_FOUND, day, kiosk="A1", about=SEARCH, reasons=(), words=SOUGHT, language="zh")
        yield Campus(hub, store)
        store.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def shown_secret(page: Page) -> FactorSecret:
    """What somebody without a camera types into the app."""
    return FactorSecret("".join(page.locator("code.secret").inner_text().split()))


def digits(page: Page) -> str:
    return code_at(shown_secret(page), datetime.now(UTC))


def sound(mine: Phone, campus: Campus, widths: tuple[int, ...], *, scripts: bool = True) -> None:
    """The page that stands now fits, keeps nobody out, and asked only this console for anything."""
    for width in widths:
        mine.page.set_viewport_size({"width": width, "height": 800})
        mine.page.wait_for_load_state("load")  # it may load itself again: measured with its styles
        assert misfits(mine) == [], f"{mine.page.url} at {width}"
    if scripts:
        assert barriers(mine) == [], mine.page.url
    assert CANARY not in mine.page.content()
    assert [url for url in mine.asked if not url.startswith(f"{campus.hub.url}/console/")] == []
    # What a page still fetched when it was left is no trouble.
    assert [said for said in mine.troubles if not said.endswith("net::ERR_ABORTED")] == []


class Keyboard:
    """Hands that have a keyboard and nothing else."""

    #: Steps of the tab key after which there is no way.
    most = 60

    def __init__(self, page: Page) -> None:
        self._page = page

    @property
    def focused(self) -> str:
        """Tag, name or text of what has the focus."""
        return str(
            self._page.evaluate(
                "() => { const one = document.activeElement;"
                " return one.name || (one.innerText || '').trim() || one.tagName; }"
            )
        )

    def to(self, wanted: str) -> None:
        """By the tab key to what is named or says ``wanted``."""
        met = []
        for _ in range(self.most):
            self._page.keyboard.press("Tab")
            met.append(self.focused)
            if met[-1] == wanted:
                seen = self._page.evaluate("() => document.activeElement.matches(':focus-visible')")
                assert seen, f"nobody sees that {wanted} has the focus"
                return
        raise AssertionError(f"no way by keyboard to {wanted!r}: {met}")

    def fill(self, name: str, text: str) -> None:
        self.to(name)
        self._page.keyboard.type(text)

    def enter(self) -> None:
        with self._page.expect_navigation():
            self._page.keyboard.press("Enter")


def test_by_keyboard_alone_from_the_first_sign_in_to_the_sign_out(campus: Campus, browser: Browser) -> None:
    say, dead = Speaker(Language.ZH), campus.letter("rejected")
    with computer(browser, LOCALES[Language.ZH]) as mine:
        page, keys = mine.page, Keyboard(mine.page)
        mine.open(f"{campus.hub.url}/console")
        assert page.url == campus.address("sign-in")
        sound(mine, campus, (1280,))
        keys.to(say("console_in.to_first"))
        keys.enter()
        keys.fill("number", YU)
        keys.fill("password", PASSWORD)
        keys.fill("code", campus.code(YU))
        keys.enter()
        assert page.url == campus.address("factor")
        sound(mine, campus, (1280,))
        keys.fill("code", digits(page))
        keys.enter()
        assert page.url == campus.address("queue")
        page.goto(campus.address("connections"))
        assert say("connections.never") in mine.text
        keys.to(say("console.skip"))
        page.keyboard.press("Enter")
        keys.to(say("connections.look"))
        keys.enter()
        page.get_by_text(say("connections.builtin_directory")).wait_for()
        page.get_by_text(say("connections.builtin_messages")).wait_for()
        page.locator("[data-round$='-done']").wait_for()
        sound(mine, campus, (1280,))
        page.goto(campus.address("letters"))
        sound(mine, campus, (1280,))
        keys.to("why")
        page.keyboard.press("ArrowDown")
        keys.to(say("letters.resend"))
        keys.enter()
        assert say("letters.said_resent") in mine.text
        assert campus.state(dead) == "waiting"
        page.goto(campus.address("acts"))
        assert say("acts.what_letter_resent") in mine.text
        assert dead in mine.text
        sound(mine, campus, (1280,))
        keys.to(say("console.sign_out"))
        keys.enter()
        assert say("console_in.said_out") in mine.text
        page.go_back()
        page.wait_for_url(campus.address("sign-in") + "**")
        assert YU not in page.content()


def test_in_english_on_a_phone_without_any_script(campus: Campus, browser: Browser) -> None:
    say = Speaker(Language.EN)
    campus.letter("rejected"), campus.letter("waiting")
    with phone(browser, LOCALES[Language.EN], scripts=False) as mine:
        page = mine.page
        mine.open(campus.address("first"))
        page.get_by_label(say("console_in.number")).fill(JIANG)
        page.get_by_label(say("console_in.password")).fill(PASSWORD)
        page.get_by_label(say("console_in.first_code")).fill(campus.code(JIANG))
        mine.press(say("console_in.next"))
        page.get_by_label(say("console_in.factor_code")).fill(digits(page))
        mine.press(say("console_in.factor_done"))
        assert page.url == campus.address("queue")
        page.goto(campus.address("connections"))
        mine.press(say("connections.look"))
        for name in PAGES:
            page.goto(campus.address(name))
            sound(mine, campus, (NARROWEST, 375), scripts=False)
        an_article_from_what_nobody_found(campus, mine, say)
        page.goto(campus.address("letters"))
        page.get_by_label(say("letters.reason")).first.select_option("gateway_repaired")
        with page.expect_navigation():
            page.get_by_role("button", name=say("letters.resend")).first.tap()
        assert say("letters.said_resent") in mine.text
        mine.press(say("console.sign_out"))
        assert page.url.startswith(campus.address("sign-in"))


def an_article_from_what_nobody_found(campus: Campus, mine: Phone, say: Speaker) -> None:
    """A line becomes a draft, the draft an article that is shown, and its first version comes back."""
    page = mine.page
    page.goto(campus.address("searches"))
    mine.press(say("searches.draft_of", words=SOUGHT))
    assert say("searches.said_drafted") in mine.text
    page.goto(campus.address("articles"))
    with page.expect_navigation():
        page.get_by_role("link", name=SOUGHT).first.tap()
    sound(mine, campus, (NARROWEST, 375), scripts=False)
    for name in ("zh", "en"):
        page.locator(f"#body_{name}").fill("<script>alert(1)</script>" if name == "zh" else "")
    mine.press(say("articles.publish"))
    assert say("articles.not_saved") in mine.text
    assert page.locator("#body_zh").input_value() == "<script>alert(1)</script>", "nothing typed is lost"
    mine.troubles = [said for said in mine.troubles if "422" not in said]  # the browser's own remark
    sound(mine, campus, (NARROWEST, 375), scripts=False)
    page.locator("#body_en").fill("1. Look\n2. Find")
    mine.press(say("articles.publish"))
    assert say("articles.said_shown") in mine.text
    page.locator("#title_en").fill("A wrong title")
    mine.press(say("articles.publish"))
    mine.press(say("articles.go_back", number=2))
    assert say("articles.said_back") in mine.text
    assert page.locator("#title_en").input_value() == SOUGHT


def test_both_languages_on_both_widths_keep_nobody_out_and_counters_follow(campus: Campus, browser: Browser) -> None:
    with computer(browser, LOCALES[Language.ZH]) as mine:
        page = mine.page
        mine.open(campus.address("first"))
        for name, text in (("number", DONG), ("password", PASSWORD), ("code", campus.code(DONG))):
            page.locator(f"#{name}").fill(text)
        page.locator("button.first").click()
        secret = shown_secret(page)
        page.locator("#code").fill(digits(page))
        page.locator("button.first").click()
        page.wait_for_url(campus.address("queue"))
        for language in Language:
            page.goto(f"{campus.address('letters')}?lang={language.value}")
            assert page.locator("html").get_attribute("lang") == language.value
            for name in (
                "connections",
                "letters",
                "articles",
                f"articles?article={ARTICLE}",
                "searches",
                "release",
                "nowhere",
            ):
                page.goto(campus.address(name))
                mine.troubles = [said for said in mine.troubles if "404" not in said]  # the browser's own remark
                sound(mine, campus, (NARROWEST, 375, 1280))
                assert page.locator("html").get_attribute("lang") == language.value
        assert page.get_by_role("link", name=Speaker(language)("console.page_acts")).count() == 0, "an engineer"
        page.goto(campus.address("letters"))
        shown = page.locator("[data-live=dead]")
        before = int(shown.inner_text())
        campus.letter("rejected")
        until(lambda: int(shown.inner_text()) == before + 1, "the counter following")
        a_code_from_the_desk(campus, mine, Speaker(language), secret)


def a_code_from_the_desk(campus: Campus, mine: Phone, say: Speaker, secret: FactorSecret) -> None:
    """Looked up, compared, refused without a document, given: each page keeps nobody out."""
    page = mine.page
    with campus.store.write() as db:
        db.get_one(StaffFactor, "dong-mei").last_step = 0  # as if the app had shown new digits since
    page.goto(campus.address("release"))
    page.get_by_label(say("release.number")).fill(STUDENT)
    page.get_by_role("button", name=say("release.look")).click()
    page.get_by_text(say("release.compare", number=STUDENT)).wait_for()
    sound(mine, campus, (NARROWEST, 375, 1280))

    def confirm() -> None:
        page.get_by_label(say("release.what_for")).select_option("set_pin")
        page.get_by_label(say("console_in.password")).fill(PASSWORD)
        page.get_by_label(say("console_in.code")).fill(code_at(secret, datetime.now(UTC)))
        page.get_by_role("button", name=say("release.give")).click()

    confirm()
    page.get_by_text(say("release.no_nothing_seen")).wait_for()
    mine.troubles = [said for said in mine.troubles if "422" not in said]  # the browser's own remark
    sound(mine, campus, (NARROWEST, 1280))
    page.get_by_label(say("release.seen_passport")).check()
    confirm()
    shown = page.locator(".release")
    shown.wait_for()
    sound(mine, campus, (NARROWEST, 375, 1280))
    assert len(shown.inner_text().replace(" ", "")) == 8
    page.goto(campus.address("acts"))
    assert shown.count() == 0


def test_the_hub_ends_in_order_while_a_page_follows(tmp_path: Path, browser: Browser) -> None:
    with hub_with_sample(tmp_path / "hub") as hub, computer(browser) as mine:
        page, code = mine.page, msgspec.json.decode(command(hub.data, "staff", "code", YU))["code"]
        mine.open(f"{hub.url}/console/first")
        for name, text in (("number", YU), ("password", PASSWORD), ("code", code)):
            page.locator(f"#{name}").fill(text)
        page.locator("button.first").click()
        page.locator("#code").fill(digits(page))
        with page.expect_response(lambda answer: answer.url.endswith("/console/live")):
            page.locator("button.first").click()
        assert hub.stop() == 0
        log = (hub.data / "log" / "hub.log").read_text()
        assert PASSWORD not in log
        assert code not in log
