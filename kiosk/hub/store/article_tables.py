"""What an article said before, and words a campus lets stand for others."""

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from kiosk.hub.store.tables import Row


class ArticleVersion(Row):
    """``number`` counts from 1 within ``article``. ``by``: a person's id, or of services.article_versions.BY_SOURCE;
    ``pictures`` as in ArticleText: they stay as long as one can go back to it."""

    __tablename__ = "article_versions"
    article: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    body: Mapped[bytes]
    pictures: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]


class SearchAlias(Row):
    """Whoever searches for ``word`` means ``means``; ``by``: a person's id."""

    __tablename__ = "search_aliases"
    word: Mapped[str] = mapped_column(primary_key=True)
    means: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]
