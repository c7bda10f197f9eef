"""The campus snapshot: the domain's own values travel as they are, beside the keys a kiosk seals to; who is there."""

import msgspec

from kiosk.domain.campus import Campus
from kiosk.domain.presence import MemoryMark
from kiosk.wire.envelope import HubKey


class CampusAnswer(msgspec.Struct, frozen=True):
    """``hub_keys`` first the one to seal to; ``campus.version`` changes with any of it."""

    campus: Campus
    hub_keys: list[HubKey]


class Presence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How this kiosk is: ``readiness`` as in domain.presence.Readiness; ``memory``: how far its own has come."""

    readiness: str
    memory: MemoryMark | None = None
