"""Short APDUs: bytes by table, conversations by fuzz."""

import os
from collections.abc import Callable, Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.devices.apdu import MAX_RESPONSE_DATA, MAX_TURNS, Broken, Command, Response, Transmit, converse

SELECT = Command(0x00, 0xA4, 0x04, 0x00, bytes.fromhex("F0434152"), expected=256)
GET_UID = Command(0xFF, 0xCA, 0x00, 0x00, expected=256)
FUZZ = {"ci": 300, "full": 20_000}[os.environ.get("COUNT", "ci")]


@pytest.mark.parametrize(
    ("command", "wire"),
    [
        (Command(0x00, 0x44, 0, 0), "00440000"),
        (GET_UID, "FFCA000000"),
        (Command(0x00, 0xB0, 0x81, 0x00, expected=16), "00B0810010"),
        (Command(0x00, 0xD6, 0x00, 0x04, b"\x01\x02"), "00D60004020102"),
        (SELECT, "00A4040004F043415200"),
    ],
)
def test_a_command_has_the_bytes_of_its_iso_case(command: Command, wire: str) -> None:
    assert command.encode().hex().upper() == wire


@pytest.mark.parametrize(
    "make",
    [
        lambda: Command(256, 0, 0, 0),
        lambda: Command(0, -1, 0, 0),
        lambda: Command(0, 0, 0, 0, bytes(256)),
        lambda: Command(0, 0, 0, 0, expected=0),
        lambda: Command(0, 0, 0, 0, expected=257),
    ],
)
def test_a_command_that_cannot_be_sent_cannot_be_made(make: Callable[[], Command]) -> None:
    with pytest.raises(ValueError, match=r"out of range|command data|expected"):
        make()


def script(*answers: str) -> tuple[Transmit, list[str]]:
    """A card that gives these answers in turn, and the list of what it was sent."""
    left, sent = [bytes.fromhex(answer) for answer in answers], list[str]()

    def transmit(command: bytes) -> bytes | None:
        sent.append(command.hex().upper())
        return left.pop(0) if left else None

    return transmit, sent


@pytest.mark.parametrize(
    ("command", "answers", "outcome", "sent"),
    [
        (GET_UID, ["CAFE12349000"], Response(bytes.fromhex("CAFE1234"), 0x9000), ["FFCA000000"]),
        (GET_UID, ["6A81"], Response(b"", 0x6A81), ["FFCA000000"]),
        (GET_UID, ["6C04", "CAFE12349000"], Response(bytes.fromhex("CAFE1234"), 0x9000), ["FFCA000000", "FFCA000004"]),
        (SELECT, ["6102", "AABB9000"], Response(b"\xaa\xbb", 0x9000), ["00A4040004F043415200", "00C0000002"]),
        (SELECT, ["AA6101", "BB9000"], Response(b"\xaa\xbb", 0x9000), ["00A4040004F043415200", "00C0000001"]),
        (SELECT, ["6100", "9000"], Response(b"", 0x9000), ["00A4040004F043415200", "00C0000000"]),
        (Command(0x82, 0x44, 0, 0), ["6101", "009000"], Response(b"\0", 0x9000), ["82440000", "02C0000001"]),
        (GET_UID, ["6101", "009000"], Response(b"\0", 0x9000), ["FFCA000000", "00C0000001"]),
        (GET_UID, [""], Broken.MALFORMED, ["FFCA000000"]),
        (GET_UID, ["90"], Broken.MALFORMED, ["FFCA000000"]),
        (GET_UID, ["00" * (MAX_RESPONSE_DATA + 1) + "9000"], Broken.MALFORMED, ["FFCA000000"]),
        (GET_UID, [], Broken.GONE, ["FFCA000000"]),
        (SELECT, ["6102"], Broken.GONE, ["00A4040004F043415200", "00C0000002"]),
    ],
)
def test_a_conversation_ends_as_the_table_says(
    command: Command, answers: Iterable[str], outcome: Response | Broken, sent: list[str]
) -> None:
    transmit, heard = script(*answers)
    assert converse(transmit, command) == outcome
    assert heard == sent


@pytest.mark.parametrize("answer", ["61FF", "6CFF", "006101"])
def test_a_card_that_never_ends_is_left_after_the_limit(answer: str) -> None:
    transmit, heard = script(*[answer] * (MAX_TURNS + 5))
    assert converse(transmit, SELECT) is Broken.ENDLESS
    assert len(heard) == MAX_TURNS


RAW = st.binary(max_size=300)
ENDLESS = st.builds(
    lambda data, sw1, sw2: data + bytes([sw1, sw2]),
    st.binary(max_size=256),
    st.sampled_from([0x61, 0x6C]),
    st.integers(0, 0xFF),
)
ANSWER = st.one_of(RAW, ENDLESS, st.none())


@settings(max_examples=FUZZ, deadline=None)
@given(answers=st.lists(ANSWER, max_size=MAX_TURNS * 2))
def test_no_answers_make_a_conversation_raise_or_run_on(answers: list[bytes | None]) -> None:
    left, turns = list(answers), 0

    def transmit(_command: bytes) -> bytes | None:
        nonlocal turns
        turns += 1
        return left.pop(0) if left else b"\x61\x10"

    outcome = converse(transmit, SELECT)
    assert turns <= MAX_TURNS
    assert isinstance(outcome, Broken) or len(outcome.data) <= MAX_TURNS * MAX_RESPONSE_DATA


def test_a_response_does_not_show_its_data() -> None:
    assert "cafe" not in repr(Response(b"\xca\xfe\x12\x34", 0x9000)).lower()
    assert "\\xca" not in repr(Response(b"\xca\xfe\x12\x34", 0x9000))
