"""The page *articles*: what there is, whose review is overdue, and one of them to be edited, shown or taken back."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from kiosk.domain.article_text import ID, MAX_DOCUMENT, MAX_MINUTES, MAX_SUMMARY, MAX_TITLE, MAX_WEIGHT, MAX_WORD
from kiosk.domain.articles import REVIEW_EVERY, Audience
from kiosk.domain.language import Language
from kiosk.domain.staff_rights import Right
from kiosk.hub.console.door import Again, Done, Form, Visit
from kiosk.hub.parts import Parts
from kiosk.hub.services import article_editing, article_shelf, article_versions, knowledge
from kiosk.hub.services.article_batch import Problem, said
from kiosk.hub.services.article_editing import CONSOLE, NUMBERS, OWN, SHARED, Wrong
from kiosk.hub.services.article_shelf import Kept, Named
from kiosk.hub.services.article_versions import BY_SOURCE
from kiosk.hub.services.book import read_book
from kiosk.hub.services.staff_acts import note_act
from kiosk.hub.web import text_of
from kiosk.words import Speaker

#: Lines of the list, and letters of a search in it.
MOST_LISTED = 200
LONGEST_QUERY = 60
#: How the text of an article is written, and the unit of the time it takes.
MARKS, MINUTES = "## …, 1. …, - …, > …, ![…](….jpg)", "min"
#: ``?article=`` of one that is not there yet.
NEW = "new"


@dataclass(frozen=True, slots=True)
class Line:
    """``mine``: its owner is whoever looks; ``state`` a key below ``articles``."""

    id: str
    title: str
    topic: str
    owner: str
    review_by: str
    state: str
    late: bool
    mine: bool


class Articles:
    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def show(self, visit: Visit) -> dict[str, object]:
        id = visit.query.get("article", "")
        with self._parts.store.read() as db:
            row = article_shelf.kept(db, id)
            if row is not None:
                return self._form(db, visit, row.id, article_editing.fields_of(row.pair), row)
            if id == NEW and visit.may(Right.OPERATE):
                return self._form(db, visit, "", {"reviewed": visit.today.isoformat()}, None)
            return self._list(db, visit)

    # -- acts ---------------------------------------------------------------------------------------------------
    def draft(self, visit: Visit, form: Form) -> Done | Again:
        """Seen in the console only. One that is shown already is not changed by this."""
        return self._save(visit, form, draft=True)

    def publish(self, visit: Visit, form: Form) -> Done | Again:
        return self._save(visit, form, draft=False)

    def drop(self, visit: Visit, form: Form) -> str:
        id = text_of(form, "article")
        with self._parts.store.write() as db:
            if not ID.fullmatch(id) or not article_editing.drop(db, id):
                return "not_draft"
            note_act(db, visit.who.person, "article_dropped", visit.now, about=id)
        return "dropped"

    def go_back(self, visit: Visit, form: Form) -> Done:
        id, number = text_of(form, "article"), text_of(form, "version")
        known = ID.fullmatch(id) and number.isascii() and number.isdigit() and len(number) < 9
        with self._parts.store.write() as db:
            if not known:
                return Done("no_version")
            refused = article_editing.go_back(db, id, int(number), visit.who.person, visit.now)
            if refused:
                return Done(refused, {"article": id})
            note_act(db, visit.who.person, "article_back", visit.now, about=id)
        return Done("back", {"article": id})

    def _save(self, visit: Visit, form: Form, *, draft: bool) -> Done | Again:
        id = text_of(form, "article").strip()
        fields = {key: value for key, value in form.items() if isinstance(value, str)}
        with self._parts.store.write() as db:
            row = article_shelf.kept(db, id)
            if draft and row is not None and not row.draft:
                return Done("is_shown", {"article": id})
            made = article_editing.read_form(db, id, fields)
            if isinstance(made, Wrong):
                problems = [said(_named(problem, visit.say), visit.say) for problem in made.problems]
                return Again({**self._form(db, visit, id, fields, row), "problems": problems})
            refused = article_editing.save(db, made, visit.who.person, visit.now, draft=draft)
            if not refused:
                note_act(db, visit.who.person, "article_drafted" if draft else "article_shown", visit.now, about=id)
        return Done(refused or ("drafted" if draft else "shown"), {"article": id})

    # -- what is shown ------------------------------------------------------------------------------------------
    def _list(self, db: Session, visit: Visit) -> dict[str, object]:
        wanted = visit.query.get("q", "")[:LONGEST_QUERY].strip()
        topics = {topic.id: topic.title.of(visit.say.language) for topic in knowledge.topics(db)}
        me = article_shelf.named(db, [visit.who.person]).get(visit.who.person)
        every = [self._line(row, visit, topics, me) for row in article_shelf.every(db)]
        lines = [line for line in every if wanted.casefold() in line.title.casefold() or wanted in line.id]
        late = sorted((line for line in lines if line.late), key=lambda line: (not line.mine, line.review_by))
        return {
            "editing": False,
            "q": wanted,
            "late": late[:MOST_LISTED],
            "drafts": [line for line in lines if line.state == "state_draft"][:MOST_LISTED],
            "lines": lines[:MOST_LISTED],
            "count": len(lines),
            "most": MOST_LISTED,
        }

    def _line(self, row: Kept, visit: Visit, topics: Mapping[str, str], me: Named | None) -> Line:
        today = visit.today.isoformat()
        of, late = row.pair.of(visit.say.language), not row.draft and row.review_by < today
        mine = me is not None and of.owner in me.known_as
        topic = topics.get(of.topic, of.topic)
        return Line(row.id, of.title, topic, of.owner, row.review_by, _state(row, today), late, mine)

    def _form(
        self, db: Session, visit: Visit, id: str, fields: Mapping[str, str], row: Kept | None
    ) -> dict[str, object]:
        say, today = visit.say, visit.today.isoformat()
        book = read_book(db)
        versions = article_versions.of(db, row.id) if row else ()
        names = article_shelf.named(db, [version.by for version in versions])

        def by(who: str) -> str:
            if who.startswith(BY_SOURCE):
                return say("articles.by_source", source=who.removeprefix(BY_SOURCE))
            person = names.get(who)
            return _name(person, say) if person else say("acts.by_nobody")

        return {
            "editing": True,
            "id": id,
            "is_new": row is None,
            "is_draft": row is None or row.draft,
            "state": _state(row, today) if row else "state_new",
            "late": row is not None and not row.draft and row.review_by < today,
            "taken_over": row is not None and row.source != CONSOLE,
            "fields": {**dict.fromkeys(_names(), ""), **fields},
            "problems": [],
            "topics": [(topic.id, topic.title.of(say.language)) for topic in knowledge.topics(db)],
            "services": [(entry.id, entry.title.of(say.language)) for entry in book.services],
            "audiences": tuple(Audience),
            "languages": tuple(Language),
            "hint_values": _hint_values(row, visit.today),
            "versions": versions,
            "by": by,
            "limits": {"title": MAX_TITLE, "summary": MAX_SUMMARY, "word": MAX_WORD, "body": MAX_DOCUMENT,
                       "minutes": MAX_MINUTES, "weight": MAX_WEIGHT},
        }  # fmt: skip


def _named(problem: Problem, say: Speaker) -> Problem:
    """Which of both texts is meant."""
    return replace(problem, file=say(f"articles.language_{problem.file}") if problem.file else say("articles.about"))


def _hint_values(row: Kept | None, today: date) -> dict[str, object]:
    """``day``: until when it counts as reviewed where nobody says."""
    day = (row.pair.zh.reviewed if row else today) + REVIEW_EVERY
    return {"marks": MARKS, "unit": MINUTES, "day": day.isoformat(), "least": 0, "most": MAX_WEIGHT}


def _names() -> tuple[str, ...]:
    own = (f"{key}_{language.value}" for key in OWN for language in Language)
    return (*SHARED, *NUMBERS, *own, *(f"audience_{one.value}" for one in Audience))


def _state(row: Kept, today: str) -> str:
    if row.draft:
        return "state_draft"
    if row.shown_from > today:
        return "state_later"
    return "state_over" if row.shown_until and row.shown_until < today else "state_shown"


def _name(person: Named, say: Speaker) -> str:
    return person.latin_name if say.language is Language.EN and person.latin_name else person.name
