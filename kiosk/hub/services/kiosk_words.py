"""One kiosk in a few lines of a terminal: its state, and each part that is not ready."""

from datetime import datetime

from kiosk.domain.health import Level
from kiosk.hub.services.kiosk_health import ListedKiosk, ListedPart
from kiosk.hub.services.presence import FRESH
from kiosk.words import Speaker


def in_words(kiosk: ListedKiosk, say: Speaker, now: datetime) -> list[str]:
    state = say(f"hub_kiosks.{kiosk.readiness}") if kiosk.readiness else say("hub_kiosks.never")
    if kiosk.seen_at is not None and now - kiosk.seen_at > FRESH:
        state = say("hub_kiosks.silent", state=state, at=_at(kiosk.seen_at))
    head = say("hub_kiosks.head", code=kiosk.code, place=kiosk.place, kiosk=kiosk.kiosk, state=state)
    return [head, *(_line(part, say) for part in kiosk.parts if part.level != Level.READY)]


def _line(part: ListedPart, say: Speaker) -> str:
    words = say(f"health.{part.subject}"), say(f"health_why.{part.why}")
    return say("hub_kiosks.line", part=words[0], why=words[1], at=_at(part.since), measured=part.measured).rstrip()


def _at(moment: datetime) -> str:
    return moment.isoformat(sep=" ", timespec="minutes")
