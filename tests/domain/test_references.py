from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.references import (
    ALPHABET,
    HIGHEST_COUNTER,
    NumberBlock,
    NumbersUsedUp,
    Reference,
    is_kiosk_code,
    parse,
)
from tests.domain.amount import many

CODES = st.from_regex(rf"\A[{ALPHABET}][0-9]{{2}}\Z")
REFERENCES = st.builds(Reference, CODES, st.integers(1, HIGHEST_COUNTER))
DIGIT_PLACES = range(1, 7)


def test_the_alphabet_has_no_letter_that_is_taken_for_another_sign() -> None:
    assert len(set(ALPHABET)) == 22
    assert not set("IOSZ") & set(ALPHABET)


def test_a_reference_is_shown_in_groups() -> None:
    assert str(Reference("A12", 473)) == "A12-0473-K"
    assert Reference("A12", 473).compact == "A120473K"


@pytest.mark.parametrize(
    "printed", ["A12-0473-K", "A00-0001-P", "Y99-9999-P", "K37-1234-H", "U08-5060-E", "M45-7890-G"]
)
def test_numbers_on_slips_that_were_printed_long_ago_stay_valid(printed: str) -> None:
    assert str(parse(printed)) == printed


@pytest.mark.parametrize(
    "typed",
    [
        "A12-0473-K",
        "a12-0473-k",
        "A120473K",
        " a12 0473 k ",
        "A12–0473—K",
        "Ａ１２－０４７３－Ｋ",
        "A12-O473-K",
        "Al2-0473-K",
        "AIZ-0473-K",
        "A12.0473_K",
    ],
)
def test_a_reference_is_understood_however_it_is_typed(typed: str) -> None:
    assert parse(typed) == Reference("A12", 473)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "A12",
        "A12-0473",
        "A12-0473-M",
        "A12-0000-P",
        "0473",
        "A12-0473-K-1",
        "A12-٠473-K",
        "812-0473-K",
        "A" * 10**6,
    ],
)
def test_what_is_no_reference_is_none(typed: str) -> None:
    assert parse(typed) is None


@many
@given(REFERENCES)
def test_what_is_shown_is_read_back(reference: Reference) -> None:
    assert parse(str(reference)) == reference
    assert parse(reference.compact.lower()) == reference
    assert len(reference.compact) <= 9


@many
@given(REFERENCES)
def test_one_wrong_character_is_always_noticed(reference: Reference) -> None:
    right = reference.compact
    for place in range(len(right)):
        for other in "0123456789" if place in DIGIT_PLACES else ALPHABET:
            if other != right[place]:
                assert parse(right[:place] + other + right[place + 1 :]) is None


@many
@given(REFERENCES)
def test_two_exchanged_characters_are_always_noticed(reference: Reference) -> None:
    right = list(reference.compact)
    for one, two in combinations(range(len(right)), 2):
        wrong = right.copy()
        wrong[one], wrong[two] = wrong[two], wrong[one]
        letters_exchanged = (one, two) == (0, 7)
        if wrong != right and not letters_exchanged:
            assert parse("".join(wrong)) is None


@many
@given(REFERENCES, st.sampled_from(DIGIT_PLACES[:-1]), st.integers(0, 9), st.integers(0, 9))
def test_a_wrong_pair_and_thirteen_heard_as_thirty_are_always_noticed(
    reference: Reference, place: int, one: int, two: int
) -> None:
    def with_pair(pair: str) -> str:
        digits = reference.compact[:place] + pair + reference.compact[place + 2 : 7]
        return str(Reference(digits[:3], max(1, int(digits[3:]))))

    def misheard(right: str, wrong: str) -> bool:
        shown = with_pair(right).replace("-", "")
        changed = shown[:place] + wrong + shown[place + 2 :]
        return changed == shown or parse(changed) is None

    assert misheard(f"{one}{one}", f"{two}{two}")
    if one >= 2:
        assert misheard(f"1{one}", f"{one}0")
        assert misheard(f"{one}0", f"1{one}")


@many
@given(st.text(max_size=60))
def test_reading_never_raises(text: str) -> None:
    found = parse(text)
    assert found is None or parse(str(found)) == found


@many
@given(CODES, st.integers(1, HIGHEST_COUNTER), st.integers(0, 60))
def test_a_block_gives_each_of_its_numbers_once_and_then_none(code: str, first: int, more: int) -> None:
    block = NumberBlock.fresh(code, first, min(first + more, HIGHEST_COUNTER))
    given_out = []
    while not isinstance(taken := block.take(), NumbersUsedUp):
        reference, block = taken
        given_out.append(reference.counter)
        assert reference.kiosk == code
    assert given_out == list(range(first, block.last + 1))
    assert block.left == 0


@pytest.mark.parametrize("code", ["", "A1", "A123", "I12", "a12", "Ａ12", "A1٢", "A12\n"])
def test_what_is_no_kiosk_code_makes_no_reference(code: str) -> None:
    assert not is_kiosk_code(code)
    with pytest.raises(ValueError, match="not a kiosk code"):
        Reference(code, 1)
    with pytest.raises(ValueError, match="not a kiosk code"):
        NumberBlock.fresh(code, 1, 9)


@pytest.mark.parametrize("counter", [0, -1, HIGHEST_COUNTER + 1])
def test_a_counter_that_cannot_be_shown_makes_no_reference(counter: int) -> None:
    with pytest.raises(ValueError, match="counter"):
        Reference("A12", counter)


@pytest.mark.parametrize(("first", "last", "start"), [(5, 4, 5), (0, 4, 0), (1, 10_000, 1), (5, 9, 4), (5, 9, 11)])
def test_an_impossible_block_is_refused(first: int, last: int, start: int) -> None:
    with pytest.raises(ValueError, match="not a block"):
        NumberBlock("A12", first, last, start)
