"""What a visitor asks the articles on this kiosk, and what comes back, as values.

``number`` tells an answer to an older question from the one that is waited for.
"""

from dataclasses import dataclass, field

from kiosk.domain.articles import ArticlePair, Topic
from kiosk.domain.campus import Text
from kiosk.domain.language import Language


@dataclass(frozen=True, slots=True)
class FindArticles:
    """``text`` as typed so far; whatever stands first after it is typed on makes this one needless."""

    number: int
    text: str = field(repr=False)
    language: Language


@dataclass(frozen=True, slots=True)
class ListArticles:
    """Those of ``topic``, or what helps most people where it is ''."""

    number: int
    topic: str


@dataclass(frozen=True, slots=True)
class SuggestArticles:
    """For somebody who is about to report this."""

    number: int
    service: str
    symptom: str


@dataclass(frozen=True, slots=True)
class ReadArticle:
    number: int
    id: str


ArticleRequest = FindArticles | ListArticles | SuggestArticles | ReadArticle


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """As much of an article as a row shows. ``action`` and ``service`` as in domain.articles.Article. ``pieces``: its
    title in the language that was searched in, every second one found there."""

    id: str
    title: Text
    summary: Text
    action: str
    pieces: tuple[str, ...] = ()
    service: str = ""


@dataclass(frozen=True, slots=True)
class FoundArticles:
    rows: tuple[FoundArticle, ...]


@dataclass(frozen=True, slots=True)
class NoArticle:
    """Not on this kiosk, or not readable."""


ArticleOutcome = FoundArticles | ArticlePair | NoArticle


@dataclass(frozen=True, slots=True)
class ArticlesAnswered:
    """A command: the answer to ``request``."""

    request: ArticleRequest
    outcome: ArticleOutcome


@dataclass(frozen=True, slots=True)
class ArticlesChanged:
    """A command: what this kiosk holds from now on. ``etag`` '' where it holds nothing. ``missing``: ids of pictures
    the articles show and this kiosk has not."""

    etag: str
    topics: tuple[Topic, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ArticlesWanted:
    """A command: ``texts`` that this kiosk needs next for the articles the hub has."""

    texts: tuple[str, ...]
