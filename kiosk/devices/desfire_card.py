"""DESFire: the card and the hub prove themselves to each other; this kiosk carries their words and holds no key.

Proven, it is C3. Where the hub cannot be asked, a UID that stays the same is still a claim, as any UID is (C0).
"""

from dataclasses import dataclass, field
from typing import Protocol, assert_never

from kiosk.devices.apdu import Ask, Broken, Command
from kiosk.devices.card_profiles import GET_UID, Found, fits, uid_claim
from kiosk.domain.card_relay import RelayAsk, RelayAway, RelayOver, RelayProven, RelayRefused, RelayStep
from kiosk.domain.devices import CardTrouble
from kiosk.domain.identity import CardClaim, CardProof
from kiosk.domain.people import CardUid

#: ISO 14443-4 with the one historical byte of every DESFire generation: PC/SC part 3 section 3.1.3.2.3.1.
DESFIRE_ATR = "3B8180018080"
MOST_TURNS = 10  # of one talk, as many as the hub ever takes and one to spare
MOST_DATA = 64  # bytes of one command
_SELECT_APPLICATION = 0x5A
#: Select, authenticate, go on, UID, read: whatever a hub sends, no card is written to.
_CARRIED = frozenset({_SELECT_APPLICATION, 0xAA, 0x71, 0xAF, 0x51, 0xBD})
_OK = 0x9100


class Relay(Protocol):
    """The way to the hub, answered within a deadline of its own."""

    def met(self, uid: bytes, /) -> RelayStep: ...

    def said(self, ask: RelayAsk, status: int, data: bytes, /) -> RelayStep: ...


class NoRelay:
    """For a look at a card without a hub."""

    def met(self, _uid: bytes, /) -> RelayStep:
        return RelayAway()

    def said(self, _ask: RelayAsk, _status: int, _data: bytes, /) -> RelayStep:
        return RelayAway()


@dataclass(frozen=True, slots=True)
class DesfireProfile:
    """``application`` as SelectApplication sends it: a card is of this kind where it has that one."""

    application: bytes
    relay: Relay = field(repr=False)
    atr: str = DESFIRE_ATR

    def read(self, ask: Ask, atr: bytes) -> Found:
        if not fits(self.atr, atr):
            return None
        selected = ask(native(_SELECT_APPLICATION, self.application))
        if isinstance(selected, Broken):
            return CardTrouble.UNREADABLE
        if selected.status != _OK:
            return None
        uid = ask(GET_UID)
        if isinstance(uid, Broken) or not uid.ok:
            return CardTrouble.UNREADABLE
        return self._carry(ask, uid.data)

    def _carry(self, ask: Ask, uid: bytes) -> CardClaim | CardTrouble:
        step = self.relay.met(uid)
        for _ in range(MOST_TURNS):
            match step:
                case RelayAsk(command=command, data=data):
                    if command not in _CARRIED or len(data) > MOST_DATA:
                        return CardTrouble.UNREADABLE
                    answer = ask(native(command, data))
                    if isinstance(answer, Broken):
                        return CardTrouble.UNREADABLE
                    step = self.relay.said(step, answer.status, answer.data[: MOST_DATA + 1])
                case RelayProven(card, shown):
                    return CardClaim(CardUid(card), CardProof.C3_HUB_MUTUAL, shown)
                case RelayRefused():
                    return CardTrouble.NOT_A_CAMPUS_CARD
                case RelayOver():
                    return CardTrouble.UNREADABLE
                case RelayAway():
                    claim = uid_claim(uid)
                    return claim if isinstance(claim, CardClaim) else CardTrouble.NO_NETWORK
                case _:
                    assert_never(step)
        return CardTrouble.UNREADABLE


def native(command: int, data: bytes) -> Command:
    """A command of DESFire's own, wrapped as ISO/IEC 7816-4 class 90."""
    return Command(0x90, command, 0x00, 0x00, data, expected=256)
