"""How the present page is heard, and what of it may be said where others listen."""

from kiosk.domain.speech import SpeechState
from kiosk.services.session import Session
from kiosk.services.views import Ear, Screen

#: Pages that show the campus and nothing of the visitor. Of all others a loudspeaker says the kiosk's own words only.
OPEN = frozenset(
    {
        Screen.ATTRACT,
        Screen.HOME,
        Screen.IDENTIFY,
        Screen.NONE_OF_THESE,
        Screen.CATEGORY,
        Screen.SUBJECT,
        Screen.OUTAGE,
        Screen.PLACE,
        Screen.TOPICS,
        Screen.TOPIC,
        Screen.ARTICLE,
        Screen.PRIVACY,
        Screen.NOTICES,
        Screen.PROMISE,
        Screen.UNAVAILABLE,
        Screen.OUT_OF_SERVICE,
        Screen.CARD_OFFICE,
    }
)
#: Those where what the visitor wrote or chose stands below the names of what can be pressed.
NAMES = frozenset({Screen.DETAILS, Screen.ANSWER, Screen.FEEDBACK})


def can_begin(session: Session) -> bool:
    """Not where nothing can speak."""
    return session.speech is SpeechState.READY


def ear(session: Session) -> Ear:
    hearing = session.visit.aids.speech
    if hearing is None:
        return Ear()
    hints = session.private or session.plugged or session.screen in OPEN
    return Ear(True, hints or session.screen in NAMES, hints, hearing.loudness, hearing.speed)
