"""A kiosk's memory for tests: a clock that is moved by hand and a hub key whose private half the test holds."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from kiosk.domain.drafts import TicketDraft
from kiosk.domain.hub_time import HubTime
from kiosk.domain.language import Language
from kiosk.domain.outcomes import Saved, TicketAccepted
from kiosk.domain.references import NumberBlock
from kiosk.offline.database import Connect, Database
from kiosk.offline.kiosk_key import KioskKey
from kiosk.offline.opening import Memory, open_memory
from kiosk.offline.outbox import Outbox
from kiosk.offline.places import Places
from kiosk.offline.sealer import Sealer
from kiosk.sqlite import dbapi
from kiosk.wire.envelope import Envelope, HubKey, open_sealed
from kiosk.wire.packing import unpacked
from kiosk.wire.tickets import Report

START = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@dataclass
class HandClock:
    passed: float = 0.0
    certain: bool = True

    def monotonic(self) -> float:
        return self.passed

    def hub_now(self) -> HubTime:
        return HubTime(START + timedelta(seconds=self.passed), self.certain)


@dataclass
class Keys:
    kiosk: KioskKey = field(default_factory=lambda: KioskKey(Ed25519PrivateKey.generate()))
    hub: X25519PrivateKey = field(default_factory=X25519PrivateKey.generate)

    def hub_key(self) -> HubKey:
        return HubKey("h1", self.hub.public_key().public_bytes_raw())

    def opened(self, envelope: bytes) -> Report:
        payload = open_sealed(msgspec.json.decode(envelope, type=Envelope), {"h1": self.hub})
        assert isinstance(payload, bytes), payload
        return msgspec.json.decode(unpacked(payload) or b"", type=Report)


@dataclass
class KioskMemory:
    """``start`` opens the file as a process would; ``stop`` forgets everything that was not committed."""

    file: Path
    connect: Connect = dbapi.connect
    clock: HandClock = field(default_factory=HandClock)
    keys: Keys = field(default_factory=Keys)

    @property
    def places(self) -> Places:
        return Places(self.file.parent)

    def start(self, numbers: int = 0) -> Outbox:
        opened = open_memory(self.places, self.keys.kiosk, self.connect)
        assert isinstance(opened, Memory), opened
        self.opened = opened
        self.database: Database = opened.database
        sealer = Sealer("k1", self.keys.kiosk, self.keys.hub_key)
        outbox = Outbox(self.database, sealer, self.clock, opened.copy)
        if numbers:
            outbox.add_numbers(NumberBlock.fresh("A12", 1, numbers))
        return outbox


def draft(note: str = "") -> TicketDraft:
    return TicketDraft(Language.ZH, service="network", note=note)


def saved(outbox: Outbox, note: str = "") -> Saved:
    outcome = outbox.enqueue(draft(note))
    assert isinstance(outcome, Saved), outcome
    return outcome


def accepted(reference: str, at: datetime = START) -> TicketAccepted:
    return TicketAccepted(reference, at, None, None)
