"""Whatever somebody writes becomes a whole article, or a line and a reason."""

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.domain.article_text import MAX_DOCUMENT, BadArticle, read_article
from kiosk.domain.articles import Article, Block, BlockKind, Item
from kiosk.domain.language import Language
from kiosk.words import say
from tests.domain.amount import many

HEAD = """+++
title = "连不上 Wi-Fi"
summary = "忘记网络，再连一次。"
topic = "wifi"
tags = ["无线", "校园网"]
reviewed = 2026-10-12
minutes = 2
symptom = "none"
+++
"""
BODY = """
先看这里，
再往下。

## 这样做
1. **打开“设置”**：点 YunLu-Campus。
2. 点“忘记网络”。再连一次。
   - 平板也要
3. 第一行
   第二行

- 一
- 二

> 别漏掉。
> 平板也是。
"""


def read(text: str) -> Article | BadArticle:
    return read_article(text, "wifi-forget", Language.ZH)


def whole(text: str) -> Article:
    article = read(text)
    assert isinstance(article, Article), article
    return article


def bad(text: str) -> BadArticle:
    article = read(text)
    assert isinstance(article, BadArticle)
    return article


def told(article: BadArticle) -> str:
    return say(Language.EN, f"hub_kb_why.{article.why.words}", **dict(article.why.values))


def test_an_article_is_read_as_it_is_written() -> None:
    article = whole(HEAD + BODY)
    assert (article.title, article.reviewed, article.minutes) == ("连不上 Wi-Fi", date(2026, 10, 12), 2)
    assert article.tags == ("无线", "校园网")
    assert article.blocks == (
        Block(BlockKind.PARAGRAPH, "先看这里，再往下。"),
        Block(BlockKind.HEADING, "这样做"),
        Block(
            BlockKind.STEPS,
            items=(
                Item("打开“设置”", "点 YunLu-Campus。"),
                Item("点“忘记网络”。再连一次。", "- 平板也要"),
                Item("第一行", "第二行"),
            ),
        ),
        Block(BlockKind.LIST, items=(Item("一"), Item("二"))),
        Block(BlockKind.NOTE, "别漏掉。平板也是。"),
    )


@pytest.mark.parametrize(
    ("before", "after", "line", "reason"),
    [
        ("+++\ntitle", "title", 1, "does not begin"),
        ('symptom = "none"\n+++', 'symptom = "none"', 25, "closing line"),
        ("minutes = 2", "minutes = ", 7, "Invalid value"),
        ("minutes = 2", "minutes = -2", 7, "minutes must be"),
        ("minutes = 2", 'minutes = "2"', 7, "minutes must be"),
        ("minutes", "minuets", 7, "not a known key"),
        ("reviewed = 2026-10-12", 'reviewed = "last week"', 6, "reviewed must be"),
        ("reviewed = 2026-10-12\n", "", 8, "reviewed is missing"),
        ('topic = "wifi"', 'topic = "../wifi"', 4, "topic must be"),
        ('title = "连不上 Wi-Fi"', 'title = ""', 2, "title is missing"),
        ("连不上", "x" * 100, 2, "longer than"),
        ('["无线", "校园网"]', '"无线"', 5, "tags must be"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(before: str, after: str, line: int, reason: str) -> None:
    assert before in HEAD
    found = bad((HEAD + BODY).replace(before, after, 1))
    assert (found.line, reason in told(found)) == (line, True), found


def test_an_article_without_text_is_none() -> None:
    assert "no text" in told(bad(HEAD))


def test_a_huge_document_is_refused_whole() -> None:
    assert "longer" in told(bad(HEAD + "报" * MAX_DOCUMENT))
    assert "80 paragraphs" in told(bad(HEAD + "## x\n" * 1000))
    assert "40 steps" in told(bad(HEAD + "1. x\n" * 1000))


def test_tags_and_links_are_only_characters() -> None:
    article = whole(HEAD + '1. <img src="x"> [a](javascript:b) `c`\n')
    assert article.blocks[0].items[0].title == '<img src="x"> [a](javascript:b) `c`'


def test_control_characters_go_and_long_lines_stay() -> None:
    article = whole(HEAD + "报\x00\u202e\x1b" + "修" * 10_000)
    assert article.blocks == (Block(BlockKind.PARAGRAPH, "报" + "修" * 10_000),)


@pytest.mark.parametrize("name", ["", "..", "a/b", "Ä", "x" * 41])
def test_a_file_of_another_name_is_no_article(name: str) -> None:
    assert isinstance(read_article(HEAD + BODY, name, Language.ZH), BadArticle)


PIECES = st.lists(
    st.sampled_from(["1. ", "- ", "> ", "## ", "**", "\n", "  ", "+++\n", "x", "。", '"', "=", "[", "报修", "\x00"])
    | st.text(max_size=5),
    max_size=60,
).map("".join)


@many
@given(PIECES, st.booleans())
@example("**", True)
@example("1. ****", True)
@example("\ud800", True)
def test_any_text_is_an_article_or_a_line_and_a_reason(text: str, headed: bool) -> None:
    article = read(HEAD + text if headed else text)
    if isinstance(article, BadArticle):
        assert article.line >= 1
        assert told(article)
        return
    assert article.blocks
    for block in article.blocks:
        assert bool(block.text) != bool(block.items)
        assert all(item.title for item in block.items)
    article.body.encode()


@many
@given(st.text("=[]{}\"'#\n\\+ab1-:.,_ \x00é", max_size=80))
def test_any_front_matter_is_taken_or_told(text: str) -> None:
    article = read(f"+++\n{text}\n+++\nText.")
    assert isinstance(article, BadArticle)
    assert article.line >= 1
