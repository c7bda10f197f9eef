"""Runs a service inside one transaction for the kiosk that asks, what it asks outside beforehand; a No becomes its
answer."""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from kiosk.hub.api.problems import Refused
from kiosk.hub.parts import Parts
from kiosk.hub.services.asking import settled
from kiosk.hub.services.refusal import No
from kiosk.hub.services.trust import Kiosk, trusted_kiosk
from kiosk.hub.web import Asked

__all__ = ["Asked", "for_anyone", "for_kiosk"]

Result = TypeVar("Result")


def for_anyone(parts: Parts, service: Callable[[Session, datetime], Result | No]) -> Result:
    with parts.store.write() as db:
        result = service(db, parts.clock())
    return _accepted(result)


def for_kiosk(
    parts: Parts,
    request: Asked,
    service: Callable[[Session, Kiosk, datetime], Result | No],
    *,
    reading: bool = False,
) -> Result:
    """Raises Refused where the token is not valid or the kiosk was revoked."""
    authorization = request.headers.get("authorization", "")

    def served(db: Session, now: datetime) -> Result | No:
        kiosk = trusted_kiosk(db, authorization, now)
        return kiosk if isinstance(kiosk, No) else service(db, kiosk, now)

    return _accepted(settled(parts.store.read if reading else parts.store.write, parts.clock, served))


def _accepted(result: Result | No) -> Result:
    if isinstance(result, No):
        raise Refused(result)
    return result
