"""What campuses export is read as it is: two languages, two encodings, three delimiters, bad rows told by line."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.card_accounts import CardState
from kiosk.domain.language import Language
from kiosk.domain.roles import Role
from kiosk.hub.services.people_file import BadRow, Listed, ListedCard, PeopleList, read_people

PATTERN = "[0-9]{11}|T[0-9]{7}"
SHANGHAI = ZoneInfo("Asia/Shanghai")


def read(folder: Path, text: str | bytes) -> PeopleList | BadRow:
    file = folder / "people.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_people(file, PATTERN, SHANGHAI)


def people(folder: Path, text: str | bytes) -> tuple[Listed, ...]:
    found = read(folder, text)
    assert isinstance(found, PeopleList), found
    assert found.problems == ()
    return found.people


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_list_is_read_as_the_campus_exports_it(tmp_path: Path, encoding: str, delimiter: str) -> None:
    lines = ["学号,姓名,拼音,身份,院系,手机,邮箱,语言,有效期至,校园卡"]
    lines.append("20230114287,张一明,Zhang Yiming,学生,计算机学院,13800135521,z@a.example,中文,2027/6/30,04a1b2c3")
    text = "\r\n".join(line.replace(",", delimiter) for line in lines)
    (one,) = people(tmp_path, text.encode(encoding))
    assert (one.number, one.name, one.role, one.language) == ("20230114287", "张一明", Role.STUDENT, Language.ZH)
    assert one.valid_until == datetime(2027, 6, 30, 16, 0, tzinfo=UTC), "the day named is still valid in Shanghai"
    assert one.cards == (ListedCard("04A1B2C3", CardState.ACTIVE),)


def test_a_number_written_on_a_card_is_told_from_a_uid(tmp_path: Path) -> None:
    (one,) = people(tmp_path, "number,name,role,cards\nT2010007,Ada,staff,no:2026-0042x 20260042\n")
    assert one.cards is not None
    assert [card.uid for card in one.cards] == ["NO:2026-0042X", "20260042"]


def test_a_list_without_cards_says_nothing_about_them(tmp_path: Path) -> None:
    (one,) = people(tmp_path, "number,name,role\nt2010007,Ada Lovelace,teacher\n")
    assert (one.number, one.cards, one.valid_until) == ("T2010007", None, None)


def test_cards_carry_their_state(tmp_path: Path) -> None:
    text = "number,name,role,cards\nT2010007,Ada,staff,04:A1:B2:C3=lost; 9F3A21C4 04A1B2C3D4E580=作废\n"
    (one,) = people(tmp_path, text)
    assert one.cards is not None
    assert [(card.uid, card.state.value) for card in one.cards] == [
        ("04A1B2C3", "lost"),
        ("9F3A21C4", "active"),
        ("04A1B2C3D4E580", "replaced"),
    ]


@pytest.mark.parametrize(
    "text", ["*)(uid=*", "张三 🧑‍💻 𠮷", "' OR 1=1 --", '<b>"x"</b>', "=cmd|'/C calc'!A0", "{x} %s"]
)
def test_whatever_stands_in_a_field_is_text_of_that_field_or_a_bad_row(tmp_path: Path, text: str) -> None:
    columns = [
        "number",
        "name",
        "latin_name",
        "role",
        "department",
        "phone",
        "email",
        "language",
        "valid_until",
        "cards",
    ]
    good = ["T2010007", "Ada", "Ada L", "staff", "IT", "1", "a@b.example", "en", "2027-06-30", "04A1B2C3"]
    free = {"name", "latin_name", "department", "phone"}
    for at, column in enumerate(columns):
        row = ['"' + field.replace('"', '""') + '"' for field in (*good[:at], text, *good[at + 1 :])]
        found = read(tmp_path, ",".join(columns) + "\n" + ",".join(row) + "\n")
        assert isinstance(found, PeopleList)
        if column in free:
            (one,) = found.people
            assert getattr(one, column) == text, column
        else:
            assert (found.people, len(found.problems)) == ((), 1), column


@pytest.mark.parametrize(
    ("row", "why", "number"),
    [
        ("123,Ada,staff,,,", "number", ""),
        ("T2010007,,staff,,,", "no_name", "T2010007"),
        ("T2010007", "no_name", "T2010007"),
        ("T2010007,Ada", "role", "T2010007"),
        ("T2010007,Ada,queen,,,", "role", "T2010007"),
        ("T2010007,Ada,staff,fr,,", "language", "T2010007"),
        ("T2010007,Ada,staff,,2027-02-30,", "valid_until", "T2010007"),
        ("T2010007,Ada,staff,,soon,", "valid_until", "T2010007"),
        ("T2010007,Ada,staff,,,12345", "card_uid", "T2010007"),
        ("T2010007,Ada,staff,,,no:", "card_uid", "T2010007"),
        ("T2010007,Ada,staff,,,no:0000", "card_uid", "T2010007"),
        ("T2010007,Ada,staff,,,04A1B2C3=blue", "card_state", "T2010007"),
        ("T2010007,Ada,staff,,,04A1B2C3 04a1b2c3", "card_twice", "T2010007"),
        ("T2010007,Ada,staff,,,,more", "too_many_fields", "T2010007"),
        (f"T2010007,{'x' * 201},staff,,,", "too_long", "T2010007"),
        ("T1111111,Bob,staff,,,", "number_again", "T1111111"),
        ("T2010007,Ada,staff,,,5C8810D2", "card_again", "T2010007"),
    ],
)
def test_a_row_that_is_not_sound_is_told_by_its_line_and_left_out(
    tmp_path: Path, row: str, why: str, number: str
) -> None:
    head = "number,name,role,language,valid_until,cards\nT1111111,Grace,staff,en,,5C8810D2\n"
    found = read(tmp_path, f"{head}{row}\n")
    assert isinstance(found, PeopleList)
    assert [one.name for one in found.people] == ["Grace"]
    assert [(problem.line, problem.why, problem.number) for problem in found.problems] == [(3, why, number)]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (b"", "no_column"),
        (b"number,name\n", "no_column"),
        (b"number,name,role,\xe5\xa7\x93\xe5\x90\x8d\n", "two_columns"),
        (b"number,name,role\n\xff\xff\xff\n", "encoding"),
        (b'number,name,role\n"T2010007,Ada,staff\n', "not_csv"),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(tmp_path: Path, text: bytes, why: str) -> None:
    found = read(tmp_path, text)
    assert isinstance(found, BadRow)
    assert found.why == why


@settings(max_examples=60)
@given(st.binary(max_size=400) | st.text(max_size=200).map(str.encode))
def test_no_file_breaks_the_reader(tmp_path_factory: pytest.TempPathFactory, body: bytes) -> None:
    found = read(tmp_path_factory.mktemp("any"), b"number,name,role,cards\n" + body)
    assert isinstance(found, PeopleList | BadRow)
