"""Articles of a helpdesk's knowledge base, in both languages, whole or listed with what is wrong."""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape

from kiosk.domain.article_text import ID, MAX_ID, MAX_SUMMARY, MAX_TITLE, MAX_WORD, MAX_WORDS, BadArticle
from kiosk.domain.articles import Article, ArticlePair, Block, BlockKind
from kiosk.domain.language import Language
from kiosk.domain.plain_text import clean
from kiosk.domain.why import Why, why
from kiosk.hub.article_source import Draft, Entry, Shelf
from kiosk.hub.helpdesk_port import Rejected, Silent
from kiosk.hub.services.article_batch import MOST_ARTICLES, ArticleBatch, Pictures, Problem
from kiosk.hub.services.article_html import blocks_from
from kiosk.hub.services.spoken import spoken
from kiosk.search.tokens import is_han

#: Where one document holds both languages: between their titles, and between their texts.
_TITLES = re.compile(r"\s+[/|｜]\s+")
_TEXTS = re.compile(r"<hr\b[^>]*>|^-{3,}\s*$", re.IGNORECASE | re.MULTILINE)
_DATA = re.compile(r"data:image/[a-z+.-]+;base64,", re.IGNORECASE)
#: Share of Han among the letters of a Chinese text, which names many things in Latin ones.
_CHINESE = 0.15
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class HelpdeskArticles:
    """``topics`` by category; articles of other categories are not taken."""

    shelf: Shelf
    topics: Mapping[str, str]

    @property
    def name(self) -> str:
        return self.shelf.name

    def fetch(self, known: Mapping[str, str]) -> ArticleBatch | Silent | Rejected:
        entries = self.shelf.entries()
        if not isinstance(entries, tuple):
            return entries
        wanted = [(entry, topic) for entry in entries if (topic := self._topic(entry))]
        if len(wanted) > MOST_ARTICLES:
            return Rejected(f"more than {MOST_ARTICLES} articles")
        pictures = Pictures(self._picture)
        pairs: list[ArticlePair] = []
        problems: list[Problem] = []
        stamps: dict[str, str] = {}
        for entry, topic in wanted:
            id = f"{self.name}-{entry.key}"
            stamps[id] = f"{entry.stamp} {topic}" if entry.stamp else ""
            if stamps[id] and known.get(id) == stamps[id]:
                continue
            draft = self.shelf.open(entry)
            if isinstance(draft, Silent):
                return draft
            pair = _pair(id, topic, entry, draft, pictures)
            if isinstance(pair, ArticlePair):
                pairs.append(pair)
            else:
                problems.append(Problem(id, 0, pair))
        sound = tuple(pairs)
        unchanged = frozenset(id for id, stamp in stamps.items() if stamp and known.get(id) == stamp)
        made = pictures.of(sound)
        return ArticleBatch(sound, None, None, tuple(problems), made, self.name, stamps, unchanged)

    def _topic(self, entry: Entry) -> str:
        return next((self.topics[name] for name in entry.categories if name in self.topics), "")

    def _picture(self, src: str) -> bytes | Why:
        head = _DATA.match(src)
        if head is None:
            return self.shelf.picture(src)
        try:
            return base64.b64decode(src[head.end() :], validate=True)
        except (binascii.Error, ValueError):
            return why("no_picture")


def _pair(id: str, topic: str, entry: Entry, draft: Draft | Rejected, pictures: Pictures) -> ArticlePair | Why:
    if isinstance(draft, Rejected):
        return why("unreadable", detail=draft.why)
    if not ID.fullmatch(id):
        return why("bad_name", most=MAX_ID)
    texts = draft.texts if len(draft.texts) > 1 else _both(*draft.texts[0]) if draft.texts else ()
    found: dict[Language, Article] = {}
    for title, text in texts:
        language = _language(title, text)
        if language in found:
            return why("same_language")
        article = _article(id, language, topic, entry, title, text, draft.tags)
        whole = pictures.resolved(article) if isinstance(article, Article) else article
        if isinstance(whole, BadArticle):
            return whole.why
        if isinstance(whole, Why):
            return whole
        found[language] = whole
    if len(found) < len(Language):
        return why("one_language")
    zh, en = found[Language.ZH], found[Language.EN]
    return ArticlePair(zh, en, spoken((zh.title, *zh.tags, *zh.asked)))


def _both(title: str, text: str) -> tuple[tuple[str, str], ...]:
    titles, texts = _TITLES.split(title, maxsplit=1), _TEXTS.split(text, maxsplit=1)
    return tuple(zip(titles, texts, strict=False))


def _article(
    id: str, language: Language, topic: str, entry: Entry, title: str, text: str, tags: tuple[str, ...]
) -> Article | Why:
    shown = clean(title, MAX_TITLE + 1, lines=False)
    if not shown:
        return why("missing", field="title")
    if len(shown) > MAX_TITLE:
        return why("longer", field="title", most=MAX_TITLE)
    blocks = blocks_from(text, shown)
    if isinstance(blocks, Why):
        return blocks
    words = tuple(clean(tag, MAX_WORD, lines=False) for tag in tags[:MAX_WORDS])
    return Article(
        id=id,
        language=language,
        title=shown,
        summary=_summary(blocks) or shown,
        topic=topic,
        tags=tuple(word for word in words if word),
        asked=(),
        owner="",
        reviewed=entry.changed,
        minutes=0,
        devices=(),
        service="",
        symptom="",
        action="",
        weight=0,
        blocks=blocks,
    )


def _summary(blocks: tuple[Block, ...]) -> str:
    """The first thing it says."""
    first = next((block for block in blocks if block.kind is not BlockKind.HEADING and block.picture is None), None)
    text = (first.text or " ".join(item.title for item in first.items)) if first else ""
    return text if len(text) <= MAX_SUMMARY else f"{text[: MAX_SUMMARY - 1].rstrip()}…"


def _language(title: str, text: str) -> Language:
    letters = [letter for letter in title + unescape(_TAG.sub("", text)) if letter.isalpha()]
    han = sum(is_han(letter) for letter in letters)
    return Language.ZH if letters and han >= _CHINESE * len(letters) else Language.EN
