"""The pages for staff who look after this kiosk: a locked door, and behind it what can be seen and done here.

The door is opened by the gate everybody goes through (proving.py), for Action.MAINTAIN; the role is the hub's to judge,
and every act is allowed and written down there before it is done. Without network nobody can be judged: then there is
only how the parts are, to read, which the strip tells passers-by too.
"""

from dataclasses import dataclass

from kiosk.domain.outcomes import Unreachable
from kiosk.domain.policy import Action
from kiosk.domain.roles import Role
from kiosk.domain.self_tests import Part as Tested
from kiosk.domain.self_tests import Staff
from kiosk.domain.upkeep import Closed, ClosedFor, UpkeepAct, UpkeepAllowed
from kiosk.domain.visit_events import Ended
from kiosk.services import maintenance_pages, requests, self_test_pages
from kiosk.services.flow import Flow
from kiosk.services.hub_requests import HubAnswered
from kiosk.services.identifying import Identifying
from kiosk.services.maintenance_pages import CLOSED_FOR, SPANS, Part, Sources
from kiosk.services.ports import Hub
from kiosk.services.proving import Proving
from kiosk.services.requests import Request
from kiosk.services.self_testing import SelfTesting
from kiosk.services.submission import Sender
from kiosk.services.upkeep_requests import AskUpkeep, SendLog
from kiosk.services.views import Notice, NoticeKind, Page, Row, Screen

#: How long the glass takes no touch while it is wiped, seconds.
CLEANING = 30.0
#: Parts that are opened from the overview by their rows.
_OPENED = frozenset({Part.DEVICES, Part.TESTS, Part.QUEUE, Part.NETWORK, Part.VERSIONS})


#: Where *back* leads from a part, if not to the overview.
_BEFORE = {Part.UNTIL: Part.WHY, Part.TEST: Part.TESTS}


@dataclass(frozen=True, slots=True)
class Gate:
    """How somebody proves to be staff."""

    proving: Proving
    identifying: Identifying


