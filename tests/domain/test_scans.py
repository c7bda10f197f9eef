"""What a barcode holds is anybody's: it becomes a slip of ours, a number of this campus, or nothing."""

import random
import re
from collections.abc import Callable

import pytest

from kiosk.domain.identity import NumberClaim
from kiosk.domain.on_paper import LEAST_DIGITS, MOST_DIGITS
from kiosk.domain.scans import CODE_ALPHABET, CODE_CHARACTERS, MOST_BYTES, SlipCode, Unreadable, understood
from tests.counts import count

PATTERN = "[0-9]{11}|T[0-9]{7}"
SLIP = b"https://campus-kiosk.example.edu:8443/f/abcDEFGHJK23"
PAYLOADS = count(10_000, 100_000)
#: What scanners are made to type: Code 128's control characters, function codes, chords of configuration barcodes.
KEYS = [
    b"\x00",
    b"\x1b[A",
    b"\x1bOP",
    b"\x08",
    b"\x7f",
    b"\t",
    b"\x16",
    b"\x18",
    b"%O",
    b"$M",
    b"\x1d",
    b"]C1",
    b"\x9b",
]


@pytest.mark.parametrize(
    "line",
    [
        SLIP,
        b"https://127.0.0.1:8443/f/abcDEFGHJK23",
        b"https://it.example.edu/kiosk/f/abcDEFGHJK23",
        b"https://k.cn/f/abcDEFGHJK23",
    ],
)
def test_a_slips_address_is_its_code_whatever_host_it_names(line: bytes) -> None:
    scan = understood(line, PATTERN)
    assert isinstance(scan, SlipCode)
    assert scan.reveal() == "abcDEFGHJK23"
    assert scan.reveal() not in repr(scan)


@pytest.mark.parametrize("length", [LEAST_DIGITS, 700, MOST_DIGITS])
def test_a_report_on_paper_is_its_digits_and_nothing_else_is(length: int) -> None:
    digits = "1" * length
    scan = understood(f"https://it.example.edu/kiosk/b/{digits}".encode(), PATTERN)
    assert isinstance(scan, SlipCode)
    assert scan.reveal() == digits
    assert digits not in repr(scan)
    for wrong in (
        digits,
        f"https://k.cn/f/{digits}",
        f"https://k.cn/b/{digits}x",
        f"https://k.cn/b/{'1' * (LEAST_DIGITS - 1)}",
    ):
        assert understood(wrong.encode(), PATTERN) == Unreadable()
    assert understood(b"https://k.cn/b/" + b"1" * (MOST_DIGITS + 1), PATTERN) == Unreadable()


@pytest.mark.parametrize("number", ["20230115301", "T1234567"])
def test_a_number_of_this_campus_is_a_claim_and_shows_itself_masked(number: str) -> None:
    scan = understood(number.encode(), PATTERN)
    assert isinstance(scan, NumberClaim)
    assert scan.number.reveal() == number
    assert number not in repr(scan)


@pytest.mark.parametrize(
    "line",
    [
        b"",
        SLIP + b"\n",
        b"\r" + SLIP,
        SLIP + b" ",
        SLIP[:-1],
        SLIP + b"A",
        SLIP.replace(b"https", b"http"),
        SLIP.replace(b"https", b"HTTPS"),
        SLIP.replace(b"/f/", b"/d/"),
        SLIP.replace(b"/f/", b"/../f/x/"),
        SLIP.replace(b"//", b"//admin:secret@"),
        SLIP.replace(b"campus", b"\xe4\xba\x91"),
        SLIP.replace(b"abc", b"I0O"),  # letters no code has
        SLIP + b"?said=confirmed",
        SLIP + b"#x",
        b"javascript:alert(1)",
        b"2023011530",
        b"20230115301 ",
        b"20230115301\x00",
        "２０２３０１１５３０１".encode(),
        "٢٠٢٣٠١١٥٣٠١".encode(),
        b"9" * (MOST_BYTES + 1),
        b"https://" + b"a" * 40 + b"/f/abcDEFGHJK23extra",
    ],
)
def test_everything_else_is_unreadable(line: bytes) -> None:
    assert understood(line, PATTERN) == Unreadable()


def test_a_campus_without_numbers_takes_none() -> None:
    assert understood(b"20230115301", "") == Unreadable()


def payload(chance: random.Random) -> bytes:
    """Bytes, keys, something long, or something almost right."""

    def some(most: int) -> bytes:
        return chance.randbytes(chance.randrange(most))

    def almost() -> bytes:
        line = bytearray(chance.choice([SLIP, b"20230115301", b"T1234567"]))
        for _ in range(chance.randrange(3)):
            place = chance.randrange(len(line) + 1)
            line[place : place + chance.randrange(2)] = chance.choice([some(3), *KEYS, b"/f/", b"9", b"https://"])
        return bytes(line)

    def keys() -> bytes:
        return b"".join(chance.choices([*KEYS, b"1", b"A", b"/f/"], k=chance.randrange(1, 30)))

    def text() -> bytes:
        return "".join(chr(chance.randrange(32, 0x2FFF)) for _ in range(chance.randrange(40))).encode()

    makers: list[Callable[[], bytes]] = [lambda: some(80), lambda: some(4096), almost, almost, keys, text]
    return chance.choice(makers)()


def test_no_payload_becomes_anything_but_a_slip_a_number_or_nothing(say_figure: Callable[[str], None]) -> None:
    chance, kinds = random.Random(20261130), dict.fromkeys((SlipCode, NumberClaim, Unreadable), 0)
    for _ in range(PAYLOADS):
        line = payload(chance)
        scan = understood(line, PATTERN)
        kinds[type(scan)] += 1
        match scan:
            case SlipCode():
                assert len(scan.reveal()) == CODE_CHARACTERS
                assert set(scan.reveal()) <= set(CODE_ALPHABET)
                assert line.startswith(b"https://")
                assert line.isascii()
                assert line.decode().isprintable()
            case NumberClaim():
                assert re.fullmatch(PATTERN, scan.number.reveal())
                assert scan.number.reveal().encode() == line
            case Unreadable():
                pass
        assert len(line) <= MOST_BYTES or scan == Unreadable()
    assert min(kinds.values()) > 0, "each of the three occurs"
    told = ", ".join(f"{number} {kind.__name__}" for kind, number in kinds.items())
    say_figure(f"scanner payloads: {PAYLOADS}, {told}, 0 anything else")
