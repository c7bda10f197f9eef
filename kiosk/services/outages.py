"""A known outage: what is known about it, and "me too" in one touch instead of a second ticket (journeys 10)."""

from collections.abc import Collection

from kiosk.domain import announcements
from kiosk.domain.announcements import Announcement, AnnouncementKind
from kiosk.domain.operations import OpId
from kiosk.domain.outcomes import MeTooTaken, NotSaved, PrintOutcome, Saved
from kiosk.domain.queueable import MeTooDraft
from kiosk.services import when
from kiosk.services.announcing import next_update
from kiosk.services.finish import Finish
from kiosk.services.flow import Flow
from kiosk.services.hub_requests import Deliver, HubAnswered
from kiosk.services.ports import Outbox
from kiosk.services.requests import Open, Request
from kiosk.services.session import Session
from kiosk.services.submission import Sender
from kiosk.services.views import (
    DoneKind,
    DonePage,
    Notice,
    NoticeKind,
    OutagePage,
    Row,
    Screen,
    StepState,
    TimelineStep,
)

#: That a search shows above what it found.
MOST_KNOWN = 2


class Outages(Flow):
    """``_known`` is the one that is shown; ``_waiting`` the operation whose answer would say how many there are."""

    screens = frozenset({Screen.OUTAGE})

    def __init__(self, session: Session, outbox: Outbox, sender: Sender, finish: Finish) -> None:
        self._session, self._outbox, self._sender, self._finish = session, outbox, sender, finish
        self.forget()

    def forget(self) -> None:
        self._known: Announcement | None = None
        self._building = ""
        self._waiting: OpId | None = None
        self._affected = 0

    def known(self, service: str, building: str) -> Announcement | None:
        campus = self._session.campus
        if campus is None:
            return None
        return announcements.known_outage(campus.announcements, service, building, self._session.now)

    def known_about(self, services: Collection[str], articles: Collection[str]) -> tuple[Announcement, ...]:
        """Here and now, about one of these services, or with one of these articles as what helps meanwhile."""
        campus = self._session.campus
        current = announcements.shown(campus.announcements, campus.kiosk.building, self._session.now) if campus else ()
        broken = (each for each in current if each.kind is AnnouncementKind.OUTAGE)
        return tuple(each for each in broken if each.service in services or each.article in articles)[:MOST_KNOWN]

    def show(self, outage: Announcement, building: str) -> None:
        self._known, self._building = outage, building
        self._session.show(Screen.OUTAGE)

    def me_too(self, outage: Announcement, building: str) -> None:
        session = self._session
        self._known, self._building = outage, building
        saved = self._outbox.enqueue(MeTooDraft(session.visit.language, outage.id, building, session.claim))
        match saved:
            case NotSaved():
                self._finish.show(lambda _slip: self._not_saved())
            case Saved(op_id):
                self._waiting, self._affected = OpId(op_id), 0
                self._sender.kick()
                self._finish.show(self._counted)

    def touch(self, request: Request) -> bool:
        match request, self._known:
            case Open(id="me_too"), Announcement() as outage:
                self.me_too(outage, self._building)
            case Open(id="not_mine"), _:
                self._session.back()
            case _:
                return False
        return True

    def take(self, answer: HubAnswered) -> bool:
        if not isinstance(answer.request, Deliver) or answer.request.parcel.op_id != self._waiting:
            return False
        self._waiting = None
        if isinstance(answer.outcome, MeTooTaken):
            self._affected = answer.outcome.affected
        return True

    # -- pages --------------------------------------------------------------------------------------------------
    def page(self, screen: Screen) -> OutagePage:
        session, speak, outage = self._session, self._session.speak, self._known
        if outage is None:
            return OutagePage()
        return OutagePage(
            title=outage.title.of(session.visit.language),
            text=outage.text.of(session.visit.language),
            chips=self._chips(outage),
            steps=self._steps(outage),
            ask_title=speak("outage.ask"),
            ask_text=speak("outage.ask_text"),
            facts=self._facts(outage),
            skip=speak("outage.skip"),
            not_mine=speak("outage.not_mine"),
            me_too=speak("outage.me_too"),
        )

    def _chips(self, outage: Announcement) -> tuple[Row, ...]:
        speak = self._session.speak
        places = tuple(Row(building, self._name(building), icon="map-pin") for building in outage.buildings)
        everywhere = (Row("everywhere", speak("outage.everywhere"), icon="map-pin"),)
        return (Row("fixing", speak("outage.fixing"), icon="wrench", chip_kind="warn"), *(places or everywhere))

    def _name(self, building: str) -> str:
        campus = self._session.campus
        places = campus.places if campus else ()
        return next((place.title.of(self._session.visit.language) for place in places if place.id == building), "")

    def _steps(self, outage: Announcement) -> tuple[TimelineStep, ...]:
        session, speak = self._session, self._session.speak
        since = when.past(outage.starts_at, session.now, session.zone, speak)
        update = next_update(outage, session, speak)
        noticed = TimelineStep(speak("outage.noticed"), since, "", StepState.DONE)
        fixing = TimelineStep(speak("outage.being_fixed"), "", "", StepState.NOW)
        return (noticed, fixing, TimelineStep(update, "", "", StepState.AHEAD)) if update else (noticed, fixing)

    def _facts(self, outage: Announcement) -> tuple[Row, ...]:
        """Only a claim can be told that it is over; only a number the hub gave is said."""
        speak = self._session.speak
        told = Row("told", speak("outage.told"), speak("outage.told_text"), "bell-ringing")
        many = speak("outage.many_text", count=outage.affected) if outage.affected else ""
        counted = Row("counted", speak("outage.counted"), many, "users-three")
        return (told, counted) if self._session.claim else (counted,)

    def _counted(self, _slip: PrintOutcome | None) -> DonePage:
        speak, outage = self._session.speak, self._known
        sent = self._waiting is None
        lines = [outage.title.of(self._session.visit.language)] if outage else []
        if self._affected > 1:
            lines.append(speak("outage.many_text", count=self._affected))
        told = speak("outage.done_told") if self._session.claim else speak("outage.done_look")
        return DonePage(
            kind=DoneKind.RECEIVED if sent else DoneKind.SAVED,
            headline=speak("outage.done"),
            promise=speak("outage.done_text" if sent else "done.saved_promise"),
            lines=tuple(lines),
            next_title=speak("done.next"),
            steps=(TimelineStep(told, "", "", StepState.AHEAD),),
            again=speak("done.again"),
            end=speak("done.end"),
        )

    def _not_saved(self) -> DonePage:
        speak, desk = self._session.speak, self._session.desk_line()
        return DonePage(
            kind=DoneKind.NOT_SAVED,
            headline=speak("done.not_saved"),
            promise=speak("done.not_saved_promise"),
            notice=Notice(NoticeKind.WARN, speak("done.help"), speak("done.help_text", desk=desk)) if desk else None,
            again=speak("done.again"),
            end=speak("question.warning_end"),
        )
