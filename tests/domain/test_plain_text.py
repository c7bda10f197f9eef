import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kiosk.domain.plain_text import MOST_MARKS, NOTE_LIMIT, clean
from tests.domain.amount import many

NASTY = "ab 你가각\n\r\t\x00\x1b\x85\u2028\u202e\u2066\u200d\u200c\ufeff"
NASTY += "\ud800\udfff\u0301\u0323\ufe0f\U000e0041\ue000\uffff"
ANY_TEXT = st.text(st.characters(), max_size=120) | st.text(NASTY, max_size=120)
LIMITS = st.integers(0, 60)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("连上 Wi-Fi 但打不开网页", "连上 Wi-Fi 但打不开网页"),
        ("  one\r\ntwo\rthree\u2028four\x85five  ", "one\ntwo\nthree\nfour\nfive"),
        ("a\tb", "a b"),
        ("a\x00b\x1b[2Jc\x7f", "ab[2Jc"),
        ("invoice\u202egpj.exe\u2066x\u2069\u200e\u061c", "invoicegpj.exex"),
        ("\ufeffBOM, soft\u00adhyphen", "BOM, softhyphen"),
        ("half \ud83d and \ude00", "half  and"),
        ("e\u0301te\u0301", "été"),
        ("Z" + "\u0351" * 100 + "!", "Z" + "\u0351" * MOST_MARKS + "!"),
        ("\u0301alone \u0301", "alone"),
        ("👩\u200d💻 می\u200cخواهم", "👩\u200d💻 می\u200cخواهم"),
        ("tag\U000e0067\U000e007f \ue000\uffff\ufdd0", "tag"),
        ("<img src=\"x\"> ' %s {{7*7}} '); DROP TABLE", "<img src=\"x\"> ' %s {{7*7}} '); DROP TABLE"),
    ],
)
def test_text_is_kept_and_what_steers_is_not(text: str, kept: str) -> None:
    assert clean(text, NOTE_LIMIT) == kept


def test_a_name_or_title_is_one_line() -> None:
    assert clean("one\r\ntwo\u2029three", 200, lines=False) == "one two three"


def test_ten_thousand_characters_become_two_hundred() -> None:
    assert clean("报" * 10_000, NOTE_LIMIT) == "报" * 200
    assert clean("ا" * 10**6, NOTE_LIMIT) == "ا" * 200


def test_a_cut_never_leaves_part_of_a_combining_sequence() -> None:
    assert clean("ab" + "x\u0323\u0351", 4) == "ab"
    assert clean("ab" + "x\u0323\u0351", 5) == "abx\u0323\u0351"


@many
@given(ANY_TEXT, LIMITS)
@example("\u0344" * 40, 30)
@example("\u0958" * 40, 30)
def test_clean_text_is_short_storable_and_stays_as_it_is(text: str, limit: int) -> None:
    cleaned = clean(text, limit)
    assert len(cleaned) <= limit
    cleaned.encode()
    assert cleaned == cleaned.strip()
    assert clean(cleaned, limit) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)


@many
@given(ANY_TEXT, LIMITS)
def test_nothing_that_steers_a_screen_or_printer_is_left(text: str, limit: int) -> None:
    cleaned = clean(text, limit)
    assert {unicodedata.category(c) for c in cleaned} & {"Cc", "Cf", "Cs", "Co"} <= {"Cc", "Cf"}
    assert {c for c in cleaned if unicodedata.category(c) in ("Cc", "Cf")} <= set("\n\u200c\u200d")
    assert not {
        c
        for c in cleaned
        if unicodedata.bidirectional(c) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
    }
    assert "\n" not in clean(text, limit, lines=False)


@many
@given(ANY_TEXT)
def test_marks_on_a_base_are_few(text: str) -> None:
    marks = 0
    for character in clean(text, 100):
        marks = marks + 1 if unicodedata.category(character).startswith("M") else 0
        assert marks <= MOST_MARKS


@many
@given(st.text("abc你我é。 \n", max_size=100), LIMITS)
def test_ordinary_text_is_only_cut_and_trimmed(text: str, limit: int) -> None:
    assert clean(text, limit) == text[:limit].strip()
