"""What somebody thinks of something, tied to no person and no visit."""

from datetime import datetime

import msgspec

#: Longest name of a thing feedback is about, characters.
MAX_ABOUT = 80


class Feedback(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The sealed payload of a ``feedback`` operation. ``mark`` is one of domain.queueable.Mark."""

    language: str
    about: str
    mark: str
    made_at: datetime


class FeedbackAnswer(msgspec.Struct, frozen=True):
    received_at: datetime
