"""Lists of articles as views: topics, one topic, and what a search finds."""

from kiosk.domain.articles import Topic
from kiosk.services.article_requests import FoundArticle, FoundArticles
from kiosk.services.session import Session
from kiosk.services.views import Row, SearchPage, TopicPage, TopicsPage


def topics_page(session: Session, topics: tuple[Topic, ...], helpful: FoundArticles | None) -> TopicsPage:
    speak, language = session.speak, session.visit.language
    rows = tuple(Row(f"topic:{t.id}", t.title.of(language), t.hint.of(language), t.icon) for t in topics)
    return TopicsPage(
        title=speak("knowledge.title"),
        search=speak("home.search") if topics else "",
        topics=rows,
        helpful_title=speak("knowledge.helpful"),
        helpful=article_rows(session, helpful),
        empty_title="" if topics else speak("knowledge.none"),
        empty_text="" if topics else speak("knowledge.none_text"),
        report=speak("knowledge.report"),
    )


def topic_page(session: Session, topic: Topic | None, listed: FoundArticles | None) -> TopicPage:
    title = topic.title.of(session.visit.language) if topic else session.speak("knowledge.title")
    return TopicPage(title=title, rows=article_rows(session, listed), loading=listed is None)


def search_page(
    session: Session, text: str, found: FoundArticles | None, direct: tuple[Row, ...], busy: bool
) -> SearchPage:
    speak = session.speak
    rows = article_rows(session, found) if text else ()
    nothing = bool(text) and found is not None and not rows and not busy
    count = len(rows) + len(direct) if rows else 0
    return SearchPage(
        title=speak("knowledge.title"),
        label=speak("knowledge.label"),
        clear=speak("knowledge.clear"),
        text=text,
        busy=busy,
        hint=speak("knowledge.found", count=count) if count else speak("knowledge.hint"),
        direct=direct if rows else (),
        rows=rows,
        empty_title=speak("knowledge.nothing", text=text) if nothing else "",
        empty_text=speak("knowledge.nothing_text") if nothing else "",
        report=speak("knowledge.report"),
    )


def article_rows(session: Session, found: FoundArticles | None) -> tuple[Row, ...]:
    return tuple(_row(session, article) for article in found.rows) if found else ()


def _row(session: Session, article: FoundArticle) -> Row:
    language = session.visit.language
    title = article.title.of(language)
    # searched in the other language, the pieces are those of the other title
    pieces = article.pieces if "".join(article.pieces) == title and len(article.pieces) > 1 else ()
    return Row(f"article:{article.id}", title, article.summary.of(language), "article", pieces=pieces)
