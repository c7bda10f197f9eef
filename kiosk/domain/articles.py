"""Articles of the knowledge base: what an article is, and all of them as one campus has them."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from kiosk.domain.campus import Text
from kiosk.domain.language import Language

#: Where the hub shows an article to phones; its id follows.
PAGE_PATH = "/a/"
#: The first half of the SHA-256 of a picture's bytes, hex: whoever gets them can tell that they are the ones.
PICTURE_ID = re.compile(r"[0-9a-f]{32}")
#: After its review an article that names no day for the next is looked at again within this.
REVIEW_EVERY = timedelta(days=365)


class Audience(StrEnum):
    """Whom an article is written for; none named is everybody."""

    STUDENT = "student"
    TEACHER = "teacher"
    STAFF = "staff"
    GUEST = "guest"


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    STEPS = "steps"  # numbered
    LIST = "list"
    NOTE = "note"
    PICTURE = "picture"


@dataclass(frozen=True, slots=True)
class Item:
    """A step or a line of a list: what to do, and what more there is to say about it."""

    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """``name``: its file, as the document has it; once the hub has made it anew, PICTURE_ID of what it is then.
    ``width`` and ``height`` in pixels, 0 before that."""

    name: str
    width: int = 0
    height: int = 0

    @property
    def is_made(self) -> bool:
        """The hub has made it anew: its name leads to it, whatever a document says."""
        return PICTURE_ID.fullmatch(self.name) is not None


@dataclass(frozen=True, slots=True)
class Block:
    """``text`` of heading, paragraph and note, and of a picture what it shows; ``items`` of steps and lists."""

    kind: BlockKind
    text: str = ""
    items: tuple[Item, ...] = ()
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One article in one language. ``asked``: how people ask for it; ``devices`` what it is written for.

    ``service``/``symptom`` are catalogue ids for whoever is still stuck, ``action`` names what this kiosk can do about
    it at once, all '' where there is none. ``minutes`` to follow it, 0 unknown. ``weight`` 0..100: how many people it
    helps; higher stands first among equals. Shown from the morning of ``shown_from`` to the evening of ``shown_until``;
    ``review_by`` is the last day on which its review is in time.
    """

    id: str
    language: Language
    title: str
    summary: str
    topic: str
    tags: tuple[str, ...]
    asked: tuple[str, ...]
    owner: str
    reviewed: date
    minutes: int
    devices: tuple[str, ...]
    service: str
    symptom: str
    action: str
    weight: int
    blocks: tuple[Block, ...]
    audience: tuple[Audience, ...] = ()
    review_by: date | None = None
    shown_from: date | None = None
    shown_until: date | None = None

    @property
    def reviewed_again_by(self) -> date:
        return self.review_by or self.reviewed + REVIEW_EVERY

    @property
    def body(self) -> str:
        """All of its text, a line for each piece."""
        pieces: list[str] = []
        for block in self.blocks:
            pieces.append(block.text)
            for item in block.items:
                pieces += [item.title, item.text]
        return "\n".join(piece for piece in pieces if piece)


@dataclass(frozen=True, slots=True)
class ArticlePair:
    """An article in both languages. ``pinyin``: how the Chinese title, tags and questions are spoken, one text for each
    in this order, syllables apart: ``chong zhi mi ma``."""

    zh: Article
    en: Article
    pinyin: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return self.zh.id

    def of(self, language: Language) -> Article:
        return self.zh if language is Language.ZH else self.en

    @property
    def pictures(self) -> tuple[str, ...]:
        """Ids of them, each once, in the order they stand."""
        blocks = (*self.zh.blocks, *self.en.blocks)
        return tuple(dict.fromkeys(block.picture.name for block in blocks if block.picture is not None))


@dataclass(frozen=True, slots=True)
class Topic:
    id: str
    icon: str
    title: Text
    hint: Text


@dataclass(frozen=True, slots=True)
class Knowledge:
    """``synonyms``: groups of words that mean the same to whoever searches. ``version`` changes with any of it."""

    version: str
    topics: tuple[Topic, ...]
    synonyms: tuple[tuple[str, ...], ...]
    articles: tuple[ArticlePair, ...]
