"""Why a title stands among the results: the letters of it that were asked for, and no others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.search.marking import marked
from kiosk.search.query import Synonyms, understood

SYNONYMS = Synonyms([("wifi", "无线网"), ("投影仪", "投影机"), ("vpn", "校外访问")])
RESET = ("重置密码后，Wi-Fi 连不上怎么办", "chong zhi mi ma hou 'wifi lian bu shang zen me ban")


def shown(title: str, typed: str, syllables: str = "") -> str:
    """The title with what was found in brackets."""
    pieces = marked(title, understood(typed, SYNONYMS), syllables)
    assert "".join(pieces) == title
    return "".join(f"[{piece}]" if place % 2 else piece for place, piece in enumerate(pieces))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("重置密码", "[重置密码]后，Wi-Fi 连不上怎么办"),
        ("密码", "重置[密码]后，Wi-Fi 连不上怎么办"),
        ("密码连不上", "重置[密码]后，Wi-Fi [连不上]怎么办"),
        ("wifi", "重置密码后，[Wi-Fi] 连不上怎么办"),
        ("ＷＩ－ＦＩ", "重置密码后，[Wi-Fi] 连不上怎么办"),
        ("无线网", "重置密码后，[Wi-Fi] 连不上怎么办"),
        ("czmm", "[重置密码]后，Wi-Fi 连不上怎么办"),
        ("mm", "重置[密码]后，Wi-Fi 连不上怎么办"),
        ("mimah", "重置[密码后]，Wi-Fi 连不上怎么办"),
        ("chongzhi", "[重置]密码后，Wi-Fi 连不上怎么办"),
        ("wifilbs", "重置密码后，[Wi-Fi] [连不上]怎么办"),
        ("打印", "重置密码后，Wi-Fi 连不上怎么办"),
        ("", "重置密码后，Wi-Fi 连不上怎么办"),
        ("%_'\"*", "重置密码后，Wi-Fi 连不上怎么办"),
    ],
)
def test_what_was_typed_is_found_in_a_chinese_title(typed: str, expected: str) -> None:
    assert shown(RESET[0], typed, RESET[1]) == expected


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("password", "Reset your [password] before it runs out"),
        ("pass", "Reset your [pass]word before it runs out"),
        ("pass ", "Reset your password before it runs out"),
        ("reset password", "[Reset] your [password] before it runs out"),
        ("RESET", "[Reset] your password before it runs out"),
        ("word", "Reset your password before it runs out"),
        ("is it out", "Reset your password before it runs [out]"),
    ],
)
def test_what_was_typed_is_found_in_an_english_title_as_words(typed: str, expected: str) -> None:
    assert shown("Reset your password before it runs out", typed) == expected


@given(st.text(max_size=40), st.text(max_size=40), st.text("abc' ", max_size=40))
def test_whatever_is_typed_the_title_stays_as_it_is(title: str, typed: str, syllables: str) -> None:
    pieces = marked(title, understood(typed, SYNONYMS), syllables)
    assert "".join(pieces) == title
    assert all(pieces[1:])
