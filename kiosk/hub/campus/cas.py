"""CAS protocol 3.0 (Apereo): /login with a service address, then /p3/serviceValidate with the ticket it led back with.

The service address holds the attempt's state, and a ticket is good for the address it was made for: one of another
phone or another kiosk validates nowhere. XML is read by defusedxml: no entities, no document type.
"""

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit
from xml.etree.ElementTree import Element, ParseError

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from kiosk.domain.people import PersonNumber
from kiosk.hub.campus.https_line import HttpsLine, NoAnswer
from kiosk.hub.sign_in_port import LONGEST_NUMBER, Attempt, NotSignedIn, SignedInAs
from kiosk.hub.sign_in_settings import SignInSettings

MOST_OF_ANSWER = 64 * 1024
#: Of a person, not of a proxy (CAS protocol 3.1).
_TICKET = re.compile(r"ST-[!-~]{1,252}")
_CAS = "{http://www.yale.edu/tp/cas}"
USER = "user"


class CasSignIn:
    """Used by many threads."""

    def __init__(self, settings: SignInSettings) -> None:
        self._settings = settings
        self._line = HttpsLine(settings.ca, settings.answer_within, settings.connections, MOST_OF_ANSWER)

    def origin(self) -> str | NotSignedIn:
        parts = urlsplit(self._settings.url)
        return f"{parts.scheme}://{parts.netloc}"

    def begin(self, attempt: Attempt) -> str | NotSignedIn:
        """``renew``: whoever else is signed in on this phone is not meant."""
        wanted = {"service": _service(attempt), "renew": "true", "locale": attempt.language.value}
        return f"{self._settings.url}/login?{urlencode(wanted)}"

    def finish(self, attempt: Attempt, query: Mapping[str, str]) -> SignedInAs | NotSignedIn:
        ticket = query.get("ticket", "")
        if not ticket:
            return NotSignedIn.DECLINED
        if not _TICKET.fullmatch(ticket):
            return NotSignedIn.NOT_SOUND
        answer = validated(self._line, self._settings.url, _service(attempt), ticket)
        if isinstance(answer, NotSignedIn):
            return answer
        told = answer.get(self._settings.claim, [])
        if len(told) != 1 or not 0 < len(told[0]) <= LONGEST_NUMBER:
            return NotSignedIn.NOBODY
        return SignedInAs(PersonNumber(told[0]))


def validated(line: HttpsLine, url: str, service: str, ticket: str) -> dict[str, list[str]] | NotSignedIn:
    """``user`` and the attributes of whose ticket it is."""
    query = urlencode({"service": service, "ticket": ticket, "renew": "true"})
    answer = line.ask("GET", f"{url}/p3/serviceValidate?{query}", {"Accept": "application/xml, application/json"})
    if isinstance(answer, NoAnswer) or answer.status >= 500:
        return NotSignedIn.SILENT
    said = read(answer.body) if answer.status == 200 else None
    return said if said else NotSignedIn.NOT_SOUND


def read(body: bytes) -> dict[str, list[str]] | None:
    """``None`` for what is no success of CAS; empty for its refusal."""
    return _from_json(body) if body.lstrip()[:1] == b"{" else _from_xml(body)


def _from_xml(body: bytes) -> dict[str, list[str]] | None:
    try:
        root = ElementTree.fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return None
    if root.tag != f"{_CAS}serviceResponse":
        return None
    if len(root) == 1 and root[0].tag == f"{_CAS}authenticationFailure":
        return {}
    good = root[0] if len(root) == 1 and root[0].tag == f"{_CAS}authenticationSuccess" else None
    users = good.findall(f"{_CAS}user") if good is not None else []
    if good is None or len(users) != 1 or good.find(f"{_CAS}proxies") is not None:
        return None
    told: dict[str, list[str]] = {}
    for attribute in good.findall(f"{_CAS}attributes/*"):
        told.setdefault(attribute.tag.removeprefix(_CAS), []).append(_text(attribute))
    return {**told, USER: [_text(users[0])]}


def _text(element: Element) -> str:
    """A text with anything inside is none."""
    return (element.text or "").strip() if len(element) == 0 else ""


def _from_json(body: bytes) -> dict[str, list[str]] | None:
    try:
        answer: Any = json.loads(body)["serviceResponse"]
        if "authenticationFailure" in answer:
            return {}
        good = answer["authenticationSuccess"]
        told = {str(name): _texts(value) for name, value in (good.get("attributes") or {}).items()}
        if good.get("proxies") or not isinstance(good["user"], str):
            return None
        return {**told, USER: [good["user"]]}
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None


def _texts(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [str(each) for each in values if isinstance(each, str | int) and not isinstance(each, bool)]


def _service(attempt: Attempt) -> str:
    return f"{attempt.back}?{urlencode({'state': attempt.state})}"
