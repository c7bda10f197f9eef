"""The sample campus's articles: whole in both languages, in the form screens can draw, true to the sample campus."""

import datetime
import json
import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from tests.repository.tree import ROOT

Article = tuple[dict[str, Any], str]

CAMPUS = ROOT / "assets" / "sample-campus"
LANGUAGES = ("zh", "en")
SAME = ("topic", "owner", "reviewed", "minutes", "devices", "service", "symptom", "action", "weight")
NEEDED = {"title", "summary", "topic", "tags", "asked", "owner", "reviewed", "minutes", "devices", "service", "weight"}
OWNERS = {"network", "accounts", "card", "media", "software", "service"}
ACTIONS = {
    *("reset_password", "unlock_account", "activate_account", "change_pin"),
    *("report_card_lost", "found_card", "top_up", "see_card", "my_tickets", "report"),
}
FIRST, LAST = datetime.date(2026, 6, 1), datetime.date(2026, 11, 10)
TITLE = {"zh": 18, "en": 60}
SUMMARY = {"zh": 40, "en": 90}
BODY = {"zh": (120, 260), "en": (90, 200)}
HOSTS = re.compile(r"(?:[\w-]+\.)?yunlu\.example|[\w-]+\.(?:exe|mp4|pdf|zip)")
"""What may look like a host: the sample's own, and names of files."""


def toml(name: str) -> dict[str, Any]:
    return tomllib.loads((CAMPUS / name).read_text(encoding="utf-8"))


def length(text: str, language: str) -> int:
    """Chinese characters; in English letters and all else."""
    return len(re.findall(r"[\u4e00-\u9fff]", text)) if language == "zh" else len(text)


def size(body: str, language: str) -> int:
    """Chinese characters, English words."""
    return length(body, "zh") if language == "zh" else len(re.findall(r"[A-Za-z0-9][\w’'.@/-]*", body))


def parsed(text: str) -> Article:
    found = re.fullmatch(r"\+\+\+\n(.*?)\n\+\+\+\n\n(.*)", text, re.DOTALL)
    assert found, "no front matter"
    return tomllib.loads(found[1]), found[2]


def articles() -> dict[tuple[str, str], Article]:
    paths = sorted((CAMPUS / "articles").iterdir())
    return {(path.name[:-6], path.name[-5:-3]): parsed(path.read_text(encoding="utf-8")) for path in paths}


def strings(head: dict[str, Any]) -> list[str]:
    lists = [value for value in head.values() if isinstance(value, list)]
    return [value for value in head.values() if isinstance(value, str)] + [text for each in lists for text in each]


def services() -> dict[str, set[str]]:
    return {each["id"]: {symptom["id"] for symptom in each["symptoms"]} for each in toml("catalogue.toml")["services"]}


def topics() -> set[str]:
    return {topic["id"] for topic in toml("topics.toml")["topics"]}


def wrong_keys(head: dict[str, Any], language: str) -> list[str]:
    """Front matter that the kiosk could not show or follow."""
    known = services()
    right = {
        "keys": head.keys() >= NEEDED and head.keys() <= NEEDED | {"symptom", "action"},
        "title": 0 < length(head.get("title", ""), language) <= TITLE[language],
        "summary": 0 < length(head.get("summary", ""), language) <= SUMMARY[language],
        "topic": head.get("topic") in topics(),
        "tags": 3 <= len(set(head.get("tags", []))) == len(head.get("tags", [])),
        "asked": 3 <= len(set(head.get("asked", []))) == len(head.get("asked", [])) <= 8,
        "owner": head.get("owner") in OWNERS,
        "reviewed": isinstance(head.get("reviewed"), datetime.date) and FIRST <= head["reviewed"] <= LAST,
        "minutes": head.get("minutes") in range(1, 121),
        "devices": all(isinstance(device, str) and device for device in head.get("devices", [None])),
        "service": head.get("service") in known,
        "symptom": "symptom" not in head or head["symptom"] in known.get(head.get("service", ""), set()),
        "action": head.get("action", "report") in ACTIONS,
        "weight": head.get("weight") in range(101),
    }
    return [key for key, holds in right.items() if not holds]


def wrong_lines(body: str) -> list[str]:
    """What is not in the subset: headings, paragraphs, counted steps of one or two sentences, lists, notes, bold."""
    found = []
    step = 0
    for line in body.rstrip("\n").split("\n"):
        counted = re.fullmatch(r"(\d+)\. (.+)", line)
        step = step + 1 if counted else 0
        plain = re.sub(r"\*\*[^*]+\*\*", "", re.sub(r"^(?:## |\d+\. |- |> )", "", line))
        miscounted = counted and int(counted[1]) != step
        crowded = counted and len(re.findall(r"[。！？]|[.!?](?=\s|$|”)", counted[2])) > 2
        strange = line != line.strip() or re.search(r"[*_`#<>|\[\]]|^[-+]|^\d+[.)]|!\[", plain)
        if miscounted or crowded or strange:
            found.append(line)
    return found


def strangers(text: str) -> list[str]:
    """Telephone numbers, addresses on the web and hosts that the sample campus does not have."""
    numbers = re.findall(r"(?<![\w-])\+?\d[\d -]{5,}\d", text)
    links = re.findall(r"\w+://\S+|www\.\S+", text)
    hosts = re.findall(r"(?<![\w.-])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?![\w-])", text)
    return numbers + links + [host for host in hosts if not HOSTS.fullmatch(host)]


def clumsy(text: str, language: str) -> list[str]:
    """Wording against the house: 你, 点, a space between 汉字 and Latin; English without contractions."""
    if language == "zh":
        return re.findall(r"您|点击|注销|[\u4e00-\u9fff][A-Za-z0-9]|[A-Za-z0-9][\u4e00-\u9fff]|[，。：；？！] ", text)
    return re.findall(
        r"\w+n['’]t\b|\b(?:it|you|we|that|there|here|let|what|they)['’](?:s|ll|re|ve|d)\b|[，。]", text, re.I
    )


def test_every_article_exists_in_both_languages() -> None:
    names = {path.name for path in (CAMPUS / "articles").iterdir()}
    assert {name for name in names if not re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*\.(?:zh|en)\.md", name)} == set()
    ids = {key for key, _ in articles()}
    assert names == {f"{key}.{language}.md" for key in ids for language in LANGUAGES}


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
    charmap = next(Path(str(files("qtawesome") / "fonts")).glob("phosphor-charmap-*.json"))
    icons = json.loads(charmap.read_text(encoding="utf-8"))
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
