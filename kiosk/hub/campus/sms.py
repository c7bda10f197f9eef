"""Messages by an SMS gateway over HTTP, whichever it is: address, headers and body are a template in hub.toml."""

import re
from dataclasses import dataclass
from urllib.parse import quote_plus

import msgspec

from kiosk.hub.campus.posting import MAY_PASS, Silent, post, reach
from kiosk.hub.notice_settings import SmsSettings
from kiosk.hub.ports import GatewayTrouble, Handed, Letter, Posted

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
        body = filled(wanted.body, values, is_json=wanted.is_json).encode()
        headers = {name: filled(text, values, is_json=None) for name, text in wanted.headers}
        answer = post(wanted.url, body, headers, wanted.ca)
        if isinstance(answer, Silent):
            return Handed(Posted.WAITING, answer.why)
        if answer.status >= 500 or answer.status in MAY_PASS:
            return Handed(Posted.WAITING, str(answer.status))
        if answer.status >= 300:
            return Handed(Posted.REJECTED, str(answer.status))
        if wanted.success and wanted.success not in answer.text:
            return Handed(Posted.REJECTED, "success not said")
        return Handed(Posted.SENT)

    def trouble(self) -> GatewayTrouble | None:
        """Only whether it can be reached: a message that is tried costs money and rings somebody's telephone."""
        silent = reach(self.settings.url, self.settings.ca)
        return GatewayTrouble("unreachable", silent.why) if silent else None


def filled(template: str, values: dict[str, str], *, is_json: bool | None) -> str:
    """``{name}`` by its value, written so that it stays one value: inside a JSON string, in a form, or as it is in a
    header, without ends of line. A name that has no value here is empty."""

    def one(match: re.Match[str]) -> str:
        value = values.get(match[1], "")
        if is_json is None:
            return re.sub(r"[\r\n]", "", value)
        return msgspec.json.encode(value).decode()[1:-1] if is_json else quote_plus(value)

    return _FIELD.sub(one, template)