class Maintenance(Flow):
    screens = frozenset({Screen.MAINTENANCE_DOOR, Screen.MAINTENANCE, Screen.MAINTENANCE_ACT})
    upkeep = screens - {Screen.MAINTENANCE_DOOR}  # anybody can knock: the door stands no longer than any page

    def __init__(self, sources: Sources, hub: Hub, gate: Gate, sender: Sender, testing: SelfTesting) -> None:
        self._sources, self._hub, self._gate, self._sender = sources, hub, gate, sender
        self._testing = testing
        self._session, self._outbox, self._machine = sources.session, sources.outbox, sources.machine
        self.forget()

    def forget(self) -> None:
        self._open = False
        self._alias = ""
        self._part = Part.OVERVIEW
        self._deed: UpkeepAct | None = None
        self._why: ClosedFor | None = None
        self._span = ""
        self._clean_at = 0.0
        self._said: Notice | None = None
        self._asked: AskUpkeep | SendLog | None = None

    @property
    def busy(self) -> bool:
        return self._asked is not None

    # -- the pages ----------------------------------------------------------------------------------------------
    def page(self, screen: Screen) -> Page:
        session = self._session
        if screen is Screen.MAINTENANCE_DOOR:
            return maintenance_pages.door_page(session, self._said)
        if screen is Screen.MAINTENANCE_ACT and self._deed is not None:
            span = SPANS.get(self._span)
            return maintenance_pages.act_page(session, self._deed, self._why, span, self.busy)
        if self._part is Part.TESTS:
            return self_test_pages.tests_page(session, self._testing, self._said)
        if self._part is Part.TEST and self._testing.running is not None:
            return self_test_pages.test_page(session, self._testing.running)
        if self._part is Part.OVERVIEW:
            return maintenance_pages.overview(self._sources, self._said, self.busy, opened=self._open)
        return maintenance_pages.part_page(self._sources, self._part, self._said, self.busy)

    def touch(self, request: Request) -> bool:
        match request:
            case requests.Open(id=id) if self._session.screen is Screen.MAINTENANCE_DOOR:
                return self._at_the_door(id)
            case requests.Choose(part="act") if self._leaves:
                self._session.happen(Ended())
            case requests.Choose(part=part, id=id) if self._open and not self.busy:
                self._chosen(part, id)
            case _:
                return False
        return True

    def shows_more(self, request: Request) -> Action | None:
        """Whoever answers a warning may be somebody else; leaving is anybody's."""
        leaves = isinstance(request, requests.Choose) and request.part == "act" and self._leaves
        return Action.MAINTAIN if self._open and isinstance(request, requests.Choose) and not leaves else None

    @property
    def _leaves(self) -> bool:
        return self._session.screen is Screen.MAINTENANCE and self._part in (Part.OVERVIEW, Part.LOOK)

    def back(self) -> bool:
        """From a part to the overview; from there, and from the door, out."""
        screen = self._session.screen
        if screen is Screen.MAINTENANCE_ACT or (screen is Screen.MAINTENANCE and not self._open):
            return False
        if screen is Screen.MAINTENANCE and self._part is not Part.OVERVIEW:
            self._testing.leave()
            self._show(_BEFORE.get(self._part, Part.OVERVIEW))
        else:
            self._session.happen(Ended())
        return True

    def _show(self, part: Part) -> None:
        self._part, self._said = part, None
        self._session.show(Screen.MAINTENANCE)

    @property
    def cleaning(self) -> float:
        """Seconds until the glass takes touches again."""
        return max(0.0, self._clean_at - self._session.clock.monotonic())

    # -- the door -----------------------------------------------------------------------------------------------
    def identified(self) -> None:
        """A card at the door: all it opens is the question for the PIN."""
        if self._session.screen is Screen.MAINTENANCE_DOOR:
            self._unlock()

    def _at_the_door(self, id: str) -> bool:
        match id:
            case "maintenance_unlock":
                self._unlock()
            case "maintenance_number":
                self._gate.identifying.by_number(self._unlock)
            case "maintenance_look" if not self._session.online:
                self._show(Part.LOOK)
            case "maintenance_leave":
                self._session.happen(Ended())
            case _:
                return False
        return True

    def _unlock(self) -> None:
        self._said = None
        what = Row("maintenance", self._session.speak("maintenance.overview"), icon="wrench")
        self._gate.proving.prove(Action.MAINTAIN, self._enter, what, self._no_line)

    def _enter(self) -> None:
        self._part = Part.OVERVIEW  # whoever looked while the network was away comes in by it too
        self._session.pages[:] = [Screen.MAINTENANCE]
        self._ask(UpkeepAct.OPEN)

    def _no_line(self) -> None:
        """The door says so itself as soon as the line is known to be down."""
        self._session.pages[:] = [Screen.MAINTENANCE_DOOR]
        self._say(NoticeKind.WARN, "not_now_line")

    # -- what is chosen behind it -------------------------------------------------------------------------------
    def _chosen(self, part: str, id: str) -> None:
        if self._session.screen is Screen.MAINTENANCE_ACT:
            if part == "act" and self._deed is not None:
                self._ask(self._deed, self._why)
            elif part == "safe":
                self._show(Part.OVERVIEW)
            return
        match part:
            case "act" | "way" | "dot" if self._part is Part.TEST:
                self._test(part, id)
            case "act":
                self._show(Part.OVERVIEW)
            case "way" if self._part is Part.QUEUE:
                self._ask(UpkeepAct.SEND)
            case "row":
                self._row(id)

    def _test(self, part: str, id: str) -> None:
        """Right, not right, or one of the dots of the glass."""
        if part != "dot":
            self._testing.say(part == "act", self._tester)
        elif id.isdecimal():
            self._testing.dot(int(id))

    @property
    def _tester(self) -> Staff:
        return Staff(Role.ADMIN, self._alias)

    def settle(self) -> None:
        """A test that is over leads back to the list, which says what came of it."""
        if self._part is Part.TEST and self._testing.running is None:
            self._part = Part.TESTS
            self._said = self_test_pages.verdict(self._session, self._testing)

    def _row(self, id: str) -> None:
        match self._part:
            case Part.TESTS if id in list(Tested) and self._testing.begin(Tested(id), self._tester):
                self._show(Part.TEST)
            case Part.OVERVIEW if id in _OPENED:
                self._show(Part(id))
            case Part.OVERVIEW if id == maintenance_pages.LOG:
                self._send(SendLog(self._token, self._session.visit.generation))
            case Part.OVERVIEW if id == maintenance_pages.CLEAN:
                self._clean_at = self._session.clock.monotonic() + CLEANING
            case Part.OVERVIEW if id == UpkeepAct.CLOSE:
                self._show(Part.WHY)
            case Part.OVERVIEW if id in (UpkeepAct.REOPEN, UpkeepAct.RESTART):
                self._why = None
                self._confirm(UpkeepAct(id))
            case Part.WHY if id in CLOSED_FOR:
                self._why = ClosedFor(id)
                self._show(Part.UNTIL)
            case Part.UNTIL if id in SPANS:
                self._span = id
                self._confirm(UpkeepAct.CLOSE)

    def _confirm(self, act: UpkeepAct) -> None:
        self._deed, self._said = act, None
        self._session.show(Screen.MAINTENANCE_ACT)

    # -- what the hub allows ------------------------------------------------------------------------------------
    def _ask(self, act: UpkeepAct, why: ClosedFor | None = None) -> None:
        self._send(AskUpkeep(self._token, act, why, self._session.visit.generation))

    def _send(self, asked: AskUpkeep | SendLog) -> None:
        self._said = None
        if self._hub.ask(asked):
            self._asked = asked
        else:
            self._not_done(_act_of(asked), "not_now_line")

    @property
    def _token(self) -> str:
        return self._session.verified.session if self._session.verified else ""

    def take(self, answer: HubAnswered) -> bool:
        if not isinstance(answer.request, AskUpkeep | SendLog):
            return False
        if answer.request is not self._asked:
            return True  # of a visit that is over
        act, self._asked = _act_of(answer.request), None
        match answer.outcome:
            case UpkeepAllowed(alias):
                self._alias = alias or self._alias
                self._do(act)
            case Unreachable():
                self._not_done(act, "not_now_line")
            case _:
                self._not_done(act, "not_allowed")
        return True

    def _not_done(self, act: UpkeepAct | None, word: str) -> None:
        if act is UpkeepAct.OPEN:
            self._session.pages[:] = [Screen.MAINTENANCE_DOOR]
        elif self._session.screen is Screen.MAINTENANCE_ACT:
            self._show(Part.OVERVIEW)
        self._say(NoticeKind.WARN, word)

    def _do(self, act: UpkeepAct | None) -> None:
        """``None``: the log has been sent."""
        match act:
            case None:
                self._say(NoticeKind.OK, "log_done")
            case UpkeepAct.OPEN:
                self._open = True
            case UpkeepAct.SEND:
                self._outbox.send_again()
                self._outbox.hurry()
                self._sender.kick()
                self._say(NoticeKind.INFO, "send_done")
            case UpkeepAct.CLOSE:
                length = SPANS[self._span]
                until = self._session.now + length if length is not None else None
                self._set_closed(Closed(self._why or ClosedFor.WORKS, until))
                self._show(Part.OVERVIEW)
                self._say(NoticeKind.OK, "close_done")
            case UpkeepAct.REOPEN:
                self._set_closed(None)
                self._show(Part.OVERVIEW)
                self._say(NoticeKind.OK, "reopen_done")
            case UpkeepAct.RESTART:
                self._restart()

    def _restart(self) -> None:
        if self._machine.restart():
            self._session.happen(Ended())
            return
        self._show(Part.OVERVIEW)
        self._say(NoticeKind.INFO, "restart_not_here")

    def _set_closed(self, closed: Closed | None) -> None:
        self._session.closed = closed
        self._machine.keep_closed(closed)

    def _say(self, kind: NoticeKind, word: str) -> None:
        speak = self._session.speak
        self._said = Notice(kind, speak(f"maintenance.{word}"), speak(f"maintenance.{word}_text"))

    def beat(self) -> None:
        """Opens again by itself at the time that was said; by the hub's time alone."""
        session = self._session
        now, closed = session.clock.hub_now(), session.closed
        if closed is None or closed.until is None or not now.certain or now.at < closed.until:
            return
        self._set_closed(None)
        if session.screen is Screen.OUT_OF_SERVICE:
            session.attract()


def _act_of(asked: AskUpkeep | SendLog) -> UpkeepAct | None:
    """``None``: the log."""
    return asked.act if isinstance(asked, AskUpkeep) else None
