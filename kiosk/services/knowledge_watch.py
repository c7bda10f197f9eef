"""Keeps the articles of this kiosk fresh: asks the hub now and then whether its articles are still the hub's, fetches
the texts it has not, and their pictures one after the other."""

from collections.abc import Callable

from kiosk.domain.outcomes import Unreachable
from kiosk.services.article_requests import ArticlesChanged, ArticlesWanted
from kiosk.services.hub_requests import (
    FetchKnowledge,
    FetchPicture,
    FetchTexts,
    HubAnswered,
    HubOutcome,
    KnowledgeList,
    PictureCame,
    TextsCame,
)
from kiosk.services.ports import Articles, Clock, Hub

#: Seconds between two looks while the line is up, and between two tries while it is down.
LOOK_EVERY = 300.0
TRY_EVERY = 30.0
#: Each wait is spread by this share, so that a hundred kiosks do not ask at the same moment.
SPREAD = 0.2
#: Seconds after which an answer is not waited for any more.
ANSWER_WITHIN = 120.0


class KnowledgeWatch:
    """Runs on the worker. Asks nothing before it is told what this kiosk holds."""

    def __init__(self, articles: Articles, hub: Hub, clock: Clock, random: Callable[[], float]) -> None:
        self._articles, self._hub, self._clock, self._random = articles, hub, clock, random
        self._etag: str | None = None
        self._next = self._next_texts = self._next_picture = clock.monotonic()
        self._wanted: tuple[str, ...] = ()
        self._missing: list[str] = []

    def changed(self, event: ArticlesChanged) -> None:
        self._missing = list(event.missing)
        lost, self._etag = not event.etag and self._etag != "", event.etag
        if lost:  # at the start, or damaged just now; a disk that refuses again and again is not hurried
            self._next = self._clock.monotonic()

    def wanted(self, event: ArticlesWanted) -> None:
        self._wanted, self._next_texts = event.texts, self._clock.monotonic()

    def beat(self) -> None:
        now = self._clock.monotonic()
        if self._etag is not None and now >= self._next and self._hub.ask(FetchKnowledge(self._etag)):
            self._next = now + ANSWER_WITHIN
        if self._wanted and now >= self._next_texts and self._hub.ask(FetchTexts(self._wanted)):
            self._next_texts = now + ANSWER_WITHIN
        if self._missing and now >= self._next_picture and self._hub.ask(FetchPicture(self._missing[0])):
            self._next_picture = now + ANSWER_WITHIN

    def answered(self, answer: HubAnswered) -> None:
        if isinstance(answer.request, FetchPicture):
            self._picture_answered(answer.request.id, answer.outcome)
        if isinstance(answer.request, FetchTexts) and answer.request.ids == self._wanted:
            self._texts_answered(answer.outcome)
        if not isinstance(answer.request, FetchKnowledge):
            return
        every = TRY_EVERY if isinstance(answer.outcome, Unreachable) else LOOK_EVERY
        self._next = self._clock.monotonic() + every * (1 + SPREAD * self._random())
        if isinstance(answer.outcome, KnowledgeList):
            self._articles.keep(answer.outcome)

    def _texts_answered(self, outcome: HubOutcome) -> None:
        """What has come stays, so that a line that comes and goes brings all of them in the end."""
        if isinstance(outcome, Unreachable):
            self._next_texts = self._clock.monotonic() + TRY_EVERY * (1 + SPREAD * self._random())
            return
        self._wanted = ()
        if isinstance(outcome, TextsCame):
            self._articles.keep_texts(outcome)

    def _picture_answered(self, id: str, outcome: HubOutcome) -> None:
        """One that the hub has not is asked for again with the next articles."""
        now = self._clock.monotonic()
        if isinstance(outcome, Unreachable):
            self._next_picture = now + TRY_EVERY * (1 + SPREAD * self._random())
            if id in self._missing:  # one that never comes through must not keep the others away
                self._missing.remove(id)
                self._missing.append(id)
            return
        self._next_picture = now
        if id in self._missing:
            self._missing.remove(id)
        if isinstance(outcome, PictureCame):
            self._articles.keep_picture(outcome)
