import re
from collections.abc import Callable

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from kiosk.domain.masking import HIDDEN, mask_email, mask_name, mask_number, mask_phone
from kiosk.domain.people import CardUid, Email, PersonName, PersonNumber, Phone
from tests.domain.amount import many

ANY_TEXT = st.text(st.characters(), max_size=60) | st.text(alphabet="张明欧阳·Li @.+-0138\u202e\ud800\u0301\n")
MASKS = [mask_email, mask_name, mask_number, mask_phone]
HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
IDENTITY_CARD = re.compile("[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx]")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize(
    ("mask", "text", "shown"),
    [
        (mask_number, "20230101187", "2023•••••87"),
        (mask_number, " 2023 0101 187 ", "2023•••••87"),
        (mask_number, "20180034", "2018•••••34"),
        (mask_number, "2018003", HIDDEN),
        (mask_number, "7", HIDDEN),
        (mask_number, "11010519491231002X", HIDDEN),
        (mask_number, "44030119990229123x", HIDDEN),
        (mask_number, "202301011870000034", "2023•••••34"),
        (mask_phone, "110105194912310020", HIDDEN),
        (mask_number, "", HIDDEN),
        (mask_name, "张小明", "张*明"),
        (mask_name, "张 明", "张*"),
        (mask_name, "李明", "李*"),
        (mask_name, "欧阳修", "欧*修"),
        (mask_name, "欧阳娜娜", "欧*娜"),
        (mask_name, "欧阳", "欧*"),
        (mask_name, "歐陽修", "歐*修"),
        (mask_name, "迪丽热巴·迪力木拉提", "迪*提"),
        (mask_name, "Li Ming", "L. M."),
        (mask_name, "Ana María López", "A. M. L."),
        (mask_name, "Madonna", "M."),
        (mask_name, "J R Smith", "J. R. S."),
        (mask_name, "Daniel O'Neill", "D. O."),
        (mask_name, "'t Hooft", "t. H."),
        (mask_name, "Jean-Luc Picard", "J. P."),
        (mask_name, "Li 明", "L."),
        (mask_name, "J R", "*"),
        (mask_name, "123 456", "*"),
        (mask_name, "李", "*"),
        (mask_name, "L", "*"),
        (mask_name, "", "*"),
        (mask_phone, "13812345521", "138••••5521"),
        (mask_phone, "+86 138-1234-5521", "138••••5521"),
        (mask_phone, "+49 30 1234567", "•••••567"),
        (mask_phone, "0731-88821234", "•••••234"),
        (mask_phone, "8812", HIDDEN),
        (mask_phone, "call me at noon", HIDDEN),
        (mask_email, "liming@example.edu.cn", "l•••••@example.edu.cn"),
        (mask_email, "l@example.edu.cn", "•••••@example.edu.cn"),
        (mask_email, "liming", HIDDEN),
        (mask_email, "li@ming<img src=x>", HIDDEN),
    ],
)
def test_each_kind_shows_what_the_rules_allow(mask: Callable[[str], str], text: str, shown: str) -> None:
    assert mask(text) == shown


@many
@given(st.sampled_from(MASKS), ANY_TEXT)
@example(mask_name, "\ud800\ud800\ud800")
@example(mask_number, "1" * 1_000_000)
@example(mask_name, "é" * 100_000)
def test_any_text_gets_a_short_printable_mask_that_hides_something(mask: Callable[[str], str], text: str) -> None:
    shown = mask(text)
    shown.encode()
    assert shown.isprintable()
    assert shown != text or not text.isalnum()
    assert len(shown) <= max(len(HIDDEN) + 6, len(HIDDEN) + 1 + len(text))


@many
@given(st.text("0123456789ABX", min_size=8, max_size=40), st.text("0123456789", max_size=20))
def test_the_mask_of_a_number_is_its_ends_and_does_not_tell_its_length(number: str, more: str) -> None:
    longer = number[:4] + more + number[4:]
    assume(not any(IDENTITY_CARD.fullmatch(text) for text in (number, longer)))
    assert mask_number(number) == mask_number(longer) == number[:4] + HIDDEN + number[-2:]


@many
@given(st.text(HAN, min_size=3, max_size=12), st.text(HAN, max_size=6))
def test_a_chinese_name_shows_its_ends_and_not_its_length(name: str, more: str) -> None:
    assert mask_name(name) == f"{name[0]}*{name[-1]}"
    assert mask_name(name) == mask_name(name[0] + more + name[1:])


@many
@given(st.text(HAN, min_size=2, max_size=2))
def test_of_a_name_of_two_characters_the_last_one_is_hidden(name: str) -> None:
    assert mask_name(name) == f"{name[0]}*"


@many
@given(st.lists(st.text(LETTERS, min_size=2, max_size=12), min_size=1, max_size=9), st.integers(0, 8), st.text(LETTERS))
def test_a_latin_name_shows_the_initial_of_each_part_and_not_how_long_it_is(
    parts: list[str], place: int, more: str
) -> None:
    shown = mask_name(" ".join(parts))
    assert shown == " ".join(f"{part[0]}." for part in parts[:8])
    longer = [part + more if at == place else part for at, part in enumerate(parts)]
    assert mask_name(" ".join(longer)) == shown


@many
@given(st.from_regex(IDENTITY_CARD, fullmatch=True), st.sampled_from(MASKS))
def test_an_identity_card_is_never_shown_by_any_mask(document: str, mask: Callable[[str], str]) -> None:
    assert not any(c.isdigit() for c in mask(document))


@many
@given(st.text("0123456789", min_size=7, max_size=20), st.sampled_from(["", "+", "+1 ", "00"]))
def test_a_phone_shows_seven_digits_of_a_chinese_mobile_and_three_of_any_other(digits: str, prefix: str) -> None:
    shown = mask_phone(prefix + digits)
    mobile = len(shown) == 11
    assert len(shown) in (8, 11)
    assert sum(c.isdigit() for c in shown) == (7 if mobile else 3)
    assert shown.endswith(digits[-4:] if mobile else digits[-3:])


@many
@given(st.text("0123456789", min_size=4, max_size=8), st.text("0123456789", max_size=6))
def test_a_foreign_phone_does_not_tell_its_length(digits: str, more: str) -> None:
    short, long = mask_phone(f"+49{digits}"), mask_phone(f"+49{more}{digits}")
    assert {short, long} <= {HIDDEN, HIDDEN + digits[-3:]}
    assert len(digits) < 5 or short == long


@many
@given(st.text(LETTERS, min_size=2, max_size=30), st.text(LETTERS, max_size=10))
def test_a_mailbox_shows_its_first_letter_its_domain_and_not_its_length(mailbox: str, more: str) -> None:
    shown = f"{mailbox[0]}{HIDDEN}@example.edu.cn"
    assert mask_email(f"{mailbox}@example.edu.cn") == mask_email(f"{mailbox}{more}@example.edu.cn") == shown


@pytest.mark.parametrize(
    ("value", "secret"),
    [
        (PersonNumber("20230101187"), "0101"),
        (PersonName("张小明"), "小"),
        (Phone("13812345521"), "1234"),
        (Email("liming@example.edu.cn"), "iming"),
        (CardUid("04A1B2C3D4E5F6"), "A1B2"),
    ],
)
def test_personal_values_cannot_be_rendered_by_accident(
    value: PersonNumber | PersonName | Phone | Email | CardUid, secret: str
) -> None:
    assert secret in value.reveal()
    for shown in (str(value), repr(value), f"{value}", f"{value:>40}", "%s" % value, str([value])):  # noqa: UP031
        assert secret not in shown
