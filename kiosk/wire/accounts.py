"""The account of the person who is present: seen, unlocked, given a new password.

A password travels only inside an envelope: sealed in the secret helper, opened at the hub. The envelope's ``kind`` is
the act, its ``aggregate`` the handle the hub gave with the account: what was sealed for one visit opens no other.
"""

from datetime import datetime
from typing import Literal

import msgspec

from kiosk.domain.password_rules import LONGEST_PASSWORD
from kiosk.wire.envelope import Envelope

Act = Literal["unlock", "reset", "change", "activate"]


class AccountOrder(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Takes effect once per operation id of its envelope."""

    envelope: Envelope


class ActDone(msgspec.Struct, frozen=True, tag="done"):
    act: Act
    at: datetime
    signed_out: bool = False


class ActRefused(msgspec.Struct, frozen=True, tag="refused"):
    """``why``: accounts.AccountRefusal; ``rules`` ids of those that were broken."""

    why: str
    rules: tuple[str, ...] = ()
    retry_at: datetime | None = None


ActAnswer = ActDone | ActRefused


class Passwords(msgspec.Struct, frozen=True):
    """What was sealed: ``old`` empty where it is not asked for."""

    old: str
    new: str

    def __repr__(self) -> str:
        return "Passwords(***)"


def read_passwords(payload: bytes) -> Passwords | None:
    """One byte says how long the old password is, then old and new follow, both ASCII: the helper can build that inside
    one buffer, without a copy of either. ``None``: nothing a sound helper seals."""
    if not payload or len(payload) > 1 + 2 * LONGEST_PASSWORD or not payload.isascii():
        return None
    cut = 1 + payload[0]
    old, new = payload[1:cut], payload[cut:]
    if len(old) != payload[0] or not new or max(len(old), len(new)) > LONGEST_PASSWORD:
        return None
    return Passwords(old.decode(), new.decode())
