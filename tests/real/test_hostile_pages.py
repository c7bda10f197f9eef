"""Hostile strings on the pages phones see, in real Chromium: shown as they are, nothing run, nothing fetched."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import TypeVar

import pytest
from litestar import Response
from playwright.sync_api import Browser, Route

from kiosk.domain.articles import Article, Block, BlockKind, Item
from kiosk.domain.language import Language
from kiosk.hub.api.follow import MARKS, REASONS
from kiosk.hub.api.pages import page_maker
from kiosk.hub.services.article_page import ArticlePage
from kiosk.hub.services.follow import FollowPage
from kiosk.hub.services.pay_page import PayPageShown
from kiosk.words import Speaker
from tests.ear import listening
from tests.hostile import LONG, SHORT, aimed
from tests.real.browser import Phone, chromium, phone

T = TypeVar("T")
#: Far more than the hub takes into any of these texts.
MOST = 4_000
#: Half a character cannot be stored by the hub, nor written to anybody.
STRINGS = {name: text[:MOST] for name, text in (SHORT | LONG).items() if name != "half a character"}
ADDRESS = "https://hub.invalid/x"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def everywhere(value: T, text: str) -> T:
    """Every text of a page another one; the language of its letters stays."""

    def other(part: object, name: str) -> object:
        if isinstance(part, str) and not isinstance(part, BlockKind | Language):
            return text if part and name not in ("lang", "other_lang") else part
        if isinstance(part, tuple):
            return tuple(other(one, name) for one in part)
        if is_dataclass(part) and not isinstance(part, type):
            return replace(part, **{each.name: other(getattr(part, each.name), each.name) for each in fields(part)})
        return part

    done = other(value, "")
    assert isinstance(done, type(value))
    return done


def made(kind: str, text: str) -> Response[str]:
    """A page as the hub sends it, every form and every part on it, with ``text`` in all places."""
    if kind == "article":
        items = (Item("t", "t"), Item("t", ""))
        blocks = tuple(Block(each, "t", items) for each in BlockKind)
        article = Article(
            id="t",
            language=Language.ZH,
            title="t",
            summary="t",
            topic="t",
            tags=("t",),
            asked=("t",),
            owner="t",
            reviewed=date(2026, 11, 1),
            minutes=3,
            devices=("t",),
            service="t",
            symptom="t",
            action="t",
            weight=1,
            blocks=blocks,
        )
        page = ArticlePage("zh", "en", "t", "t", "t", "t", article, ("t", "t"), "t", ("t", "t"))
        return page_maker("article.html", "follow.css", "article.css")(everywhere(page, text), 200)
    if kind == "pay":
        shown = PayPageShown(True, "zh", "t", "t", "t", "t", "t")
        return page_maker("pay.html", "follow.css", "pay.css", forms=True)(everywhere(shown, text), 200)
    follow = FollowPage(
        found=True,
        lang="zh",
        other_lang="en",
        other_name="t",
        mark="t",
        campus="t",
        headline="t",
        state="t",
        facts=(("t", "t"),),
        reference="t",
        other_line="t",
        desk=("t", "t"),
        story=(("t", "t"),),
        may_confirm=True,
        may_reopen=True,
        may_rate=True,
    )
    return page_maker("follow.html", "follow.css", forms=True)(
        everywhere(follow, text),
        200,
        say=Speaker(Language.ZH),
        said=text,
        path="/f/x",
        token=text,
        op=text,
        marks=MARKS,
        reasons=REASONS,
        sent=True,
        may_prove=False,
        may_act=True,
        photos=2,
        limit=200,
    )


def elements(phone: Phone, answer: Response[str]) -> int:
    """How many elements the browser makes of a page."""

    def serve(route: Route) -> None:
        headers = {**answer.headers, "content-type": "text/html; charset=utf-8"}
        route.fulfill(status=200, headers=headers, body=str(answer.content).encode())

    phone.page.route(ADDRESS, serve)
    phone.open(ADDRESS)
    phone.page.unroute(ADDRESS)
    return int(phone.page.evaluate("document.querySelectorAll('*').length"))


@pytest.mark.parametrize("kind", ["follow", "article", "pay"])
def test_nothing_a_page_says_is_run_or_fetched(browser: Browser, kind: str) -> None:
    with listening() as ear, phone(browser) as mine:
        ordinary = elements(mine, made(kind, "ordinary"))
        wrong = {}
        for name, text in STRINGS.items():
            told = aimed(text, ear.port, "/etc/passwd")
            if elements(mine, made(kind, told)) != ordinary:
                wrong[name] = "became part of the page"
            elif text.isascii() and text.isprintable() and " ".join(told.split()) not in " ".join(mine.text.split()):
                wrong[name] = "is not shown as it is"
        print(f"{kind}: {len(STRINGS)} strings, {len(mine.asked)} requests, {len(mine.troubles)} lines of the console")
        assert wrong == {}
        assert mine.asked == []
        assert mine.troubles == []
        assert ear.heard == []


def test_a_page_that_trusts_its_words_would_be_seen(browser: Browser) -> None:
    with listening() as ear, phone(browser) as mine:
        told = aimed(STRINGS["image, quoted"] + STRINGS["script"], ear.port, "")
        naive = Response(f"<body>{told}", headers={})
        assert elements(mine, naive) > elements(mine, Response("<body>x", headers={}))
        assert mine.asked
        assert ear.heard
