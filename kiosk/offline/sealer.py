"""Turns what was told into sealed, signed envelopes that this kiosk itself cannot open any more."""

from collections.abc import Callable
from datetime import timedelta

import msgspec

from kiosk.domain.accounts import AccountAct
from kiosk.domain.desk_work import DeskUndoDraft
from kiosk.domain.hub_time import HubTime
from kiosk.domain.identity import Claim
from kiosk.domain.on_paper import CLASSES
from kiosk.domain.operations import LIFETIME, OperationClass, OpId
from kiosk.domain.parcels import SealedOrder, SealedPin
from kiosk.domain.queueable import Queueable, TicketActDraft
from kiosk.offline.kiosk_key import KioskKey
from kiosk.offline.marks import Marks
from kiosk.offline.payloads import payload
from kiosk.services.ports import PinUse
from kiosk.wire.claims import claim_made
from kiosk.wire.envelope import SUITE_X25519_ED25519, Context, Envelope, HubKey, seal, sign
from kiosk.wire.identity import (
    CARD_PIN_KIND,
    NEW_CARD_PIN_KIND,
    NEW_PIN_KIND,
    PIN_KIND,
    claim_digest,
    deferred_pin_kind,
)
from kiosk.wire.packing import packed

#: How long a sealed PIN attempt may travel.
PIN_LIFETIME = timedelta(minutes=2)
_KINDS = {
    PinUse.CHECK: PIN_KIND,
    PinUse.NEW: NEW_PIN_KIND,
    PinUse.CARD: CARD_PIN_KIND,
    PinUse.NEW_CARD: NEW_CARD_PIN_KIND,
}
#: How long what is to be done about an account may travel, sent again or not.
ORDER_LIFETIME = timedelta(minutes=5)


class Sealer:
    """``hub_key`` gives the hub key to seal to at this moment (keys are replaced while the kiosk runs)."""

    def __init__(self, kiosk: str, key: KioskKey, hub_key: Callable[[], HubKey]) -> None:
        self.kiosk = kiosk
        self._key = key
        self._hub_key = hub_key
        self.marks = Marks(key.marks_key)

    def operation(self, draft: Queueable, op_id: OpId, reference: str, now: HubTime) -> Envelope:
        """``reference`` '' where the class has no number: then the operation stands for itself, in no order, or behind
        the one it is about."""
        hub_key = self._hub_key()
        aggregate = reference or (draft.about if isinstance(draft, TicketActDraft | DeskUndoDraft) else op_id.value)
        context = self._context(hub_key, op_id, draft.kind.value, aggregate, now, LIFETIME[draft.kind])
        content = payload(draft, reference, now.at)
        if draft.kind in CLASSES:
            content = packed(content)
        return sign(seal(content, context, hub_key), context, self._key.private)

    def pin_context(
        self, claim: Claim, op_id: OpId, now: HubTime, use: PinUse = PinUse.CHECK
    ) -> tuple[Context, HubKey]:
        """What the secret helper needs to seal a PIN: it gets no key of the kiosk. It is good for this use alone."""
        return self._proof_context(claim, op_id, _KINDS[use], now, PIN_LIFETIME)

    def deferred_pin_context(
        self, claim: Claim, op_id: OpId, kind: OperationClass, now: HubTime
    ) -> tuple[Context, HubKey]:
        """The same for a PIN that travels inside an operation of ``kind`` and waits as long as that may."""
        return self._proof_context(claim, op_id, deferred_pin_kind(kind), now, LIFETIME[kind])

    def _proof_context(
        self, claim: Claim, op_id: OpId, kind: str, now: HubTime, lifetime: timedelta
    ) -> tuple[Context, HubKey]:
        hub_key = self._hub_key()
        return self._context(hub_key, op_id, kind, claim_digest(claim_made(claim)), now, lifetime), hub_key

    def signed_pin(self, sealed: bytes, context: Context) -> SealedPin:
        """``sealed`` as the helper gave it."""
        return SealedPin(msgspec.json.encode(sign(sealed, context, self._key.private)))

    def order_context(self, act: AccountAct, handle: str, op_id: OpId, now: HubTime) -> tuple[Context, HubKey]:
        """The same for passwords; ``handle`` is what the hub gave with the account."""
        hub_key = self._hub_key()
        return self._context(hub_key, op_id, act.value, handle, now, ORDER_LIFETIME), hub_key

    def signed_order(self, sealed: bytes, context: Context) -> SealedOrder:
        return SealedOrder(msgspec.json.encode(sign(sealed, context, self._key.private)))

    def unlock_order(self, handle: str, op_id: OpId, now: HubTime) -> SealedOrder:
        """Carries no secret: sealed here."""
        context, hub_key = self.order_context(AccountAct.UNLOCK, handle, op_id, now)
        return self.signed_order(seal(b"{}", context, hub_key), context)

    def _context(
        self, hub_key: HubKey, op_id: OpId, kind: str, aggregate: str, now: HubTime, lifetime: timedelta
    ) -> Context:
        made = now.at.isoformat(timespec="milliseconds")
        expires = (now.at + lifetime).isoformat(timespec="milliseconds")
        return Context(SUITE_X25519_ED25519, hub_key.id, self.kiosk, op_id.value, kind, aggregate, made, expires)
