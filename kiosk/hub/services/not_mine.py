"""The page behind the link that the owner of a name was sent: what was told in it, and one button that ends that.

The link was sent to the contacts on file and to nobody else; it can do this one thing, for one ticket.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.language import Language
from kiosk.domain.ticket_views import Act
from kiosk.domain.tickets import IdentityLevel
from kiosk.hub.services.book import Book
from kiosk.hub.services.follow import when
from kiosk.hub.services.naming import title_of
from kiosk.hub.services.ticket_changes import by_requester
from kiosk.hub.store.claimed_tables import OwnerCode
from kiosk.hub.store.tables import Kiosk, Ticket
from kiosk.hub.tokens_made import FOLLOW_CHARACTERS, digest
from kiosk.words import Speaker


@dataclass(frozen=True, slots=True)
class NotMinePage:
    """Every text is ready; an empty one leaves its part out."""

    found: bool
    lang: str
    other_lang: str
    other_name: str
    mark: str
    campus: str
    headline: str
    text: str
    matter: str
    facts: tuple[tuple[str, str], ...]
    reference: str
    button: str
    desk: tuple[str, ...]


def not_mine_page(db: Session, book: Book, code: str, wanted: Language | None, now: datetime) -> NotMinePage:
    ticket = _ticket(db, code, now)
    language = wanted or (Language(ticket.language) if ticket else Language.ZH)
    say, other = Speaker(language), Speaker(language.other)
    open_to = ticket is not None and ticket.identity == IdentityLevel.CLAIMED
    word = "gone" if ticket is None else "asked" if open_to else "done"
    desk = (say("follow.desk", place=book.desk.place.of(language)), say("follow.call", phone=book.desk.phone))
    return NotMinePage(
        found=ticket is not None,
        lang=language.value,
        other_lang=language.other.value,
        other_name=other("follow.language"),
        mark=book.mark,
        campus=f"{book.name.of(language)} {book.product.of(language)}",
        headline=say(f"not_mine.{word}"),
        text=say(f"not_mine.{word}_text"),
        matter=title_of(book, ticket).of(language) if ticket else "",
        facts=_facts(db, book, say, ticket) if ticket else (),
        reference=ticket.reference if ticket else "",
        button=say("not_mine.button") if open_to else "",
        desk=desk if book.desk.phone else desk[:1],
    )


def disown(db: Session, book: Book, code: str, now: datetime) -> bool:
    """Said again, it changes nothing."""
    ticket = _ticket(db, code, now, lock=True)
    return ticket is not None and by_requester(db, book, ticket, Act.DISOWN, "", now) is None


def _ticket(db: Session, code: str, now: datetime, *, lock: bool = False) -> Ticket | None:
    if len(code) != FOLLOW_CHARACTERS or not code.isascii():
        return None
    row = db.scalar(select(OwnerCode).where(OwnerCode.digest == digest(code), OwnerCode.expires_at > now))
    return db.get(Ticket, row.reference, with_for_update=lock) if row else None


def _facts(db: Session, book: Book, say: Speaker, ticket: Ticket) -> tuple[tuple[str, str], ...]:
    """When, and at which kiosk: what somebody needs to know whether it was them."""
    kiosk = db.get(Kiosk, ticket.kiosk)
    standing = book.standing(kiosk.place) if kiosk else None
    where = standing.title.of(say.language) if standing else ""
    facts = (
        (say("not_mine.when"), when(say, ticket.made_at.astimezone(ZoneInfo(book.zone)))),
        (say("not_mine.where"), where),
    )
    return tuple(fact for fact in facts if fact[1])
