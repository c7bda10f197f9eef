"""Which kiosk is speaking: a signed assertion (RFC 7523) buys a short-lived opaque token, checked on every request."""

from datetime import datetime, timedelta
from typing import Any

import jwt
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from kiosk.hub.services.refusal import NOT_TRUSTED, REVOKED, No
from kiosk.hub.store.tables import Kiosk, KioskToken, UsedAssertion
from kiosk.hub.tokens_made import digest, new_token
from kiosk.wire.enrolment import ALGORITHM, ASSERTION_SECONDS, AUDIENCE, TOKEN_SECONDS, Token
from kiosk.wire.signing_key import signing_key

__all__ = ["Kiosk", "buy_token", "hold", "trusted_kiosk"]

#: A kiosk's idea of the hub's time may be this far off.
LEEWAY_SECONDS = 5
LONGEST_JTI = 64
_CLAIMS = ["iss", "sub", "aud", "exp", "iat", "jti"]


def buy_token(db: Session, assertion: str, now: datetime) -> Token | No:
    """Each assertion buys one token. Its times are judged by ``now``, never by the clock of this machine."""
    claims = _read(db, assertion)
    if claims is None or not _is_in_time(claims, now.timestamp()):
        return NOT_TRUSTED
    kiosk = db.get(Kiosk, claims["iss"], with_for_update=True)
    if kiosk is None or kiosk.revoked_at is not None:
        return REVOKED
    db.execute(delete(UsedAssertion).where(UsedAssertion.expires_at < now - timedelta(seconds=LEEWAY_SECONDS)))
    db.execute(delete(KioskToken).where(KioskToken.expires_at < now))
    if db.get(UsedAssertion, (kiosk.id, claims["jti"])) is not None:
        return NOT_TRUSTED
    used_until = datetime.fromtimestamp(claims["exp"], now.tzinfo)
    db.add(UsedAssertion(kiosk=kiosk.id, jti=claims["jti"], expires_at=used_until))
    token = new_token()
    db.add(KioskToken(digest=digest(token), kiosk=kiosk.id, expires_at=now + timedelta(seconds=TOKEN_SECONDS)))
    return Token(token, TOKEN_SECONDS)


def trusted_kiosk(db: Session, authorization: str, now: datetime) -> Kiosk | No:
    """The kiosk a request comes from, by its ``Authorization: Bearer`` header."""
    scheme, _, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token:
        return NOT_TRUSTED
    known = select(Kiosk).join(KioskToken).where(KioskToken.digest == digest(token), KioskToken.expires_at > now)
    kiosk = db.scalar(known)
    if kiosk is None:
        return NOT_TRUSTED
    return kiosk if kiosk.revoked_at is None else REVOKED


def hold(db: Session, kiosk: Kiosk) -> None:
    """What requests of one kiosk wait at, one after the other, until the transaction ends. Not ``FOR UPDATE``: each of
    them may have written a row that names the kiosk, and two of those would wait for each other for ever."""
    db.get(Kiosk, kiosk.id, with_for_update={"key_share": True}, populate_existing=True)


def _read(db: Session, assertion: str) -> dict[str, Any] | None:
    """The claims, if a known kiosk signed them for this audience."""
    try:
        named = jwt.decode(assertion, options={"verify_signature": False}).get("iss")
        kiosk = db.get(Kiosk, named) if isinstance(named, str) and named.isprintable() else None
        key = signing_key(kiosk.public) if kiosk else None
        if kiosk is None or key is None:
            return None
        claims: dict[str, Any] = jwt.decode(
            assertion,
            key,
            algorithms=[ALGORITHM],
            audience=AUDIENCE,
            subject=kiosk.id,
            options={"require": _CLAIMS, "verify_exp": False, "verify_iat": False, "verify_nbf": False},
        )
    except (jwt.InvalidTokenError, ValueError):
        return None
    return claims


def _is_in_time(claims: dict[str, Any], now: float) -> bool:
    issued, expires, jti = claims["iat"], claims["exp"], claims["jti"]
    if not all(isinstance(moment, int | float) for moment in (issued, expires)):
        return False
    if not isinstance(jti, str) or not 0 < len(jti) <= LONGEST_JTI or not jti.isprintable():
        return False
    if not 0 < expires - issued <= ASSERTION_SECONDS:
        return False
    return bool(issued - LEEWAY_SECONDS <= now < expires + LEEWAY_SECONDS)
