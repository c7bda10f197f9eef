"""The knowledge base as one snapshot: the domain's own values, compressed once by the hub and kept so by kiosks."""

import zlib
from hashlib import sha256

import msgspec

from kiosk.domain.articles import Knowledge
from kiosk.wire.routes import MAX_ANSWER

#: What a snapshot may hold once it is unpacked, bytes: some five thousand articles in two languages.
MAX_UNPACKED = 16 * 1024 * 1024
MEDIA_TYPE = "application/zlib"
PICTURE_TYPE = "image/jpeg"


class TooLarge(ValueError):
    """More than one snapshot may hold."""


def picture_id(body: bytes) -> str:
    """domain.articles.PICTURE_ID of a picture's bytes."""
    return sha256(body).hexdigest()[:32]


def packed(knowledge: Knowledge) -> bytes:
    """Raises TooLarge."""
    body = msgspec.json.encode(knowledge)
    small = zlib.compress(body, 9)
    if len(body) > MAX_UNPACKED or len(small) > MAX_ANSWER:
        raise TooLarge(f"a snapshot of {len(body)} bytes, {len(small)} packed")
    return small


def unpacked(body: bytes) -> Knowledge:
    """Raises ValueError where these are not the bytes of a snapshot; never unpacks more than the limit."""
    opener = zlib.decompressobj()
    try:
        plain = opener.decompress(body, MAX_UNPACKED)
    except zlib.error as error:
        raise ValueError("not a packed snapshot") from error
    if not opener.eof or opener.unused_data:
        raise ValueError("not one whole snapshot")
    return msgspec.json.decode(plain, type=Knowledge)
