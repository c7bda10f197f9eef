"""Signing in at the campus's own page, on the person's phone: what a kiosk is told of it while it waits."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class SignInStep(StrEnum):
    SCAN = "scan"  # the code is on the screen, no phone has taken it
    AWAY = "away"  # a phone has, and is at the campus's page
    NUMBER = "number"  # somebody has signed in there: their phone asks for the number on this screen


class SignInEnd(StrEnum):
    """Why nobody was verified."""

    EXPIRED = "expired"
    WRONG_NUMBER = "wrong_number"
    DECLINED = "declined"  # at the campus's page
    SILENT = "silent"  # the campus's page gave no answer, or too late
    NOT_SOUND = "not_sound"  # its answer could not be verified
    NOBODY = "nobody"  # who signed in there is nobody here
    OTHER_PERSON = "other_person"  # another person than the card or number of this visit
    CANCELLED = "cancelled"  # the kiosk's visit is over


@dataclass(frozen=True, slots=True)
class SignInShown:
    """``url`` for the code while it is SCAN, ``number`` while it is NUMBER, else ''; ``until`` the step ends."""

    step: SignInStep
    until: datetime
    url: str = field(default="", repr=False)
    number: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class SignInOver:
    why: SignInEnd
