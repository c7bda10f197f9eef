"""The sample campus's articles: whole in both languages, in the form screens can draw, true to the sample campus."""

import datetime
import json
import re
from collections import Counter
from importlib.metadata import files
from pathlib import Path

import pytest

from tests.repository.article_rules import (
    BODY,
    CAMPUS,
    FEWEST,
    FEWEST_OF_TOPIC,
    LANGUAGES,
    SAME,
    articles,
    clumsy,
    size,
    strangers,
    strings,
    toml,
    topics,
    wrong_keys,
    wrong_lines,
)


def test_every_article_exists_in_both_languages() -> None:
    names = {path.name for path in (CAMPUS / "articles").iterdir()}
    assert {name for name in names if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*\.(?:zh|en)\.md", name)} == set()
    ids = {key for key, _ in articles()}
    assert names == {f"{key}.{language}.md" for key in ids for language in LANGUAGES}


def test_every_topic_has_something_to_say() -> None:
    of_topic = Counter(head["topic"] for (_, language), (head, _) in articles().items() if language == "zh")
    assert of_topic.total() >= FEWEST
    assert {topic for topic in topics() if of_topic[topic] < FEWEST_OF_TOPIC} == set()


def test_both_languages_are_for_the_same_devices() -> None:
    found = articles()
    ids = {key for key, _ in found}
    assert [key for key in ids if len({len(found[key, each][0]["devices"]) for each in LANGUAGES}) > 1] == []


def test_both_languages_agree_on_everything_but_words() -> None:
    found = articles()
    apart = {
        (key, name)
        for key in {key for key, _ in found}
        for name in SAME
        if found[key, "zh"][0].get(name) != found[key, "en"][0].get(name)
    }
    assert apart == set()


def test_every_key_is_one_the_kiosk_knows() -> None:
    wrong = {key: wrong_keys(head, key[1]) for key, (head, _) in articles().items()}
    assert {key: keys for key, keys in wrong.items() if keys} == {}


def test_every_body_can_be_drawn() -> None:
    wrong = {key: wrong_lines(body) for key, (_, body) in articles().items()}
    assert {key: lines for key, lines in wrong.items() if lines} == {}


def test_every_body_is_read_in_a_minute() -> None:
    sizes = {key: size(body, key[1]) for key, (_, body) in articles().items()}
    assert {key: count for key, count in sizes.items() if not BODY[key[1]][0] <= count <= BODY[key[1]][1]} == {}


def test_no_two_articles_have_the_same_title() -> None:
    titles = [(language, head["title"]) for (_, language), (head, _) in articles().items()]
    assert len(titles) == len(set(titles))


def test_nothing_is_named_that_the_sample_campus_does_not_have() -> None:
    texts = {key: [body, *strings(head)] for key, (head, body) in articles().items()}
    found = {key: [name for text in each for name in strangers(text)] for key, each in texts.items()}
    assert {key: names for key, names in found.items() if names} == {}


def test_every_article_keeps_the_wording_of_the_house() -> None:
    texts = {key: f"{head['title']}\n{head['summary']}\n{body}" for key, (head, body) in articles().items()}
    found = {key: clumsy(text, key[1]) for key, text in texts.items()}
    assert {key: words for key, words in found.items() if words} == {}


def test_every_topic_has_a_picture_and_both_names() -> None:
    # By the distribution's list of files: importing the package would bring Qt's widgets into the whole run.
    charmap = next(file for file in files("QtAwesome") or [] if "phosphor-charmap" in file.name)
    icons = json.loads(Path(str(charmap.locate())).read_text(encoding="utf-8"))
    listed = toml("topics.toml")["topics"]
    assert [topic["order"] for topic in listed] == list(range(1, len(listed) + 1))
    assert len(topics()) == len(listed) == 12
    assert [
        topic["id"] for topic in listed if topic["icon"] not in icons or topic["title"].keys() != {"zh", "en"}
    ] == []


def test_a_word_has_one_group_of_synonyms_and_a_group_more_than_one_word() -> None:
    groups = toml("synonyms.toml")["groups"]
    words = [word for group in groups for word in group]
    assert len(groups) >= 60
    assert len(words) == len(set(words))
    assert [group for group in groups if len(group) < 2] == []
    assert [word for word in words if word != word.strip().lower() or not word] == []


@pytest.mark.parametrize(
    "line",
    [
        "### Deep",
        "![a picture](a.png)",
        "[a link](elsewhere)",
        "1. One. Two. Three.",
        "2. Counted wrongly.",
        "| a | b |",
        "  - indented",
        "<b>bold</b>",
        "a `code`",
        "* a star",
        "**open",
    ],
)
def test_the_guard_sees_what_cannot_be_drawn(line: str) -> None:
    assert wrong_lines(f"Before.\n\n{line}\n") == [line]


def test_the_guard_lets_the_subset_pass() -> None:
    assert wrong_lines("Text with **bold**.\n\n## Do\n1. One. Two.\n2. “Three.”\n\n- four\n\n> five\n") == []


@pytest.mark.parametrize(
    "text",
    ["打 8231 0001", "13800135521", "+86 10 1234", "see www.yunlu.example", "https://yunlu.example", "a@mail.cn"],
)
def test_the_guard_sees_strangers(text: str) -> None:
    assert strangers(text)


@pytest.mark.parametrize("text", ["@yunlu.example", "2026-09-14", "wifi.yunlu.example 的证书", "学号是 11 位", "a.pdf"])
def test_the_guard_lets_the_samples_own_names_pass(text: str) -> None:
    assert strangers(text.replace("2026-09-14", "")) == []


@pytest.mark.parametrize(
    ("language", "text"), [("zh", "请点击"), ("zh", "用PDF打印"), ("zh", "您好"), ("en", "Don't."), ("en", "It’s on.")]
)
def test_the_guard_sees_clumsy_words(language: str, text: str) -> None:
    assert clumsy(text, language)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("title", "字" * 19),
        ("topic", "cooking"),
        ("asked", ["一", "二"]),
        ("reviewed", datetime.date(2026, 11, 11)),
        ("service", "garden"),
        ("symptom", "paper-jam"),
        ("action", "open_door"),
        ("weight", 101),
        ("minutes", 0),
    ],
)
def test_the_guard_sees_wrong_keys(key: str, value: object) -> None:
    head, _ = articles()["wifi-iphone", "zh"]
    assert wrong_keys(head, "zh") == []
    assert key in wrong_keys({**head, key: value}, "zh")
