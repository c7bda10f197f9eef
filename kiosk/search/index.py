"""The index of a knowledge base inside one SQLite file: building it, and asking it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.domain.language import Language
from kiosk.search import documents, postings
from kiosk.search.asking import Asked, asked
from kiosk.search.documents import Document, length_of, pages_of, terms_of, unpacked
from kiosk.search.query import Query, Synonyms, understood
from kiosk.search.ranking import Candidate, Why, score, with_sentences

__all__ = ["Document", "Hit", "Index", "build"]

#: Candidates that are ranked by what they say, and the first of these whose sentences are read.
MOST_CANDIDATES = 30
MOST_READ = 10

_SYNONYMS = "CREATE TABLE synonyms (circle INTEGER NOT NULL, word TEXT NOT NULL)"


@dataclass(frozen=True, slots=True)
class Hit:
    """Higher scores stand first; they compare within one query only."""

    id: str
    score: float


def build(connection: Any, found: Iterable[Document], synonyms: Sequence[Sequence[str]]) -> None:
    """Into a database without an index, inside the caller's transaction."""
    for statement in (*documents.TABLES, *postings.TABLES, _SYNONYMS):
        connection.execute(statement)
    for circle, words in enumerate(synonyms):
        connection.executemany("INSERT INTO synonyms VALUES (?, ?)", [(circle, word) for word in words])
    writer = postings.Writer(connection)
    length, number = 0, -1
    for number, document in enumerate(found):
        pages = pages_of(document)
        mean = (documents.ASSUMED * documents.ASSUMED_LENGTH + length) / (documents.ASSUMED + number)
        terms = terms_of(pages, mean)
        writer.add(number, terms.characters, terms.counted, terms.steps, terms.others)
        length += length_of(pages.body)
        row = (number, document.id, document.language.value, document.weight, document.title, pages.packed())
        connection.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?)", row)
    writer.write()
    connection.execute("INSERT INTO collection VALUES (?, ?)", (number + 1, length / max(1, number + 1)))


class Index:
    """Reads one built index through ``connection``; used by one thread."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        circles: dict[int, list[str]] = {}
        for circle, word in connection.execute("SELECT circle, word FROM synonyms"):
            circles.setdefault(circle, []).append(word)
        self._synonyms = Synonyms(circles.values())
        size, self._length = connection.execute("SELECT documents, length FROM collection").fetchone()
        self._reader = postings.Reader(connection, size)

    def search(self, text: str, language: Language, limit: int) -> list[Hit]:
        """Best first, each id once, the visitor's language ahead among equals. Never raises for what was typed."""
        return [Hit(id, why.score) for id, why in self.explained(text, language, limit)]

    def explained(self, text: str, language: Language, limit: int) -> list[tuple[str, Why]]:
        """As ``search``, with what each result's place is made of."""
        query = asked(understood(text, self._synonyms), self._reader)
        scored = [(candidate, score(query, candidate, language, self._length)) for candidate in self._candidates(query)]
        scored.sort(key=lambda each: -each[1].score)
        read = [(candidate, with_sentences(why, query, candidate)) for candidate, why in scored[:MOST_READ]]
        best: dict[str, Why] = {}
        for candidate, why in (*read, *scored[MOST_READ:]):
            known = best.get(candidate.id)
            if why.score > (known.score if known else 0.0):
                best[candidate.id] = why
        return sorted(best.items(), key=lambda hit: (-hit[1].score, hit[0]))[:limit]

    def understood(self, text: str) -> Query:
        """What ``search`` reads ``text`` as."""
        return understood(text, self._synonyms)

    def titles(self, ids: Sequence[str], language: Language) -> dict[str, str]:
        """Titles of these documents, in ``language`` where they have it."""
        found = self._of_ids("id, language, title", ids)
        ordered = sorted(found, key=lambda row: row[1] == language.value)
        return {id: title for id, _, title in ordered}

    def spoken_titles(self, ids: Sequence[str]) -> dict[str, str]:
        """How the Chinese titles of these documents are spoken."""
        found = self._of_ids("id, language, pages", ids)
        return {id: unpacked(pages).spoken.partition("\n")[0] for id, of, pages in found if of == Language.ZH.value}

    def _of_ids(self, columns: str, ids: Sequence[str]) -> list[tuple[Any, ...]]:
        marks = ", ".join("?" * len(ids))
        rows = self._connection.execute(f"SELECT {columns} FROM documents WHERE id IN ({marks})", tuple(ids))
        return list(rows.fetchall())

    def _candidates(self, query: Asked) -> list[Candidate]:
        best = self._reader.best(query.leads, MOST_CANDIDATES) if query.leads else {}
        marks = ", ".join("?" * len(best))
        wanted = f"SELECT id, language, weight, pages FROM documents WHERE number IN ({marks})"
        rows = self._connection.execute(wanted, tuple(best)).fetchall()
        return [Candidate(id, Language(of), weight, unpacked(pages)) for id, of, weight, pages in rows]
