"""The people of the card: where they are, when, what to bring, and a ticket to them."""

from kiosk.domain.desk import Desk
from kiosk.services import when
from kiosk.services.session import Session
from kiosk.services.views import CardOfficePage, Row

#: The catalogue's entry for a ticket to the card office; it is on no category page.
SERVICE = "card-office"


def card_office_page(session: Session, unknown: bool) -> CardOfficePage:
    """``unknown``: the card system knows no card of this person; else it lets nobody in at a kiosk."""
    speak, campus = session.speak, session.campus
    office = campus.card_office if campus else None
    knows_service = campus is not None and any(service.id == SERVICE for service in campus.services)
    way = "card_ticket" if knows_service else "report"
    return CardOfficePage(
        title=speak("card_office.unknown" if unknown else "card_office.title"),
        text=speak("card_office.unknown_text" if unknown else "card_office.text"),
        office_title=speak("card_office.name") if office else "",
        office_lines=office_lines(session, office) if office else (),
        bring_title=speak("none.bring") if office and office.bring else "",
        bring=tuple(thing.of(session.visit.language) for thing in office.bring) if office else (),
        ways=(Row(way, speak("card_office.ticket"), speak("card_office.ticket_hint"), "paper-plane-tilt"),),
    )


def office_lines(session: Session, office: Desk) -> tuple[str, ...]:
    """Place, today's hours, when it opens next, phone; each only where the campus said it."""
    speak = session.speak
    hours = when.hours_on(session.now.astimezone(session.zone).date(), office)
    today = (speak("none.today", hours=hours) if hours else speak("none.closed_today")) if office.hours else ""
    opens = when.desk_opens_next(session.now, office, session.zone, speak)
    lines = (
        office.place.of(session.visit.language),
        today,
        speak("none.next_open", when=opens) if opens else "",
        speak("none.phone", phone=office.phone) if office.phone else "",
    )
    return tuple(line for line in lines if line)
