"""TLS to one CA and no other, whatever the environment says."""

import socket
import ssl
from collections.abc import Callable
from typing import Any

from urllib3.connection import HTTPSConnection
from urllib3.connectionpool import HTTPSConnectionPool

from kiosk.uplink.http import HTTPAdapter

Watch = Callable[[socket.socket], None]


def pinned_context(ca_pem: str) -> ssl.SSLContext:
    """Trusts ``ca_pem`` only. Built by hand: ``create_default_context`` obeys SSLKEYLOGFILE and would write the keys
    of the line into a file. Raises ssl.SSLError where ``ca_pem`` is no certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.load_verify_locations(cadata=ca_pem)
    return context


class PinnedAdapter(HTTPAdapter):
    """``watch`` gets every new socket before a byte is exchanged on it."""

    def __init__(self, ca_pem: str, watch: Watch) -> None:
        self._context = pinned_context(ca_pem)
        self._pool_class = _pool_class(watch)
        super().__init__(max_retries=0)  # the outbox is the one place that tries again

    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options, ssl_context=self._context)
        self.poolmanager.pool_classes_by_scheme = {"https": self._pool_class}

    def cert_verify(self, conn: Any, url: Any, verify: Any, cert: Any) -> None:  # noqa: ARG002 - requests' signature
        """requests would add its own bundle of public CAs to our context here."""
        conn.cert_reqs = "CERT_REQUIRED"


def _pool_class(watch: Watch) -> type[HTTPSConnectionPool]:
    class Connection(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            connection = super()._new_conn()
            watch(connection)
            return connection

    class Pool(HTTPSConnectionPool):
        ConnectionCls = Connection

    return Pool
