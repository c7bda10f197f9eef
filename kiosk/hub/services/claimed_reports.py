"""Reports in somebody's name that nobody has proven (journeys 1): counted, limited, told to that person.

More than the limits allow are tickets all the same, but in nobody's name: nothing that is told is lost, and nobody is
flooded in their own name. Counted by the claim as it was made, so that known and unknown ones read alike, and by when
a report was made, so that a kiosk that was offline for days delivers what it has.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import ColumnElement, ScalarSelect, delete, func, select
from sqlalchemy.orm import Session

from kiosk.domain.language import Language
from kiosk.hub.ports import Told
from kiosk.hub.services.doing import Doing
from kiosk.hub.services.history import note_step
from kiosk.hub.services.intake import Made
from kiosk.hub.services.naming import title_of
from kiosk.hub.services.sealed import note_incident
from kiosk.hub.services.sessions import person_then
from kiosk.hub.services.trust import hold
from kiosk.hub.store.claimed_tables import ClaimedReport, OwnerCode
from kiosk.hub.store.tables import Incident, Kiosk, Ticket
from kiosk.hub.tokens_made import digest, new_follow_code
from kiosk.wire.identity import claim_digest
from kiosk.wire.routes import NOT_MINE
from kiosk.wire.tickets import ContactOnFile, LookAtKiosk, Report

#: With one card or number, over all kiosks; from one kiosk, with whatever cards and numbers.
MOST_OF_CLAIM, CLAIM_WINDOW = 12, timedelta(hours=24)
MOST_OF_KIOSK, KIOSK_WINDOW = 60, timedelta(hours=1)
#: The same by when they arrive, whenever a kiosk says they were made: a queue of some days may come at once, more not.
MOST_ARRIVING_OF_CLAIM, MOST_ARRIVING_OF_KIOSK, ARRIVAL_WINDOW = 36, 600, timedelta(hours=24)
#: How long it is known that a report was made; its time is the kiosk's word, which may be days late.
_KEPT = timedelta(days=3)
#: How long the owner of a name can say with one touch that it was not them.
OWNER_LIFE = timedelta(days=30)
#: What stands in a ticket's history where the name was left out.
LEFT_OUT = "claim_left_out"


@dataclass(frozen=True, slots=True)
class Counted:
    """``report`` as it goes on; ``named``: in the name it was made in, if it was made in one."""

    report: Report
    named: bool = True


def count(doing: Doing, report: Report) -> Counted:
    """Whoever was verified in the visit, or made it in nobody's name, is not counted."""
    db, kiosk, now = doing.db, doing.kiosk, doing.now
    if report.claim is None or person_then(db, kiosk, report.session, report.made_at) is not None:
        return Counted(report)
    hold(db, kiosk)  # two at once must not both be the last
    db.execute(delete(ClaimedReport).where(ClaimedReport.received_at < now - _KEPT))
    claim, made_at = claim_digest(report.claim), min(report.made_at, now)
    mine, here = ClaimedReport.claim == claim, ClaimedReport.kiosk == kiosk.id
    counts = select(
        *(_made_around(made_at, CLAIM_WINDOW, mine), _arrived(now, mine)),
        *(_made_around(made_at, KIOSK_WINDOW, here), _arrived(now, here)),
    )
    made, arrived, made_here, arrived_here = db.execute(counts).one()
    of_claim = made >= MOST_OF_CLAIM or arrived >= MOST_ARRIVING_OF_CLAIM
    of_kiosk = made_here >= MOST_OF_KIOSK or arrived_here >= MOST_ARRIVING_OF_KIOSK
    if of_kiosk:
        _note_flood(db, kiosk, doing.context.op, now)
    if of_claim or of_kiosk:
        contact = LookAtKiosk() if isinstance(report.contact, ContactOnFile) else report.contact
        return Counted(msgspec.structs.replace(report, claim=None, contact=contact), named=False)
    db.add(ClaimedReport(op=doing.context.op, kiosk=kiosk.id, claim=claim, made_at=made_at, received_at=now))
    return Counted(report)


def told(doing: Doing, made: Made, counted: Counted) -> None:
    """The person in whose name it is hears of it on every channel, with one touch to disown it."""
    ticket, person = made.ticket, made.person
    if not counted.named:
        note_step(doing.db, ticket, doing.now, LEFT_OUT)
        return
    if person is None or ticket.identity != "claimed":
        return
    values = {"matter": title_of(doing.book, ticket).of(Language(person.language)), "reference": ticket.reference}
    link = _link(doing, ticket)
    if link:
        doing.house.notices.tell(doing.db, person, Told.REPORT_MADE, doing.now, link=link, **values)
    else:
        phone = doing.book.desk.phone
        doing.house.notices.tell(doing.db, person, Told.REPORT_MADE_NO_PAGE, doing.now, phone=phone, **values)


def _link(doing: Doing, ticket: Ticket) -> str:
    if not doing.house.public_url:
        return ""
    code = new_follow_code()
    doing.db.execute(delete(OwnerCode).where(OwnerCode.expires_at < doing.now))
    doing.db.add(OwnerCode(digest=digest(code), reference=ticket.reference, expires_at=doing.now + OWNER_LIFE))
    return f"{doing.house.public_url}{NOT_MINE}{code}"


def _made_around(at: datetime, window: timedelta, whose: ColumnElement[bool]) -> ScalarSelect[int]:
    """On both sides: what waited for days is counted beside what was made then, not beside what was made since."""
    return _counted(whose, ClaimedReport.made_at > at - window, ClaimedReport.made_at < at + window)


def _arrived(now: datetime, whose: ColumnElement[bool]) -> ScalarSelect[int]:
    return _counted(whose, ClaimedReport.received_at > now - ARRIVAL_WINDOW)


def _counted(*which: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(ClaimedReport).where(*which).scalar_subquery()


def _note_flood(db: Session, kiosk: Kiosk, op: str, now: datetime) -> None:
    """Once a siege."""
    noted = select(Incident.id).where(
        Incident.kiosk == kiosk.id, Incident.code == "claimed_reports", Incident.at > now - KIOSK_WINDOW
    )
    if db.scalar(noted.limit(1)) is None:
        note_incident(db, kiosk, op, "claimed_reports", now)
