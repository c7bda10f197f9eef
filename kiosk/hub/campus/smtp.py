"""Messages by the campus's mail server: RFC 5321, over TLS (RFC 8314) or after STARTTLS (RFC 3207)."""

import contextlib
import re
import smtplib
import socket
import ssl
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate

from kiosk.deadline import Deadline
from kiosk.hub.notice_settings import MailSecurity, MailSettings
from kiosk.hub.ports import GatewayTrouble, Handed, Letter, Posted

_ONE_ADDRESS = re.compile(r"[^\s@,;:<>()\"\\]+@[^\s@,;:<>()\"\\]+")
#: RFC 4954, 4: the sign-in was taken.
SIGNED_IN = 235
#: Seconds for one exchange with the server, and for all of a message.
TIMEOUT = 15.0
WITHIN = 30.0


@dataclass(frozen=True, slots=True)
class SmtpGateway:
    settings: MailSettings

    def send(self, letter: Letter) -> Handed:
        try:
            message = self._message(letter)
        except ValueError:
            return Handed(Posted.REJECTED, "no address")
        try:
            with self._server() as server:
                server.send_message(message, self.settings.sender, [letter.address])
        except smtplib.SMTPRecipientsRefused as error:
            return _refused(next(iter(error.recipients.values()))[0])
        except smtplib.SMTPResponseException as error:
            # What is about us (sign-in, sender) may be put right; what is about the message will not.
            about_us = isinstance(error, smtplib.SMTPAuthenticationError | smtplib.SMTPSenderRefused)
            return Handed(Posted.WAITING, str(error.smtp_code)) if about_us else _refused(error.smtp_code)
        except (OSError, smtplib.SMTPException) as error:
            return Handed(Posted.WAITING, type(error).__name__)
        return Handed(Posted.SENT)

    def trouble(self) -> GatewayTrouble | None:
        try:
            with self._server() as server:
                code, _ = server.mail(self.settings.sender)
                return None if code < 400 else GatewayTrouble("sender", f"{self.settings.sender} ({code})")
        except smtplib.SMTPAuthenticationError as error:
            return GatewayTrouble("sign_in", str(error.smtp_code))
        except ssl.SSLError as error:
            return GatewayTrouble("tls", error.reason or type(error).__name__)
        except (OSError, smtplib.SMTPException) as error:
            return GatewayTrouble("unreachable", type(error).__name__)

    @contextlib.contextmanager
    def _server(self) -> Iterator[smtplib.SMTP]:
        """Signed in, where an account is set."""
        wanted = self.settings
        trusted = ssl.create_default_context(cafile=str(wanted.ca) if wanted.ca else None)
        at_once = trusted if wanted.security is MailSecurity.TLS else None
        with (
            Deadline(WITHIN) as deadline,
            contextlib.closing(_Watched(wanted.host, wanted.port, deadline, at_once)) as server,
        ):
            if wanted.security is MailSecurity.STARTTLS:
                server.starttls(context=trusted)
            server.ehlo_or_helo_if_needed()
            if wanted.user:
                _sign_in(server, wanted.user, wanted.password.reveal())
            yield server
            with contextlib.suppress(OSError):  # what it took it has, however it says good-bye
                server.quit()

    def _message(self, letter: Letter) -> EmailMessage:
        """The same id at every attempt, so that a mail store may know it again. ValueError where the address is not
        exactly one."""
        if not _ONE_ADDRESS.fullmatch(letter.address):
            raise ValueError("not one address")
        message = EmailMessage(policy=SMTP)
        message["From"], message["To"], message["Subject"] = self.settings.sender, letter.address, letter.subject
        message["Date"] = formatdate(localtime=False)
        message["Message-ID"] = f"<{letter.op}@{self.settings.sender.rpartition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"  # RFC 3834: nobody's holiday notice answers a code
        message.set_content(letter.text)
        return message


class _Watched(smtplib.SMTP):
    """Cut off when its time is over: smtplib's own time-out is for each read, and a server that drips never meets it.
    ``at_once``: TLS from the first byte."""

    def __init__(self, host: str, port: int, deadline: Deadline, at_once: ssl.SSLContext | None) -> None:
        self._deadline, self._at_once = deadline, at_once
        super().__init__(host, port, timeout=TIMEOUT)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        plain = socket.create_connection((host, port), timeout)
        self._deadline.watch(plain)
        return self._at_once.wrap_socket(plain, server_hostname=host) if self._at_once else plain


def _sign_in(server: smtplib.SMTP, user: str, password: str) -> None:
    """smtplib's own knows ASCII only; RFC 4616 is UTF-8."""
    if (user + password).isascii():
        server.login(user, password)
        return
    code, said = server.docmd("AUTH", "PLAIN " + b64encode(f"\0{user}\0{password}".encode()).decode())
    if code != SIGNED_IN:
        raise smtplib.SMTPAuthenticationError(code, said)


def _refused(code: int) -> Handed:
    """4yz may pass later, 5yz will not (RFC 5321, 4.2.1)."""
    return Handed(Posted.REJECTED if code >= 500 else Posted.WAITING, str(code))
