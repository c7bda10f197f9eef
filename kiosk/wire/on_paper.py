"""An envelope as decimal digits and back: what stands behind the hub's address in a slip's second code.

MessagePack of the fields, behind one byte that names this form, read as one number. Nothing is sealed or signed anew:
the context is put together again to the letter, so that its signature holds and its operation id is the same.
"""

from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import UUID

import msgspec

from kiosk.domain.on_paper import CLASSES, is_digits
from kiosk.wire.envelope import Context, Envelope

_FORM = b"\x01"
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND, _SECOND = timedelta(milliseconds=1), timedelta(seconds=1)
#: Until the year 3000, and a hundred years.
_Milliseconds = Annotated[int, msgspec.Meta(ge=0, le=32_503_680_000_000)]
_Seconds = Annotated[int, msgspec.Meta(ge=0, le=3_155_760_000)]
_Name = Annotated[str, msgspec.Meta(pattern=r"^[!-~]{1,64}$")]
_Sixteen = Annotated[bytes, msgspec.Meta(min_length=16, max_length=16)]


class _Carried(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """``made`` since 1970; ``lifetime`` from ``made`` to ``expires``."""

    suite: int
    key: _Name
    kiosk: _Name
    op: _Sixteen
    kind: _Name
    aggregate: _Name
    made: _Milliseconds
    lifetime: _Seconds
    sealed: bytes
    signature: bytes


def digits_of(envelope: Envelope) -> str:
    """'' for what does not travel on paper, or would not come back as it is."""
    context = envelope.context
    if context.kind not in CLASSES:
        return ""
    made, expires = datetime.fromisoformat(context.made), datetime.fromisoformat(context.expires)
    carried = _Carried(
        context.suite,
        context.key,
        context.kiosk,
        UUID(context.op).bytes,
        context.kind,
        context.aggregate,
        (made - _EPOCH) // _MILLISECOND,
        (expires - made) // _SECOND,
        envelope.sealed,
        envelope.signature,
    )
    content = _FORM + msgspec.msgpack.encode(carried)
    digits = str(int.from_bytes(content))
    return digits if is_digits(digits) and _envelope_in(content) == envelope else ""


def envelope_of(digits: str) -> Envelope | None:
    """``None`` for what ``digits_of`` has not made. Its signature is for the caller to check, who knows the kiosk."""
    if not is_digits(digits):
        return None
    number = int(digits)
    return _envelope_in(number.to_bytes((number.bit_length() + 7) // 8))


def _envelope_in(content: bytes) -> Envelope | None:
    if not content.startswith(_FORM):
        return None
    try:
        carried = msgspec.msgpack.decode(content[len(_FORM) :], type=_Carried)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    made = _EPOCH + carried.made * _MILLISECOND
    context = Context(
        suite=carried.suite,
        key=carried.key,
        kiosk=carried.kiosk,
        op=str(UUID(bytes=carried.op)),
        kind=carried.kind,
        aggregate=carried.aggregate,
        made=made.isoformat(timespec="milliseconds"),
        expires=(made + carried.lifetime * _SECOND).isoformat(timespec="milliseconds"),
    )
    return Envelope(context, carried.sealed, carried.signature)
