"""What the tests of visits share: people, cards, and a way to tell a visit as a list of (seconds, event)."""

from kiosk.domain.devices import ReaderMode
from kiosk.domain.identity import CardClaim, Claim, NumberClaim, Verified
from kiosk.domain.people import CardUid, PersonNumber
from kiosk.domain.visit import Visit, after
from kiosk.domain.visit_events import CardRemoved, Event

CANARIES = ("CANARYUID1", "CANARYUID2", "CANARYNUMBER", "CANARYNAME", "CANARYTOKEN")

CARD = CardClaim(CardUid("CANARYUID1"))
OTHER_CARD = CardClaim(CardUid("CANARYUID2"))
NUMBER = NumberClaim(PersonNumber("CANARYNUMBER"))
OTHER_NUMBER = NumberClaim(PersonNumber("CANARYNUMBER-2"))

PULLED = CardRemoved(ReaderMode.INSERT)
LIFTED = CardRemoved(ReaderMode.TAP)


def verified(claim: Claim) -> Verified:
    return Verified(claim, "CANARYNAME", "CANARYNUMBER", "CANARYTOKEN")


def told(*happened: tuple[float, Event]) -> Visit:
    """The visit after events at the given times, from attract on."""
    visit = Visit()
    for now, event in happened:
        visit = after(visit, event, now)
    return visit
