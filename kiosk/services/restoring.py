"""A loss report cancelled: the card works again. Asks for more than reporting did (journeys 2)."""

from kiosk.domain.card_life import LossCancelled
from kiosk.domain.operations import OpId
from kiosk.domain.outcomes import Refused
from kiosk.domain.policy import Action
from kiosk.services import card_done, card_pages
from kiosk.services.card_matter import CANCEL, Matter
from kiosk.services.finish import Finish
from kiosk.services.front import Front
from kiosk.services.hub_requests import CancelLoss, HubAnswered
from kiosk.services.ports import Hub
from kiosk.services.proving import Proving
from kiosk.services.session import Session
from kiosk.services.views import CardConfirmPage, Row, Screen


class Restoring(Matter):
    """``op`` stays the same until its answer is known, so that asking again does it once."""

    def __init__(self, session: Session, hub: Hub, finish: Finish, proving: Proving, front: Front) -> None:
        super().__init__(session)
        self._hub, self._finish, self._proving, self._front = hub, finish, proving, front
        self._op: OpId | None = None

    def begin(self) -> None:
        self.session.show(Screen.CARD_CONFIRM)

    def page(self) -> CardConfirmPage:
        return card_pages.restore_page(self.session, self.holder(), self.busy, self.busy_text())

    def act(self) -> str:
        what = Row(CANCEL, self.session.speak("card_restore.act"), icon="arrow-counter-clockwise")
        self._proving.prove(Action.CANCEL_LOSS_REPORT, self._ask, what, self._cannot)
        return ""

    def _ask(self) -> None:
        session = self.session
        self._op = self._op or OpId.new()
        if session.verified is None or not self._hub.ask(
            CancelLoss(self._op, session.verified.session, session.visit.generation)
        ):
            self._cannot()
            return
        self.wait()

    def take(self, answer: HubAnswered) -> bool:
        request = answer.request
        if not isinstance(request, CancelLoss):
            return False
        if request.visit != self.session.visit.generation or request.op != self._op:
            return True
        self.since = None
        match answer.outcome:
            case LossCancelled() as cancelled:
                self._op = None
                self._finish.show(*card_done.restored(self.session, cancelled))
            case Refused(code=code):
                self._op = None
                self._finish.show(lambda _: card_done.refused(self.session, "card_restore", code))
            case _:
                self._cannot()
        return True

    def forget(self) -> None:
        super().forget()
        self._op = None

    def _cannot(self) -> None:
        """Without an answer it is not known whether the card works again; asked with the same id it does so once."""
        self._front.cannot("card_restore_unknown" if self._op else "card_restore", "arrow-counter-clockwise")
