"""How long the hub's certificate and the authority this kiosk trusts are still good."""

import contextlib
import socket
import ssl
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from cryptography import x509

from kiosk.deadline import Deadline
from kiosk.domain.health import Degraded, Down, Health, Reading, Ready, Subject, Why
from kiosk.uplink.pinned import pinned_context

#: The hub renews its own certificate before this, whenever it starts.
ENDS_BEFORE = timedelta(days=30)
#: Whole time of one look, seconds.
LOOK_SECONDS = 8.0
#: X509_V_ERR_CERT_NOT_YET_VALID and X509_V_ERR_CERT_HAS_EXPIRED of OpenSSL's x509_vfy.h.
_NOT_NOW = (9, 10)


class CertificateAge:
    """``now``: the best time there is, aware. Without network it goes by the authority, and by what it saw last."""

    def __init__(self, hub: str, ca_pem: str, now: Callable[[], datetime]) -> None:
        parts = urlsplit(hub)
        self._address = parts.hostname or "", parts.port or 443
        self._ca_pem, self._now = ca_pem, now
        self._seen: datetime | None = None

    def look(self) -> Reading | None:
        """``None`` where ``ca_pem`` is no certificate: the hub's line says so."""
        try:
            authority = x509.load_pem_x509_certificate(self._ca_pem.encode("ascii", "replace")).not_valid_after_utc
            context = pinned_context(self._ca_pem)
        except (ValueError, ssl.SSLError):
            return None
        try:
            self._seen = self._served(context)
        except ssl.SSLCertVerificationError as error:
            if error.verify_code in _NOT_NOW:
                return Reading(Subject.CERTIFICATE, Down(Why.CERTIFICATE_OVER))
        except (OSError, ValueError):
            pass  # not reached: the hub's line says so
        ends = min(authority, self._seen) if self._seen else authority
        return Reading(Subject.CERTIFICATE, self._judged(ends), ends.date().isoformat())

    def _judged(self, ends: datetime) -> Health:
        now = self._now()
        if now >= ends:
            return Down(Why.CERTIFICATE_OVER)
        return Degraded(Why.CERTIFICATE_ENDS) if now >= ends - ENDS_BEFORE else Ready()

    def _served(self, context: ssl.SSLContext) -> datetime:
        host, _ = self._address
        with (
            Deadline(LOOK_SECONDS) as deadline,
            socket.create_connection(self._address, LOOK_SECONDS) as plain,
        ):
            deadline.watch(plain)
            with contextlib.closing(context.wrap_socket(plain, server_hostname=host)) as line:
                certificate = line.getpeercert(binary_form=True) or b""
        return x509.load_der_x509_certificate(certificate).not_valid_after_utc
