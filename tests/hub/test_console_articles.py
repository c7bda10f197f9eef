"""The life of an article in the console: written, shown, reviewed late, taken back; and nothing typed is lost."""

from datetime import timedelta
from urllib.parse import quote

import msgspec
import pytest
from httpx import Response
from markupsafe import escape

from kiosk.domain.article_blocks import blocks_of
from kiosk.domain.articles import ArticlePair, Audience
from kiosk.domain.language import Language
from kiosk.hub.services import article_editing, article_versions, knowledge
from kiosk.hub.services.article_list import shown_on
from kiosk.hub.services.article_markdown import markdown
from kiosk.hub.services.photos import made_anew
from kiosk.hub.store.tables import ArticlePicture, ArticleText
from kiosk.wire.knowledge import picture_id
from kiosk.words import Speaker
from tests.hostile import SHORT
from tests.hub.article_console import FEW, VPN, console, lead, world
from tests.hub.conftest import World
from tests.hub.console_world import DONG, Browser, Console
from tests.hub.test_article_pictures import png
from tests.search.stores import SAMPLE

__all__ = ["console", "lead", "world"]

EN = Speaker(Language.EN)


def article(world: World, id: str) -> ArticlePair:
    with world.store.read() as db:
        return msgspec.json.decode(db.get_one(ArticleText, id).body, type=ArticlePair)


def saved(browser: Browser, act: str, id: str, pair: ArticlePair, **changed: str) -> Response:
    return browser.post(f"/console/{act}", article=id, **{**article_editing.fields_of(pair), **changed})


def shown(world: World) -> int:
    with world.store.read() as db:
        return len(shown_on(db, world.now.date()).texts)


def test_every_article_is_edited_as_what_it_is(world: World) -> None:
    """Opened and saved without a change it says the same, to the letter."""
    for pair in SAMPLE.articles:
        with world.store.read() as db:
            assert article_editing.read_form(db, pair.id, article_editing.fields_of(pair)) == pair
        for language in Language:
            blocks = pair.of(language).blocks
            assert blocks_of(markdown(blocks).split("\n")) == blocks


def test_what_is_saved_is_shown_with_a_version_and_who_did_it(world: World, console: Console, lead: Browser) -> None:
    answer = saved(
        lead, "article-show", VPN.id, VPN, title_zh="新的标题", audience_student="on", shown_from="2026-09-01"
    )
    assert answer.headers["location"] == f"/console/articles?said=shown&article={VPN.id}"
    now = article(world, VPN.id)
    assert (now.zh.title, now.zh.audience, now.en.title) == ("新的标题", (Audience.STUDENT,), VPN.en.title)
    assert console.acts()[-1] == (DONG, "article_shown", VPN.id, "")
    with world.store.read() as db:
        assert [version.by for version in article_versions.of(db, VPN.id)] == [DONG, "source:folder"]
    page = lead.get(answer.headers["location"]).text
    assert console.person(DONG).latin_name in page
    assert EN("articles.by_source", source="folder") in page
    assert saved(lead, "article-show", VPN.id, now).headers["location"].startswith("/console/articles?said=same")


def test_an_import_does_not_change_what_was_edited_here(world: World, lead: Browser) -> None:
    saved(lead, "article-show", VPN.id, VPN, title_zh="新的标题")
    with world.store.write() as db:
        made = knowledge.take(db, FEW, world.now)
    assert [problem.file for problem in made.problems] == [VPN.id], "listed, not taken"
    assert article(world, VPN.id).zh.title == "新的标题"


def test_going_back_is_one_more_version(world: World, console: Console, lead: Browser) -> None:
    saved(lead, "article-show", VPN.id, VPN, title_zh="错的标题")
    answer = lead.post("/console/article-back", article=VPN.id, version="1")
    assert answer.headers["location"] == f"/console/articles?said=back&article={VPN.id}"
    assert article(world, VPN.id) == VPN
    with world.store.read() as db:
        assert [version.number for version in article_versions.of(db, VPN.id)] == [3, 2, 1]
    assert console.acts()[-1][1] == "article_back"
    for version in ("99", "0", "-1", "x", "٣", "1" * 30, ""):
        answer = lead.post("/console/article-back", article=VPN.id, version=version)
        assert "said=no_version" in answer.headers["location"]


def test_a_draft_is_seen_here_only_until_it_is_shown(world: World, console: Console, lead: Browser) -> None:
    before = shown(world)
    assert "said=drafted" in saved(lead, "article-draft", "my-new", VPN).headers["location"]
    assert shown(world) == before
    with world.store.read() as db:
        assert knowledge.article(db, "my-new", world.now.date()) is None
    assert "said=shown" in saved(lead, "article-show", "my-new", VPN).headers["location"]
    assert shown(world) == before + 1
    assert "said=is_shown" in saved(lead, "article-draft", "my-new", VPN, title_zh="x").headers["location"]
    assert "said=not_draft" in lead.post("/console/article-drop", article="my-new").headers["location"]
    saved(lead, "article-draft", "other", VPN)
    assert "said=dropped" in lead.post("/console/article-drop", article="other").headers["location"]
    assert [act[1] for act in console.acts()][-3:] == ["article_shown", "article_drafted", "article_dropped"]


def test_what_is_shown_never_goes_back_to_a_draft_without_text(world: World, lead: Browser) -> None:
    with world.store.write() as db:
        id = article_editing.draft_for(db, "vpn 掉线", "wifi", world.now, DONG)
    assert id is not None
    saved(lead, "article-show", id, VPN)
    assert "said=no_text" in lead.post("/console/article-back", article=id, version="1").headers["location"]
    assert article(world, id).zh.blocks == VPN.zh.blocks


