"""Line breaking: nothing lost, nothing too wide, no punctuation where it must not stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.devices.receipt_lines import ELLIPSIS, NEVER_FIRST, NEVER_LAST, shorten, wrap
from kiosk.devices.receipt_text import MAX_FIELD_CHARS, one_line, printable
from tests.domain.amount import many

EM = 26


def width(text: str) -> float:
    """Full-width characters one em, all others half."""
    return sum(EM if ord(c) >= 0x2E80 else EM / 2 for c in text)


WORDS = st.sampled_from(["报修", "没法继续", "Wi-Fi", "library", "8231 0000", "16:30", "图书馆一层服务台", "𠮷"])
CLOSING = st.sampled_from(["，", "。", "）", "、", "：", "！", ".", ", ", ""])
SENTENCES = st.lists(st.tuples(WORDS, CLOSING, st.sampled_from(["（", "", " "])), max_size=30).map(
    lambda parts: "".join(word + close + gap for word, close, gap in parts)
)


@many
@given(SENTENCES, st.integers(12 * EM, 30 * EM))
def test_no_line_starts_with_a_closing_mark_or_ends_with_an_opening_one(text: str, dots: int) -> None:
    lines = wrap(text, dots, width)
    assert not [line for line in lines[1:] if line[0] in NEVER_FIRST]
    assert not [line for line in lines[:-1] if line[-1] in NEVER_LAST]


@many
@given(st.text(max_size=300), st.integers(EM, 20 * EM))
def test_every_character_stays_and_no_line_is_too_wide(text: str, dots: int) -> None:
    clean = printable(text)
    lines = wrap(clean, dots, width)
    assert "".join(lines).replace(" ", "") == clean.replace(" ", "").replace("\n", "")
    assert all(width(line) <= dots or len(line) == 1 for line in lines)
    assert all(line == line.strip() and line for line in lines)


@many
@given(st.text(max_size=300), st.integers(2 * EM, 20 * EM), st.integers(0, 4))
def test_a_shortened_text_says_that_something_is_missing(text: str, dots: int, count: int) -> None:
    lines = wrap(printable(text), dots, width)
    short = shorten(lines, count, dots, width)
    assert len(short) == min(len(lines), count)
    assert all(width(line) <= max(dots, EM) for line in short)
    assert not short or (short == lines) != short[-1].endswith(ELLIPSIS) or lines[-1].endswith(ELLIPSIS)


def test_latin_words_and_times_stay_whole() -> None:
    assert wrap("call 8231 0000 with the number", 8 * EM, width) == ["call 8231 0000", "with the number"]
    assert wrap("连上 Wi-Fi 但打不开网页", 6.5 * EM, width) == ["连上 Wi-Fi 但", "打不开网页"]
    assert wrap("到服务台（8:00–22:00）。", 9 * EM, width) == ["到服务台", "（8:00–22:00）。"]


@pytest.mark.parametrize(
    ("given_text", "clean"),
    [
        ("a\x1bp\x00b\x7f", "apb"),
        ("\x1d\x56\x41\x03", "VA"),
        ("name\u202egnp.exe", "namegnp.exe"),
        ("a\u200b\u2066b\u2069\ufeffc", "abc"),
        ("Z" + "\u0336\u0489" * 40 + "y", "Zy"),
        ("e\u0301te\u0301", "été"),
        (" 一\t\t二\u3000三 ", "一 二 三"),
        ("一\r\n\n二\u2028三", "一\n二 三"),
        ("\ue000\ud800\U0010ffff𠮷", "𠮷"),
        ("", ""),
    ],
)
def test_only_what_has_a_glyph_and_one_direction_is_left(given_text: str, clean: str) -> None:
    assert printable(given_text) == clean


def test_ten_thousand_characters_are_not_looked_at_twice() -> None:
    assert len(printable("字" * 10_000)) == MAX_FIELD_CHARS
    assert one_line("一\n二") == "一 二"
