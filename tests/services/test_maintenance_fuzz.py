"""Any order of knocks, cards, touches, answers and waits: nothing is shown or done that the hub has not allowed in this
very visit, and nothing of one visit is behind another one's door."""

from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.language import Language
from kiosk.domain.outcomes import PinRefusal, PinRefused, Refused, Unreachable, Unreached
from kiosk.domain.upkeep import UpkeepAct, UpkeepAllowed
from kiosk.services import requests as r
from kiosk.services.hub_requests import VerifyPin
from kiosk.services.knocking import TIMES
from kiosk.services.upkeep_requests import AskUpkeep
from kiosk.services.views import MaintenancePage, Screen
from tests.services.a_station import LI, ZHANG, AStation, verified

_ROWS = ("devices", "tests", "queue", "close", "reopen", "restart", "log", "printer", "touch", "short", "open_end", "0")
_ALLOWED = UpkeepAllowed("a1b2c3d4")
_NO = (PinRefused(PinRefusal.WRONG), Refused("no_visit"), Unreachable(Unreached.TIMED_OUT))


class Watched:
    def __init__(self) -> None:
        self.station = AStation()
        self.open_in: set[int] = set()
        self.allowed: list[UpkeepAct] = []

    def wait(self, seconds: float) -> None:
        self.station.clock.seconds += seconds
        self.station.station.beat()

    def knock(self) -> None:
        self.station.press(*[r.Knocked()] * TIMES)

    def choose(self, part: str, id: str, screen: Screen | None = None) -> None:
        self.station.press(r.Choose(screen or self.station.screen, part, id))

    def type_pin(self) -> None:
        if self.station.screen is Screen.PIN and self.station.pad.is_open:
            self.station.pin_typed()

    def answer(self, back: int, *, yes: bool) -> None:
        """One of the last questions, so that late answers come too."""
        asked = [one for one in self.station.hub.asked if isinstance(one, AskUpkeep | VerifyPin)]
        if not asked:
            return
        request = asked[max(-len(asked), -1 - back)]
        self.station.hub.asked.remove(request)
        if isinstance(request, VerifyPin):
            claim = request.claim
            self.station.answer(verified(claim=claim) if yes else _NO[back % 3], request)
            return
        if yes and request.visit == self.station.session.visit.generation and self.station.session.visit.active:
            self.allowed.append(request.act)
            if request.act is UpkeepAct.OPEN:
                self.open_in.add(request.visit)
        self.station.answer(_ALLOWED if yes else _NO[1 + back % 2], request)

    def check(self) -> None:
        station, page = self.station, self.station.view.page
        open_now = station.session.visit.generation in self.open_in
        if isinstance(page, MaintenancePage) and not open_now:
            assert not (page.menu and page.rows)
            assert not page.way
        assert station.screen is not Screen.MAINTENANCE_ACT or open_now
        assert station.machine.restarted <= self.allowed.count(UpkeepAct.RESTART)
        assert (
            len(station.machine.kept)
            <= sum(act in (UpkeepAct.CLOSE, UpkeepAct.REOPEN) for act in self.allowed) + self.expired
        )
        if station.screen is Screen.MAINTENANCE_DOOR and station.session.claim is None:
            assert station.view.bar.who == ""

    @property
    def expired(self) -> int:
        """Closed kiosks that have opened by themselves."""
        return self.station.machine.kept.count(None)


_EVENTS = st.one_of(
    st.just(lambda w: w.knock()),
    st.sampled_from([ZHANG, LI]).map(lambda claim: lambda w: w.station.tap(claim)),
    st.just(lambda w: w.type_pin()),
    st.tuples(st.sampled_from(("row", "row", "row", "act", "way", "safe", "dot")), st.sampled_from(_ROWS)).map(
        lambda one: lambda w: w.choose(*one)
    ),
    st.sampled_from([Screen.MAINTENANCE, Screen.MAINTENANCE_ACT]).map(
        lambda screen: lambda w: w.choose("act", "", screen)
    ),
    st.tuples(st.integers(0, 3), st.sampled_from((True, True, False))).map(
        lambda one: lambda w: w.answer(one[0], yes=one[1])
    ),
    st.sampled_from([r.Back(), r.End(), r.Stay(), r.Leave(), r.Start(Language.ZH), r.Open("maintenance_unlock"),
                     r.Open("look"), r.Open("maintenance_look"), r.Open("tickets"), r.Knocked(by_key=True)]).map(
        lambda request: lambda w: w.station.press(request)
    ),
    st.sampled_from([3.0, 40.0, 290.0, 4000.0]).map(lambda seconds: lambda w: w.wait(seconds)),
    st.booleans().map(lambda online: lambda w: setattr(w.station.session, "online", online)),
)  # fmt: skip


@given(st.lists(_EVENTS, max_size=40))
def test_in_any_order_nothing_is_shown_or_done_without_the_hub_in_this_visit(events: list) -> None:  # type: ignore[type-arg]
    watched = Watched()
    for event in events:
        event(watched)
        watched.station.station.beat()
        watched.check()
