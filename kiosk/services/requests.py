"""What a finger asks for. Frozen values; the worker answers with a new view."""

from msgspec import Struct

from kiosk.domain.language import Language


class Start(Struct, frozen=True):
    """Attract was touched: 开始 or Start in English."""

    language: Language


class Touched(Struct, frozen=True):
    """Any touch or key: the idle limit starts anew."""


class Knocked(Struct, frozen=True):
    """The corner where staff knock was touched, or *back* pressed on a keypad (``by_key``)."""

    by_key: bool = False


class ChooseLanguage(Struct, frozen=True):
    language: Language


class ToggleAid(Struct, frozen=True):
    """``aid``: large, contrast or reach."""

    aid: str


class HearScreen(Struct, frozen=True):
    """Somebody wants to hear the kiosk: a key was held. Begins a visit where there is none."""


class Hear(Struct, frozen=True):
    """``how``: louder, softer or speed (the next one; after the last one off)."""

    how: str


class Back(Struct, frozen=True):
    pass


class End(Struct, frozen=True):
    """End of the visit, from anywhere."""


class Stay(Struct, frozen=True):
    """The question's safe answer: go on."""


class Leave(Struct, frozen=True):
    """The question's other answer: end, use the other card, throw away."""


class Open(Struct, frozen=True):
    """A tile or secondary button by its row id."""

    id: str


class ShowPrivacy(Struct, frozen=True):
    pass


class Choose(Struct, frozen=True):
    """One thing on a page, of a part of it: a row of a list, a key of a pad, a filter. ``page`` is the Screen it was
    touched on: a finger that was faster than the change of page must not act on the next one."""

    page: str
    part: str
    id: str


class NumberKey(Struct, frozen=True):
    """One key of the number pad: a character, 'back' or 'clear'."""

    key: str


class NumberDone(Struct, frozen=True):
    pass


class ChooseService(Struct, frozen=True):
    id: str


class ChooseSymptom(Struct, frozen=True):
    id: str


class ChooseImpact(Struct, frozen=True):
    """Choosing the chosen one again takes it back."""

    id: str


class ChooseLetter(Struct, frozen=True):
    letter: str


class ChoosePlace(Struct, frozen=True):
    """A building or floor row id, ``outside`` or ``unknown``."""

    id: str


class NoteDone(Struct, frozen=True):
    """The text of the note or contact page."""

    text: str


class SearchFor(Struct, frozen=True):
    """What stands in the search field now."""

    text: str


class Submit(Struct, frozen=True):
    pass


class Again(Struct, frozen=True):
    """Done page: something else."""


class SelectTicket(Struct, frozen=True):
    id: str


class PasswordNext(Struct, frozen=True):
    """The blue button of the password page: to the next word, or all is typed."""


class PasswordBack(Struct, frozen=True):
    """Back to the word before, which is as it was."""


Request = (
    Start
    | Touched
    | Knocked
    | ChooseLanguage
    | ToggleAid
    | HearScreen
    | Hear
    | Back
    | End
    | Stay
    | Leave
    | Open
    | ShowPrivacy
    | Choose
    | NumberKey
    | NumberDone
    | ChooseService
    | ChooseSymptom
    | ChooseImpact
    | ChooseLetter
    | ChoosePlace
    | NoteDone
    | SearchFor
    | Submit
    | Again
    | SelectTicket
    | PasswordNext
    | PasswordBack
)
