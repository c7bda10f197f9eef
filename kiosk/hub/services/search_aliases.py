"""Words a campus lets stand for others when somebody searches: they go to kiosks with the articles."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kiosk.domain.plain_text import clean
from kiosk.hub.store.article_tables import SearchAlias

#: Aliases of one campus, and the longest, characters.
MOST_ALIASES = 1000
LONGEST_ALIAS = 40


def every(db: Session) -> Sequence[SearchAlias]:
    return db.scalars(select(SearchAlias).order_by(SearchAlias.word)).all()


def circles(db: Session) -> tuple[tuple[str, str], ...]:
    """Each with what it stands for, as ``domain.articles.Knowledge.synonyms`` has them."""
    rows = db.execute(select(SearchAlias.word, SearchAlias.means).order_by(SearchAlias.word))
    return tuple((row.word, row.means) for row in rows)


def put(db: Session, word: str, means: str, now: datetime, by: str) -> str:
    """'' where it stands now, else why not: ``alias_empty``, ``alias_same``, ``aliases_many``."""
    word, means = (clean(text, LONGEST_ALIAS, lines=False) for text in (word, means))
    if not word or not means:
        return "alias_empty"
    if word == means:
        return "alias_same"
    if db.get(SearchAlias, word) is None and len(circles(db)) >= MOST_ALIASES:
        return "aliases_many"
    db.merge(SearchAlias(word=word, means=means, at=now, by=by))
    return ""


def remove(db: Session, word: str) -> bool:
    """False where there is none."""
    word = clean(word, LONGEST_ALIAS, lines=False)
    if db.get(SearchAlias, word) is None:
        return False
    db.execute(delete(SearchAlias).where(SearchAlias.word == word))
    return True
