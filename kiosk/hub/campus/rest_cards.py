"""A card system with a REST interface, as a template: reading is modelled on the interfaces universities publish
(developer.sjtu.edu.cn, /v1/me/card; developer.ecnu.edu.cn, /ecard/card/info/user), changes on what they leave open.
Another system is another copy of this file with its own names and numbers; card_http.py stays as it is.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from decimal import Decimal
from typing import TypeVar
from urllib.parse import quote, urlencode

import msgspec

from kiosk.domain.card_accounts import (
    MOST_TRANSACTIONS,
    Balance,
    CardLimits,
    CardOverview,
    CardRefusal,
    CardRefused,
    CardState,
    CardSystemSilent,
    Movement,
    MovementKind,
    MovementList,
)
from kiosk.domain.card_capabilities import CardCapabilities
from kiosk.domain.desk import Text
from kiosk.domain.plain_text import clean
from kiosk.hub.campus.card_changes import Done, asked, at, changed, fen, fen_or_none
from kiosk.hub.campus.card_http import CardHttp, NoAnswer
from kiosk.hub.campus.card_records import records
from kiosk.hub.card_settings import RestCards
from kiosk.hub.card_systems import Change, Changed
from kiosk.hub.checked import Finding, Level
from kiosk.hub.ports import CardTrouble

_LONGEST_NAME = 60
_STATES = {"normal": CardState.ACTIVE, "lost": CardState.LOST, "replaced": CardState.REPLACED}


class User(msgspec.Struct, frozen=True):
    code: str


class Card(msgspec.Struct, frozen=True, rename="camel"):
    """Money in yuan, as a number or a text of one; times in seconds since 1970."""

    user: User
    card_balance: Decimal
    status: str
    status_time: int | None = None
    daily_limit: Decimal | None = None
    single_limit: Decimal | None = None
    pin_set: bool = False


class Transaction(msgspec.Struct, frozen=True, rename="camel"):
    user: User
    id: str
    date_time: int
    amount: Decimal
    type: str = ""
    merchant: str = ""


Value = TypeVar("Value")


class RestCardSystem:
    def __init__(self, settings: RestCards) -> None:
        self._http, self._can = CardHttp(settings), settings.can

    def capabilities(self) -> CardCapabilities:
        return self._can

    def overview(self, number: str) -> CardOverview | CardTrouble:
        return self._card(number, _overview)

    def balance(self, number: str) -> Balance | CardTrouble:
        return self._card(number, lambda card: Balance(fen(card.card_balance)))

    def movements(self, number: str, since: datetime, now: datetime) -> MovementList | CardTrouble:
        asked_for = {"code": number, "beginDate": int(since.timestamp()), "endDate": int(now.timestamp())}
        answer = self._http.get(f"/v1/card/transactions?{urlencode(asked_for)}")
        found = records(answer, Transaction, _movement, lambda record: record.user.code == number)
        if not isinstance(found, list):
            return found
        inside = sorted((move for move in found if since <= move.at <= now), key=lambda move: move.at, reverse=True)
        return MovementList(since, tuple(inside[:MOST_TRANSACTIONS]))

    def change(self, op: str, number: str, change: Change, now: datetime) -> Changed | CardTrouble:
        body = msgspec.json.encode({"code": number, **asked(change)})
        answer = self._http.change(f"/v1/card/operations/{quote(op, safe='')}", body)
        found = records(answer, Done, lambda done: changed(change, done, now), lambda done: done.operation == op)
        return found if not isinstance(found, list) else found[0] if found else CardSystemSilent()

    def _card(self, number: str, make: Callable[[Card], Value]) -> Value | CardTrouble:
        answer = self._http.get(f"/v1/card?{urlencode({'code': number})}")
        found = records(answer, Card, make, lambda record: record.user.code == number)
        return found if not isinstance(found, list) else found[0] if found else CardRefused(CardRefusal.NO_CARD)

    def check(self, now: datetime) -> Iterator[Finding]:  # noqa: ARG002
        """Nobody's card is asked for: the answer has to be that there is none."""
        answer = self._http.get("/v1/card?code=")
        if isinstance(answer, NoAnswer):
            setting = "ca" if answer.why == "certificate" else "url"
            yield Finding(Level.BAD, f"rest_{answer.why}", (("detail", answer.detail),), setting)
        elif answer.status in (401, 403):
            yield Finding(Level.BAD, "rest_rights", (("status", str(answer.status)),))
        elif records(answer, Card, _overview) not in ([], CardRefused(CardRefusal.NO_CARD)):
            yield Finding(Level.BAD, "rest_shape", (("status", str(answer.status)),), "url")
        else:
            yield Finding(Level.GOOD, "rest_good")


def _overview(card: Card) -> CardOverview:
    """A state this file does not know opens nothing."""
    limits = CardLimits(fen_or_none(card.daily_limit), fen_or_none(card.single_limit))
    return CardOverview(_STATES.get(card.status, CardState.LOST), at(card.status_time), limits, pin_set=card.pin_set)


def _movement(found: Transaction) -> Movement:
    kind = found.type if found.type in list(MovementKind) else MovementKind.OTHER
    merchant = clean(found.merchant, _LONGEST_NAME, lines=False)
    moment = datetime.fromtimestamp(found.date_time, UTC)
    return Movement(found.id, moment, kind, fen(found.amount), Text(merchant, merchant))
