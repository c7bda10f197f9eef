"""Turns what was told into sealed, signed envelopes that this kiosk itself cannot open any more."""

from collections.abc import Callable
from datetime import timedelta

import msgspec

from kiosk.domain.drafts import TicketDraft
from kiosk.domain.hub_time import HubTime
from kiosk.domain.identity import Claim
from kiosk.domain.operations import LIFETIME, OperationClass, OpId
from kiosk.domain.parcels import SealedPin
from kiosk.offline.kiosk_key import KioskKey
from kiosk.offline.reports import report
from kiosk.wire.claims import claim_made
from kiosk.wire.envelope import SUITE_X25519_ED25519, Context, Envelope, HubKey, seal, sign
from kiosk.wire.identity import PIN_KIND, claim_digest

#: How long a sealed PIN attempt may travel.
PIN_LIFETIME = timedelta(minutes=2)


class Sealer:
    """``hub_key`` gives the hub key to seal to at this moment (keys are replaced while the kiosk runs)."""

    def __init__(self, kiosk: str, key: KioskKey, hub_key: Callable[[], HubKey]) -> None:
        self.kiosk = kiosk
        self._key = key
        self._hub_key = hub_key

    def ticket(self, draft: TicketDraft, op_id: OpId, reference: str, now: HubTime) -> Envelope:
        kind = OperationClass.TICKET
        hub_key = self._hub_key()
        context = self._context(hub_key, op_id, kind.value, reference, now, LIFETIME[kind])
        payload = msgspec.json.encode(report(draft, reference, now.at))
        return sign(seal(payload, context, hub_key), context, self._key.private)

    def pin_context(self, claim: Claim, op_id: OpId, now: HubTime) -> tuple[Context, HubKey]:
        """What the secret helper needs to seal a PIN: it gets no key of the kiosk."""
        hub_key = self._hub_key()
        digest = claim_digest(claim_made(claim))
        return self._context(hub_key, op_id, PIN_KIND, digest, now, PIN_LIFETIME), hub_key

    def signed_pin(self, sealed: bytes, context: Context) -> SealedPin:
        """``sealed`` as the helper gave it."""
        return SealedPin(msgspec.json.encode(sign(sealed, context, self._key.private)))

    def _context(
        self, hub_key: HubKey, op_id: OpId, kind: str, aggregate: str, now: HubTime, lifetime: timedelta
    ) -> Context:
        made = now.at.isoformat(timespec="milliseconds")
        expires = (now.at + lifetime).isoformat(timespec="milliseconds")
        return Context(SUITE_X25519_ED25519, hub_key.id, self.kiosk, op_id.value, kind, aggregate, made, expires)
