"""The PIN page's pad: a new secret helper for every attempt, its answers as commands for the worker."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from kiosk.domain.identity import Claim
from kiosk.domain.operations import OperationClass
from kiosk.domain.parcels import SealedPin
from kiosk.secret.pad import SecretPad
from kiosk.secret.protocol import BACKSPACE, CLEAR, DIGITS, Failed, Filled, PadEvent, Repeat, Sealed, Typed, Wiped
from kiosk.services.ports import PinDigits, PinFailed, PinForgotten, PinRepeat, PinSealed, PinUse


@dataclass(frozen=True, slots=True)
class Attempt:
    """``opening`` is the helper's first line; ``sign`` makes the envelope of what it sealed."""

    claim: Claim
    opening: bytes
    sign: Callable[[bytes], SealedPin]


#: Makes an attempt for a claim: to travel inside an operation of a class, or for a use now.
Prepare = Callable[[Claim, OperationClass | None, PinUse], Attempt | None]
PinCommand = PinDigits | PinSealed | PinRepeat | PinForgotten | PinFailed


class PinPad:
    """``prepare`` gives an attempt, or ``None`` while this kiosk is not enrolled.

    ``open`` and ``close`` belong to the worker; ``key`` and ``clear`` to the interface thread, which passes key codes
    straight to the helper's pipe.
    """

    def __init__(self, post: Callable[[PinCommand], object], prepare: Prepare) -> None:
        self._post, self._prepare = post, prepare
        self._pad = SecretPad(self._heard)
        self._lock = threading.Lock()
        self._attempt: Attempt | None = None

    def open(self, claim: Claim, within: OperationClass | None = None, use: PinUse = PinUse.CHECK) -> None:
        attempt = self._prepare(claim, within, use)
        with self._lock:
            self._attempt = attempt
        if attempt is None:
            self._post(PinFailed())
            return
        self._pad.open(attempt.opening)

    def close(self) -> None:
        with self._lock:
            self._attempt = None
        self._pad.close()

    def key(self, code: int) -> None:
        """A digit's code point or BACKSPACE; anything else is not passed on."""
        if code in DIGITS or code == BACKSPACE:
            self._pad.key(code)

    def clear(self) -> None:
        self._pad.key(CLEAR)

    def _heard(self, event: PadEvent) -> None:
        with self._lock:
            attempt = self._attempt
        if attempt is None:
            return
        match event:
            case Filled(count):
                self._post(PinDigits(count))
            case Repeat(differs):
                self._post(PinRepeat(differs))
            case Wiped():
                self._post(PinForgotten())
            case Sealed(sealed):
                self._post(PinSealed(attempt.claim, attempt.sign(sealed)))
            case Failed() | Typed():
                self._post(PinFailed())
            case _:
                assert_never(event)
