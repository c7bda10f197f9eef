"""What most things that happen to a ticket need beside a transaction."""

from dataclasses import dataclass

from kiosk.hub.ports import Notices
from kiosk.hub.services.book import Book


@dataclass(frozen=True, slots=True)
class Around:
    """``notices`` ``None``: nobody is told, for what happened before this hub was there. ``public_url`` '' for none."""

    book: Book
    notices: Notices | None
    public_url: str = ""
