"""The first words between a kiosk and a hub that do not know each other: what the hub shows as its authority is taken
for now, and counts only once an administrator has compared the four words and approved this kiosk."""

import contextlib
import http.client
import os
import socket
import ssl
import threading
from collections.abc import Callable
from urllib.parse import urlsplit

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.deadline import Deadline
from kiosk.domain.outcomes import Refused, Unreachable, Unreached
from kiosk.domain.references import NumberBlock
from kiosk.services.enrolling import Approved, Asked, CodeGiven, EnrolmentTold
from kiosk.services.hub_clock import HubClock
from kiosk.uplink.hub_client import HubClient
from kiosk.wire import routes
from kiosk.wire.enrolment import NONCE_BYTES, Authority, EnrolApproved, EnrolAsk, Enrolled, ask_bytes
from kiosk.wire.fingerprint import digest_of, fingerprint

#: Seconds for the hub to show its authority, and between two tries after it was not reached.
LOOK_SECONDS = 8.0
TRY_AGAIN = 5.0
#: Longest answer that is read before anybody is trusted, bytes.
MOST_READ = 64 * 1024


class FirstContact:
    """Asks on a thread of its own until it is approved. ``ca_pem``: what an administrator put there, '' for nothing;
    then the first authority the hub shows is held to until the end: it may not change while people compare words."""

    def __init__(
        self,
        hub: str,
        ca_pem: str,
        key: Ed25519PrivateKey,
        clock: HubClock,
        post: Callable[[EnrolmentTold], object],
    ) -> None:
        self._hub, self._ca, self._key, self._clock, self._post = hub, ca_pem, key, clock, post
        self._public, self._nonce = key.public_key().public_bytes_raw(), os.urandom(NONCE_BYTES)
        self._shown_by_hub = not ca_pem
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="first contact", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, seconds: float) -> bool:
        """False where that took longer than ``seconds``."""
        self._stopping.set()
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def ask(self) -> Asked:
        """One exchange."""
        if not self._ca:
            shown = _authority(self._hub)
            if isinstance(shown, Unreachable):
                return shown
            self._ca = shown
        try:
            client = HubClient(self._hub, self._ca, self._clock)
        except ssl.SSLError:
            return Unreachable(Unreached.WRONG_CERTIFICATE)
        try:
            digest = digest_of(self._ca) if self._shown_by_hub else ""
            proof = self._key.sign(ask_bytes(self._public, digest, self._nonce))
            answer = client.ask_enrolment(EnrolAsk(self._public, proof, digest, self._nonce))
        finally:
            client.close()
        if isinstance(answer, Refused | Unreachable):
            return answer
        if isinstance(answer, EnrolApproved):
            return approved(answer.enrolled, self._ca)
        words = fingerprint(digest, self._public, self._nonce, answer.code)
        return CodeGiven(answer.code, answer.seconds, answer.again, words)

    def _run(self) -> None:
        while not self._stopping.is_set():
            outcome = self.ask()
            self._post(EnrolmentTold(outcome))
            if isinstance(outcome, Approved):
                return
            self._stopping.wait(outcome.again if isinstance(outcome, CodeGiven) else TRY_AGAIN)


def approved(enrolled: Enrolled, ca_pem: str) -> Approved | Unreachable:
    """What the hub gave, where it can be used."""
    try:
        block = NumberBlock.fresh(enrolled.block.code, enrolled.block.first, enrolled.block.last)
    except ValueError:
        return Unreachable(Unreached.NOT_THE_HUB)
    keys = tuple((key.id, key.public) for key in enrolled.hub_keys)
    return Approved(enrolled.kiosk, block, keys, ca_pem)


def _authority(hub: str) -> str | Unreachable:
    """What the hub says of itself over a line that proves nothing yet."""
    parts = urlsplit(hub)
    host, port = parts.hostname or "", parts.port or 443
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    try:
        with Deadline(LOOK_SECONDS) as deadline, socket.create_connection((host, port), LOOK_SECONDS) as plain:
            deadline.watch(plain)
            with contextlib.closing(http.client.HTTPSConnection(host, port, context=context)) as line:
                line.sock = context.wrap_socket(plain, server_hostname=host)
                line.request("GET", routes.AUTHORITY, headers={"Accept": "application/json", "Connection": "close"})
                answer = line.getresponse()
                body = answer.read(MOST_READ)
    except (ssl.SSLError, http.client.HTTPException):
        return Unreachable(Unreached.NOT_THE_HUB)
    except (OSError, ValueError):
        return Unreachable(Unreached.NO_CONNECTION)
    try:
        pem = msgspec.json.decode(body, type=Authority).pem if answer.status == 200 else ""
    except (msgspec.DecodeError, UnicodeDecodeError):
        pem = ""
    return pem or Unreachable(Unreached.NOT_THE_HUB)
