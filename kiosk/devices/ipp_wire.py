"""The Internet Printing Protocol's requests and answers as bytes (RFC 8010), as far as a kiosk asks.

pyipp speaks it too, but brings an asynchronous HTTP client with it; what is needed here are four questions.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count

Value = int | bool | str | bytes

PRINT_JOB, CANCEL_JOB, GET_JOB, GET_JOBS, GET_PRINTER = 0x02, 0x08, 0x09, 0x0A, 0x0B
BUSY = 0x0507  # server-error-busy
MAX_ANSWER = 1 << 20  # bytes

_VERSION = b"\x02\x00"
_OPERATION, _END = 0x01, 0x03
_INTEGER, _BOOLEAN, _ENUM = 0x21, 0x22, 0x23
_NAME, _KEYWORD, _URI, _CHARSET, _LANGUAGE, _MIME = 0x42, 0x44, 0x45, 0x47, 0x48, 0x49
_TAGS = {
    "attributes-charset": _CHARSET,
    "attributes-natural-language": _LANGUAGE,
    "printer-uri": _URI,
    "requesting-user-name": _NAME,
    "job-name": _NAME,
    "document-format": _MIME,
}
_numbers = count(1)


class BadAnswerError(ValueError):
    """Not an answer of this protocol, or one that was cut short."""


@dataclass(frozen=True, slots=True)
class Answer:
    """``groups`` in their order; every attribute is a list."""

    status: int
    groups: tuple[tuple[int, dict[str, list[Value]]], ...] = field(default=())

    @property
    def good(self) -> bool:
        return self.status < 0x100

    def of(self, name: str) -> list[Value]:
        """The attribute's values in the first group that has it; none where no group has."""
        return next((group[name] for _, group in self.groups if name in group), [])

    def every(self, name: str) -> list[Value]:
        return [value for _, group in self.groups for value in group.get(name, [])]

    def number(self, name: str) -> int:
        return next((value for value in self.of(name) if isinstance(value, int)), 0)

    def texts(self, name: str) -> list[str]:
        return [value for value in self.of(name) if isinstance(value, str)]


def request(operation: int, uri: str, attributes: Mapping[str, Value | list[str]], document: bytes = b"") -> bytes:
    """Charset, language and printer come first, as the standard wants it."""
    first = {"attributes-charset": "utf-8", "attributes-natural-language": "en", "printer-uri": uri}
    body = b"".join(_attribute(name, value) for name, value in (first | dict(attributes)).items())
    head = _VERSION + operation.to_bytes(2) + next(_numbers).to_bytes(4)
    return head + bytes([_OPERATION]) + body + bytes([_END]) + document


def answer(data: bytes) -> Answer:
    """Raises BadAnswerError."""
    if len(data) < 9:
        raise BadAnswerError("too short")
    status, at = int.from_bytes(data[2:4]), 8
    groups: list[tuple[int, dict[str, list[Value]]]] = []
    last: list[Value] = []
    while at < len(data) and data[at] != _END:
        tag = data[at]
        at += 1
        if tag < 0x10:
            groups.append((tag, {}))
            continue
        name, at = _sized(data, at)
        value, at = _sized(data, at)
        if not groups:
            raise BadAnswerError("a value without a group")
        if name:  # without a name: one more value of the attribute before
            last = groups[-1][1].setdefault(name.decode("utf-8", "replace"), [])
        last.append(_value(tag, value))
    if at >= len(data):
        raise BadAnswerError("cut short")
    return Answer(status, tuple(groups))


def _attribute(name: str, value: Value | list[str]) -> bytes:
    values = value if isinstance(value, list) else [value]
    return b"".join(_one(name if not index else "", _tag(name, one), one) for index, one in enumerate(values))


def _tag(name: str, value: Value) -> int:
    if isinstance(value, bool):
        return _BOOLEAN
    return _INTEGER if isinstance(value, int) else _TAGS.get(name, _KEYWORD)


def _one(name: str, tag: int, value: Value) -> bytes:
    if isinstance(value, bool):
        data = bytes([value])
    elif isinstance(value, int):
        data = value.to_bytes(4, signed=True)
    else:
        data = value if isinstance(value, bytes) else value.encode()
    encoded = name.encode()
    return bytes([tag]) + len(encoded).to_bytes(2) + encoded + len(data).to_bytes(2) + data


def _sized(data: bytes, at: int) -> tuple[bytes, int]:
    end = at + 2 + int.from_bytes(data[at : at + 2])
    if end > len(data) or at + 2 > len(data):
        raise BadAnswerError("cut short")
    return data[at + 2 : end], end


def _value(tag: int, data: bytes) -> Value:
    if tag in (_INTEGER, _ENUM):
        return int.from_bytes(data, signed=True)
    if tag == _BOOLEAN:
        return data != b"\0"
    return data.decode("utf-8", "replace") if 0x40 <= tag < 0x4A else data
