"""A card reported lost: with a proof the hub has checked, or without network with a PIN that it checks on arrival."""

from kiosk.domain.operations import OperationClass
from kiosk.domain.outcomes import LossTaken, NotSaved, Refused, Saved
from kiosk.domain.parcels import SealedPin
from kiosk.domain.policy import Action, Factor
from kiosk.domain.queueable import LossDraft
from kiosk.services import card_done, card_pages
from kiosk.services.card_matter import LOST, Matter
from kiosk.services.finish import Finish
from kiosk.services.hub_requests import Deliver, HubAnswered
from kiosk.services.identifying import Identifying
from kiosk.services.pin_entry import PinEntry
from kiosk.services.ports import Outbox
from kiosk.services.proving import Proving
from kiosk.services.session import Session
from kiosk.services.submission import WAIT_FOR_HUB, Sender
from kiosk.services.views import CardConfirmPage, Row, Screen


class Losing(Matter):
    """What it means is said first, who it is about is asked after it: the card may be in a stranger's hand already."""

    def __init__(
        self,
        session: Session,
        outbox: Outbox,
        sender: Sender,
        finish: Finish,
        proving: Proving,
        identifying: Identifying,
        pin: PinEntry,
    ) -> None:
        super().__init__(session)
        self._outbox, self._sender, self._finish = outbox, sender, finish
        self._proving, self._identifying, self._pin = proving, identifying, pin
        self._pending: Saved | None = None

    def begin(self) -> None:
        self.session.show(Screen.CARD_CONFIRM)

    def page(self) -> CardConfirmPage:
        return card_pages.lost_page(self.session, self.holder(), self.busy, self.busy_text())

    def act(self) -> str:
        if not self.session.online:
            self._offline()
        elif self.session.claim is None:
            self._identifying.by_number(self._prove, at_once=True)
        else:
            self._prove()
        return ""

    def _prove(self) -> None:
        what = Row(LOST, self.session.speak("card_lost.matter"), icon="prohibit")
        # Whoever has no card in the hand is asked for the code: it is on its way while the page opens.
        first = Factor.CODE if self.session.number else None
        self._proving.prove(Action.REPORT_CARD_LOST, self._hand_in, what, self._offline, first)

    def _offline(self) -> None:
        """Who was verified before the line broke stays so; for anybody else the PIN waits inside the operation."""
        if self.session.verified:
            self._hand_in()
        elif self.session.claim is None:
            self._identifying.by_number(self._ask_pin, at_once=True)
        else:
            self._ask_pin()

    def _ask_pin(self) -> None:
        self._pin.defer(OperationClass.CARD_LOSS, self._sealed)

    def _sealed(self, pin: SealedPin) -> None:
        self.session.show(Screen.CARD_CONFIRM)
        self._hand_in(pin)

    def _hand_in(self, pin: SealedPin | None = None) -> None:
        session = self.session
        claim = session.claim
        if claim is None or self._pending is not None:
            return
        token = session.verified.session if session.verified and pin is None else ""
        match self._outbox.enqueue(LossDraft(session.visit.language, claim, token, pin)):
            case NotSaved():
                self._finish.show(lambda _: card_done.loss_not_saved(session), None, self._again)
            case Saved() as saved:
                self._pending = saved
                self.wait()
                self._sender.kick()
                if not session.online:
                    self._stop_waiting()

    def take(self, answer: HubAnswered) -> bool:
        pending, request = self._pending, answer.request
        if pending is None or not isinstance(request, Deliver) or request.parcel.op_id.value != pending.op_id:
            return False
        match answer.outcome:
            case LossTaken() as taken:
                self.forget()
                self._finish.show(*card_done.loss_taken(self.session, taken), only_proof=True)
            case Refused():
                self.forget()
                self._finish.show(lambda _: card_done.loss_not_saved(self.session), None, self._again)
            case _:
                self._stop_waiting()
        return True

    def beat(self) -> None:
        if self._pending is not None and self.waited >= WAIT_FOR_HUB:
            self._stop_waiting()

    def forget(self) -> None:
        super().forget()
        self._pending = None

    def _stop_waiting(self) -> None:
        assert self._pending is not None
        reference = self._pending.reference
        self.forget()
        self._finish.show(*card_done.loss_waiting(self.session, reference), only_proof=True)

    def _again(self) -> None:
        self.session.pages[:] = [Screen.HOME, Screen.CARD_CONFIRM]
