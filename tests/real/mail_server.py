"""A mail server on 127.0.0.1 that speaks TLS and wants a sign-in, and keeps what it took."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from kiosk.hub import tls

USER, PASSWORD = "kiosk", "a mail secret: 密"


@dataclass
class MailServer:
    """``refuse``: RCPT addresses answered with this line."""

    ca: Path
    port: int = 0
    got: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:
        if address in self.refuse:
            return self.refuse[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        message = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.recipients += envelope.rcpt_tos
        self.got.append(message)
        return "250 OK"


class _OnAFreePort(Controller):
    """Port 0 is known only once it listens, and starting ends with a look whether it answers."""

    def _trigger_server(self) -> None:
        listening: Any = self.server
        self.port = listening.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def mail_server(folder: Path) -> Iterator[MailServer]:
    """STARTTLS on a free port; nothing is taken before it and a sign-in."""
    context = tls.prepare(folder)
    server = MailServer(folder / "ca.pem")

    def signs_in(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        good = isinstance(data, LoginPassword) and (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=good, handled=False)

    controller = _OnAFreePort(
        server,
        hostname="127.0.0.1",
        port=0,
        tls_context=context,
        require_starttls=True,
        auth_required=True,
        auth_require_tls=True,
        authenticator=signs_in,
    )
    controller.start()
    try:
        server.port = controller.port
        yield server
    finally:
        controller.stop()
