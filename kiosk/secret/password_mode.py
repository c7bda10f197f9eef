"""The helper while a password is typed: up to three words, judged after every key, sealed together at the end.

The words stand in buffers that are overwritten; what zxcvbn is given ends with this process.
"""

import base64
import os
import select
from enum import StrEnum
from typing import Any

import msgspec

from kiosk.domain.password_rules import PersonalDigests, RuleId, broken
from kiosk.secret.password_facts import facts_of
from kiosk.secret.password_opening import PasswordOpening
from kiosk.secret.password_word import Word
from kiosk.secret.protocol import BACKSPACE, CLEAR, NEXT, PREVIOUS, PRINTABLE, SEAL
from kiosk.wire.envelope import seal


class Step(StrEnum):
    OLD = "old"
    NEW = "new"
    AGAIN = "again"


class Typing:
    """The words and which of them the next key belongs to."""

    def __init__(self, opening: PasswordOpening) -> None:
        self._opening = opening
        self.old, self.new, self.again = Word(PersonalDigests()), Word(opening.personal), Word(PersonalDigests())
        self.step = Step.OLD if opening.asks_old else Step.NEW
        self._judge()

    @property
    def word(self) -> Word:
        return {Step.OLD: self.old, Step.NEW: self.new, Step.AGAIN: self.again}[self.step]

    @property
    def empty(self) -> bool:
        return not (self.old.count or self.new.count or self.again.count)

    @property
    def agrees(self) -> bool:
        return 0 < self.new.count == self.again.count and self.again.begins_like(self.new)

    @property
    def ready(self) -> bool:
        return not self.broken and self.agrees and (self.old.count > 0 or not self._opening.asks_old)

    def key(self, code: int) -> None:
        if code in PRINTABLE:
            self.word.add(code)
        elif code == BACKSPACE and self.word.count:
            self.word.remove()
        elif code in (PREVIOUS, BACKSPACE):
            self._previous()
        elif code == NEXT:
            self._next()
        elif code == CLEAR:
            self.word.wipe()
        self._judge()

    def wipe(self) -> None:
        for word in (self.old, self.new, self.again):
            word.wipe()
        self.step = Step.OLD if self._opening.asks_old else Step.NEW
        self._judge()

    def seal(self) -> bytes:
        """Old and new as wire.accounts.read_passwords takes them; everything typed is wiped."""
        payload = bytearray(1 + self.old.count + self.new.count)
        try:
            payload[0] = self.old.count
            self.old.put_into(payload, 1)
            self.new.put_into(payload, 1 + self.old.count)
            # seal() hands the buffer on to OpenSSL; its annotation says bytes because everyone else has bytes
            whole: Any = payload
            return seal(whole, self._opening.context, self._opening.key)
        finally:
            for index in range(len(payload)):
                payload[index] = 0
            self.wipe()

    def _next(self) -> None:
        if self.step is Step.OLD and self.old.count:
            self.step = Step.NEW
        elif self.step is Step.NEW and self.new.count and not self.broken:
            self.step = Step.AGAIN

    def _previous(self) -> None:
        """Back to the word before, which is as it was; what was typed of the second one goes."""
        if self.step is Step.AGAIN:
            self.again.wipe()
            self.step = Step.NEW
        elif self.step is Step.NEW and self._opening.asks_old:
            self.step = Step.OLD

    def _judge(self) -> None:
        facts = facts_of(self.new, self._opening.words)
        self.broken: frozenset[RuleId] = broken(self._opening.rules, facts)
        self.score = facts.score

    def told(self) -> dict[str, object]:
        return {
            "step": self.step.value,
            "old": self.old.count,
            "new": self.new.count,
            "again": self.again.count,
            "broken": sorted(self.broken),
            "score": self.score,
            "ready": self.ready,
            "differs": not self.again.begins_like(self.new),
        }


def serve_password(opening: PasswordOpening, source: int, out: int, forget_after: float) -> None:
    """Reads keys from ``source`` until its end; answers each on ``out``."""
    typing = Typing(opening)
    _say(out, typed=typing.told())
    try:
        while True:
            ready, _, _ = select.select([source], [], [], None if typing.empty else forget_after)
            if not ready:
                typing.wipe()
                _say(out, wiped=True)
                continue
            key = os.read(source, 1)
            if not key:
                return
            if key[0] == SEAL:
                if typing.ready:
                    _say(out, sealed=base64.b64encode(typing.seal()).decode())
                continue
            typing.key(key[0])
            _say(out, typed=typing.told())
    finally:
        typing.wipe()


def _say(out: int, **answer: object) -> None:
    os.write(out, msgspec.json.encode(answer) + b"\n")
