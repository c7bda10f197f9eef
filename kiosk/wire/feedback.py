"""What somebody thinks of something, tied to no person and no visit."""

from datetime import datetime

import msgspec

#: Longest name of a thing feedback is about, characters.
MAX_ABOUT = 80
#: Most reasons of one rating, and the longest salt, characters.
MAX_REASONS = 6
MAX_SALT = 64


class Feedback(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The sealed payload of a ``feedback`` operation. ``mark`` is one of domain.queueable.Mark; ``reasons`` ids of
    lower-case letters; ``salt`` random, so that the digest the hub keeps cannot be guessed from a rating."""

    language: str
    about: str
    mark: str
    made_at: datetime
    reasons: list[str] = []
    words: str = ""
    salt: str = ""


class FeedbackAnswer(msgspec.Struct, frozen=True):
    """``received_at`` is the beginning of the day, whenever it came."""

    received_at: datetime
