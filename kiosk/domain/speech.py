"""What is spoken, and how whoever hears it has set it: values for the services, the window and the sound device."""

from dataclasses import dataclass, replace
from enum import StrEnum

from kiosk.domain.language import Language

#: Steps of loudness and of speed a visitor goes through; every visit begins at the middle one.
LOUDNESS = (-2, -1, 0, 1, 2)
SPEED = (-1, 0, 1, 2)
#: Most characters of one utterance: the longest article is a third of it.
MOST_LETTERS = 6000


@dataclass(frozen=True, slots=True)
class Hearing:
    """How the visitor hears: a step of ``LOUDNESS``, one of ``SPEED``. Gone with the visit (EN 301 549, 5.1.3.13)."""

    loudness: int = 0
    speed: int = 0

    def louder(self, by: int) -> "Hearing":
        return replace(self, loudness=max(LOUDNESS[0], min(LOUDNESS[-1], self.loudness + by)))

    def faster(self) -> "Hearing | None":
        """The next speed; after the fastest the slowest, after that none: speech is off."""
        if self.speed == SPEED[0]:
            return None
        return replace(self, speed=self.speed + 1 if self.speed < SPEED[-1] else SPEED[0])


class Tone(StrEnum):
    """A sound without words. The keys of a secret all sound alike."""

    KEY = "key"
    DONE = "done"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Piece:
    """Words for one voice, as they are to be pronounced."""

    language: Language
    text: str


@dataclass(frozen=True, slots=True)
class Utterance:
    """``tone`` comes first. ``waits``: after what is being said, instead of in its place."""

    pieces: tuple[Piece, ...] = ()
    tone: Tone | None = None
    hearing: Hearing = Hearing()
    waits: bool = False

    @property
    def text(self) -> str:
        return " ".join(piece.text for piece in self.pieces)


class SpeechState(StrEnum):
    NONE = "none"  # not configured: no key starts speech
    NO_ENGINE = "no_engine"  # the program that speaks is not there, or does not speak
    NO_SOUND = "no_sound"  # nothing plays what it says
    READY = "ready"


@dataclass(frozen=True, slots=True)
class SpeechChanged:
    """``detail`` is for staff; nothing that was said is in it."""

    state: SpeechState
    detail: str = ""


@dataclass(frozen=True, slots=True)
class HeadphonesChanged:
    plugged: bool
