"""What the kiosk signs by itself is what the hub's library reads: a JWT (RFC 7519) signed with Ed25519 (RFC 8037)."""

from datetime import UTC, datetime

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.uplink.credentials import TOKEN_MARGIN, Credentials
from kiosk.wire.enrolment import ALGORITHM, ASSERTION_SECONDS, AUDIENCE, Token


def now() -> datetime:
    """Of the test, not of the file's import: in a long run an assertion made then would be over."""
    return datetime.now(UTC).replace(microsecond=0)


def signed(kiosk: str, key: Ed25519PrivateKey) -> str:
    return Credentials(kiosk, key, lambda: 0.0).assertion(now())


@pytest.mark.parametrize("kiosk", ["A12", "图书馆 1 楼", 'a "quoted" \\ name'])
def test_the_hubs_library_accepts_an_assertion_with_every_check_on(kiosk: str) -> None:
    key = Ed25519PrivateKey.generate()
    claims = jwt.decode(
        signed(kiosk, key),
        key.public_key(),
        algorithms=[ALGORITHM],
        audience=AUDIENCE,
        issuer=kiosk,
        subject=kiosk,
        options={"require": ["iss", "sub", "aud", "jti", "iat", "exp"]},
    )
    assert claims["exp"] - claims["iat"] == ASSERTION_SECONDS
    assert claims["iat"] <= now().timestamp() < claims["exp"]


def test_its_header_names_the_algorithm_and_nothing_else() -> None:
    assert jwt.get_unverified_header(signed("A12", Ed25519PrivateKey.generate())) == {"alg": ALGORITHM, "typ": "JWT"}


def test_another_key_or_another_audience_is_refused() -> None:
    key = Ed25519PrivateKey.generate()
    with pytest.raises(jwt.InvalidSignatureError):
        jwt.decode(signed("A12", Ed25519PrivateKey.generate()), key.public_key(), [ALGORITHM], audience=AUDIENCE)
    with pytest.raises(jwt.InvalidAudienceError):
        jwt.decode(signed("A12", key), key.public_key(), [ALGORITHM], audience="another hub")


def test_no_two_assertions_are_alike() -> None:
    key = Ed25519PrivateKey.generate()
    assert len({signed("A12", key) for _ in range(100)}) == 100


def test_a_token_is_used_up_a_little_before_its_end() -> None:
    clock = [100.0]
    credentials = Credentials("A12", Ed25519PrivateKey.generate(), lambda: clock[0])
    credentials.hold(Token("t1", 900))
    clock[0] += 900 - TOKEN_MARGIN - 0.1
    assert credentials.token() == "t1"
    clock[0] += 0.2
    assert credentials.token() == ""
