"""Finding out by oneself: topics, what helps most, search while typing, and the article, all from this kiosk's disk."""

from collections.abc import Callable

from kiosk.domain.announcements import Announcement
from kiosk.domain.articles import ArticlePair, Topic
from kiosk.domain.outcomes import PrintOutcome
from kiosk.domain.plain_text import clean
from kiosk.domain.queueable import FeedbackDraft, Mark
from kiosk.domain.visit_events import Ended
from kiosk.services import article_page, knowledge_pages, requests
from kiosk.services.article_requests import (
    ArticlesAnswered,
    ArticlesChanged,
    FindArticles,
    FoundArticles,
    ListArticles,
    ReadArticle,
    SuggestArticles,
)
from kiosk.services.direct_actions import LOOK_AT, direct_rows
from kiosk.services.flow import Flow
from kiosk.services.outages import Outages
from kiosk.services.ports import Articles, Outbox
from kiosk.services.printing import Printing
from kiosk.services.reporting import Reporting
from kiosk.services.requests import Request
from kiosk.services.search_trail import SearchTrail
from kiosk.services.session import Session
from kiosk.services.start_pages import tile
from kiosk.services.views import Page, Row, Screen

#: Longest text that is searched for, code points.
SEARCH_LIMIT = 60
#: Rows of articles and topics carry their kind in the id: other rows are entrances of flows.
ARTICLE = "article:"
TOPIC = "topic:"
KNOWN = "known:"


