"""Tokens and codes the hub makes: random, given out once, kept only as a digest."""

import secrets
from hashlib import sha256

from kiosk.domain.references import ALPHABET
from kiosk.domain.release import CODE_LENGTH as RELEASE_DIGITS
from kiosk.domain.scans import CODE_ALPHABET, CODE_CHARACTERS

TOKEN_BYTES = 32
#: Eight letters, 35 bits: enough for fifteen minutes with the limit on guesses (services/enrolment.py).
ENROLMENT_LETTERS = 8
#: 12 characters of 57: 69 bits.
FOLLOW_CHARACTERS = CODE_CHARACTERS


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def new_enrolment_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(ENROLMENT_LETTERS))


def new_follow_code() -> str:
    return "".join(secrets.choice(CODE_ALPHABET) for _ in range(FOLLOW_CHARACTERS))


def new_one_time_code() -> str:
    """Six digits, 20 bits (SP 800-63B: out-of-band secrets), with leading zeros."""
    return f"{secrets.randbelow(1_000_000):06d}"


def new_release_code() -> str:
    """Eight digits, 26 bits: ten tries in ten minutes (services/release_codes.py), with leading zeros."""
    return f"{secrets.randbelow(10**RELEASE_DIGITS):0{RELEASE_DIGITS}d}"


def digest(secret: str) -> str:
    """Hex SHA-256. No salt: what is hashed is random itself."""
    return sha256(secret.encode()).hexdigest()
