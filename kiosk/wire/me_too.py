"""A known outage concerns somebody as well."""

from datetime import datetime

import msgspec

from kiosk.wire.tickets import ClaimMade


class MeToo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The sealed payload of a ``me_too`` operation. ``claim`` ``None``: only to be counted."""

    language: str
    announcement: str
    building: str
    claim: ClaimMade | None
    made_at: datetime


class MeTooAnswer(msgspec.Struct, frozen=True):
    """``affected`` at the same place so far, this one included; 0 where the outage is over."""

    received_at: datetime
    affected: int
