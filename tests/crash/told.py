"""What a kiosk under test says to the test and asks of it: one JSON line each, so that a trace of the process shows
in which order it spoke and wrote."""

import msgspec

from kiosk.domain.references import NumberBlock


class Saved(msgspec.Struct, frozen=True, tag=True):
    """The person was told so: from here on the report must arrive."""

    note: str
    op: str
    reference: str


class Refused(msgspec.Struct, frozen=True, tag=True):
    """The person was told "not saved"."""

    note: str
    why: str


class Aside(msgspec.Struct, frozen=True, tag=True):
    """A broken database was kept under this name, and the boot reported it."""

    name: str


class Closed(msgspec.Struct, frozen=True, tag=True):
    """The disk lets nobody work: the kiosk says that it is out of order."""

    why: str


class Send(msgspec.Struct, frozen=True, tag=True):
    """An envelope on its way to the hub; the answer is one of ANSWERS."""

    op: str
    envelope: bytes


class WantNumbers(msgspec.Struct, frozen=True, tag=True):
    """The answer is a Block."""

    op: str


class Block(msgspec.Struct, frozen=True, tag=True):
    kiosk: str
    first: int
    last: int

    def fresh(self) -> NumberBlock:
        return NumberBlock.fresh(self.kiosk, self.first, self.last)


class Answer(msgspec.Struct, frozen=True, tag=True):
    """``taken``, ``refused`` or ``silent``."""

    word: str


Line = Saved | Refused | Aside | Closed | Send | WantNumbers
Reply = Answer | Block
_LINE: msgspec.json.Decoder[Line] = msgspec.json.Decoder(Line)
_REPLY: msgspec.json.Decoder[Reply] = msgspec.json.Decoder(Reply)


def encode(message: Line | Reply) -> bytes:
    return msgspec.json.encode(message) + b"\n"


def line(raw: bytes) -> Line:
    return _LINE.decode(raw)


def reply(raw: bytes) -> Reply:
    return _REPLY.decode(raw)
