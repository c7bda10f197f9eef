"""What other portals of the campus are told of its articles: plain text, nothing in it is markup."""

from datetime import date

import msgspec

#: Longest text that is searched for, characters, and most articles of one answer.
MAX_TEXT = 100
MOST_FOUND = 20


class ArticleFound(msgspec.Struct, frozen=True):
    """``page``: where people read it, '' where the hub has no public address."""

    id: str
    title: str
    summary: str
    topic: str
    page: str


class ArticlesFound(msgspec.Struct, frozen=True):
    """Best first."""

    articles: list[ArticleFound]


class Item(msgspec.Struct, frozen=True):
    title: str
    text: str


class Piece(msgspec.Struct, frozen=True):
    """``kind``: domain.articles.BlockKind. ``picture``: the address of a JPEG; ``text`` says what it shows."""

    kind: str
    text: str
    items: list[Item]
    picture: str


class ArticleTold(msgspec.Struct, frozen=True):
    """``audience``: domain.articles.Audience, empty for everybody; ``service`` a catalogue id or ''."""

    id: str
    language: str
    title: str
    summary: str
    topic: str
    audience: list[str]
    devices: list[str]
    service: str
    reviewed: date
    review_by: date
    page: str
    pieces: list[Piece]
