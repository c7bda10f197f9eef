"""One article as a phone shows it, in the language asked for."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from kiosk.domain.articles import Article
from kiosk.domain.language import Language
from kiosk.hub.services.book import Book
from kiosk.hub.services.knowledge import article
from kiosk.words import Speaker


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """``article`` is ``None`` where there is none of that id any more."""

    lang: str
    other_lang: str
    other_name: str
    mark: str
    campus: str
    headline: str
    article: Article | None
    facts: tuple[str, ...]
    other_line: str
    desk: tuple[str, ...]


def article_page(db: Session, book: Book, id: str, wanted: Language | None, now: datetime) -> ArticlePage:
    pair = article(db, id, now.astimezone(ZoneInfo(book.zone)).date())
    language = wanted or Language.ZH
    say, other = Speaker(language), Speaker(language.other)
    shown = pair.of(language) if pair else None
    desk = (say("follow.desk", place=book.desk.place.of(language)), say("follow.call", phone=book.desk.phone))
    return ArticlePage(
        lang=language.value,
        other_lang=language.other.value,
        other_name=other("follow.language"),
        mark=book.mark,
        campus=f"{book.name.of(language)} {book.product.of(language)}",
        headline=shown.title if shown else say("article.gone"),
        article=shown,
        facts=_facts(say, shown) if shown else (),
        other_line=pair.of(language.other).title if pair else other("article.gone"),
        desk=desk if book.desk.phone else desk[:1],
    )


def _facts(say: Speaker, article: Article) -> tuple[str, ...]:
    month = say("article.reviewed", year=article.reviewed.year, month=say(f"when.month_{article.reviewed.month}"))
    minutes = say("article.minutes", count=article.minutes) if article.minutes else ""
    return tuple(fact for fact in (" / ".join(article.devices), month, minutes) if fact)
