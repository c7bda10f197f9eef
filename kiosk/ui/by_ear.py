"""The kiosk by ear: what opens, what the four keys come to and what changes on a page is said (journeys 15).

Words come from the accessibility tree alone. Of a secret nobody here knows more than how many keys were pressed.
"""

import json
from typing import Any

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

from kiosk.domain.language import Language
from kiosk.domain.speech import LOUDNESS, SPEED, Hearing, Tone, Utterance
from kiosk.services.ports import Speech
from kiosk.services.spoken import spoken
from kiosk.services.views import DonePage, NoticeKind, Overlay, StripKind, View
from kiosk.ui import heard_tree
from kiosk.ui.heard_sentences import Sentences
from kiosk.ui.heard_tree import Control, Line
from kiosk.ui.shell_view_model import ShellViewModel

#: How long a page may take to stand before it is read, milliseconds: its bindings settle, the focus comes.
SETTLE_MS = 40
#: So often that time a page is waited for on which the keys stand nowhere yet: one that loads has nothing for them.
MOST_WAITS = 4


class ByEar(QObject):
    """Lives on the interface thread; made when speech is switched on for the first time."""

    def __init__(self, root: Any, shell: ShellViewModel, speech: Speech) -> None:
        super().__init__()
        self._root, self._shell, self._speech = root, shell, speech
        self._stage: QObject = root.findChild(QObject, "stage")
        self._view: View | None = None
        self._opened = False  # another page has come and was not read yet
        self._patience = 0
        self._first: list[str] = []  # what is said before anything else
        self._later: list[str] = []  # what is said when all else was
        self._stops: list[QObject] = []
        self._at: QObject | None = None
        self._told_stop = ""
        self._lines: list[Line] = []
        self._pad: QObject | None = None
        self._offer: dict[str, Any] = {}
        self._resting: Any = None  # what the pad's keys took before one of its keys was half chosen
        self._timer = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._timer.timeout.connect(self._speak)

    # -- what happens -------------------------------------------------------------------------------------------
    def took(self, view: View) -> None:
        """After the window has taken ``view``."""
        before, self._view = self._view, view
        was_on = before is not None and before.ear.on
        if not view.ear.on:
            if was_on:
                self._end(view)
            return
        words = Sentences(view)
        if not was_on:
            self._shell.hearing = self
            self._shell.hear(True)
            self._first = words.introduction()
            self._later = [view.strip.text]
        elif before is not None and before.visit == view.visit:
            self._first += self._changed_hearing(before, view)
        if before is None or not was_on or _place(before) != _place(view):
            self._open()
        if before is not None and before.strip.text != view.strip.text and view.strip.kind is not StripKind.NORMAL:
            self._later.append(view.strip.text)
        self._timer.start()

    def stand_at(self, item: QObject | None, stops: list[QObject]) -> None:
        self._at, self._stops, self._pad = item, list(stops), None
        self._timer.start()

    def offer(self, pad: QObject, offer: str) -> None:
        """The keys of a pad. What is chosen on one that holds a secret is not among what comes here."""
        before, self._offer = self._offer if self._pad is pad else {}, json.loads(offer)
        entered, self._pad, self._at = self._pad is not pad, pad, None
        if self._opened or self._view is None:
            self._timer.start()
            return
        words = Sentences(self._view)
        now = self._offer
        if entered:
            self._told_stop = ""
            self._say(words.pad(now))
        elif not now["told"]:
            if any(now[step] != before.get(step) for step in ("remaining", "taken")):
                self._say([], Tone.KEY)
        elif now["taken"] != before.get("taken"):
            fresh = now["parts"] != self._resting
            self._say([words.key(now["chosen"]), *(words.parts(now) if fresh else [])])
        elif now["choosing"] != before.get("choosing") or now["parts"] != before.get("parts"):
            self._say(words.parts(now))
        if not now["choosing"]:
            self._resting = now["parts"]
        self._timer.start()

    def repeat(self) -> None:
        """Everything on the page once more."""
        if self._view is not None and self._view.ear.on:
            self._open()
            self._timer.start()

    def close(self) -> None:
        """The window goes."""
        self._timer.stop()

    # -- what is said -------------------------------------------------------------------------------------------
    def _open(self) -> None:
        self._opened, self._told_stop, self._lines, self._patience = True, "", [], MOST_WAITS
        self._at, self._pad, self._stops = None, None, []
        self._shell.fourKey.emit("here")

    def _end(self, view: View) -> None:
        self._shell.hear(False)
        self._shell.hearing = None
        self._speech.hush()
        self._first, self._later, self._opened, self._lines, self._stops = [], [], False, [], []
        self._at = self._pad = self._resting = None
        self._offer, self._told_stop = {}, ""
        self._timer.stop()
        if view.visit > 0:
            self._speech.say(Utterance(spoken(Sentences(view).off, view.look.language)))

    def _speak(self) -> None:
        view = self._view
        if view is None or not view.ear.on:
            return
        words, lines = Sentences(view), self._read(view)
        if self._opened:
            if self._at is None and self._pad is None and self._patience:
                self._patience -= 1
                self._timer.start()  # the keys stand nowhere yet
                return
            self._opened = False
            self._say([*self._first, *words.page(lines, self._controls()), *self._where(words)], _tone(view))
        elif self._first:
            self._say(self._first)
            self._told_stop = self._stop(words)
        else:
            stop = self._stop(words)
            moved, self._told_stop = stop != self._told_stop, stop
            if moved and stop:
                self._say([stop])
            if fresh := words.fresh(self._lines, lines):
                self._say(fresh, _tone(view), waits=True)
        if any(self._later):
            self._say(self._later, waits=True)
        self._first, self._later, self._lines = [], [], lines

    def _read(self, view: View) -> list[Line]:
        if view.question.kind is not Overlay.NONE:
            return heard_tree.dialog(self._root)
        return heard_tree.lines(self._stage.property("item"))

    def _controls(self) -> list[Control]:
        return [heard_tree.control(stop) for stop in self._stops if isValid(stop)]

    def _where(self, words: Sentences) -> list[str]:
        if self._pad is not None:
            self._resting = self._offer.get("parts")
            return words.pad(self._offer)
        self._told_stop = self._stop(words)
        return [self._told_stop] if self._told_stop else []

    def _stop(self, words: Sentences) -> str:
        if self._at is None or self._at not in self._stops:
            return ""
        if not all(isValid(stop) for stop in self._stops):
            return ""  # a list turned its page: the keys come to stand on the new one
        group = self._at.property("keyGroup")
        place = self._stops.index(self._at) + 1
        if group:
            return words.group(bool(self._at.property("leads")), place, len(self._stops))
        return words.stop(heard_tree.control(self._at), place, len(self._stops))

    def _changed_hearing(self, before: View, view: View) -> list[str]:
        words = Sentences(view)
        if before.ear.loudness != view.ear.loudness:
            return [words.loudness(LOUDNESS.index(view.ear.loudness) + 1, len(LOUDNESS))]
        if before.ear.speed != view.ear.speed:
            return [words.speed(SPEED.index(view.ear.speed) + 1, len(SPEED))]
        return []

    def _say(self, texts: list[str], tone: Tone | None = None, *, waits: bool = False) -> None:
        assert self._view is not None
        ear, language = self._view.ear, self._view.look.language
        pieces = tuple(piece for text in texts for piece in spoken(text, language))
        if pieces or tone:
            self._speech.say(Utterance(pieces, tone, Hearing(ear.loudness, ear.speed), waits))


def _place(view: View) -> tuple[object, int, object, Language]:
    return view.screen, view.visit, view.question.kind, view.look.language


def _tone(view: View) -> Tone | None:
    if isinstance(view.page, DonePage):
        return Tone.DONE
    notice = getattr(view.page, "notice", None)
    return Tone.WRONG if getattr(notice, "kind", None) is NoticeKind.DANGER else None
