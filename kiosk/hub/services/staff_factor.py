"""The second factor of staff: codes of an authenticator app (TOTP, RFC 6238; six digits, 30 s, SHA-1 as all apps do).

The secret is kept sealed, for one person only (at_rest.py). After the hub's key was renewed it is sealed anew at the
next sign-in; whoever does not come before the old key is thrown away enrols again.
"""

import base64
import hmac
import os
from datetime import datetime

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

from kiosk.hub.keys import HubKeys
from kiosk.hub.secret_value import Secret
from kiosk.hub.services import at_rest

DIGITS = 6
STEP_SECONDS = 30
#: RFC 6238, 5.2: a clock may be one step off, no more.
STEPS_OFF = 1
#: RFC 4226, 4: as long as the hash.
SECRET_BYTES = 20
_PURPOSE = "staff factor"


class FactorSecret(Secret):
    """In base 32, as apps take it."""

    __slots__ = ()


def new_secret() -> FactorSecret:
    return FactorSecret(base64.b32encode(os.urandom(SECRET_BYTES)).decode())


def step_of(secret: FactorSecret, typed: str, now: datetime) -> int | None:
    """The time step whose code ``typed`` is, looked at in all that are allowed whatever the first ones say."""
    totp, present, found = _totp(secret), int(now.timestamp()) // STEP_SECONDS, None
    for step in range(present - STEPS_OFF, present + STEPS_OFF + 1):
        if hmac.compare_digest(totp.generate(step * STEP_SECONDS), typed.encode("utf-8", "replace")):
            found = step
    return found


def code_at(secret: FactorSecret, now: datetime) -> str:
    """What the app shows."""
    return _totp(secret).generate(now.timestamp()).decode()


def app_address(secret: FactorSecret, name: str, issuer: str) -> Secret:
    """``otpauth://…`` for an app's camera."""
    return Secret(_totp(secret).get_provisioning_uri(name, issuer))


def seal(keys: HubKeys, person: str, secret: FactorSecret) -> bytes:
    return at_rest.seal(keys, _PURPOSE, person, secret.reveal().encode())


def unseal(keys: HubKeys, person: str, sealed: bytes) -> FactorSecret | None:
    """``None`` where it is another person's, was altered, or its key is gone."""
    opened = at_rest.unseal(keys, _PURPOSE, person, sealed)
    return None if opened is None else FactorSecret(opened.decode())


def _totp(secret: FactorSecret) -> TOTP:
    return TOTP(base64.b32decode(secret.reveal()), DIGITS, SHA1(), STEP_SECONDS)
