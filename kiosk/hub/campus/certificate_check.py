"""Whether a server of the campus can be reached and is who it says, for ``kiosk hub check``."""

import socket
import ssl
from collections.abc import Callable, Generator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from kiosk.hub.checked import Finding, Level, found

#: Of a connection and a handshake, seconds.
WITHIN = 5.0
#: A certificate that ends sooner is told.
SOON = timedelta(days=30)
#: X509_V_ERR_CERT_HAS_EXPIRED of OpenSSL: another authority would not help.
_HAS_ENDED = 10


@dataclass(frozen=True, slots=True)
class Way:
    """``ca`` ``None``: the authorities this machine trusts. ``at``, ``at_ca``: the settings that name address and
    authority; ``told``: what the address is called in the words. ``secured`` False: nothing is encrypted."""

    host: str
    port: int
    ca: Path | None
    at: str
    at_ca: str
    told: dict[str, str]
    secured: bool = True


def certificate(
    way: Way, begin: Callable[[socket.socket], Finding | None] = lambda _plain: None
) -> Generator[Finding, None, bool]:
    """Returns whether it can be used. ``begin`` asks for TLS on a plain connection; what it finds wrong ends it."""
    shown: Any = None
    try:
        context = ssl.create_default_context(cafile=str(way.ca) if way.ca else None)
        with socket.create_connection((way.host, way.port), WITHIN) as plain:
            if (wrong := begin(plain)) is not None:
                yield wrong
                return False
            if way.secured:
                with context.wrap_socket(plain, server_hostname=way.host) as secured:
                    shown = secured.getpeercert()
    except ssl.SSLCertVerificationError as error:
        if error.verify_code == _HAS_ENDED:
            yield found(Level.BAD, "has_ended", way.at, **way.told)
        else:
            yield found(Level.BAD, "not_trusted", way.at_ca, **way.told, why=error.verify_message)
        return False
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        yield found(Level.BAD, "not_reached", way.at, **way.told, why=why)
        return False
    if shown:
        until = datetime.fromtimestamp(ssl.cert_time_to_seconds(str(shown["notAfter"])), UTC)
        is_soon = until < datetime.now(UTC) + SOON
        level, words = (Level.NOTE, "ends_soon") if is_soon else (Level.GOOD, "trusted")
        yield found(level, words, **way.told, until=f"{until:%Y-%m-%d}")
    return True
