"""What somebody thinks of something: counted, tied to no person, no visit and no ticket (journeys 1).

Nothing that is kept of it can be joined to anything else: the rating has no time but its day and a random key, and the
operation it came in keeps neither its time nor a digest that could be guessed (the payload carries a salt).
"""

import re
import secrets
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from kiosk.domain.plain_text import clean
from kiosk.domain.queueable import Mark
from kiosk.domain.search_words import SEARCH, telling
from kiosk.hub.services.doing import Doing, read
from kiosk.hub.services.refusal import No
from kiosk.hub.store.tables import Rating
from kiosk.wire.feedback import MAX_ABOUT, MAX_REASONS, MAX_SALT, Feedback, FeedbackAnswer
from kiosk.wire.routes import MAX_NOTE

_REASON = re.compile(r"[a-z_]{1,32}")


def mark(doing: Doing) -> FeedbackAnswer | No:
    feedback = read(doing, Feedback, ("about", MAX_ABOUT), ("words", MAX_NOTE), ("salt", MAX_SALT))
    if isinstance(feedback, No):
        return feedback
    if feedback.mark not in list(Mark):
        return No(422, "malformed", f"mark must be one of: {', '.join(Mark)}")
    if len(feedback.reasons) > MAX_REASONS or not all(_REASON.fullmatch(reason) for reason in feedback.reasons):
        return No(422, "malformed", "reasons are a few ids")
    # looked at here as it was on the kiosk: a hub need not trust that
    words = telling(feedback.words) if feedback.about == SEARCH else feedback.words
    if feedback.about == SEARCH and not words:
        return FeedbackAnswer(start_of_day(doing.now, ZoneInfo(doing.book.zone)))
    day = start_of_day(doing.now, ZoneInfo(doing.book.zone))
    keep(
        doing.db,
        Mark(feedback.mark),
        day,
        kiosk=doing.kiosk.code,
        about=feedback.about,
        reasons=tuple(feedback.reasons),
        words=words,
        language=feedback.language,
    )
    return FeedbackAnswer(day)


def keep(
    db: Session,
    given: Mark,
    day: datetime,
    *,
    kiosk: str,
    about: str,
    reasons: tuple[str, ...],
    words: str,
    language: str,
) -> None:
    db.add(
        Rating(
            key=secrets.token_hex(16),
            kiosk=kiosk,
            day=day.date().isoformat(),
            about=clean(about, MAX_ABOUT, lines=False),
            mark=given.value,
            reasons=" ".join(sorted(set(reasons))),
            words=clean(words, MAX_NOTE),
            language=language,
        )
    )


def start_of_day(now: datetime, zone: ZoneInfo) -> datetime:
    return now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