def test_what_is_wrong_is_listed_in_words_and_nothing_typed_is_lost(world: World, lead: Browser) -> None:
    answer = saved(lead, "article-show", VPN.id, VPN, title_zh="", body_en="TYPED FOR AN HOUR", reviewed="soon")
    assert answer.status_code == 422
    assert EN("articles.not_saved") in answer.text
    assert "TYPED FOR AN HOUR" in answer.text
    assert str(escape(EN("hub_kb_why.not_date", field="reviewed", example="2026-10-01"))) in answer.text
    assert article(world, VPN.id) == VPN


def test_an_overdue_review_stands_first_for_its_owner(world: World, lead: Browser, console: Console) -> None:
    saved(
        lead, "article-show", "my-own", VPN, owner=console.person(DONG).number, review_by="2026-11-01", title_en="Mine"
    )
    saved(lead, "article-show", "not-mine", VPN, owner="somebody", review_by="2026-10-01", title_en="Theirs")
    page = lead.get("/console/articles").text
    late = page.partition(EN("articles.late_title", count=2))[2]
    assert 0 <= late.index("Mine") < late.index("Theirs")
    assert EN("articles.mine") in late
    with world.store.read() as db:
        assert len(shown_on(db, world.now.date()).late) == 2
    reviewed = article(world, "my-own")
    today = world.now.date()
    fresh = {"reviewed": today.isoformat(), "review_by": (today + timedelta(days=90)).isoformat()}
    saved(lead, "article-show", "my-own", reviewed, **fresh)
    with world.store.read() as db:
        assert len(shown_on(db, today).late) == 1


HOSTILE = {
    "huge": "x" * 40_001,
    "huge lines": "字\n\n" * 9_000,
    "ten thousand headings": "## 标题\n\n" * 10_000,
    "deep lists": "\n".join(f"{'  ' * depth}- x" for depth in range(300)),
    "many steps": "\n".join(f"{number}. x" for number in range(500)),
    "one long line": "x" * 13_000,
    "only pictures": "![x](x.png)",
    "a picture from elsewhere": "![x](https://evil.example/x.png)\n\nText.",
    "a picture nobody has": "![x](" + "0" * 32 + ".jpg)\n\nText.",
    "nothing": "  \n\n ",
    "only controls": "\u202e\u2066\x00\x1b",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_an_article_that_no_screen_could_show_is_refused_in_words(world: World, lead: Browser, name: str) -> None:
    answer = saved(lead, "article-show", VPN.id, VPN, body_zh=HOSTILE[name])
    assert answer.status_code == 422
    listed = answer.text.partition(EN("articles.not_saved"))[2].partition("</ul>")[0]
    assert f"<li>{EN('articles.language_zh')}: " in listed
    assert article(world, VPN.id) == VPN


HARMLESS = {
    "scripts": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "templates": "{{7*7}} {% raw %} ${7*7}",
    "bidi": "\u202eabc\u2066def",
    "html": "<b>" * 200 + "<table><tr><td>",
    "a fence": 'text\n\n+++\ntitle = "other"\n+++',
    "zalgo": "a" + "\u0301" * 500,
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_looks_like_more_than_text_stays_text(world: World, lead: Browser, name: str) -> None:
    assert saved(lead, "article-show", VPN.id, VPN, body_zh=HARMLESS[name]).status_code == 303
    zh = article(world, VPN.id).zh
    assert zh.title == VPN.zh.title, "the front matter is not reached from the text"
    assert not any(mark in zh.body for mark in "\u202e\u2066\x00")
    page = lead.get(f"/console/articles?article={VPN.id}").text
    assert "<script>alert" not in page
    assert "<img" not in page
    assert page.count("</textarea>") == page.count("<textarea")


def test_hostile_words_in_any_field_break_nothing(lead: Browser) -> None:
    fields = ("title_zh", "summary_zh", "owner", "tags_zh", "asked_zh", "devices_zh")
    for name, text in SHORT.items():
        sendable = text.encode(errors="ignore").decode()
        answer = saved(lead, "article-show", VPN.id, VPN, **dict.fromkeys(fields, sendable))
        assert answer.status_code in (303, 422), name
        for page in (answer, lead.get("/console/articles"), lead.get(f"/console/articles?article={VPN.id}")):
            assert page.status_code < 500, name
            assert "<script>alert" not in page.text, name


@pytest.mark.parametrize("id", ["", "../x", "X", "a b", "a" * 41, "<script>", "\x00"])
def test_an_id_that_is_none_is_refused(lead: Browser, id: str) -> None:
    assert saved(lead, "article-show", id, VPN).status_code == 422
    assert lead.get(f"/console/articles?article={quote(id)}").status_code == 200


def test_a_picture_stays_through_editing_and_for_the_versions_that_show_it(world: World, lead: Browser) -> None:
    made = made_anew(png())
    assert made is not None
    with world.store.write() as db:
        db.add(ArticlePicture(id=picture_id(made), body=made))
    body = f"Look:\n\n![Where to press]({picture_id(made)}.jpg)"
    assert saved(lead, "article-show", VPN.id, VPN, body_en=body).status_code == 303
    assert article(world, VPN.id).pictures == (picture_id(made),)
    assert f"{picture_id(made)}.jpg" in lead.get(f"/console/articles?article={VPN.id}").text
    with world.store.read() as db:
        assert knowledge.picture(db, picture_id(made)) == made
