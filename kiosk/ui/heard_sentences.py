"""The sentences of a kiosk by ear, in the visitor's language; what others may not hear is left out of them."""

import re
from functools import cache
from typing import Any

from PySide6.QtGui import QAccessible

from kiosk.domain.language import Language
from kiosk.services.spoken import sign, time_left
from kiosk.services.views import Overlay, View
from kiosk.ui.heard_tree import Control, Line
from kiosk.words import Speaker, fixed

_ROLE = QAccessible.Role
_ROLE_WORDS = {
    _ROLE.Button: "ear.button",
    _ROLE.CheckBox: "ear.switch",
    _ROLE.RadioButton: "ear.choice",
    _ROLE.Link: "ear.button",
}
#: Most controls that are named before the keys go through them one by one.
MOST_NAMED = 9
_FIGURE = re.compile(r"\d+")
_PLACEHOLDER = re.compile(r"\{[^}]*\}")


@cache
def _own_words(language: Language) -> frozenset[str]:
    """The catalogue's texts without their values."""
    return frozenset(_bare(_PLACEHOLDER.sub("", text)) for text in fixed(language)) - {""}


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


class Sentences:
    """For one view."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._speak = Speaker(view.look.language)
        self._withheld = False

    # -- a page -------------------------------------------------------------------------------------------------
    def introduction(self) -> list[str]:
        return [self._speak("ear.begun"), self._speak("ear.keys"), self._speak("ear.held"), self._speak("ear.language")]

    @property
    def off(self) -> str:
        return self._speak("ear.over")

    def page(self, lines: list[Line], controls: list[Control]) -> list[str]:
        """All that stands on it, then what can be pressed."""
        texts = [self._line(line) for line in sorted(lines, key=lambda line: line.role != _ROLE.Heading)]
        question = self._view.question
        if question.kind is not Overlay.NONE and question.seconds:
            texts.append(self._speak("ear.seconds_left", seconds=question.seconds))
        names = [name for one in controls if (name := self._aloud(one.name))]
        if len(names) > 1:
            more = self._speak("ear.and_more") if len(names) > MOST_NAMED else ""
            texts.append(self._speak("ear.can_press", names=", ".join(names[:MOST_NAMED]) + more))
        if self._withheld:
            texts.append(self._speak("ear.withheld"))
        return [text for text in _once(texts) if text]

    def fresh(self, before: list[Line], now: list[Line]) -> list[str]:
        """What was not there, and how much was typed; not what merely counts on."""
        known, wholes = {line.still for line in before}, {line.whole for line in before}
        texts = []
        for line in now:
            if line.still not in known:
                texts.append(self._line(line))
            elif line.whole not in wholes and line.note and line.role == _ROLE.StaticText:
                texts.append(self._aloud(line.note))
            elif line.whole not in wholes and not line.note and line.role == _ROLE.EditableText:
                texts.append(self._aloud(line.name))
        return [text for text in texts if text]

    # -- where the keys stand -----------------------------------------------------------------------------------
    def stop(self, control: Control, place: int, count: int) -> str:
        on = control.on
        choice = control.role == _ROLE.RadioButton
        state = (
            ""
            if on is None
            else self._speak(
                f"ear.{'chosen' if choice else 'is_on'}" if on else f"ear.{'not_chosen' if choice else 'is_off'}"
            )
        )
        hint = time_left(control.hint, self._view.look.language) or (
            self._aloud(control.hint) if self._view.ear.hints else ""
        )
        parts = [self._aloud(control.name), self._role(control), state, hint]
        parts.append(self._speak("ear.place", place=place, count=count))
        return self._speak("ear.pause").join(part for part in parts if part)

    def group(self, pad: bool, place: int, count: int) -> str:
        name = self._speak("ear.pad" if pad else "ear.bar")
        return self._speak("ear.pause").join([name, self._speak("ear.place", place=place, count=count)])

    def _role(self, control: Control) -> str:
        word = _ROLE_WORDS.get(control.role)
        return self._speak(word) if word else ""

    # -- a pad --------------------------------------------------------------------------------------------------
    def pad(self, offer: dict[str, Any]) -> list[str]:
        """How it is typed on, and what each key takes."""
        how = "ear.pad_begun" if offer["told"] else "ear.secret_begun"
        leaves = "ear.pad_up_leaves" if offer["exit"] == "up" else "ear.pad_back_leaves"
        return [self._speak(how), *self.parts(offer), self._speak(leaves)]

    def parts(self, offer: dict[str, Any]) -> list[str]:
        return [
            self._speak("ear.takes", which=self._speak(f"ear.key_{part['key']}"), names=", ".join(self._named(part)))
            for part in offer["parts"]
        ]

    def _named(self, part: dict[str, Any]) -> list[str]:
        language = self._view.look.language
        names = [name for name in part["names"] if self._view.ear.open or name.isascii() or self._is_own(name)]
        return [sign(name, language) or name for name in names]

    def key(self, name: str) -> str:
        """A key that was pressed; where others listen, only that one was."""
        if self._view.ear.open or self._is_own(name):
            return self._named({"names": [name]})[0]
        return self._speak("ear.one_typed")

    # -- how it is heard ----------------------------------------------------------------------------------------
    def loudness(self, step: int, steps: int) -> str:
        return self._speak("ear.loudness", step=step, steps=steps)

    def speed(self, step: int, steps: int) -> str:
        return self._speak("ear.speed", step=step, steps=steps)

    # -- who listens --------------------------------------------------------------------------------------------
    def _line(self, line: Line) -> str:
        """What was typed is the visitor's, whatever it is."""
        if self._view.ear.open or not line.typed:
            return self._aloud(line.whole)
        self._withheld = True
        return self._aloud(line.untyped)

    def _aloud(self, text: str) -> str:
        """'' for what only whoever stands here may hear."""
        if not text or self._view.ear.open or self._is_own(text):
            return text
        self._withheld = True
        return ""

    def _is_own(self, text: str) -> bool:
        """Words of the kiosk, or two of them one after the other, whatever figures stand in them: a time, the desk's
        telephone. A person's own number is never written out, but where it is typed."""
        own = _own_words(self._view.look.language)
        bare = _FIGURE.sub("", text)
        halves = [at for at, letter in enumerate(bare) if letter == " "]
        return _bare(bare) in own or any(_bare(bare[:at]) in own and _bare(bare[at:]) in own for at in halves)


def _once(texts: list[str]) -> list[str]:
    """A question's title is the name of its dialog too."""
    return list(dict.fromkeys(texts))
