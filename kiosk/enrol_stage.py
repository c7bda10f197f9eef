"""What stands behind the window while nobody knows this kiosk: its key, the line to the hub, and one page.

Made in backstage's place; once the kiosk is approved backstage is made in this one's.
"""

from collections.abc import Callable
from typing import Any

from kiosk.config import Settings
from kiosk.enrolment import NotEnrolled, keep_enrolment
from kiosk.offline import identity, kiosk_key
from kiosk.offline.places import Places
from kiosk.outside import Outside
from kiosk.services import requests
from kiosk.services.enrolling import Approved, Enrolling, EnrolmentTold
from kiosk.services.hub_clock import HubClock
from kiosk.services.views import View
from kiosk.uplink.first_contact import FirstContact
from kiosk.worker import Wiring

#: How long the line may take to end, seconds.
END_WITHIN = 9.0


class NoKeyError(RuntimeError):
    """There is a file where the key should be that is none; the message says what to do, for staff."""


def is_known(settings: Settings) -> bool:
    """Whether this kiosk is one of its hub's, as far as it knows itself."""
    known = identity.load(Places(settings.data).identity)
    return known is not None and bool(known.hub_keys)


def wire(
    settings: Settings,
    outside: Outside,
    post: Callable[[object], bool],
    show: Callable[[View], None],
    approved: Callable[[], None],
) -> Wiring:
    """``approved`` is called once the kiosk is one of the hub's. The caller holds the data folder's lock."""
    places = Places(settings.data)
    places.make()
    key = kiosk_key.load_or_make(places.key)
    if isinstance(key, kiosk_key.KeyUnreadable):
        raise NoKeyError(f"{key.path} is not a key; move it away and start again")
    ca_pem = settings.hub.ca.read_text(encoding="ascii") if settings.hub.ca.is_file() else ""
    clock = HubClock(None, outside.monotonic, outside.wall)
    enrolling = Enrolling(settings.hub.url, outside.monotonic, show)
    contact = FirstContact(settings.hub.url, ca_pem, key.private, clock, post)

    def told(event: EnrolmentTold) -> None:
        enrolling.told(event.outcome)
        if isinstance(event.outcome, Approved):
            kept = keep_enrolment(settings.data, settings.hub.url, event.outcome)
            if isinstance(kept, NotEnrolled):
                raise NoKeyError(kept.why)
            approved()

    def close() -> None:
        contact.stop(END_WITHIN)

    handlers: dict[type, Callable[[Any], None]] = {EnrolmentTold: told}
    # Whoever touches the page touches nothing: no button stands on it.
    handlers |= dict.fromkeys(requests.Request.__args__, lambda _: None)
    enrolling.beat()
    contact.start()
    return Wiring(handlers, enrolling.beat, close)
