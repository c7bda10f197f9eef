"""Letters are read as the syllables somebody meant, and characters as they are spoken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.search import spoken
from kiosk.search.characters import every_syllable
from kiosk.search.tokens import normal


@pytest.mark.parametrize(
    ("letters", "syllables", "rest"),
    [
        ("chongzhimima", ["chong", "zhi", "mi", "ma"], ""),
        ("chongzhim", ["chong", "zhi"], "m"),
        ("chon", [], "chon"),
        ("xian", ["xian"], ""),
        ("czmm", [], "czmm"),
        ("wifi", [], "wifi"),
        ("", [], ""),
    ],
)
def test_letters_are_split_into_syllables(letters: str, syllables: list[str], rest: str) -> None:
    found, left = spoken.split(letters)
    assert (found, left) == (syllables, rest) or (not syllables and "".join(found) + left == letters)


@given(st.lists(st.sampled_from(sorted(every_syllable())), min_size=1, max_size=6))
def test_any_syllables_run_together_are_syllables_again(syllables: list[str]) -> None:
    found, rest = spoken.split("".join(syllables))
    assert rest == ""
    assert "".join(found) == "".join(syllables)
    assert len(found) <= len(syllables)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("重置密码", "chong zhi mi ma"),
        ("重要", "zhong yao"),
        ("连不上 Wi-Fi", "lian bu shang 'wifi"),
        ("银行", "yin hang"),
        ("無線網路", "wu xian wang lu"),
        ("", ""),
        ("!?", ""),
    ],
)
def test_a_text_is_spoken(text: str, phrase: str) -> None:
    assert spoken.phrase_of(normal(text)) == phrase


@pytest.mark.parametrize(("one", "other"), [("从", "重"), ("制", "置"), ("正", "证"), ("登", "灯")])
def test_what_sounds_alike_is_heard_alike(one: str, other: str) -> None:
    assert set(spoken.readings(one)) & set(spoken.readings(other))


@given(st.text(max_size=40))
def test_a_normal_text_is_normal(text: str) -> None:
    assert normal(normal(text)) == normal(text)


@pytest.mark.parametrize(
    ("typed", "same"), [("ＷＩＦＩ", "wifi"), ("校園網", "校园网"), ("Café", "cafe"), ("密碼", "密码")]
)
def test_width_capitals_accents_and_traditional_characters_make_no_difference(typed: str, same: str) -> None:
    assert normal(typed) == same
