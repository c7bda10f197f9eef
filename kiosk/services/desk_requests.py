"""What the desk of a kiosk asks the hub, with a staff member's shift beside."""

from dataclasses import dataclass, field

from kiosk.domain.desk_work import DeskOpened, EarlierMatters, LookUpReason, RequestersFound
from kiosk.domain.identity import Claim
from kiosk.domain.language import Language


@dataclass(frozen=True, slots=True)
class OpenShift:
    """``session`` of whoever has proven to be staff."""

    session: str = field(repr=False)
    language: Language = Language.ZH
    visit: int = 0


@dataclass(frozen=True, slots=True)
class FindRequester:
    """By one of ``claim``, ``text`` (name or phone) and ``handle``; ``reason`` where no card was shown."""

    shift: str = field(repr=False)
    language: Language = Language.ZH
    claim: Claim | None = None
    text: str = field(default="", repr=False)
    handle: str = field(default="", repr=False)
    reason: LookUpReason | None = None
    visit: int = 0


@dataclass(frozen=True, slots=True)
class ReadEarlier:
    """What somebody who was found told before."""

    shift: str = field(repr=False)
    handle: str = field(repr=False)
    visit: int = 0


@dataclass(frozen=True, slots=True)
class EndShift:
    """The staff member has gone; it is asked for no visit."""

    shift: str = field(repr=False)


DeskQuestion = OpenShift | FindRequester | ReadEarlier
DeskAnswer = DeskOpened | RequestersFound | EarlierMatters
