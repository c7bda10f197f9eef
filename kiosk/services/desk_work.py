"""The desk: staff log a matter for somebody by touch, solved on the spot or handed on (journeys 16).

Its door is opened by the gate everybody goes through (proving.py), for Action.WORK_AT_DESK; the role is the hub's to
judge. What is logged carries the shift's token inside the sealed report, so that the work stays that staff member's
whoever stands here when it is sent. Whatever ends their visit ends the shift, and nothing of a requester is left.

Over 400 lines because who is found, what is filled in and what ends it are one state, and nothing may be left of it.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

from kiosk.domain.campus import Service
from kiosk.domain.desk_work import (
    DeskChannel,
    DeskOpened,
    DeskOutcome,
    DeskPart,
    DeskTemplate,
    EarlierMatters,
    LookUpReason,
    Requester,
    RequestersFound,
    card_digest,
)
from kiosk.domain.drafts import ContactOnFile, LookAtKiosk, TicketDraft
from kiosk.domain.identity import CardClaim, Claim, NumberClaim
from kiosk.domain.outcomes import Refused, Unreachable
from kiosk.domain.policy import Action
from kiosk.domain.visit import Phase
from kiosk.domain.visit_events import Ended, EndReason, Touched
from kiosk.domain.visit_limits import RECORD_OPEN
from kiosk.services import desk_work_pages, report_pages, requests
from kiosk.services.desk_record import DeskLog, Part, Record
from kiosk.services.desk_requests import EndShift, FindRequester, OpenShift, ReadEarlier
from kiosk.services.flow import Flow
from kiosk.services.hub_requests import Deliver, HubAnswered
from kiosk.services.identifying import Identifying
from kiosk.services.ports import Hub, Outbox
from kiosk.services.proving import Proving
from kiosk.services.requests import Request
from kiosk.services.session import Session
from kiosk.services.submission import Sender
from kiosk.services.views import Notice, NoticeKind, Page, Row, Screen
from kiosk.services.writing import Writing


@dataclass(frozen=True, slots=True)
class Gate:
    """How somebody proves to be staff, and where numbers and words are typed."""

    proving: Proving
    identifying: Identifying
    writing: Writing


class DeskWork(Flow):
    screens = frozenset({Screen.DESK_DOOR, Screen.DESK, Screen.DESK_LIST})
    duty = screens - {Screen.DESK_DOOR}  # anybody can knock: the door stands no longer than any page

    def __init__(self, session: Session, hub: Hub, outbox: Outbox, sender: Sender, gate: Gate) -> None:
        self._session, self._hub, self._gate = session, hub, gate
        self.log = DeskLog(session, outbox, sender)
        self._opened: DeskOpened | None = None
        self.forget()

    def forget(self) -> None:
        """The staff member has gone: so has their shift."""
        if self._opened is not None:
            self._hub.ask(EndShift(self._opened.shift))
        self._opened = None
        self.record = Record()
        self.channel = DeskChannel.WALK_UP
        self.log.forget()
        self.part = Part.WAYS
        self.found = RequestersFound(())
        self.earlier = EarlierMatters(())
        self._reason: LookUpReason | None = None
        self._with_reason: Callable[[], None] | None = None
        self._said: Notice | None = None
        self._asked: OpenShift | FindRequester | ReadEarlier | None = None

    @property
    def opened(self) -> DeskOpened | None:
        """``None`` while nobody works here."""
        return self._opened

    @property
    def busy(self) -> bool:
        return self._asked is not None

    @property
    def session(self) -> Session:
        return self._session

    @property
    def templates(self) -> tuple[DeskTemplate, ...]:
        return self._session.campus.templates if self._session.campus else ()

    @property
    def template(self) -> DeskTemplate | None:
        return next((each for each in self.templates if each.id == self.record.template), None)

    # -- pages --------------------------------------------------------------------------------------------------
    def page(self, screen: Screen) -> Page:
        if screen is Screen.DESK_DOOR:
            return desk_work_pages.door_page(self._session, self._said)
        if screen is Screen.DESK_LIST and self._opened is not None:
            return desk_work_pages.list_page(self, self._opened, self._said)
        return desk_work_pages.desk_page(self, self._said)

    def shows_more(self, request: Request) -> Action | None:
        """Whoever answers a warning may be somebody else."""
        return Action.WORK_AT_DESK if self._opened is not None and isinstance(request, requests.Choose) else None

    def enter(self, row: str) -> bool:
        if row == "desk_door":
            self._session.show(Screen.DESK_DOOR)
        return row == "desk_door"

    def back(self) -> bool:
        screen = self._session.screen
        if screen is Screen.DESK_DOOR:
            self._session.happen(Ended())
            return True
        if screen is Screen.DESK_LIST and self.part is Part.FLOOR:
            self.record.place.picking = ""
            self.part = Part.PLACE
            return True
        if screen is Screen.DESK_LIST:
            self._at_the_desk()
        return True

    # -- the door -----------------------------------------------------------------------------------------------
    def identified(self) -> None:
        if self._session.screen is Screen.DESK_DOOR:
            self._unlock()

    def _unlock(self) -> None:
        self._said = None
        what = Row("desk", self._session.speak("duty.product"), icon="headset")
        self._gate.proving.prove(Action.WORK_AT_DESK, self._enter, what, self._no_line)

    def _enter(self) -> None:
        self._session.pages[:] = [Screen.DESK]
        token = self._session.verified.session if self._session.verified else ""
        self._ask(OpenShift(token, self._session.visit.language, self._session.visit.generation))

    def _no_line(self) -> None:
        self._session.pages[:] = [Screen.DESK_DOOR]
        self._say("no_line", NoticeKind.WARN)

    def _at_the_door(self, id: str) -> bool:
        match id:
            case "desk_unlock":
                self._unlock()
            case "desk_number":
                self._gate.identifying.by_number(self._unlock)
            case "desk_leave":
                self._session.happen(Ended())
            case _:
                return False
        return True

    # -- cards while somebody works here --------------------------------------------------------------------------
    def meets(self, claim: CardClaim) -> bool:
        """A card tapped while somebody works here. Their own is a matter of the visit, which it ends; a colleague's
        ends it too, so that nobody works in another one's name; any other is a requester's."""
        opened, session = self._opened, self._session
        if opened is None or (session.card is not None and session.card.uid == claim.uid):
            return False
        if card_digest(opened.salt, claim.uid.reveal()) in opened.staff:
            session.happen(Ended(EndReason.STAFF_CARD))
        elif session.visit.phase is Phase.RUNNING:
            session.happen(Touched())
            self._at_the_desk()
            self._help(claim)
        return True

    # -- touches ------------------------------------------------------------------------------------------------
    def touch(self, request: Request) -> bool:
        screen = self._session.screen
        if screen is Screen.DESK_DOOR and isinstance(request, requests.Open):
            return self._at_the_door(request.id)
        if self._opened is None or not isinstance(request, requests.Choose):
            return False
        self._said = None
        if screen is Screen.DESK_LIST and request.part == "act":
            self._at_the_desk()
        elif screen is Screen.DESK_LIST:
            self._chosen(request.id)
        else:
            self._on_the_desk(request.part, request.id)
        return True

    def _on_the_desk(self, part: str, id: str) -> None:
        record, template = self.record, self.template
        match part:
            case "template" if any(each.id == id for each in self.templates):
                record.template, record.did = id, frozenset()
            case "action" if template is not None and any(action.id == id for action in template.actions):
                record.did ^= {id}
            case "find":
                self._find()
            case "earlier" if record.person is not None:
                self._read_earlier(record.person)
            case "option" if id == "place":
                self._stand_here()
                self._list(Part.PLACE)
            case "option" if id == "channel":
                self._list(Part.CHANNEL)
            case "option" if id == "note":
                self._gate.writing.ask(lambda: desk_work_pages.note_page(self), self._noted)
            case "hand" if self.can_log:
                self._list(Part.HAND)
            case "solve" if self.can_log:
                self._log(DeskOutcome.SOLVED)
            case "undo":
                self._undo()

    def _chosen(self, id: str) -> None:
        opened = self._opened
        if opened is None or self.busy:
            return
        match self.part:
            case Part.WAYS if id == "number":
                self._by_number()
            case Part.WAYS if id == "name" and opened.by_name:
                self._gate.writing.ask(lambda: desk_work_pages.find_page(self), self._by_text)
            case Part.WAYS if id == "nobody":
                self.record = Record(place=self.record.place.fresh())
                self._at_the_desk()
            case Part.REASON if id in list(LookUpReason) and self._with_reason is not None:
                self._reason, then = LookUpReason(id), self._with_reason
                self._with_reason = None
                self._at_the_desk()
                then()
            case Part.FOUND if any(person.handle == id for person in self.found.people):
                self.record = self._fresh()
                self._at_the_desk()
                self._look_up(FindRequester(opened.shift, self._session.visit.language, handle=id))
            case Part.HAND if not id or any(each.id == id for each in opened.hand_to):
                self._at_the_desk()
                self._log(DeskOutcome.HANDED, id)
            case Part.CHANNEL if id in list(DeskChannel):
                self.channel = DeskChannel(id)
                self._at_the_desk()
            case Part.PLACE | Part.FLOOR:
                self._place(id)

    def _list(self, part: Part) -> None:
        self.part = part
        self._session.show(Screen.DESK_LIST)

    def _read_earlier(self, person: Requester) -> None:
        """Open matters are here already; what is over is asked for, and written down there."""
        self.earlier = EarlierMatters(())
        if person.earlier and self._opened is not None:
            self._ask(ReadEarlier(self._opened.shift, person.handle, self._session.visit.generation))
        else:
            self._list(Part.EARLIER)

    def _at_the_desk(self) -> None:
        self._session.pages[:] = [Screen.DESK]

    # -- who it is ----------------------------------------------------------------------------------------------
    def _fresh(self) -> Record:
        return replace(self.record, claim=None, person=None, missing="")

    def _find(self) -> None:
        opened = self._opened
        if opened is not None and opened.by_name:
            self._list(Part.WAYS)
        else:
            self._by_number()

    def _by_number(self) -> None:
        self._gate.identifying.number_of_another(self._number_typed)

    def _number_typed(self, claim: NumberClaim) -> None:
        opened = self._opened
        if opened is not None and opened.look_ups_left is not None and self._session.online:
            self._with_reason = lambda: self._help(claim)
            self._list(Part.REASON)
        else:
            self._at_the_desk()
            self._help(claim)

    def _by_text(self, text: str) -> None:
        opened = self._opened
        if opened is not None and text:
            self._look_up(FindRequester(opened.shift, self._session.visit.language, text=text))

    def _help(self, claim: Claim) -> None:
        """A card or number begins the next one; what was chosen for nobody yet is theirs."""
        begun = self.record
        self.record = Record(place=begun.place.fresh()) if begun.named else self._fresh()
        self.record.claim = claim
        opened = self._opened
        if opened is not None:
            self._look_up(FindRequester(opened.shift, self._session.visit.language, claim=claim))

    def _look_up(self, asked: FindRequester) -> None:
        reason, self._reason = self._reason, None
        if not self._session.online:
            self.record.missing = "offline"
            return
        self._ask(replace(asked, reason=reason, visit=self._session.visit.generation))

    def _ask(self, asked: OpenShift | FindRequester | ReadEarlier) -> None:
        if self._hub.ask(asked):
            self._asked = asked
        elif isinstance(asked, OpenShift):
            self._no_line()
        else:
            self._say("not_now", NoticeKind.WARN)

    def take(self, answer: HubAnswered) -> bool:
        if isinstance(answer.request, Deliver):
            self.log.delivered(answer.request.parcel.op_id.value, answer.outcome)
            return False
        if not isinstance(answer.request, OpenShift | FindRequester | ReadEarlier):
            return False
        outcome = answer.outcome
        if answer.request is not self._asked:
            if isinstance(outcome, DeskOpened):  # of a visit that is over
                self._hub.ask(EndShift(outcome.shift))
            return True
        asked, self._asked = answer.request, None
        match outcome:
            case DeskOpened():
                self._opened = outcome
            case RequestersFound():
                self._people_found(asked, outcome)
            case EarlierMatters():
                self.earlier = outcome
                self._list(Part.EARLIER)
            case _:
                self._not_found(asked, outcome)
        return True

    def _people_found(self, asked: OpenShift | FindRequester | ReadEarlier, found: RequestersFound) -> None:
        if found.look_ups_left is not None and self._opened is not None:
            self._opened = replace(self._opened, look_ups_left=found.look_ups_left)
        if isinstance(asked, FindRequester) and asked.text:
            self.found = found
            if found.people:
                self._list(Part.FOUND)
            else:
                self._say("no_one", NoticeKind.INFO)
        elif found.people:
            self.record.person, self.record.missing = found.people[0], ""
        else:
            self.record.missing = "no_one"

    def _not_found(self, asked: OpenShift | FindRequester | ReadEarlier, outcome: object) -> None:
        code = outcome.code if isinstance(outcome, Refused) else ""
        if isinstance(asked, OpenShift):
            self._session.pages[:] = [Screen.DESK_DOOR]
            self._say("no_line" if isinstance(outcome, Unreachable) else "not_allowed", NoticeKind.WARN)
        elif code in ("no_visit", "more_needed"):
            self._session.happen(Ended())  # the hub knows no such shift any more
        elif self.record.claim is not None and isinstance(asked, FindRequester) and not asked.text:
            self.record.missing = {"no_more": "no_more", "no_one": "no_one"}.get(code, "offline")
        else:
            self._say("no_one" if code else "not_now", NoticeKind.INFO if code else NoticeKind.WARN)

    # -- what is filled in --------------------------------------------------------------------------------------
    def _stand_here(self) -> None:
        if not self.record.place.place_chosen and self._session.campus is not None:
            self.record.place.stand_here(self._session.campus)

    def _place(self, id: str) -> None:
        place = self.record.place
        if self._session.campus is None:
            return
        if place.choose_place(id, self._session.campus):
            self._at_the_desk()
        elif place.picking:
            self.part = Part.FLOOR

    def _noted(self, text: str) -> None:
        self.record.note = text

    @property
    def service(self) -> Service | None:
        template, campus = self.template, self._session.campus
        if template is None or campus is None:
            return None
        return next((service for service in campus.services if service.id == template.service), None)

    @property
    def can_log(self) -> bool:
        return self.service is not None and not self.busy

    def _log(self, outcome: DeskOutcome, to: str = "") -> None:
        record, template, opened, service = self.record, self.template, self._opened, self.service
        if template is None or opened is None or service is None:
            return
        if service.asks_place:
            self._stand_here()
        by_name = record.person is not None and record.claim is None
        part = DeskPart(
            shift=opened.shift,
            channel=self.channel,
            outcome=outcome,
            template=template.id,
            did=tuple(action.id for action in template.actions if action.id in record.did),
            requester=record.person.handle if record.person is not None and by_name else "",
            to=to,
        )
        draft = TicketDraft(
            language=self._session.visit.language,
            service=template.service,
            symptom=template.symptom,
            building=record.place.building if service.asks_place else "",
            location=report_pages.location_for_staff(self._session, record.place) if service.asks_place else "",
            note=record.note,
            contact=ContactOnFile() if record.named else LookAtKiosk(),
            claim=record.claim,
            desk=part,
        )
        name = next((each.name for each in opened.hand_to if each.id == to), "")
        if self.log.add(draft, template.title, outcome, name):
            self.record = Record(claim=record.claim, person=record.person, missing=record.missing)
        else:
            self._say("not_saved", NoticeKind.DANGER)

    def _undo(self) -> None:
        if self._opened is not None and not self.log.take_back(self._opened.shift):
            self._say("not_saved", NoticeKind.DANGER)

    # -- time ---------------------------------------------------------------------------------------------------
    @property
    def closes_in(self) -> float:
        """Seconds until the requester's record closes by itself."""
        visit = self._session.visit
        return max(0.0, visit.touched_at + RECORD_OPEN - self._session.clock.monotonic())

    def beat(self) -> None:
        if self._opened is None or not self.record.begun or self.closes_in > 0:
            return
        self.record, self.found, self.earlier = Record(), RequestersFound(()), EarlierMatters(())
        if isinstance(self._asked, FindRequester | ReadEarlier):
            self._asked = None
        if self._session.visit.active and self._session.screen is not Screen.DESK:
            self._at_the_desk()

    def _say(self, word: str, kind: NoticeKind) -> None:
        speak = self._session.speak
        self._said = Notice(kind, speak(f"duty.{word}"), speak(f"duty.{word}_text"))
