"""A PC/SC service in memory, with the functions and codes of ``smartcard.scard``; every call can be made to fail."""

import threading
import time
from collections.abc import Callable
from typing import Any

from smartcard import scard

READER = "Fake Contactless 00 00"
ATR = bytes.fromhex("3B8F8001804F0CA000000306030001000000006A")
Answer = Callable[[bytes], bytes]


def uid_answer(uid: str) -> Answer:
    return lambda command: bytes.fromhex(uid) + b"\x90\x00" if command == b"\xff\xca\x00\x00\x00" else b"\x6d\x00"


class FakeScard:
    """One reader, at most one card. ``before(call number, name)`` runs first in every call and may return a code."""

    def __init__(self) -> None:
        self.changed = threading.Condition(threading.RLock())
        self.readers = [READER]
        self.insertions = 0
        self.card: Answer | None = None
        self.calls = 0
        self.open_contexts = 0
        self.contexts = 0
        self.before: Callable[[int, str], int | None] = lambda _number, _name: None
        self._cancelled = False

    def __getattr__(self, name: str) -> Any:  # the constants
        return getattr(scard, name)

    def insert(self, answer: Answer) -> None:
        with self.changed:
            self.card = answer
            self.insertions += 1
            self.changed.notify_all()

    def remove(self) -> None:
        with self.changed:
            if self.card is not None:
                self.card = None
                self.insertions += 1
                self.changed.notify_all()

    def swap(self, answer: Answer) -> None:
        with self.changed:
            self.remove()
            self.insert(answer)

    def _fault(self, name: str) -> int:
        with self.changed:
            self.calls += 1
            number = self.calls
        return self.before(number, name) or 0

    def _state(self) -> int:
        here = scard.SCARD_STATE_EMPTY if self.card is None else scard.SCARD_STATE_PRESENT
        return int(self.insertions << 16 | here)

    def SCardEstablishContext(self, _scope: int) -> tuple[int, int]:
        code = self._fault("establish")
        if not code:
            with self.changed:
                self.open_contexts += 1
                self.contexts += 1
        return code, self.contexts

    def SCardReleaseContext(self, _context: int) -> int:
        with self.changed:
            self.open_contexts -= 1
        return self._fault("release")

    def SCardListReaders(self, _context: int, _groups: list[str]) -> tuple[int, list[str]]:
        code = self._fault("list")
        if not code and not self.readers:
            code = scard.SCARD_E_NO_READERS_AVAILABLE
        return code, [] if code else list(self.readers)

    def SCardGetStatusChange(
        self, _context: int, milliseconds: int, asked: list[tuple[str, int]]
    ) -> tuple[int, list[tuple[str, int, list[int]]]]:
        if code := self._fault("status"):
            return code, []
        deadline = time.monotonic() + milliseconds / 1000
        name, known = asked[0]
        before = list(self.readers)
        with self.changed:
            while True:
                real = name in self.readers
                if not real and not name.startswith("\\\\?PnP"):
                    return scard.SCARD_E_UNKNOWN_READER, []
                if self._cancelled:
                    self._cancelled = False
                    return scard.SCARD_E_CANCELLED, []
                if real and known != self._state():
                    return 0, [(name, self._state() | scard.SCARD_STATE_CHANGED, [])]
                if self.readers != before:
                    return 0, [(name, self._state() if real else scard.SCARD_STATE_CHANGED, [])]
                if not self.changed.wait(deadline - time.monotonic()):
                    return scard.SCARD_E_TIMEOUT, []

    def SCardCancel(self, _context: int) -> int:
        with self.changed:
            self._cancelled = True
            self.changed.notify_all()
        return 0

    def SCardConnect(self, _context: int, _reader: str, _share: int, _protocols: int) -> tuple[int, int, int]:
        code = self._fault("connect")
        if not code and self.card is None:
            code = scard.SCARD_E_NO_SMARTCARD
        return code, self.insertions, scard.SCARD_PROTOCOL_T1

    def SCardStatus(self, handle: int) -> tuple[int, str, int, int, list[int]]:
        code = self._fault("card status")
        if not code and (self.card is None or handle != self.insertions):
            code = scard.SCARD_W_REMOVED_CARD
        return code, READER, 0, scard.SCARD_PROTOCOL_T1, [] if code else list(ATR)

    def SCardTransmit(self, handle: int, _protocol: int, command: list[int]) -> tuple[int, list[int]]:
        if code := self._fault("transmit"):
            return code, []
        card = self.card
        if card is None or handle != self.insertions:
            return scard.SCARD_W_REMOVED_CARD, []
        return 0, list(card(bytes(command)))

    def SCardDisconnect(self, _handle: int, _disposition: int) -> int:
        return self._fault("disconnect")
