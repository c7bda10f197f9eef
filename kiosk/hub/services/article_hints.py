"""Which articles may help with a ticket, by the hub's own search, and how one begins an answer."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from kiosk.domain.language import Language
from kiosk.hub.services.article_finder import Find
from kiosk.hub.services.article_shelf import kept
from kiosk.wire.routes import ARTICLE

#: Articles offered for one ticket.
MOST_HINTS = 4
#: So much of what was written is looked for, characters.
_LOOKED_FOR = 120


@dataclass(frozen=True, slots=True)
class Hint:
    """``title`` for whoever reads the page; ``language`` of whoever asked."""

    id: str
    title: str
    language: Language


def hints(db: Session, find: Find, text: str, asked: str, shown: Language) -> list[Hint]:
    """``asked``: the language of the ticket. None for drafts and what is not shown now."""
    language = Language(asked) if asked in list(Language) else Language.ZH
    found = (kept(db, id) for id in find(text[:_LOOKED_FOR], language, MOST_HINTS))
    return [Hint(one.id, one.pair.of(shown).title, language) for one in found if one is not None]


def put_in(db: Session, hint: Hint, public_url: str) -> str:
    """Title, what it says in short, and where it can be read on a phone."""
    article = kept(db, hint.id)
    if article is None:
        return ""
    words = article.pair.of(hint.language)
    address = f"{public_url}{ARTICLE}{hint.id}" if public_url else ""
    return "\n".join(filter(None, (words.title, words.summary, address)))
