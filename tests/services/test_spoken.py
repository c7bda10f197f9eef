"""What is said for a text: words that both voices can pronounce, and nothing an engine could take for anything else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.language import Language
from kiosk.domain.speech import MOST_LETTERS, Piece
from kiosk.services.spoken import sign, spoken, time_left
from tests.hostile import SHORT

ZH, EN = Language.ZH, Language.EN


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("A12-0473-K", EN, "A 1 2, 0 4 7 3, K"),
        ("编号 A12-0473-K", ZH, "编号 | A | 1 2, 0 4 7 3, | K"),
        ("¥128.50", ZH, "128元5角"),
        ("¥0.05", ZH, "5分"),
        ("−¥1,200", ZH, "负1200元"),
        ("¥128.50", EN, "128 yuan 50"),
        ("¥3.00", EN, "3 yuan"),
        ("周五 11月20日 16:30 前", ZH, "周五 11月20日 16点30分 前"),
        ("8:00–18:00", ZH, "8点到18点"),
        ("8:00–18:00 · 8231 0000", EN, "8 o'clock to 18 o'clock , 8 2 3 1, 0 0 0 0"),
        ("Answer by 14:26", EN, "Answer by 14 26"),
        ("Answer by 9:05", EN, "Answer by 9 oh 5"),
        ("2023•••••87", EN, "2 0 2 3 hidden 8 7"),
        ("张*明", ZH, "张 隐去 明"),
        ("20230917204", ZH, "2 0 2 3 0 9 1 7 2 0 4"),
        ("连不上 Wi-Fi 和 VPN", ZH, "连不上 | Wi-Fi | 和 | V P N"),
        ("The 图书馆 is open", EN, "The | 图书馆 | is open"),
        ("PIN", EN, "PIN"),
        ("", EN, ""),
        ("···", ZH, ""),
    ],
)
def test_codes_money_times_and_other_scripts_are_said_as_people_say_them(
    text: str, language: Language, said: str
) -> None:
    assert " | ".join(piece.text for piece in spoken(text, language)) == said


def test_each_script_gets_its_voice() -> None:
    assert spoken("连不上 Wi-Fi", ZH) == (Piece(ZH, "连不上"), Piece(EN, "Wi-Fi"))
    assert spoken("Wi-Fi 连不上", EN) == (Piece(EN, "Wi-Fi"), Piece(ZH, "连不上"))


def test_a_countdown_is_told_in_words_and_nothing_else_is_one() -> None:
    assert time_left("1:48", ZH) == "还剩 1 分 48 秒"
    assert time_left("1:48", EN) == "1 minutes 48 seconds left"
    assert time_left("by 14:26", EN) == ""


@pytest.mark.parametrize("letter", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~，。？！：；、")
@pytest.mark.parametrize("language", Language)
def test_every_sign_on_a_key_has_a_name(letter: str, language: Language) -> None:
    assert sign(letter, language)
    assert spoken(letter, language)


FORBIDDEN = re.compile(r"[\[\]<>&{}\\\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@given(st.text(max_size=400), st.sampled_from(list(Language)))
def test_whatever_is_said_holds_no_markup_no_phonemes_and_no_commands(text: str, language: Language) -> None:
    for piece in spoken(text, language):
        assert piece.text.strip() == piece.text != ""
        assert not FORBIDDEN.search(piece.text)


@pytest.mark.parametrize(
    "text",
    [*SHORT.values(), "<speak><audio src='/etc/passwd'/></speak>", "[[h@'loU]]", "\x0150S fast", "-f /etc/passwd"],
)
def test_hostile_texts_are_only_words(text: str) -> None:
    for language in Language:
        assert not FORBIDDEN.search("".join(piece.text for piece in spoken(text, language)))


def test_no_text_is_endless() -> None:
    said = spoken("a" * 10 * MOST_LETTERS, EN)
    assert sum(len(piece.text) for piece in said) <= MOST_LETTERS
