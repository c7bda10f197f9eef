"""The simplest kiosk that keeps the contract: for tests of the hub that must not trust the kiosk's own code."""

import secrets
import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jwt
import msgspec
import requests
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from kiosk.domain.references import Reference
from kiosk.wire import routes
from kiosk.wire.enrolment import ALGORITHM, AUDIENCE, Assertion, Block, Enrol, Enrolled, Token
from kiosk.wire.envelope import SUITE_X25519_ED25519, Context, Envelope, HubKey, seal, sign
from kiosk.wire.identity import PIN_KIND, Pin, PinAttempt, claim_digest
from kiosk.wire.packing import packed
from kiosk.wire.tickets import CardClaimed, ClaimMade, LookAtKiosk, Report
from tests.patience import PATIENCE


def new_op() -> str:
    return str(uuid.uuid4())


@dataclass
class PlainKiosk:
    """``moved``: seconds its idea of the hub's time is ahead of this machine."""

    url: str
    ca: Path | None
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    id: str = ""
    hub_key: HubKey = field(default_factory=lambda: HubKey("", b""))
    block: Block = field(default_factory=lambda: Block("", 0, 0))
    token: str = ""
    used: int = 0
    moved: float = 0.0

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.moved)

    def post(self, path: str, message: object, **headers: str) -> requests.Response:
        return self.send("POST", path, msgspec.json.encode(message), **headers)

    def send(self, method: str, path: str, body: bytes = b"", **headers: str) -> requests.Response:
        sent = {"content-type": "application/json", **{name.replace("_", "-"): text for name, text in headers.items()}}
        if self.token:
            sent.setdefault("Authorization", f"Bearer {self.token}")
        with requests.Session() as session:
            session.trust_env = False
            verify = str(self.ca) if self.ca else True
            return session.request(method, self.url + path, data=body, headers=sent, verify=verify, timeout=PATIENCE)

    def enrol(self, code: str) -> "PlainKiosk":
        answer = self.post(routes.ENROL, Enrol(code, self.key.public_key().public_bytes_raw()))
        assert answer.status_code == 200, answer.text
        enrolled = msgspec.json.decode(answer.content, type=Enrolled)
        self.id, self.hub_key, self.block = enrolled.kiosk, enrolled.hub_keys[0], enrolled.block
        self.renew()
        return self

    def assertion(self, **changed: Any) -> str:
        issued = int(self.now().timestamp())
        claims = {
            "iss": self.id,
            "sub": self.id,
            "aud": AUDIENCE,
            "jti": secrets.token_hex(8),
            "iat": issued,
            "exp": issued + 60,
        }
        return jwt.encode({**claims, **changed}, self.key, algorithm=ALGORITHM)

    def renew(self) -> None:
        answer = self.post(routes.TOKEN, Assertion(self.assertion()))
        assert answer.status_code == 200, answer.text
        self.token = msgspec.json.decode(answer.content, type=Token).token

    def next_reference(self) -> str:
        self.used += 1
        return str(Reference(self.block.code, self.block.first + self.used - 1))

    def report(self, **changed: Any) -> Report:
        report = Report(
            reference="",
            language="zh",
            service="network",
            symptom="no-pages",
            impact="",
            building="library",
            location="一层",
            note="",
            contact=LookAtKiosk(),
            claim=None,
            session="",
            made_at=self.now(),
        )
        report = msgspec.structs.replace(report, **changed)
        return report if report.reference else msgspec.structs.replace(report, reference=self.next_reference())

    def seal(self, payload: bytes, aggregate: str, op: str = "", **changed: Any) -> Envelope:
        made = self.now()
        context = Context(
            suite=SUITE_X25519_ED25519,
            key=self.hub_key.id,
            kiosk=self.id,
            op=op or new_op(),
            kind="ticket",
            aggregate=aggregate,
            made=made.isoformat(),
            expires=(made + timedelta(days=30)).isoformat(),
        )
        context = msgspec.structs.replace(context, **changed)
        return sign(seal(payload, context, self.hub_key), context, self.key)

    def envelope(self, report: Report, op: str = "", **changed: Any) -> Envelope:
        return self.seal(msgspec.json.encode(report), changed.pop("aggregate", report.reference), op, **changed)

    def for_paper(self, report: Report, op: str = "", **changed: Any) -> Envelope:
        """As what also goes on a slip: packed, its times to the millisecond."""
        made = self.now()
        times = {
            "made": made.isoformat(timespec="milliseconds"),
            "expires": (made + timedelta(days=30)).isoformat(timespec="milliseconds"),
        }
        return self.seal(packed(msgspec.json.encode(report)), report.reference, op, **{**times, **changed})

    def submit(self, envelope: Envelope) -> requests.Response:
        return self.post(routes.OPERATIONS, envelope)

    def attempt(self, claim: ClaimMade, pin: str, **changed: Any) -> PinAttempt:
        wanted = {"kind": PIN_KIND, **changed}
        return PinAttempt(claim, self.seal(msgspec.json.encode(Pin(pin)), claim_digest(claim), **wanted))

    def try_pin(self, claim: ClaimMade, pin: str) -> dict[str, Any]:
        answer = self.post(routes.PIN, self.attempt(claim, pin))
        assert answer.status_code == 200, answer.text
        decoded: dict[str, Any] = answer.json()
        return decoded


def card(uid: str) -> CardClaimed:
    return CardClaimed(uid, 0)
