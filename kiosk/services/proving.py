"""The gate before whatever shows or changes something about a person: collects what the campus's policy misses."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from kiosk.domain.devices import ReaderState
from kiosk.domain.identity import CardProof, Verified
from kiosk.domain.policy import Action, Allowed, CardPresent, Factor, Proof, Proofs, ReleaseCode, decide
from kiosk.domain.visit import pin_is_fresh
from kiosk.services.code_entry import CodeEntry
from kiosk.services.flow import Flow
from kiosk.services.front import Front
from kiosk.services.identifying import Identifying
from kiosk.services.pin_entry import PinEntry
from kiosk.services.session import Session
from kiosk.services.signing_in import BY_CLAIM, BY_PHONE, SigningIn
from kiosk.services.views import Row, Screen

#: What can be asked for at every kiosk; where the campus has a sign-in page, that too.
_COLLECTED: Proofs = frozenset({Factor.PIN, Factor.CODE})
_ANY_CARD = CardPresent(CardProof.C0_UID)
_GENUINE_CARD = CardPresent(CardProof.C2_MUTUAL)
_NOTHING_SAID = Row("", "")
#: Whoever may not pass these hears no more than somebody unknown.
_DOORS = frozenset({Action.MAINTAIN, Action.WORK_AT_DESK})


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to do. ``depth``: how many pages there were when it was asked for."""

    action: Action
    what: Row
    then: Callable[[], None]
    cannot: Callable[[], None]
    depth: int


class Proving(Flow):
    """Has no page of its own: Identifying, PinEntry, CodeEntry and SigningIn ask. *Back* and the visit's end forget
    the wish."""

    def __init__(
        self,
        session: Session,
        identifying: Identifying,
        pin: PinEntry,
        code: CodeEntry,
        signing_in: SigningIn,
        front: Front,
    ) -> None:
        self._session = session
        self._identifying, self._pin, self._code, self._front = identifying, pin, code, front
        self._signing_in = signing_in
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
        chosen = {"by_code": Factor.CODE, "by_pin": Factor.PIN, BY_PHONE: Factor.CAMPUS_SIGN_IN, BY_CLAIM: None}
        if row not in chosen or self._wish is None:
            return False
        self._instead = chosen[row]
        self._go_on()
        return True

    def _go_on(self) -> None:
        """The next question, or what was wished for. The pages that asked are gone: *back* does not return to them."""
        wish, session = self._wish, self._session
        if wish is None:
            return
        del session.pages[wish.depth :]
        missing = self._missing(wish.action)
        by_phone = any(self._signs_in(way) for way in missing or ())
        if missing is None:
            self.forget()
            wish.then()
        elif not session.online:
            self._stopped()
        elif session.claim is None and not (by_phone and self._instead is Factor.CAMPUS_SIGN_IN):
            self._identifying.identify(wish.what, self._go_on, by_phone=by_phone)
        else:
            self._ask(wish, [way for way in missing if self._can_be_shown(way)])

    def _ask(self, wish: Wish, ways: list[Proofs]) -> None:
        """The first thing that is missing on the shortest way, or on the one the visitor chose: card, PIN, code."""
        if not ways:
            self._session.show(Screen.NONE_OF_THESE)
            return
        way = next((way for way in ways if self._instead in way), ways[0])
        others = [other for other in ways if other != way]
        if self._signs_in(way):
            self._signing_in.ask(self._go_on, self._stopped, self._rows(others))
        elif cards := way - self._collected():
            self._identifying.show_card(wish.what, self._go_on, genuine=_GENUINE_CARD in cards)
        elif Factor.PIN in way:
            by_code = any(Factor.CODE in other and Factor.PIN not in other for other in ways)
            door = wish.action if wish.action in _DOORS else None
            self._pin.ask(self._go_on, self._stopped, by_code, self._phone_row(others), door)
        else:
            by_pin = any(Factor.PIN in other and Factor.CODE not in other for other in ways)
            by_phone = () if by_pin else self._phone_row(others)  # the PIN's page has it
            self._code.ask(self._go_on, self._stopped, by_pin, by_phone)

    def _collected(self) -> Proofs:
        return _COLLECTED | {Factor.CAMPUS_SIGN_IN} if self._signing_in.offered else _COLLECTED

    def _signs_in(self, way: Proofs) -> bool:
        return Factor.CAMPUS_SIGN_IN in way and self._signing_in.offered

    def _phone_row(self, ways: list[Proofs]) -> tuple[Row, ...]:
        return self._signing_in.row() if any(self._signs_in(way) for way in ways) else ()

    def _rows(self, ways: list[Proofs]) -> tuple[Row, ...]:
        """What the page of the sign-in offers beside it; the PIN's page has the code."""
        speak, factors = self._session.speak, frozenset[Proof]().union(*ways)
        if self._session.claim is None:
            return (Row(BY_CLAIM, speak("sign_in.by_claim"), icon="identification-card"),)
        if Factor.PIN in factors:
            return (Row("by_pin", speak("code.by_pin"), icon="dots-nine"),)
        return (Row("by_code", speak("pin.by_code"), icon="envelope-simple"),) if Factor.CODE in factors else ()

    def _can_be_shown(self, way: Proofs) -> bool:
        session, can = self._session, set[Proof]()
        if session.reader is ReaderState.READY:
            can |= {_ANY_CARD} if session.card is None else set()
            can |= {_GENUINE_CARD} if session.genuine_cards else set()
        return way - self._collected() <= can

    def _missing(self, action: Action) -> tuple[Proofs, ...] | None:
        """The ways on, the shortest first; ``None`` where nothing is missing."""
        session = self._session
        proofs = proofs_of_visit(session)
        decision = decide(action, proofs | _shown(session), session.policy)
        stale: Proofs = frozenset()
        # What a card has shown is handed in with a PIN or a code, also where one was given before.
        unspent = isinstance(decision, Allowed) and not isinstance(decide(action, proofs, session.policy), Allowed)
        if unspent or (session.verified and not self.is_fresh):
            stale = frozenset({self._again(session.verified)})
        if isinstance(decision, Allowed):
            return (stale,) if stale else None
        # A desk's code cannot be asked for here; what is missing is shown anew anyway.
        asked = frozenset(proof for proof in stale if not isinstance(proof, ReleaseCode))
        return tuple(way | asked for way in decision.alternatives)

    def _again(self, verified: Verified | None) -> Proof:
        """What is asked anew of somebody: one of what they have shown."""
        if verified is None or Factor.PIN in verified.proofs:
            return Factor.PIN
        released = next((proof for proof in verified.proofs if isinstance(proof, ReleaseCode)), None)
        if released is not None and Factor.CODE not in verified.proofs:
            return released
        signed_in = Factor.CODE not in verified.proofs and self._signing_in.offered
        return Factor.CAMPUS_SIGN_IN if signed_in and Factor.CAMPUS_SIGN_IN in verified.proofs else Factor.CODE

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
