"""Where articles come from: a folder, or the knowledge base of the campus's helpdesk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from kiosk.domain.why import Why
from kiosk.hub.helpdesk_port import Rejected, Silent
from kiosk.hub.services.article_batch import ArticleBatch


class ArticleSource(Protocol):
    """May take minutes; is asked outside of any transaction, raises OSError at most."""

    @property
    def name(self) -> str:
        """Of ArticleBatch.source."""
        ...

    def fetch(self, known: Mapping[str, str]) -> ArticleBatch | Silent | Rejected:
        """``known``: stamps by id of what the hub has of this source; what bears the same one is not read again."""
        ...


@dataclass(frozen=True, slots=True)
class Entry:
    """An article in the list of a knowledge base. ``stamp`` changes when it does, '' where it may change again unseen;
    ``categories`` by name."""

    key: str
    stamp: str
    categories: tuple[str, ...]
    changed: date


@dataclass(frozen=True, slots=True)
class Draft:
    """Its texts, title and body (HTML or lines), as many languages as there are."""

    texts: tuple[tuple[str, str], ...]
    tags: tuple[str, ...] = ()


class Shelf(Protocol):
    """A helpdesk's knowledge base."""

    name: str

    def entries(self) -> tuple[Entry, ...] | Silent | Rejected:
        """What visitors may read."""
        ...

    def open(self, entry: Entry) -> Draft | Silent | Rejected: ...

    def picture(self, src: str) -> bytes | Why:
        """Of the helpdesk itself; ``src`` as an article has it."""
        ...
