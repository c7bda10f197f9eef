"""Several operations in one request, for a kiosk that was without its hub for a while."""

from typing import Annotated

import msgspec

from kiosk.domain.parcels import MOST_TOGETHER
from kiosk.wire.envelope import Envelope


class OperationsTogether(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Carried out in this order. What must keep an order among them is safe: one of them never overtakes another."""

    operations: Annotated[list[Envelope], msgspec.Meta(min_length=1, max_length=MOST_TOGETHER)]


class AnsweredOne(msgspec.Struct, frozen=True):
    """What POST /v1/operations would have answered: ``body`` is the JSON text, a Problem where ``status`` is not 2xx;
    ``retry_after`` seconds, 0 where nothing is said."""

    op: str
    status: int
    body: str
    retry_after: int = 0


class AnswersTogether(msgspec.Struct, frozen=True):
    """One for each operation, in the order they came."""

    answers: list[AnsweredOne]
