"""What articles said, one version for each change, so that a campus can go back."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from kiosk.hub.store.article_tables import ArticleVersion

#: Of one article; older ones are forgotten.
MOST_KEPT = 30
#: ``by`` of what came with an import; the source's name follows.
BY_SOURCE = "source:"


def add(db: Session, article: str, body: bytes, pictures: str, now: datetime, by: str) -> None:
    last = db.scalar(select(func.max(ArticleVersion.number)).where(ArticleVersion.article == article)) or 0
    db.add(ArticleVersion(article=article, number=last + 1, body=body, pictures=pictures, at=now, by=by))
    old = (ArticleVersion.article == article, ArticleVersion.number <= last + 1 - MOST_KEPT)
    db.execute(delete(ArticleVersion).where(*old))


def of(db: Session, article: str) -> Sequence[ArticleVersion]:
    """Newest first."""
    wanted = select(ArticleVersion).where(ArticleVersion.article == article)
    return db.scalars(wanted.order_by(ArticleVersion.number.desc())).all()


def body_of(db: Session, article: str, number: int) -> bytes | None:
    row = db.get(ArticleVersion, (article, number))
    return row.body if row else None


def pictures(db: Session) -> set[str]:
    """Ids of all that a version shows."""
    shown = db.scalars(select(ArticleVersion.pictures).where(ArticleVersion.pictures != ""))
    return {id for ids in shown for id in ids.split()}


def forget(db: Session, articles: Iterable[str]) -> None:
    db.execute(delete(ArticleVersion).where(ArticleVersion.article.in_(list(articles))))
