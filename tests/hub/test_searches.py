"""What people looked for and did not find: counted without people, shown only where several typed it, put to use."""

import csv
from datetime import timedelta
from io import StringIO
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import select

from kiosk.domain.articles import ArticlePair
from kiosk.domain.language import Language
from kiosk.domain.queueable import Mark
from kiosk.hub.services import feedback
from kiosk.hub.services.article_list import shown_on
from kiosk.hub.services.refusal import No
from kiosk.hub.services.search_gaps import FROM_VISITS, LOOK_BACK, ON_DAYS, as_csv
from kiosk.hub.store.article_tables import SearchAlias
from kiosk.hub.store.tables import ArticleText, Rating
from kiosk.offline import article_store
from kiosk.offline.article_store import ArticleStore
from kiosk.services.article_requests import FindArticles, FoundArticles
from kiosk.wire.feedback import Feedback
from kiosk.words import Speaker
from tests.hub.article_console import VPN, console, lead, world
from tests.hub.conftest import World
from tests.hub.console_world import DONG, Browser, Console
from tests.real.plain_kiosk import new_op
from tests.search.stores import SAMPLE

__all__ = ["console", "lead", "world"]

EN = Speaker(Language.EN)


def searched(
    world: World, words: str, visits: int, days: int = ON_DAYS, mark: Mark = Mark.NOT_FOUND, about: str = "search"
) -> None:
    """So many visits, spread over so many days up to today."""
    with world.store.write() as db:
        for visit in range(visits):
            day = world.now - timedelta(days=visit % days)
            feedback.keep(db, mark, day, kiosk="A1", about=about, reasons=(), words=words, language="zh")


def test_what_several_visits_typed_is_shown_by_topic_with_its_counts(world: World, lead: Browser) -> None:
    searched(world, "vpn 掉线", 4)
    searched(world, "vpn 掉线", 2, mark=Mark.FOUND_AND_LEFT)
    page = lead.get("/console/searches").text
    topic = next(topic.title.en for topic in SAMPLE.topics if topic.id == VPN.zh.topic)
    assert page.index(topic) < page.index("vpn 掉线")
    assert EN("searches.counted", visits=6, nothing=4, left=2) in page


@pytest.mark.parametrize(
    ("visits", "days", "shown"),
    [(FROM_VISITS, ON_DAYS, True), (FROM_VISITS - 1, ON_DAYS, False), (FROM_VISITS * 9, ON_DAYS - 1, False)],
)
def test_what_few_people_typed_is_shown_to_nobody(
    world: World, lead: Browser, visits: int, days: int, shown: bool
) -> None:
    """It may be somebody's name."""
    searched(world, "王小红", visits, days)
    for address in ("/console/searches", "/console/searches.csv"):
        assert ("王小红" in lead.get(address).text) is shown
    made = lead.post("/console/search-draft", words="王小红").headers["location"]
    assert ("said=drafted" in made) is shown


def test_what_is_long_ago_is_not_counted(world: World, lead: Browser) -> None:
    searched(world, "vpn 掉线", 9)
    world.move(seconds=(LOOK_BACK + timedelta(days=2)).total_seconds())
    lead = Console.of(world).signed_in(DONG)
    assert "vpn 掉线" not in lead.get("/console/searches").text


def test_the_hub_keeps_no_words_that_may_be_about_somebody(world: World) -> None:
    """Even from a kiosk that was made to send them."""
    kiosk = world.new_kiosk()
    for words in ("20230114287", "zhang@yunlu.example", "vpn"):
        told = Feedback("zh", "search", "not_found", kiosk.now(), words=words, salt="x")
        world.take(kiosk, kiosk.seal(msgspec.json.encode(told), new_op(), kind="feedback"))
    with world.store.read() as db:
        assert [row.words for row in db.scalars(select(Rating))] == ["vpn"]


def test_one_click_makes_a_draft_that_answers_it(world: World, console: Console, lead: Browser) -> None:
    searched(world, "vpn 掉线", 3)
    answer = lead.post("/console/search-draft", words="vpn 掉线")
    id = answer.headers["location"].rpartition("made=")[2]
    with world.store.read() as db:
        row = db.get_one(ArticleText, id)
        pair = msgspec.json.decode(row.body, type=ArticlePair)
    assert row.draft
    assert (pair.zh.title, pair.zh.asked, pair.zh.topic) == ("vpn 掉线", ("vpn 掉线",), VPN.zh.topic)
    assert lead.get(f"/console/articles?article={id}").status_code == 200
    assert lead.post("/console/search-draft", words="vpn 掉线").headers["location"].endswith(f"made={id}"), "once"
    assert console.acts()[-1][1:3] == ("article_drafted", id)


def test_one_click_makes_an_alias_that_kiosks_search_by(world: World, lead: Browser, tmp_path: Path) -> None:
    searched(world, "翻墙", 3)

    def found() -> list[str]:
        with world.store.read() as db:
            wanted = shown_on(db, world.now.date())
            texts = [(row.text, row.body) for row in db.scalars(select(ArticleText)) if row.text in wanted.texts]
        article_store.write(tmp_path / "articles.db", wanted.version, wanted, sorted(texts))
        store = ArticleStore(tmp_path / "articles.db")
        rows = store.answer(FindArticles(1, "翻墙", Language.ZH))
        store.close()
        assert isinstance(rows, FoundArticles)
        return [row.id for row in rows.rows]

    assert VPN.id not in found()
    assert "said=alias" in lead.post("/console/search-alias", words="翻墙", means="VPN").headers["location"]
    assert found()[0] == VPN.id
    assert EN("searches.stands_for", means="VPN") in lead.get("/console/searches").text
    assert "said=alias_dropped" in lead.post("/console/alias-drop", words="翻墙").headers["location"]
    assert VPN.id not in found()


@pytest.mark.parametrize(
    ("words", "means", "said"),
    [("", "VPN", "alias_empty"), ("x", " \u202e", "alias_empty"), ("VPN", "VPN", "alias_same")],
)
def test_an_alias_that_says_nothing_is_refused(world: World, lead: Browser, words: str, means: str, said: str) -> None:
    assert f"said={said}" in lead.post("/console/search-alias", words=words, means=means).headers["location"]
    with world.store.read() as db:
        assert db.query(SearchAlias).count() == 0


def test_articles_that_did_not_help_are_counted_with_the_reports_made_after_reading(
    world: World, lead: Browser
) -> None:
    searched(world, "", 2, mark=Mark.SOLVED, about=f"article:{VPN.id}")
    searched(world, "", 5, mark=Mark.STILL_STUCK, about=f"article:{VPN.id}")
    kiosk = world.new_kiosk()
    assert not isinstance(world.take(kiosk, kiosk.envelope(kiosk.report(article=VPN.id))), No)
    assert EN("searches.helped", solved=2, stuck=5, tickets=1) in lead.get("/console/searches").text


def test_the_file_says_the_same_and_no_cell_of_it_is_a_formula(world: World, lead: Browser) -> None:
    searched(world, "vpn 掉线", 4)
    searched(world, "-cmd", 3)
    text = lead.get("/console/searches.csv").text
    rows = list(csv.reader(StringIO(text.removeprefix("\ufeff"))))
    assert text.startswith("\ufeff")
    assert ["vpn 掉线", "4", "4", "0", ""] in [row[1:] for row in rows]
    assert "'-cmd" in [row[1] for row in rows]
    for cell in ("=1+1", "@x", "+1", "-1", "\t=1"):
        (row,) = list(csv.reader(StringIO(as_csv((), [(cell,)]).removeprefix("\ufeff"))))[1:]
        assert row[0].startswith("'")
