"""Screens and slips claim nothing that no value backs: times and numbers come in through ``{placeholders}`` only."""

import re
import string
import tomllib

import pytest

from tests.repository.tree import ROOT

Words = dict[str, str]

DIGIT = r"[0-9０-９]"
TIME = {
    "zh": r"秒|分钟|小时|[今明后昨每当][天日]|[几两〇一二三四五六七八九十]+天|工作日|星期"
    r"|周[一二三四五六日天末]|[上下本]周|月|年"
    r"|上午|下午|晚上|早上|点钟|马上|立即|立刻|即刻|很快|尽快|不久|稍后|随时",
    "en": r"\b(?:seconds?|minutes?|hours?|hourly|days?|daily|nights?|weeks?|weekly|weekdays?|weekends?"
    r"|months?|monthly|years?|mornings?|afternoons?|evenings?|noon|midnight|a\.m\.|p\.?m\.?"
    r"|today|tonight|tomorrow|yesterday|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|soon|shortly|immediately|instantly|at once|right away|quickly)(?!\w)",
}
ALLOWED = frozenset(
    {
        "article.minutes",
        "article.reviewed",
        "card.hidden_after",
        "ear.seconds_left",
        "ear.time_left",
        "limits.daily",
        "movements.tile_hint",
        "none.closed_today",
        "none.today",
        "screen.seconds",
        "tickets.footnote",
        "top_up.left",
    }
)
"""Keys whose time words restate a value: opening hours of this date, the unit of a countdown, a list's own limit, how
long an article takes and when it was checked, what a daily limit is."""
ALLOWED_TABLES = ("when.", "hub_commands.", "hub_people.", "cards_check.", "sign_in_check.", "figures.")
"""How dates are written (every number in it is a value's name), and help for administrators, which no visitor sees;
what a figure means is said in hours and months."""
MOST_ALLOWED = 12


def words(language: str) -> Words:
    tables = tomllib.loads((ROOT / "assets" / "i18n" / f"{language}.toml").read_text(encoding="utf-8"))
    return {f"{table}.{key}": text for table, texts in tables.items() for key, text in texts.items()}


def placeholders(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field}


def claims(texts: Words, language: str) -> Words:
    """Key -> what it says about time or number without a value."""
    found = {}
    for key, text in texts.items():
        bare = re.sub(r"\{[^}]*\}", " ", text)
        hit = re.search(f"{DIGIT}|{TIME[language]}", bare, re.IGNORECASE)
        if hit and key not in ALLOWED and not key.startswith(ALLOWED_TABLES):
            found[key] = hit.group()
    return found


def test_both_languages_say_the_same_things() -> None:
    assert words("zh").keys() == words("en").keys()


def test_both_languages_are_given_the_same_values() -> None:
    zh, en = words("zh"), words("en")
    different = {key for key in zh.keys() & en.keys() if placeholders(zh[key]) != placeholders(en[key])}
    assert {key for key in different if not key.startswith(ALLOWED_TABLES)} == set()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_word_is_empty(language: str) -> None:
    assert [key for key, text in words(language).items() if not text.strip()] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_nothing_is_claimed_that_no_value_backs(language: str) -> None:
    assert claims(words(language), language) == {}


def test_the_exceptions_are_few_and_all_in_use() -> None:
    assert len(ALLOWED) <= MOST_ALLOWED
    assert words("zh").keys() >= ALLOWED


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "我们会在2小时内回复"),
        ("zh", "工作日内处理"),
        ("zh", "马上就好"),
        ("zh", "明天再来"),
        ("zh", "三天后到"),
        ("zh", "共３项"),
        ("en", "An engineer comes within {hours} hours"),
        ("en", "We answer soon"),
        ("en", "Open Monday to Friday"),
        ("en", "Up to 3 tries"),
    ],
)
def test_the_guard_sees_planted_claims(language: str, text: str) -> None:
    assert claims({"done.title": text}, language)


@pytest.mark.parametrize(
    ("language", "text"), [("zh", "{when} 前答复，聊天也行"), ("en", "Answer by {day1}, on a Sunda")]
)
def test_the_guard_lets_values_pass(language: str, text: str) -> None:
    assert claims({"done.title": text}, language) == {}
