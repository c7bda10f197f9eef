"""The password page's pad: a secret helper that is told rules and digests, its answers as commands for the worker."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from kiosk.domain.accounts import AccountAct, AccountSeen
from kiosk.domain.parcels import SealedOrder
from kiosk.secret.pad import SecretPad
from kiosk.secret.protocol import (
    BACKSPACE,
    NEXT,
    PREVIOUS,
    PRINTABLE,
    SEAL,
    Failed,
    Filled,
    PadEvent,
    Repeat,
    Sealed,
    Typed,
    Wiped,
)
from kiosk.services.ports import PasswordSealed, PasswordTyped, PinFailed, PinForgotten


@dataclass(frozen=True, slots=True)
class Order:
    """``opening`` is the helper's first line; ``sign`` makes the order of what it sealed."""

    opening: bytes
    sign: Callable[[bytes], SealedOrder]


PasswordCommand = PasswordTyped | PasswordSealed | PinForgotten | PinFailed


class PasswordPad:
    """All but ``key`` belong to the worker; ``key`` to the interface thread."""

    def __init__(
        self, post: Callable[[PasswordCommand], object], prepare: Callable[[AccountSeen, AccountAct], Order]
    ) -> None:
        self._post, self._prepare = post, prepare
        self._pad = SecretPad(self._heard)
        self._lock = threading.Lock()
        self._order: Order | None = None

    def open(self, account: AccountSeen, act: AccountAct) -> None:
        order = self._prepare(account, act)
        with self._lock:
            self._order = order
        self._pad.open(order.opening)

    def close(self) -> None:
        with self._lock:
            self._order = None
        self._pad.close()

    def next(self) -> None:
        self._pad.key(NEXT)

    def previous(self) -> None:
        self._pad.key(PREVIOUS)

    def seal(self) -> None:
        self._pad.key(SEAL)

    def key(self, code: int) -> None:
        """A printable character's code point or BACKSPACE; anything else is not passed on."""
        if code in PRINTABLE or code == BACKSPACE:
            self._pad.key(code)

    def _heard(self, event: PadEvent) -> None:
        with self._lock:
            order = self._order
        if order is None:
            return
        match event:
            case Typed():
                self._post(
                    PasswordTyped(
                        event.step,
                        event.old,
                        event.new,
                        event.again,
                        event.broken,
                        event.score,
                        event.ready,
                        event.differs,
                    )
                )
            case Wiped():
                self._post(PinForgotten())
            case Sealed(sealed):
                self._post(PasswordSealed(order.sign(sealed)))
            case Failed() | Filled() | Repeat():
                self._post(PinFailed())
            case _:
                assert_never(event)
