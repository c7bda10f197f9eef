"""What staff did, in ids only: written with the act itself, chained, kept long enough (网络安全法 23(3)), shown to
security."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.event import listen
from sqlalchemy.orm import Session

from kiosk.hub.logs import event
from kiosk.hub.services import act_chain
from kiosk.hub.store.staff_tables import StaffAct
from kiosk.hub.store.tables import Person

#: At least 180 days; nothing younger is ever deleted.
KEPT = timedelta(days=365)
#: ``by`` for whoever sits at the hub's machine.
COMMAND = "command"
#: Lines on one page.
MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Line:
    """``name``: of who did it where it is a person who is known, else ''."""

    at: datetime
    by: str
    name: str
    latin_name: str
    what: str
    about: str
    why: str


def note_act(db: Session, by: str, what: str, now: datetime, about: str = "", why: str = "") -> None:
    """Last in its transaction, which others may wait for then. Told in the log once it is kept: a digest there is of a
    line that was written."""
    digest = act_chain.add(db, now, by, what, about, why).digest
    act_chain.forget(db, now - KEPT)

    def tell(_db: Session) -> None:
        event("staff", act=what, by=by, about=about, why=why, chain=digest)

    listen(db, "after_commit", tell, once=True)


def note_command(db: Session, what: str, now: datetime, about: str = "", why: str = "") -> None:
    """What somebody at the hub's machine changed."""
    note_act(db, COMMAND, what, now, about, why)


def latest(db: Session, most: int = MOST_SHOWN) -> list[Line]:
    """Newest first. Tries at numbers nobody has are kept, and not shown: anybody could fill the page with them."""
    wanted = select(StaffAct, Person).outerjoin(Person, Person.id == StaffAct.by)
    somebodys = or_(StaffAct.what != "sign_in_refused", StaffAct.about != "")
    rows = db.execute(wanted.where(somebodys).order_by(StaffAct.id.desc()).limit(most))
    return [
        Line(
            act.at,
            act.by,
            person.name if person else "",
            person.latin_name if person else "",
            act.what,
            act.about,
            act.why,
        )
        for act, person in rows
    ]


def everything(db: Session) -> list[dict[str, object]]:
    """Oldest first, in ids only."""
    columns = (StaffAct.at, StaffAct.by, StaffAct.what, StaffAct.about, StaffAct.why)
    return [dict(row._mapping) for row in db.execute(select(*columns).order_by(StaffAct.id))]
