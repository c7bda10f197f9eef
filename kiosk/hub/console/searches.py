"""The page *searches*: what people looked for and did not find, and what did not help; a line becomes a draft article
or an alias at once."""

from collections.abc import Callable

from sqlalchemy.orm import Session

from kiosk.domain.language import Language
from kiosk.hub.console.door import Done, Form, Visit
from kiosk.hub.parts import Parts
from kiosk.hub.services import article_editing, article_shelf, knowledge, search_aliases
from kiosk.hub.services.search_gaps import FROM_VISITS, LOOK_BACK, Gap, as_csv, gaps, helped
from kiosk.hub.services.staff_acts import note_act
from kiosk.hub.web import text_of

#: Columns of the file, keys below ``searches``.
_COLUMNS = ("topic", "words", "visits", "nothing", "left", "means")


class Searches:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def show(self, visit: Visit) -> dict[str, object]:
        with self._parts.store.read() as db:
            titles = self._topics(db, visit)
            by_topic: dict[str, list[Gap]] = {}
            for gap in self._gaps(db, visit):
                by_topic.setdefault(titles.get(gap.topic, visit.say("searches.no_topic")), []).append(gap)
            return {
                "by_topic": by_topic,
                "helped": helped(db, visit.today),
                "aliases": search_aliases.every(db),
                "since": (visit.today - LOOK_BACK).isoformat(),
                "visits": FROM_VISITS,
                "longest": search_aliases.LONGEST_ALIAS,
                "Language": Language,
            }

    def load(self, visit: Visit) -> str:
        say = visit.say
        with self._parts.store.read() as db:
            titles = self._topics(db, visit)
            rows = [
                (titles.get(gap.topic, ""), gap.words, gap.visits, gap.nothing, gap.visits - gap.nothing, gap.means)
                for gap in self._gaps(db, visit)
            ]
        rows.sort(key=lambda row: str(row[0]))
        return as_csv((say(f"searches.column_{column}") for column in _COLUMNS), rows)

    def draft(self, visit: Visit, form: Form) -> Done:
        words = text_of(form, "words")
        with self._parts.store.write() as db:
            gap = next((gap for gap in self._gaps(db, visit) if gap.words == words), None)
            if gap is None:
                return Done("no_line")
            id = article_editing.draft_for(db, gap.words, gap.topic, visit.now, visit.who.person)
            if id is None:
                return Done("too_many")
            note_act(db, visit.who.person, "article_drafted", visit.now, about=id)
        return Done("drafted", {"made": id})

    def alias(self, visit: Visit, form: Form) -> str:
        word, means = text_of(form, "words"), text_of(form, "means")
        with self._parts.store.write() as db:
            refused = search_aliases.put(db, word, means, visit.now, visit.who.person)
            if not refused:
                note_act(db, visit.who.person, "alias_given", visit.now)
        return refused or "alias"

    def drop_alias(self, visit: Visit, form: Form) -> str:
        with self._parts.store.write() as db:
            if not search_aliases.remove(db, text_of(form, "words")):
                return "no_line"
            note_act(db, visit.who.person, "alias_dropped", visit.now)
        return "alias_dropped"

    def _topics(self, db: Session, visit: Visit) -> dict[str, str]:
        return {topic.id: topic.title.of(visit.say.language) for topic in knowledge.topics(db)}

    def _gaps(self, db: Session, visit: Visit) -> list[Gap]:
        return gaps(db, visit.today, self._topic_of(db, visit))

    def _topic_of(self, db: Session, visit: Visit) -> Callable[[str, str], str]:
        find = self._parts.finder.on(db, visit.today)

        def topic_of(words: str, language: str) -> str:
            spoken = Language(language) if language in list(Language) else Language.ZH
            for id in find(words, spoken, 1):
                nearest = article_shelf.kept(db, id)
                return nearest.pair.zh.topic if nearest else ""
            return ""

        return topic_of
