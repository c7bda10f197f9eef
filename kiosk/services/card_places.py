"""Places of the card in words: name, whether it is open, whom to call. What is unknown is not said."""

from kiosk.domain.card_capabilities import NOTHING, CardCapabilities, Finding
from kiosk.domain.desk import Desk
from kiosk.domain.devices import ReaderState
from kiosk.services import when
from kiosk.services.session import Session


def declared(session: Session) -> CardCapabilities:
    return session.campus.cards if session.campus else NOTHING


def found_here(session: Session) -> Finding | None:
    """Where a found card is handed in; ``None`` where that is not told here: a kiosk without reader cannot see which
    card it is. One whose reader is in trouble says so on the page."""
    return declared(session).found if session.reader is not ReaderState.NONE else None


def office(session: Session) -> Desk | None:
    """The card office, else the service desk."""
    campus = session.campus
    return (campus.card_office or campus.desk) if campus else None


def place_line(session: Session, desk: Desk) -> str:
    """What it is called."""
    return desk.place.of(session.visit.language)


def hours_line(session: Session, desk: Desk) -> str:
    """今天 8:30–17:00 · 8231 0200."""
    speak = session.speak
    hours = when.hours_on(session.now.astimezone(session.zone).date(), desk)
    today = (speak("none.today", hours=hours) if hours else speak("none.closed_today")) if desk.hours else ""
    phone = desk.phone.replace(" ", "\N{NO-BREAK SPACE}")
    return " · ".join(part for part in (today, phone) if part)


def found_place(session: Session, place: str) -> Desk | None:
    """Where a found card lies; a place the campus has no more is the card office's to know."""
    finding = declared(session).found
    known = next((each.at for each in finding.places if each.id == place), None) if finding else None
    return known or office(session)


def call_line(session: Session) -> str:
    """现在就要停用，打 8231 0200。 Nothing where the campus gave neither a number nor a place."""
    speak, desk = session.speak, office(session)
    if desk is None:
        return ""
    if desk.phone:
        return speak("card_lost.call", phone=desk.phone.replace(" ", "\N{NO-BREAK SPACE}"))
    return speak("card_lost.go", place=place_line(session, desk))
