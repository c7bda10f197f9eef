"""What the robots of duty groups say: by service, in the group's language, never about a person."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from kiosk.domain.language import Language
from kiosk.domain.text import Text
from kiosk.hub.logs import event
from kiosk.hub.ports import GROUP, Told
from kiosk.hub.services.outgoing import Words, post
from kiosk.words import say

#: An alarm that comes later than this misleads.
USEFUL = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Group:
    """``name`` as in hub.toml. ``services``: () for all of them."""

    name: str
    language: Language
    services: tuple[str, ...] = ()


def post_to_groups(
    db: Session, groups: tuple[Group, ...], what: Told, service: str, now: datetime, values: dict[str, str | Text]
) -> int:
    """How many groups it was written for."""
    posted = 0
    for group in groups:
        if group.services and service not in group.services:
            continue
        shown = {key: one.of(group.language) if isinstance(one, Text) else one for key, one in values.items()}
        text = say(group.language, f"told.{what.value}", **shown)
        words = Words(what, say(group.language, "told.subject"), text, shown)
        if post(db, GROUP, group.name, words, now, now + USEFUL):
            posted += 1
        else:
            event("message held back", kind=what.value, channel=GROUP)
    return posted
