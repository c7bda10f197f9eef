"""Keeps the articles of this kiosk fresh: asks the hub now and then whether its snapshot is still the hub's."""

from collections.abc import Callable

from kiosk.domain.outcomes import Unreachable
from kiosk.services.article_requests import ArticlesChanged
from kiosk.services.hub_requests import FetchKnowledge, HubAnswered, KnowledgeSnapshot
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
        self._next = clock.monotonic()

    def changed(self, event: ArticlesChanged) -> None:
        lost, self._etag = not event.etag and self._etag != "", event.etag
        if lost:  # at the start, or damaged just now; a disk that refuses again and again is not hurried
            self._next = self._clock.monotonic()

    def beat(self) -> None:
        now = self._clock.monotonic()
        if self._etag is not None and now >= self._next and self._hub.ask(FetchKnowledge(self._etag)):
            self._next = now + ANSWER_WITHIN

    def answered(self, answer: HubAnswered) -> None:
        if not isinstance(answer.request, FetchKnowledge):
            return
        every = TRY_EVERY if isinstance(answer.outcome, Unreachable) else LOOK_EVERY
        self._next = self._clock.monotonic() + every * (1 + SPREAD * self._random())
        if isinstance(answer.outcome, KnowledgeSnapshot):
            self._articles.keep(answer.outcome)
