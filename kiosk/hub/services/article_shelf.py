"""Articles as the console sees them: drafts and what is not shown as well."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.article_text import ID
from kiosk.domain.articles import ArticlePair
from kiosk.hub.store.tables import ArticleText, Person


@dataclass(frozen=True, slots=True)
class Kept:
    """As hub.store.tables.ArticleText has it."""

    id: str
    pair: ArticlePair
    source: str
    draft: bool
    review_by: str
    shown_from: str
    shown_until: str

    @classmethod
    def of(cls, row: ArticleText) -> Self:
        pair = msgspec.json.decode(row.body, type=ArticlePair)
        return cls(row.id, pair, row.source, row.draft, row.review_by, row.shown_from, row.shown_until)


@dataclass(frozen=True, slots=True)
class Named:
    """``known_as``: whatever an article may name its owner by."""

    name: str
    latin_name: str
    known_as: frozenset[str]


def kept(db: Session, id: str) -> Kept | None:
    """``id`` may be anything somebody asks for."""
    row = db.get(ArticleText, id) if ID.fullmatch(id) else None
    return Kept.of(row) if row else None


def every(db: Session) -> list[Kept]:
    return [Kept.of(row) for row in db.scalars(select(ArticleText).order_by(ArticleText.id))]


def named(db: Session, people: Iterable[str]) -> dict[str, Named]:
    """By id of the person, those who are known."""
    rows = db.scalars(select(Person).where(Person.id.in_(list(people))))
    return {
        one.id: Named(
            one.name,
            one.latin_name,
            frozenset(filter(None, (one.number, one.name, one.latin_name, one.department))),
        )
        for one in rows
    }
