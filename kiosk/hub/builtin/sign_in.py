"""A simulated campus sign-in: its page is served by the hub, asks for no password, and proves nothing.

Only for demos and rehearsals (``kind = "simulated"``). Its ticket names a person and the attempt it is for, so that the
rest of the way is the same as with a real one.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from urllib.parse import urlencode

from kiosk.domain.people import PersonNumber
from kiosk.hub.keys import HubKeys
from kiosk.hub.services.simulated_campus import CAMPUS_PAGE, PHONE_BACK
from kiosk.hub.sign_in_port import Attempt, NotSignedIn, SignedInAs


@dataclass(frozen=True, slots=True)
class SimulatedSignIn:
    """``public_url``: where phones reach the hub."""

    keys: HubKeys
    public_url: str

    def origin(self) -> str | NotSignedIn:
        return ""

    def begin(self, attempt: Attempt) -> str | NotSignedIn:
        query = urlencode({"state": attempt.state})
        return f"{self.public_url}{CAMPUS_PAGE}?{query}"

    def finish(self, attempt: Attempt, query: Mapping[str, str]) -> SignedInAs | NotSignedIn:
        number, ticket = query.get("number", ""), query.get("ticket", "")
        if "silent" in query:
            return NotSignedIn.SILENT
        if not ticket:
            return NotSignedIn.DECLINED
        good = hmac.compare_digest(ticket.encode(), self._ticket(attempt.state, number).encode())
        return SignedInAs(PersonNumber(number)) if good else NotSignedIn.NOT_SOUND

    # -- its page -----------------------------------------------------------------------------------------------
    def signed_in(self, state: str, number: str, *, silent: bool = False) -> str:
        """Where the page leads then; ``number`` '' for whoever declines. ``silent``: it gives no answer about it."""
        query = {"state": state}
        if number:
            query |= {"number": number, "ticket": self._ticket(state, number)}
        if silent:
            query["silent"] = "1"
        return f"{self.public_url}{PHONE_BACK}?{urlencode(query)}"

    def _ticket(self, state: str, number: str) -> str:
        return hmac.new(self.keys.derived("simulated sign-in"), f"{state} {number}".encode(), sha256).hexdigest()
