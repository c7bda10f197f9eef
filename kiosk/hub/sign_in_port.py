"""What the hub asks of the campus's own sign-in page, whatever it speaks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from kiosk.domain.language import Language
from kiosk.domain.people import PersonNumber

#: Longest person number a campus's page may say, characters.
LONGEST_NUMBER = 64


class NotSignedIn(StrEnum):
    DECLINED = "declined"  # the person said no, or could not sign in there
    SILENT = "silent"  # no answer, too late, or busy
    NOT_SOUND = "not_sound"  # an answer that could not be verified
    NOBODY = "nobody"  # verified, and without a number


@dataclass(frozen=True, slots=True)
class Attempt:
    """One sign-in on one phone. ``back``: the address the campus's page leads back to; the three secrets are this
    attempt's own."""

    back: str
    language: Language
    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SignedInAs:
    number: PersonNumber


class CampusSignIn(Protocol):
    """Each call may take the seconds an answer may take, and raises nothing."""

    def origin(self) -> str | NotSignedIn:
        """``https://host[:port]`` of the page the phone is sent to."""
        ...

    def begin(self, attempt: Attempt) -> str | NotSignedIn:
        """The address the phone is sent to."""
        ...

    def finish(self, attempt: Attempt, query: Mapping[str, str]) -> SignedInAs | NotSignedIn:
        """``query``: what the phone brought back, which anybody can write. Asked once for each attempt."""
        ...
