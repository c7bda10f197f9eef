"""Somebody who hears and does not see: decides by what was spoken alone and presses the four keys.

The words looked for are those of the visitor's errand; where they are, how far and on which key is heard.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt
from PySide6.QtTest import QTest

from kiosk.devices.simulated_speech import SimulatedSpeech
from kiosk.domain.language import Language
from kiosk.domain.speech import Tone, Utterance
from kiosk.services.spoken import spoken
from kiosk.tour.keypad import BACK, DOWN, OK, UP
from kiosk.ui.window import Window
from kiosk.words import say
from tests.patience import PATIENCE

KEYS = {"up": UP, "ok": OK, "down": DOWN, "back": BACK}
_PARTS = (UP, OK, DOWN)
#: Stops of a page that are gone round, at most.
MOST_STOPS = 60


@dataclass
class Listener:
    """``heard`` is everything so far; ``here`` the text of what was said of the present place.

    OK and Back may lead elsewhere, and do so later: what was said of a place before them holds no longer, so ``place``
    and ``here`` are of what was heard since, and whoever goes on waits for that."""

    window: Window
    speech: SimulatedSpeech
    language: Language
    heard: list[Utterance] = field(default_factory=list)
    presses: int = 0
    _count: int = 0
    _led_on: int = 0  # utterances there had been when OK or Back was pressed last

    # -- hearing ------------------------------------------------------------------------------------------------
    def listen(self) -> None:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
        time.sleep(0.002)
        self._count, new = self.speech.since(self._count)
        self.heard += new

    def until(self, *words: str, since: int) -> str:
        """Waits until all ``words`` were said after the first ``since`` utterances; the text since then."""
        self._until(lambda: all(word in self.since(since) for word in words), str(words))
        return self.since(since)

    def _until(self, condition: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < end, f"{what} not heard; last: {self.since(0)[-800:]!r}"
            self.listen()

    def since(self, count: int) -> str:
        return " ".join(said.text for said in self.heard[count:])

    def told(self, text: str) -> str:
        return " ".join(piece.text for piece in spoken(text, self.language))

    def word(self, key: str, **values: object) -> str:
        return self.told(say(self.language, key, **values))

    @property
    def place(self) -> tuple[int, int]:
        """Where the keys stand, as it was said last: 2 of 5."""
        for said in reversed(self.heard[self._led_on :]):
            if found := re.findall(self._places, said.text):
                return int(found[-1][0]), int(found[-1][1])
        raise AssertionError("no place was said")

    @property
    def _places(self) -> str:
        return re.escape(self.word("ear.place", place=71, count=72)).replace("71", r"(\d+)").replace("72", r"(\d+)")

    @property
    def here(self) -> str:
        """What is said of the stop: its part of the utterance that said the place last."""
        mark = self.word("ear.place", place=self.place[0], count=self.place[1])
        text = next(said.text for said in reversed(self.heard[self._led_on :]) if mark in said.text)
        return text[: text.rindex(mark)][-160:]

    # -- pressing -----------------------------------------------------------------------------------------------
    def press(self, key: Qt.Key) -> int:
        """Presses it once; how many utterances there had been before."""
        self.listen()
        before = len(self.heard)
        if key in (OK, BACK):
            self._led_on = before
        QTest.keyClick(self.window.root, key)
        self.presses += 1
        return before

    def hold(self, key: Qt.Key, *words: str) -> str:
        """Holds it until ``words`` are said."""
        self.listen()
        before = len(self.heard)
        QTest.keyPress(self.window.root, key)
        self.presses += 1
        try:
            return self.until(*words, since=before)
        finally:
            QTest.keyRelease(self.window.root, key)

    def go(self, name: str) -> None:
        """Down until what is said of the stop ends with ``name`` and what it is."""
        roles = [self.word(f"ear.{role}") for role in ("button", "choice", "switch")]
        endings = [self.told(f"{name}{say(self.language, 'ear.pause')}{role}") for role in roles]
        wanted = [ending for ending in endings if ending]
        self.arrives()
        for _ in range(MOST_STOPS):
            if any(one in self.here for one in wanted):
                return
            # On a page whose list has just come there are other places than were said, so any is waited for; what is
            # said after a press is said of where the keys stand by then.
            self.stands(self.press(DOWN))
        raise AssertionError(f"{name} was not heard among {self.place[1]} things")

    def choose(self, name: str, *words: str) -> str:
        """Goes there and presses; waits until ``words`` are said."""
        self.go(name)
        before = self.press(OK)
        return self.until(*words, since=before)

    def leave_pad(self) -> None:
        """Back twice, until it is heard where one is."""
        self.press(BACK)
        before = self.press(BACK)
        self.stands(before)

    def arrives(self) -> None:
        """Waits until it is heard where OK or Back has led, or that it has led nowhere."""
        self.stands(self._led_on)

    def stands(self, since: int) -> None:
        """Waits until it is heard where one is."""
        self._until(lambda: any(re.search(self._places, said.text) for said in self.heard[since:]), "a place")

    # -- a pad --------------------------------------------------------------------------------------------------
    def rows(self, text: str) -> dict[Qt.Key, list[str]]:
        """What each key takes, out of what was said of a pad."""
        names = {self.word(f"ear.key_{key}"): KEYS[key] for key in KEYS}
        found = {}
        parts = re.split("(" + "|".join(re.escape(f"{name}{mark}") for name in names for mark in ":：") + ")", text)
        for name, listed in zip(parts[1::2], parts[2::2], strict=True):
            line = re.split(r"[。.]", listed.strip())[0]
            found[names[name[:-1]]] = [one.strip() for one in line.split(",")]
        return found

    def type(self, word: str, layout: str, heard_each: "list[str] | None" = None) -> None:
        """By the rows that were said; ``heard_each``: what is waited for after each key."""
        rows = self.rows(layout)
        for at, letter in enumerate(word):
            row = next(key for key, names in rows.items() if letter in names)
            before = self.press(row)
            part = rows[row]
            while len(part) > 1:
                side = 1 if len(part) <= 3 else round(len(part) / 3)
                pieces = (
                    [part[:side], part[side : len(part) - side], part[len(part) - side :]]
                    if len(part) != 2
                    else [
                        part[:1],
                        part[1:],
                    ]
                )
                part = next(piece for piece in pieces if letter in piece)
                key = _PARTS[pieces.index(part)]
                before = self.press(key)
            self.until((heard_each or list(word))[at], since=before)

    @property
    def keys_sounded(self) -> int:
        return sum(said.tone is Tone.KEY for said in self.heard)
