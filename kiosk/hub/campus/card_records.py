"""An answer of a card system in the envelope universities publish: ``errno`` and ``entities``."""

from collections.abc import Callable
from typing import TypeVar

import msgspec

from kiosk.domain.card_accounts import CardRefusal, CardRefused, CardSystemSilent
from kiosk.hub.campus.card_http import Answer, NoAnswer
from kiosk.hub.ports import CardTrouble

#: ``errno`` of a refusal.
REFUSALS = {
    40401: CardRefusal.NO_CARD,
    40901: CardRefusal.NOT_LOST,
    40902: CardRefusal.ALREADY_REPLACED,
    40903: CardRefusal.TOO_LITTLE_MONEY,
    40904: CardRefusal.OTHER_OPERATION,
    42201: CardRefusal.OUT_OF_RANGE,
    42301: CardRefusal.WRONG_PIN,
    42302: CardRefusal.PIN_HELD,
    42303: CardRefusal.PIN_REFUSED,
}
Record = TypeVar("Record")
Value = TypeVar("Value")


class Envelope(msgspec.Struct, frozen=True):
    """``errno`` 0: it went well."""

    errno: int
    entities: msgspec.Raw = msgspec.Raw(b"[]")


def records(
    answer: Answer | NoAnswer,
    kind: type[Record],
    make: Callable[[Record], Value],
    is_own: Callable[[Record], bool] = lambda _: True,
) -> list[Value] | CardTrouble:
    """Only what was asked for: an interface that ignores the question tells of somebody else."""
    if isinstance(answer, NoAnswer) or answer.status >= 500:
        return CardSystemSilent()
    try:
        said = msgspec.json.decode(answer.body, type=Envelope)
        if said.errno:
            refusal = REFUSALS.get(said.errno)
            return CardRefused(refusal) if refusal else CardSystemSilent()
        records: list[Record] = msgspec.json.decode(said.entities, type=list[kind], strict=False)  # type: ignore[valid-type]
        return [make(record) for record in records if is_own(record)]
    except (ArithmeticError, OSError, ValueError):  # msgspec's errors are ValueErrors; a time or amount that is none
        return CardSystemSilent()
