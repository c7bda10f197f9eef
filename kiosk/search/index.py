"""The index of a knowledge base inside one SQLite file: building it, and asking it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from kiosk.domain.language import Language
from kiosk.search import spoken
from kiosk.search.query import Query, Synonyms, understood
from kiosk.search.ranking import Candidate, score
from kiosk.search.tokens import compact, normal, tokens

#: Rows whose terms a query may touch: bm25 costs time for each of them (performance.md 2, finding 2).
POSTING_BUDGET = 3000
#: Candidates that are ranked by what they say, and rows of a typed beginning that are looked at.
MOST_CANDIDATES = 60
MOST_SPOKEN = 200
#: Terms that are counted for one beginning.
MOST_TERMS = 200

#: Columns of ``terms`` and what a word in each is worth to bm25: title, summary, tags, questions asked, body.
_WORDS = ("title", "summary", "tags", "asked", "body")
_WEIGHTS = (8.0, 3.0, 5.0, 6.0, 1.0, 0.0, 0.0)

_SCHEMA = (
    """CREATE VIRTUAL TABLE terms USING fts5(title, summary, tags, asked, body, spoken, initials, content='',
    tokenize="unicode61 remove_diacritics 0", prefix='1 2 3 4')""",
    "CREATE VIRTUAL TABLE term_counts USING fts5vocab(terms, 'row')",
    # every text normal; words: tokens of title, asked, tags, summary between line feeds; spoken: a phrase a line
    """CREATE TABLE documents (id TEXT NOT NULL, language TEXT NOT NULL, weight INTEGER NOT NULL, title TEXT NOT NULL,
    phrases TEXT NOT NULL, words TEXT NOT NULL, spoken TEXT NOT NULL)""",
    "CREATE TABLE synonyms (circle INTEGER NOT NULL, word TEXT NOT NULL)",
)


@dataclass(frozen=True, slots=True)
class Document:
    """What can be found: one article in one language. ``pinyin`` as in ``domain.articles.ArticlePair``."""

    id: str
    language: Language
    title: str
    summary: str
    tags: tuple[str, ...]
    asked: tuple[str, ...]
    body: str
    pinyin: tuple[str, ...] = ()
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """Higher scores stand first; they compare within one query only."""

    id: str
    score: float


def build(connection: Any, documents: Iterable[Document], synonyms: Sequence[Sequence[str]]) -> None:
    """Into a database without an index, inside the caller's transaction."""
    for statement in _SCHEMA:
        connection.execute(statement)
    for circle, words in enumerate(synonyms):
        connection.executemany("INSERT INTO synonyms VALUES (?, ?)", [(circle, word) for word in words])
    for number, document in enumerate(documents, 1):
        _add(connection, number, document)
    connection.execute("INSERT INTO terms(terms) VALUES ('optimize')")


def _add(connection: Any, number: int, document: Document) -> None:
    tags, asked = "\n".join(document.tags), "\n".join(document.asked)
    columns = [tokens(text) for text in (document.title, document.summary, tags, asked, document.body)]
    whole = [token for phrase in document.pinyin for token in spoken.whole_tokens(phrase)]
    initials = [token for phrase in document.pinyin for token in spoken.initial_tokens(phrase)]
    texts = [" ".join(column) for column in (*columns, whole, initials)]
    connection.execute("INSERT INTO terms(rowid, title, summary, tags, asked, body, spoken, initials)"
                       " VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (number, *texts))  # fmt: skip
    title, summary, of_tags, of_asked = texts[:4]
    phrases = "\n".join(compact(normal(phrase)) for phrase in (*document.asked, *document.tags))
    words = "\n".join(f" {field} " for field in (title, of_asked, of_tags, summary))
    connection.execute(
        "INSERT INTO documents(rowid, id, language, weight, title, phrases, words, spoken)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            number,
            document.id,
            document.language.value,
            document.weight,
            compact(normal(document.title)),
            phrases,
            words,
            "\n".join(document.pinyin),
        ),
    )


