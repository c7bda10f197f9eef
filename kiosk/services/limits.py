"""Spending limits of one's own card: chosen by touch, said before they change, changed once behind PIN and code."""

from collections.abc import Callable
from dataclasses import dataclass

from kiosk.domain.card_accounts import NO_LIMITS, CardLimits, CardOverview, LimitsSet
from kiosk.domain.card_capabilities import Limiting, LimitKind
from kiosk.domain.operations import OpId
from kiosk.domain.outcomes import Refused
from kiosk.domain.policy import Action
from kiosk.services import card_done, limit_pages, requests
from kiosk.services.card_places import declared
from kiosk.services.finish import Finish
from kiosk.services.flow import Flow
from kiosk.services.front import Front
from kiosk.services.hub_requests import HubAnswered, SetCardLimits
from kiosk.services.limit_pages import LIMITS
from kiosk.services.ports import Hub
from kiosk.services.proving import Proving
from kiosk.services.requests import Request
from kiosk.services.session import Session
from kiosk.services.views import LimitsPage, Row, Screen


@dataclass(frozen=True, slots=True)
class Asked:
    """``op`` stays the same until its answer is known, so that asking again changes them once."""

    op: OpId
    wanted: CardLimits


class Limits(Flow):
    """``overview``: the card as it was last seen; without it nobody knows what a limit would change."""

    screens = frozenset({Screen.LIMITS})

    def __init__(
        self,
        session: Session,
        hub: Hub,
        proving: Proving,
        front: Front,
        finish: Finish,
        overview: Callable[[], CardOverview | None],
    ) -> None:
        self._session, self._hub, self._overview = session, hub, overview
        self._proving, self._front, self._finish = proving, front, finish
        self.forget()

    def forget(self) -> None:
        self._kind = LimitKind.SINGLE
        self._chosen: dict[LimitKind, int] = {}
        self._asked: Asked | None = None
        self._since: float | None = None

    @property
    def busy(self) -> bool:
        return self._since is not None

    def _limiting(self) -> Limiting | None:
        limiting = declared(self._session).limits
        return limiting if limiting and limiting.kinds else None

    def card_tiles(self) -> tuple[Row, ...]:
        limiting, seen = self._limiting(), self._overview()
        if limiting is None or seen is None:
            return ()
        return (limit_pages.tile(self._session, limiting, seen.limits),)

    def enter(self, row: str) -> bool:
        limiting = self._limiting()
        if row != LIMITS or limiting is None or self._overview() is None:
            return False
        self.forget()
        self._kind = limiting.kinds[0]
        self._session.show(Screen.LIMITS)
        return True

    def touch(self, request: Request) -> bool:
        limiting = self._limiting()
        if limiting is None or self.busy:
            return False
        match request:
            case requests.Choose(part="kind", id=kind) if kind in limiting.kinds:
                self._kind = LimitKind(kind)
            case requests.Choose(part="amount", id=amount):
                span = limiting.of(self._kind)
                if span is not None and amount.isdecimal() and int(amount) in span.amounts:
                    self._chosen[self._kind] = int(amount)
            case requests.Choose(part="set") if self._wanted() != NO_LIMITS:
                what = Row(LIMITS, self._session.speak("limits.matter"), icon=limit_pages.ICON)
                self._proving.prove(Action.CHANGE_LIMITS, self._ask, what, self._cannot)
            case _:
                return False
        return True

    def _in_force(self) -> CardLimits:
        seen = self._overview()
        return seen.limits if seen else NO_LIMITS

    def _wanted(self) -> CardLimits:
        """Only what is to become another one."""
        now = self._in_force()
        changed = {kind: amount for kind, amount in self._chosen.items() if amount != now.of(kind)}
        return CardLimits(changed.get(LimitKind.DAILY), changed.get(LimitKind.SINGLE))

    def _ask(self) -> None:
        session, wanted = self._session, self._wanted()
        asked = self._asked if self._asked and self._asked.wanted == wanted else Asked(OpId.new(), wanted)
        if session.verified is None or not self._hub.ask(
            SetCardLimits(session.verified.session, asked.op, wanted, session.visit.generation)
        ):
            self._cannot()
            return
        self._asked = asked
        self._since = session.clock.monotonic()

    def take(self, answer: HubAnswered) -> bool:
        request = answer.request
        if not isinstance(request, SetCardLimits):
            return False
        if self._asked is None or request.visit != self._session.visit.generation or request.op != self._asked.op:
            return True
        self._since = None
        before = self._in_force()
        match answer.outcome:
            case LimitsSet() as done:
                limiting = self._limiting() or Limiting()
                self.forget()
                self._finish.show(*limit_pages.done(self._session, limiting, before, done))
            case Refused(code=code):
                self.forget()
                self._finish.show(lambda _: card_done.refused(self._session, "limits", code))
            case _:
                self._cannot()
        return True

    def _cannot(self) -> None:
        """Without an answer it is not known whether they changed; asked with the same id they do so once."""
        self._front.cannot("limits_unknown" if self._asked else "limits", limit_pages.ICON)

    def page(self, screen: Screen) -> LimitsPage:
        limiting = self._limiting()
        if limiting is None:
            return LimitsPage()
        waited = 0.0 if self._since is None else self._session.clock.monotonic() - self._since
        return limit_pages.page(
            self._session, limiting, self._in_force(), limit_pages.Chosen(self._kind, self._wanted(), self.busy, waited)
        )
