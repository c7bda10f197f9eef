"""The knowledge base between hub and kiosks: a list that names every text by what it holds, and the texts themselves.

A kiosk asks for the list, and then for the texts it has not: after a change only what changed travels, and what has
come once need not come again.
"""

import re
import zlib
from hashlib import sha256

import msgspec

from kiosk.domain.articles import Topic

#: What one answer may hold once it is unpacked, bytes.
MAX_UNPACKED = 16 * 1024 * 1024
#: Texts a kiosk asks for at once, and bytes of them the hub puts into one answer; the first one always.
MOST_TEXTS = 200
TEXTS_BYTES = 1024 * 1024
MEDIA_TYPE = "application/zlib"
PICTURE_TYPE = "image/jpeg"
#: Hex digits of the SHA-256 by which a text or a picture is named.
_ID_DIGITS = 32
TEXT_ID = re.compile(rf"[0-9a-f]{{{_ID_DIGITS}}}")


class ArticleList(msgspec.Struct, frozen=True):
    """``texts``: text_id of each article in both languages. ``late``: those of ``texts`` whose review is overdue.
    ``synonyms`` as in domain.articles.Knowledge; ``version`` changes with any of it."""

    version: str
    topics: tuple[Topic, ...]
    synonyms: tuple[tuple[str, ...], ...]
    texts: tuple[str, ...]
    late: tuple[str, ...] = ()


class TextsWanted(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """At most MOST_TEXTS. The hub answers with those it has and that fit into one answer, in this order."""

    ids: list[str]


def text_id(body: bytes) -> str:
    """Of a domain.articles.ArticlePair as JSON."""
    return sha256(body).hexdigest()[:_ID_DIGITS]


def picture_id(body: bytes) -> str:
    """domain.articles.PICTURE_ID of a picture's bytes."""
    return sha256(body).hexdigest()[:_ID_DIGITS]


def packed_list(wanted: ArticleList) -> bytes:
    return zlib.compress(msgspec.json.encode(wanted), 9)


def unpacked_list(body: bytes) -> ArticleList:
    """Raises ValueError where these are not the bytes of a list; never unpacks more than the limit."""
    return msgspec.json.decode(_unpacked(body), type=ArticleList)


def packed_texts(texts: list[bytes]) -> bytes:
    return zlib.compress(msgspec.json.encode([msgspec.Raw(text) for text in texts]), 9)


def unpacked_texts(body: bytes) -> dict[str, bytes]:
    """By text_id, byte for byte. Raises ValueError."""
    texts = [bytes(raw) for raw in msgspec.json.decode(_unpacked(body), type=list[msgspec.Raw])]
    return {text_id(text): text for text in texts}


def _unpacked(body: bytes) -> bytes:
    opener = zlib.decompressobj()
    try:
        plain = opener.decompress(body, MAX_UNPACKED)
    except zlib.error as error:
        raise ValueError("not a packed answer") from error
    if not opener.eof or opener.unused_data:
        raise ValueError("not one whole packed answer")
    return plain
