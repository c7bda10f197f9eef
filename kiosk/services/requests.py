"""What a finger asks for. Frozen values; the worker answers with a new view."""

from dataclasses import dataclass

from kiosk.domain.language import Language


@dataclass(frozen=True, slots=True)
class Start:
    """Attract was touched: 开始 or Start in English."""

    language: Language


@dataclass(frozen=True, slots=True)
class Touched:
    """Any touch or key: the idle limit starts anew."""


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    language: Language


@dataclass(frozen=True, slots=True)
class ToggleAid:
    """``aid``: large, contrast or reach."""

    aid: str


@dataclass(frozen=True, slots=True)
class Back:
    pass


@dataclass(frozen=True, slots=True)
class End:
    """End of the visit, from anywhere."""


@dataclass(frozen=True, slots=True)
class Stay:
    """The question's safe answer: go on."""


@dataclass(frozen=True, slots=True)
class Leave:
    """The question's other answer: end, use the other card, throw away."""


@dataclass(frozen=True, slots=True)
class Open:
    """A tile or secondary button by its row id."""

    id: str


@dataclass(frozen=True, slots=True)
class ShowPrivacy:
    pass


@dataclass(frozen=True, slots=True)
class NumberKey:
    """One key of the number pad: a character, 'back' or 'clear'."""

    key: str


@dataclass(frozen=True, slots=True)
class NumberDone:
    pass


@dataclass(frozen=True, slots=True)
class ChooseService:
    id: str


@dataclass(frozen=True, slots=True)
class ChooseSymptom:
    id: str


@dataclass(frozen=True, slots=True)
class ChooseImpact:
    """Choosing the chosen one again takes it back."""

    id: str


@dataclass(frozen=True, slots=True)
class ChooseLetter:
    letter: str


@dataclass(frozen=True, slots=True)
class ChoosePlace:
    """A building or floor row id, ``outside`` or ``unknown``."""

    id: str


@dataclass(frozen=True, slots=True)
class NoteDone:
    """The text of the note or contact page."""

    text: str


@dataclass(frozen=True, slots=True)
class Submit:
    pass


@dataclass(frozen=True, slots=True)
class Again:
    """Done page: something else."""


@dataclass(frozen=True, slots=True)
class SelectTicket:
    id: str


Request = (
    Start
    | Touched
    | ChooseLanguage
    | ToggleAid
    | Back
    | End
    | Stay
    | Leave
    | Open
    | ShowPrivacy
    | NumberKey
    | NumberDone
    | ChooseService
    | ChooseSymptom
    | ChooseImpact
    | ChooseLetter
    | ChoosePlace
    | NoteDone
    | Submit
    | Again
    | SelectTicket
)
