"""Messages by an SMS gateway over HTTP, whichever it is: address, headers and body are a template in hub.toml."""

import re
from dataclasses import dataclass
from urllib.parse import quote_plus

import msgspec
import requests
import urllib3

from kiosk.hub.notice_settings import SmsSettings
from kiosk.hub.ports import GatewayTrouble, Handed, Letter, Posted

#: Seconds to connect, and for the answer.
TIMEOUT = (5.0, 15.0)
#: Most of an answer that is read, bytes.
MOST_OF_ANSWER = 64 * 1024
#: What is about us or about now, and not about the message.
MAY_PASS = (401, 403, 408, 429)
#: What requests and what lies below it raise where no answer comes, or a header cannot be written.
_NO_ANSWER = (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError)
_FIELD = re.compile(r"\{([a-z_]+)\}")


@dataclass(frozen=True, slots=True)
class SmsGateway:
    settings: SmsSettings

    def send(self, letter: Letter) -> Handed:
        wanted = self.settings
        values = {
            **letter.values,
            "phone": letter.address,
            "text": letter.text,
            "id": letter.op,
            "kind": letter.kind.value,
            "secret": wanted.secret.reveal(),
        }
        try:
            with (
                _session() as session,
                session.post(
                    wanted.url,
                    data=filled(wanted.body, values, is_json=wanted.is_json).encode(),
                    headers={name: filled(text, values, is_json=None) for name, text in wanted.headers},
                    timeout=TIMEOUT,
                    allow_redirects=False,
                    stream=True,
                    verify=str(wanted.ca) if wanted.ca else True,
                ) as answer,
            ):
                said = answer.raw.read(MOST_OF_ANSWER, decode_content=True).decode("utf-8", "replace")
                status = answer.status_code
        except _NO_ANSWER as error:
            return Handed(Posted.WAITING, type(error).__name__)
        if status >= 500 or status in MAY_PASS:
            return Handed(Posted.WAITING, str(status))
        if status >= 300:
            return Handed(Posted.REJECTED, str(status))
        if wanted.success and wanted.success not in said:
            return Handed(Posted.REJECTED, "success not said")
        return Handed(Posted.SENT)

    def trouble(self) -> GatewayTrouble | None:
        """Only whether it can be reached: a message that is tried costs money and rings somebody's telephone."""
        try:
            with _session() as session:
                session.head(
                    self.settings.url,
                    timeout=TIMEOUT,
                    allow_redirects=False,
                    verify=str(self.settings.ca) if self.settings.ca else True,
                )
        except _NO_ANSWER as error:
            return GatewayTrouble("unreachable", type(error).__name__)
        return None


def _session() -> requests.Session:
    """Whom it asks and trusts, and as whom, stands in hub.toml alone: not in ~/.netrc, not in the environment."""
    session = requests.Session()
    session.trust_env = False
    return session


def filled(template: str, values: dict[str, str], *, is_json: bool | None) -> str:
    """``{name}`` by its value, written so that it stays one value: inside a JSON string, in a form, or as it is in a
    header, without ends of line. A name that has no value here is empty."""

    def one(match: re.Match[str]) -> str:
        value = values.get(match[1], "")
        if is_json is None:
            return re.sub(r"[\r\n]", "", value)
        return msgspec.json.encode(value).decode()[1:-1] if is_json else quote_plus(value)

    return _FIELD.sub(one, template)
