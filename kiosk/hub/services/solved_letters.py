"""Tells a requester that their matter is solved: where phones reach the hub with a link of their own, behind which they
say whether it is, and rate it."""

from datetime import datetime

from sqlalchemy.orm import Session

from kiosk.domain.language import Language
from kiosk.hub.ports import Told
from kiosk.hub.services.around import Around
from kiosk.hub.services.case_ratings import may_be_rated
from kiosk.hub.services.intake import FOLLOW_LIFE
from kiosk.hub.services.naming import title_of
from kiosk.hub.services.telling import reached, tell_requester
from kiosk.hub.store.tables import FollowCode, Ticket
from kiosk.hub.tokens_made import digest, new_follow_code
from kiosk.wire.routes import FOLLOW


def tell_solved(db: Session, around: Around, ticket: Ticket, now: datetime) -> None:
    """Whoever may not rate it, or gets no letter, is told as of any other answer."""
    whom = reached(db, ticket)
    if whom is None or around.notices is None or not around.public_url or not may_be_rated(db, ticket):
        tell_requester(db, around, ticket, Told.TICKET_ANSWERED, now)
        return
    code, until = new_follow_code(), now + FOLLOW_LIFE
    db.add(FollowCode(digest=digest(code), reference=ticket.reference, expires_at=until))
    title = title_of(around.book, ticket).of(Language(whom.language))
    link = f"{around.public_url}{FOLLOW}{code}"
    around.notices.mail(db, whom, Told.TICKET_SOLVED, until, reference=ticket.reference, matter=title, link=link)
