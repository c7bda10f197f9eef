"""The desk's pages in Debian's Chromium: a day's work by keyboard alone, and the same without any script on a phone."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser
from sqlalchemy import select

from kiosk.domain.language import Language
from kiosk.domain.tickets import TicketState, TicketType
from kiosk.hub.config import Settings
from kiosk.hub.place import open_existing
from kiosk.hub.store.duty_tables import ApprovalAsked
from kiosk.hub.store.tables import Announced, Ticket
from kiosk.words import Speaker
from tests.real.browser import NARROWEST, Phone, chromium, computer, phone
from tests.real.hub_process import hub_with_sample
from tests.real.test_console import DONG, JIANG, LOCALES, PASSWORD, Campus, Keyboard, digits, sound


@pytest.fixture(scope="module")
def campus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Campus]:
    """With the tickets of the sample; one request waits for somebody's word."""
    with hub_with_sample(tmp_path_factory.mktemp("campus") / "hub") as hub:
        store = open_existing(Settings(), hub.data)
        yield Campus(hub, store)
        store.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def sign_in(mine: Phone, campus: Campus, number: str) -> None:
    page = mine.page
    mine.open(campus.address("first"))
    for name, text in (("number", number), ("password", PASSWORD), ("code", campus.code(number))):
        page.locator(f"#{name}").fill(text)
    page.locator("button.first").click()
    page.locator("#code").fill(digits(page))
    page.locator("button.first").click()
    page.wait_for_url(campus.address("queue"))


def open_tickets(campus: Campus) -> list[Ticket]:
    """Nobody's yet."""
    with campus.store.read() as db:
        wanted = select(Ticket).where(Ticket.state.in_((TicketState.NEW, TicketState.IN_PROGRESS)))
        nobodys = wanted.where(Ticket.assignee.is_(None), Ticket.type != TicketType.COMPLAINT)
        return list(db.scalars(nobodys.order_by(Ticket.reference)))


def ticket(campus: Campus, reference: str) -> Ticket:
    with campus.store.read() as db:
        return db.get_one(Ticket, reference)


class Hands(Keyboard):
    """Buttons by what they say, though several ask for a state; a page lists all buildings of a campus."""

    most = 120

    @property
    def focused(self) -> str:
        said = "() => { const one = document.activeElement; return one.matches('button') ? one.innerText.trim() : ''; }"
        return str(self._page.evaluate(said)) or super().focused


def go(keys: Keyboard, name: str) -> None:
    """Along a link."""
    keys.to(name)
    keys.enter()


def test_a_days_work_by_keyboard_alone(campus: Campus, browser: Browser) -> None:
    say, (one, twice, *_) = Speaker(Language.ZH), open_tickets(campus)
    with campus.store.write() as db:
        db.get_one(Ticket, one.reference).due_at = datetime.now(UTC) - timedelta(minutes=1)
    with computer(browser, LOCALES[Language.ZH]) as mine:
        page, keys = mine.page, Hands(mine.page)
        sign_in(mine, campus, DONG)
        sound(mine, campus, (1280, 375))
        page.goto(f"{campus.address('queue')}?list=due")
        late = page.locator("li.ticket").filter(has_text=one.reference).inner_text()
        assert say("queue.late_since", when="").strip() in late
        sound(mine, campus, (NARROWEST, 1280))
        keys.fill("ticket", one.reference.replace("-", "").lower())
        keys.enter()
        assert one.reference in mine.text
        sound(mine, campus, (NARROWEST, 375, 1280))
        keys.to(say("console.skip"))
        page.keyboard.press("Enter")
        go(keys, say("queue.take"))
        assert say("queue.said_taken") in mine.text
        keys.fill("text", "已经在看。\n")
        go(keys, say("queue.say_only"))
        assert say("queue.said_answered") in mine.text
        keys.fill("note", "交换机在弱电间。")
        go(keys, say("queue.inside_go"))
        assert "交换机在弱电间。" in mine.text
        keys.fill("other", twice.reference)
        keys.to("kind")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowUp")
        go(keys, say("queue.tie"))
        assert say("queue.said_merged") in mine.text
        sound(mine, campus, (NARROWEST, 375, 1280))
        page.goto(f"{campus.address('queue')}?ticket={twice.reference}")
        keys.fill("text", "已经修好。")
        go(keys, say("queue.say_solve"))
        assert say("queue.said_changed") in mine.text
        assert ticket(campus, twice.reference).state == ticket(campus, one.reference).state == TicketState.RESOLVED
        go(keys, say("queue.who_show"))
        assert say("queue.said_who") in mine.text
        sound(mine, campus, (1280,))
        go(keys, say("console.page_events"))
        sound(mine, campus, (NARROWEST, 1280))
        page.goto(f"{campus.address('announce')}?service={one.service}&building=library")
        sound(mine, campus, (NARROWEST, 375, 1280))
        go(keys, say("announce.publish"))
        assert say("announce.said_published") in mine.text
        with campus.store.read() as db:
            newest = db.scalars(select(Announced).order_by(Announced.published_at.desc())).first()
        assert newest is not None
        assert (newest.service, newest.buildings) == (one.service, "library")
        sound(mine, campus, (NARROWEST, 1280))


def test_approving_and_taking_back_in_english_on_a_phone_without_any_script(campus: Campus, browser: Browser) -> None:
    say = Speaker(Language.EN)
    with campus.store.read() as db:
        waiting = db.scalars(select(ApprovalAsked.reference).where(ApprovalAsked.decision == "")).first()
    assert waiting is not None
    with phone(browser, LOCALES[Language.EN], scripts=False) as mine:
        page = mine.page
        sign_in(mine, campus, JIANG)
        for name in ("queue", "queue?list=open", "events", "approvals", "announce", f"queue?ticket={waiting}"):
            page.goto(campus.address(name))
            sound(mine, campus, (NARROWEST, 375), scripts=False)
        page.goto(campus.address("approvals"))
        card = page.locator("li.card").filter(has_text=waiting)
        card.locator("input[name=words]").fill("Ms Lin, on the telephone")
        mine.press(say("approvals.yes_of", number=waiting))
        assert say("approvals.said_approved") in mine.text
        assert ticket(campus, waiting).state == TicketState.NEW
        page.goto(campus.address("announce"))
        taken_back = page.get_by_role("button", name=re.compile("^" + say("announce.withdraw_of", title="")))
        before = taken_back.count()
        with page.expect_navigation():
            taken_back.first.tap()
        assert say("announce.said_withdrawn") in mine.text
        assert taken_back.count() == before - 1
