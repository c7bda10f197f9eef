"""Every row of the outbox vouches for itself and for the one before it, so that damage is noticed, never served."""

import hashlib

from kiosk.wire.envelope import Context, Envelope

#: What the first row is linked to.
GENESIS = bytes(32)


def digest(envelope: Envelope) -> bytes:
    """SHA-256 over context, sealed bytes and signature, each with its length: no two envelopes share the input."""
    total = hashlib.sha256()
    for part in (envelope.context.canonical(), envelope.sealed, envelope.signature):
        total.update(len(part).to_bytes(8, "big"))
        total.update(part)
    return total.digest()


def link(previous: bytes, row_digest: bytes) -> bytes:
    return hashlib.sha256(previous + row_digest).digest()


#: Columns of ``outbox`` that make an envelope, in the order ``envelope`` takes them.
ENVELOPE_COLUMNS = "suite, key_id, kiosk, op_id, class, aggregate, made_at, expires_at, sealed, signature"


def envelope(columns: tuple[object, ...]) -> Envelope:
    """From ENVELOPE_COLUMNS of one row; their types are STRICT in the table."""
    *context, sealed, signature = columns
    return Envelope(Context(*context), sealed, signature)  # type: ignore[arg-type]
