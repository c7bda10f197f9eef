"""The gate before whatever shows or changes something about a person: collects what the campus's policy misses."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from kiosk.domain.devices import ReaderState
from kiosk.domain.identity import CardProof, Verified
from kiosk.domain.policy import Action, Allowed, CardPresent, Factor, Proof, Proofs, decide
from kiosk.domain.visit import pin_is_fresh
from kiosk.services.code_entry import CodeEntry
from kiosk.services.flow import Flow
from kiosk.services.front import Front
from kiosk.services.identifying import Identifying
from kiosk.services.pin_entry import PinEntry
from kiosk.services.session import Session
from kiosk.services.views import Row, Screen

#: What can be asked for at a kiosk today.
_COLLECTED: Proofs = frozenset({Factor.PIN, Factor.CODE})
_ANY_CARD = CardPresent(CardProof.C0_UID)
_GENUINE_CARD = CardPresent(CardProof.C2_MUTUAL)
_NOTHING_SAID = Row("", "")


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to do. ``depth``: how many pages there were when it was asked for."""

    action: Action
    what: Row
    then: Callable[[], None]
    cannot: Callable[[], None]
    depth: int


class Proving(Flow):
    """Has no page of its own: Identifying, PinEntry and CodeEntry ask. *Back* and the visit's end forget the wish."""

    def __init__(
        self,
        session: Session,
        identifying: Identifying,
        pin: PinEntry,
        code: CodeEntry,
        front: Front,
    ) -> None:
        self._session = session
        self._identifying, self._pin, self._code, self._front = identifying, pin, code, front
        self.forget()

    def forget(self) -> None:
        self._wish: Wish | None = None
        self._stopped_at: Wish | None = None  # what could not go on: the page that says so stands where it began
        self._instead: Factor | None = None  # chosen by the visitor on the page of the other one

    def prove(
        self,
        action: Action,
        then: Callable[[], None],
        what: Row = _NOTHING_SAID,
        cannot: Callable[[], None] | None = None,
        first: Factor | None = None,
    ) -> None:
        """``then``, once, as soon as the hub has confirmed enough for ``action``: freshly after a warning (journeys 9).

        ``what`` (title and icon) says on the card page what it is for. ``cannot`` where the hub cannot be asked; left
        out, the kiosk says so itself. What ``then`` asks of the hub carries ``session.verified.session``.
        ``first``: the factor that is asked for where either would do.
        """
        self.forget()
        self._instead = first
        self._wish = Wish(action, what, then, cannot or self._cannot, len(self._session.pages))
        self._go_on()

    @property
    def is_fresh(self) -> bool:
        """Somebody is verified, and nothing has to be asked again before more is shown."""
        return pin_is_fresh(self._session.visit, self._session.clock.monotonic())

    @property
    def wish(self) -> Wish | None:
        """What is being proven for, to be resumed after something else has been done first."""
        return self._wish

    @property
    def matter(self) -> str:
        """What somebody wanted to do when they were asked for a proof, or when it could not go on; '' nothing."""
        wish = self._wish or self._stopped_at
        return wish.what.title if wish else ""

    def resume(self, wish: Wish) -> None:
        """Asks for it again from the page that is shown; there may be fewer pages now than there were."""
        self._instead, self._wish = None, replace(wish, depth=min(wish.depth, len(self._session.pages)))
        self._go_on()

    def settle(self) -> None:
        wish = self._wish or self._stopped_at
        if wish is not None and len(self._session.pages) <= wish.depth:
            self.forget()

    def enter(self, row: str) -> bool:
        chosen = {"by_code": Factor.CODE, "by_pin": Factor.PIN}.get(row)
        if chosen is None or self._wish is None:
            return False
        self._instead = chosen
        self._go_on()
        return True

    def _go_on(self) -> None:
        """The next question, or what was wished for. The pages that asked are gone: *back* does not return to them."""
        wish, session = self._wish, self._session
        if wish is None:
            return
        del session.pages[wish.depth :]
        missing = self._missing(wish.action)
        if missing is None:
            self.forget()
            wish.then()
        elif not session.online:
            self._stopped()
        elif session.claim is None:
            self._identifying.identify(wish.what, self._go_on)
        else:
            self._ask(wish, [way for way in missing if self._can_be_shown(way)])

    def _ask(self, wish: Wish, ways: list[Proofs]) -> None:
        """The first thing that is missing on the shortest way, or on the one the visitor chose: card, PIN, code."""
        if not ways:
            self._session.show(Screen.NONE_OF_THESE)
            return
        way = next((way for way in ways if self._instead in way), ways[0])
        if cards := way - _COLLECTED:
            self._identifying.show_card(wish.what, self._go_on, genuine=_GENUINE_CARD in cards)
        elif Factor.PIN in way:
            by_code = any(Factor.PIN not in other for other in ways)
            self._pin.ask(self._go_on, self._stopped, by_code)
        else:
            by_pin = any(Factor.CODE not in other for other in ways)
            self._code.ask(self._go_on, self._stopped, by_pin)

    def _can_be_shown(self, way: Proofs) -> bool:
        session, can = self._session, set[Proof]()
        if session.reader is ReaderState.READY:
            can |= {_ANY_CARD} if session.card is None else set()
            can |= {_GENUINE_CARD} if session.genuine_cards else set()
        return way - _COLLECTED <= can

    def _missing(self, action: Action) -> tuple[Proofs, ...] | None:
        """The ways on, the shortest first; ``None`` where nothing is missing."""
        session = self._session
        proofs = proofs_of_visit(session)
        decision = decide(action, proofs | _shown(session), session.policy)
        stale: Proofs = frozenset()
        # What a card has shown is handed in with a PIN or a code, also where one was given before.
        unspent = isinstance(decision, Allowed) and not isinstance(decide(action, proofs, session.policy), Allowed)
        if unspent or (session.verified and not self.is_fresh):
            by_pin = session.verified is None or Factor.PIN in session.verified.proofs
            stale = frozenset({Factor.PIN if by_pin else Factor.CODE})
        if isinstance(decision, Allowed):
            return (stale,) if stale else None
        return tuple(way | stale for way in decision.alternatives)

    def _stopped(self) -> None:
        wish = self._wish
        if wish is not None:
            del self._session.pages[wish.depth :]
            self.forget()
            self._stopped_at = wish
            wish.cannot()

    def _cannot(self) -> None:
        self._front.cannot("proving", "shield-warning")


def proofs_of_visit(session: Session) -> Proofs:
    """What the hub has confirmed, and the card in the hand: anyone can copy its number, so it counts as that (C0)."""
    who = session.visit.who
    confirmed: Proofs = who.proofs if isinstance(who, Verified) else frozenset()
    return confirmed | {_ANY_CARD} if session.card else confirmed


def _shown(session: Session) -> Proofs:
    """What the card in the hand has proven to the hub and nobody has handed in yet."""
    card = session.card
    return frozenset({CardPresent(card.proof)}) if card is not None and card.shown else frozenset()