class Knowledge(Flow):
    """``entrances`` are what every flow offers at once. Nothing here asks who somebody is."""

    screens = frozenset({Screen.TOPICS, Screen.TOPIC, Screen.SEARCH, Screen.ARTICLE})

    def __init__(
        self,
        session: Session,
        articles: Articles,
        outbox: Outbox,
        printing: Printing,
        reporting: Reporting,
        outages: Outages,
        entrances: Callable[[], tuple[Row, ...]],
    ) -> None:
        self._session, self._articles, self._outbox = session, articles, outbox
        self._printing, self._reporting, self._entrances = printing, reporting, entrances
        self._outages = outages
        self._trail = SearchTrail(outbox)
        self._topics: tuple[Topic, ...] = ()
        self._number = 0
        self._reset()

    def _reset(self) -> None:
        self._text = ""
        self._searched_in = self._session.visit.language
        self._found: FoundArticles | None = None
        self._searching = False
        self._suggested = ("", "")
        self._topic = ""
        self._listed: FoundArticles | None = None
        self._helpful: FoundArticles | None = None
        self._reading = ""
        self._article: ArticlePair | None = None
        self._gone = False
        self._printing_now = False
        self._printed: PrintOutcome | None = None
        self._marked: set[str] = set()

    # -- what happens -------------------------------------------------------------------------------------------
    def tiles(self) -> tuple[Row, ...]:
        return (tile(self._session, "knowledge", "book-open"),)

    def enter(self, row: str) -> bool:
        if row == "knowledge":
            self._articles.ask(ListArticles(self._next(), ""))
            self._session.show(Screen.TOPICS)
        elif row == "search":
            self._session.show(Screen.SEARCH)
        elif row.startswith(KNOWN):
            self._show_known(row.removeprefix(KNOWN))
        elif row.startswith(ARTICLE):
            self.read(row.removeprefix(ARTICLE))
        else:
            return False
        return True

    def touch(self, request: Request) -> bool:
        match request:
            case requests.SearchFor(text=text):
                self._search(text)
            case requests.Open(id="solved") if self._session.screen is Screen.ARTICLE:
                self._mark(Mark.SOLVED)
                self._session.happen(Ended())
            case requests.Open(id="stuck") if self._session.screen is Screen.ARTICLE:
                self._still_stuck()
            case requests.Open(id="print") if self._session.screen is Screen.ARTICLE:
                self._print()
            case requests.Open(id=row) if row.startswith(TOPIC):
                self._list(row.removeprefix(TOPIC))
            case requests.Open(id=row):
                if self._session.screen is Screen.SEARCH and self._is_found(row):
                    self._trail.opened()
                return self.enter(row)
            case _:
                return False
        return True

    def changed(self, event: ArticlesChanged) -> None:
        """This kiosk holds other articles from now on; whoever reads one reads on."""
        self._topics = event.topics
        if self._session.screen is Screen.TOPICS:
            self._articles.ask(ListArticles(self._next(), ""))
        elif self._session.screen is Screen.SEARCH:
            self._search(self._text)

    def answered(self, answer: ArticlesAnswered) -> None:
        """An answer to an older question, or to a visit that is over, changes nothing."""
        outcome = answer.outcome
        rows = outcome if isinstance(outcome, FoundArticles) else FoundArticles(())
        match answer.request:
            case FindArticles(text=text) if text == self._text:
                self._found, self._searching = rows, False
                self._trail.answered(len(rows.rows) + len(self._direct()))
            case ListArticles(topic=""):
                self._helpful = rows
            case ListArticles(topic=topic) if topic == self._topic:
                self._listed = rows
            case SuggestArticles(service=service, symptom=symptom) if (service, symptom) == self._suggested:
                self._reporting.suggested = rows
            case ReadArticle(id=id) if id == self._reading:
                self._article = outcome if isinstance(outcome, ArticlePair) else None
                self._gone = self._article is None
            case _:
                pass

    def settle(self) -> None:
        if self._session.screen is not Screen.SEARCH:
            self._trail.left()
        if self._session.screen is Screen.SEARCH and self._searched_in is not self._session.visit.language:
            self._search(self._text)
        draft = self._reporting.draft
        about = (draft.service.id, draft.symptom) if draft.service else ("", "")
        if self._session.screen is Screen.DETAILS and about != self._suggested:
            self._suggested = about
            self._articles.ask(SuggestArticles(self._next(), *about))

    def forget(self) -> None:
        self._trail.ended()
        self._reset()

    def read(self, id: str) -> None:
        if id != self._reading:
            self._reading, self._article, self._gone = id, None, False
            self._printing_now, self._printed = False, None
        self._articles.ask(ReadArticle(self._next(), id))
        self._session.show(Screen.ARTICLE)

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _search(self, text: str) -> None:
        self._text = clean(text, SEARCH_LIMIT, lines=False)
        self._searched_in = self._session.visit.language
        self._searching = bool(self._text)
        self._trail.typed(self._text, self._searched_in)
        if self._text:
            self._articles.ask(FindArticles(self._next(), self._text, self._searched_in))
        else:
            self._found = None

    def _direct(self) -> tuple[Row, ...]:
        """What is known to be broken about it, then what can be done about it at once."""
        found = self._found.rows if self._found else ()
        speak, language = self._session.speak, self._session.visit.language
        known = (
            Row(f"{KNOWN}{outage.id}", outage.title.of(language), speak("knowledge.known_hint"), "wrench")
            for outage in self._known()
        )
        return (*known, *direct_rows([row.action for row in found], self._entrances(), speak))

    def _known(self) -> tuple[Announcement, ...]:
        first = self._found.rows[:LOOK_AT] if self._found else ()
        services, ids = {row.service for row in first if row.service}, {row.id for row in first}
        return self._outages.known_about(services, ids)

    def _show_known(self, id: str) -> None:
        outage = next((outage for outage in self._known() if outage.id == id), None)
        if outage is not None and self._session.campus is not None:
            self._outages.show(outage, self._session.campus.kiosk.building)

    def _is_found(self, row: str) -> bool:
        return row.startswith(ARTICLE) or any(direct.id == row for direct in self._direct())

    def _list(self, topic: str) -> None:
        if topic != self._topic:
            self._topic, self._listed = topic, None
        self._articles.ask(ListArticles(self._next(), topic))
        self._session.show(Screen.TOPIC)

    def _mark(self, mark: Mark) -> None:
        """Counted once for an article and visit, tied to neither person nor visit; where the disk refuses, not."""
        if self._article is not None and self._reading not in self._marked:
            self._marked.add(self._reading)
            self._outbox.enqueue(FeedbackDraft(self._session.visit.language, f"{ARTICLE}{self._reading}", mark))

    def _still_stuck(self) -> None:
        self._mark(Mark.STILL_STUCK)
        about = self._article.zh if self._article else None
        self._reporting.after_article(about.service if about else "", about.symptom if about else "", self._reading)

    def _print(self) -> None:
        if self._article is None or self._printing_now:
            return
        article = self._article.of(self._session.visit.language)
        slip = article_page.slip(self._session, self._article, article)
        self._printing_now, self._printed = True, None
        if not self._printing.print(slip, self._was_printed):
            self._printing_now = False

    def _was_printed(self, outcome: PrintOutcome) -> None:
        self._printing_now, self._printed = False, outcome

    # -- pages --------------------------------------------------------------------------------------------------
    def page(self, screen: Screen) -> Page:
        session = self._session
        match screen:
            case Screen.TOPICS:
                return knowledge_pages.topics_page(session, self._topics, self._helpful)
            case Screen.TOPIC:
                topic = next((topic for topic in self._topics if topic.id == self._topic), None)
                return knowledge_pages.topic_page(session, topic, self._listed)
            case Screen.SEARCH:
                return knowledge_pages.search_page(session, self._text, self._found, self._direct(), self._searching)
            case _:
                return article_page.page(session, self._article, self._gone, self._printing_now, self._printed)
