"""The way to the hub for a card that proves itself: a connection of its own, so that nobody's request waits for it."""

import threading
from collections.abc import Callable
from typing import assert_never

from kiosk.domain.card_relay import RelayAsk, RelayAway, RelayOver, RelayProven, RelayRefused, RelayStep
from kiosk.domain.outcomes import Refused, Unreachable
from kiosk.uplink.hub_client import HubClient
from kiosk.wire.card_relay import CardAsk, CardMet, CardNotProven, CardProven, CardRelayed, CardSaid

#: For one exchange, seconds: whoever holds a card there does not wait longer.
EXCHANGE_SECONDS = 2.0
#: Another card's talk may still be under way, seconds.
TURN_WITHIN = 1.0
_NOT_OFFERED, _OVER = "not_offered", "over"


class CardRelay:
    """``devices.desfire_card.Relay``. ``make_client`` runs with the first card. One card talks at a time: the talk of
    one that hangs must not hold up the next, which is told that nobody can judge it now."""

    def __init__(self, make_client: Callable[[], HubClient]) -> None:
        self._make_client = make_client
        self._client: HubClient | None = None
        self._busy = threading.Lock()

    def met(self, uid: bytes) -> RelayStep:
        return self._asked(lambda client: client.card_met(CardMet(uid)))

    def said(self, ask: RelayAsk, status: int, data: bytes) -> RelayStep:
        told = CardSaid(ask.relay, ask.turn, status, data)
        return self._asked(lambda client: client.card_said(told))

    def _asked(self, ask: Callable[[HubClient], CardRelayed | Refused | Unreachable]) -> RelayStep:
        # The talk of a card that was just pulled ends with its exchange.
        if not self._busy.acquire(timeout=TURN_WITHIN):
            return RelayAway()
        try:
            if self._client is None:
                self._client = self._make_client()
            return _step(ask(self._client))
        finally:
            self._busy.release()


def _step(answer: CardRelayed | Refused | Unreachable) -> RelayStep:
    match answer:
        case CardAsk(relay, turn, command, data):
            return RelayAsk(relay, turn, command, data)
        case CardProven(card, proof):
            return RelayProven(card, proof)
        case CardNotProven(why):
            if why == _NOT_OFFERED:
                return RelayAway()
            return RelayOver() if why == _OVER else RelayRefused()
        case Refused():
            return RelayRefused()
        case Unreachable():
            return RelayAway()
        case _:
            assert_never(answer)