class Index:
    """Reads one built index through ``connection``; used by one thread."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        circles: dict[int, list[str]] = {}
        for circle, word in connection.execute("SELECT circle, word FROM synonyms"):
            circles.setdefault(circle, []).append(word)
        self._synonyms = Synonyms(circles.values())
        self._size = int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])

    def search(self, text: str, language: Language, limit: int) -> list[Hit]:
        """Best first, each id once, the visitor's language ahead among equals. Never raises for what was typed."""
        query = understood(text, self._synonyms)
        best: dict[str, float] = {}
        counts = {token: self._count(token, token in query.beginnings) for token in query.tokens}
        for candidate in self._candidates(query, counts):
            found = score(query, candidate, language, counts, self._size)
            if found > best.get(candidate.id, 0.0):
                best[candidate.id] = found
        hits = [Hit(id, round(found, 4)) for id, found in best.items()]
        return sorted(hits, key=lambda hit: (-hit.score, hit.id))[:limit]

    def understood(self, text: str) -> Query:
        """What ``search`` reads ``text`` as."""
        return understood(text, self._synonyms)

    def spoken_titles(self, ids: Sequence[str]) -> dict[str, str]:
        """How the Chinese titles of these documents are spoken."""
        marks = ", ".join("?" * len(ids))
        found = self._connection.execute(
            f"SELECT id, spoken FROM documents WHERE language = ? AND id IN ({marks})", (Language.ZH.value, *ids)
        )
        return {id: phrases.partition("\n")[0] for id, phrases in found}

    def _candidates(self, query: Query, counts: dict[str, int]) -> list[Candidate]:
        found: dict[int, float] = {}
        if wanted := _affordable(query, counts):
            ranked = self._connection.execute(
                f"SELECT rowid, bm25(terms, {', '.join(map(str, _WEIGHTS))}) FROM terms WHERE terms MATCH ?"
                f" ORDER BY rank LIMIT {MOST_CANDIDATES}",
                (f"{{{' '.join(_WORDS)}}} : ({' OR '.join(wanted)})",),
            ).fetchall()
            top = max((-rank for _, rank in ranked), default=0.0) or 1.0
            found = {row: -rank / top for row, rank in ranked}
        if query.letters:
            begun = f'{{spoken initials}} : "{query.letters}"*'
            for (row,) in self._connection.execute(
                f"SELECT rowid FROM terms WHERE terms MATCH ? LIMIT {MOST_SPOKEN}", (begun,)
            ):
                found.setdefault(row, 0.0)
        return [self._candidate(row, rank) for row, rank in found.items()]

    def _candidate(self, row: int, rank: float) -> Candidate:
        columns = "id, language, weight, title, phrases, words, spoken"
        found = self._connection.execute(f"SELECT {columns} FROM documents WHERE rowid = ?", (row,)).fetchone()
        id, language, weight, title, phrases, words, spoken_as = found
        return Candidate(
            id, Language(language), weight, title, phrases.split("\n"), words.split("\n"), spoken_as.split("\n"), rank
        )

    def _count(self, token: str, beginning: bool) -> int:
        if not beginning:
            row = self._connection.execute("SELECT doc FROM term_counts WHERE term = ?", (token,)).fetchone()
            return int(row[0]) if row else 0
        found = self._connection.execute(
            "SELECT sum(doc) FROM (SELECT doc FROM term_counts WHERE term >= ? AND term < ? LIMIT ?)",
            (token, token + "\U0010ffff", MOST_TERMS),
        ).fetchone()
        return int(found[0] or 0)


def _affordable(query: Query, counts: dict[str, int]) -> list[str]:
    """The rarest tokens whose rows add up to the budget, as FTS5 reads them; the rarest always."""
    wanted: list[str] = []
    spent = 0
    for token in sorted(query.tokens, key=lambda token: counts[token]):
        if not counts[token]:
            continue
        spent += counts[token]
        if wanted and spent > POSTING_BUDGET:
            break
        wanted.append(f'"{token}"*' if token in query.beginnings else f'"{token}"')
    return wanted
