"""Short APDUs of ISO/IEC 7816-4 as pure bytes: commands, responses, and one bounded conversation.

Nothing here raises because of what a card answers: a card may be pulled, broken or hostile at any byte.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum

MAX_COMMAND_DATA = 255  # Lc is one byte
MAX_RESPONSE_DATA = 256  # Le is one byte, 00 means 256
MAX_TURNS = 16  # command, 61xx and 6Cxx turns of one conversation: at most 4 KiB of data
SW_SUCCESS = 0x9000

_STATUS_BYTES = 2
_MORE_DATA = 0x61
_WRONG_LENGTH = 0x6C
_GET_RESPONSE = 0xC0
_READER_CLASS = 0xFF  # PC/SC part 3: answered by the reader, not by the card
_CHANNEL_BITS = 0x03


@dataclass(frozen=True, slots=True)
class Command:
    """A short command APDU. ``expected`` is Ne, 1 to 256 bytes; ``None`` when no data is expected.

    Raises ValueError for a field out of range, which is a bug of the caller.
    """

    cla: int
    ins: int
    p1: int
    p2: int
    data: bytes = field(default=b"", repr=False)
    expected: int | None = None

    def __post_init__(self) -> None:
        if any(not 0 <= byte <= 0xFF for byte in (self.cla, self.ins, self.p1, self.p2)):
            raise ValueError("a header byte is out of range")
        if len(self.data) > MAX_COMMAND_DATA:
            raise ValueError(f"more than {MAX_COMMAND_DATA} bytes of command data")
        if self.expected is not None and not 1 <= self.expected <= MAX_RESPONSE_DATA:
            raise ValueError(f"expected must be 1 to {MAX_RESPONSE_DATA}")

    def encode(self) -> bytes:
        """Header, then Lc and data, then Le: cases 1 to 4 of ISO/IEC 7816-3 section 12.1.3."""
        body = bytes([len(self.data)]) + self.data if self.data else b""
        le = b"" if self.expected is None else bytes([self.expected % MAX_RESPONSE_DATA])
        return bytes([self.cla, self.ins, self.p1, self.p2]) + body + le


@dataclass(frozen=True, slots=True)
class Response:
    """Data and status word. The data may name a person, so it stays out of ``repr``."""

    data: bytes = field(repr=False)
    status: int

    @property
    def ok(self) -> bool:
        return self.status == SW_SUCCESS


class Broken(StrEnum):
    """Why there is no response to judge."""

    GONE = "gone"  # PC/SC gave an error: pulled, reader lost, service down
    MALFORMED = "malformed"  # shorter than a status word or longer than a short response can be
    ENDLESS = "endless"  # the card never stopped saying 61xx or 6Cxx


Transmit = Callable[[bytes], bytes | None]  # None when PC/SC gave an error
Ask = Callable[[Command], Response | Broken]


def converse(transmit: Transmit, command: Command) -> Response | Broken:
    """Send ``command``, collect 61xx data, repeat once per 6Cxx with the length asked for, ≤ ``MAX_TURNS`` turns.

    Source: ISO/IEC 7816-4 section 5.6 (61xx, 6Cxx) and 11.4.2 (GET RESPONSE).
    """
    collected = b""
    for _ in range(MAX_TURNS):
        answer = transmit(command.encode())
        if answer is None:
            return Broken.GONE
        if not _STATUS_BYTES <= len(answer) <= MAX_RESPONSE_DATA + _STATUS_BYTES:
            return Broken.MALFORMED
        data, sw1, sw2 = answer[:-_STATUS_BYTES], answer[-2], answer[-1]
        length = sw2 or MAX_RESPONSE_DATA
        if sw1 == _WRONG_LENGTH:
            command = replace(command, expected=length)
            continue
        collected += data
        if sw1 == _MORE_DATA:
            command = Command(_channel(command.cla), _GET_RESPONSE, 0, 0, expected=length)
            continue
        return Response(collected, sw1 << 8 | sw2)
    return Broken.ENDLESS


def _channel(cla: int) -> int:
    return 0 if cla == _READER_CLASS else cla & _CHANNEL_BITS
