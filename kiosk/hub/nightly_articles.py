"""The articles of the campus's own knowledge base, once a night, by the rules of the command.

A night is claimed first, so that of several processes one asks; a source that does not answer is asked again in the
same night. What is bad is listed in the log by id and reason, and keeps the text it had.
"""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from kiosk.hub.article_source import ArticleSource
from kiosk.hub.clock import Clock
from kiosk.hub.knowledge_settings import KnowledgeSettings
from kiosk.hub.logs import code, event, trouble
from kiosk.hub.nightly import KEPT, night_of
from kiosk.hub.services import knowledge
from kiosk.hub.services.article_batch import ArticleBatch
from kiosk.hub.services.book import NoCampus, read_book
from kiosk.hub.store.database import Store
from kiosk.hub.store.night_tables import ArticleNight

#: A source that did not answer, or a process that was killed on the way, leaves the night to the next try.
AGAIN = timedelta(hours=1)


@dataclass(slots=True)
class NightlyArticles:
    store: Store
    clock: Clock
    settings: KnowledgeSettings
    source: ArticleSource
    _quiet_until: datetime | None = field(default=None, init=False)

    def sweep(self) -> None:
        now = self.clock()
        if self._quiet_until is not None and now < self._quiet_until:
            return
        try:
            with self.store.read() as db:
                night = night_of(now, self.settings.at, ZoneInfo(read_book(db).zone))
                row = db.get(ArticleNight, night.name)
                done, tried = (bool(row.outcome), row.at) if row is not None else (False, None)
        except NoCampus:
            return
        self._quiet_until = night.ends if done else min(night.ends, now + AGAIN)
        if done or (tried is not None and now < tried + AGAIN) or not self._claims(night.name, tried, now):
            return
        try:
            outcome = self._take()
        except Exception as error:
            trouble("articles not taken", error)
            return
        if outcome:
            with self.store.write() as db:
                db.execute(update(ArticleNight).where(ArticleNight.night == night.name).values(outcome=outcome))
            self._quiet_until = night.ends

    def _take(self) -> str:
        """'' where the source could not be read."""
        with self.store.read() as db:
            known = knowledge.stamps(db, self.source.name)
        batch = self.source.fetch(known)
        if not isinstance(batch, ArticleBatch):
            event("articles not read", source=self.source.name, why=code(batch.why))
            return ""
        with self.store.write() as db:
            made = knowledge.take(db, batch, self.clock())
        for problem in made.problems:
            event("article not taken", source=self.source.name, file=problem.file, why=problem.why.words)
        counts = {name: len(getattr(made, name)) for name in ("added", "changed", "removed", "kept", "problems")}
        event("articles", source=self.source.name, state=made.refused or "taken", **counts)
        return "refused" if made.refused else "taken"

    def _claims(self, night: str, tried: datetime | None, now: datetime) -> bool:
        """False where another process was faster."""
        with suppress(IntegrityError), self.store.write() as db:
            return _claimed(db, night, tried, now)
        return False


def _claimed(db: Session, night: str, tried: datetime | None, now: datetime) -> bool:
    if tried is not None:
        late = (ArticleNight.night == night, ArticleNight.at == tried, ArticleNight.outcome == "")
        return bool(db.execute(update(ArticleNight).where(*late).values(at=now)).rowcount)  # type: ignore[attr-defined]
    db.execute(delete(ArticleNight).where(ArticleNight.at <= now - KEPT))
    db.add(ArticleNight(night=night, at=now, outcome=""))
    db.flush()
    return True
