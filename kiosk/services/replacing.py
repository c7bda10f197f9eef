"""A new card: where the lost one lies is said first, then fee, place, hours and who may; it is ordered once."""

from kiosk.domain.card_accounts import CardState, ReplacementOrdered
from kiosk.domain.card_life import LossState
from kiosk.domain.operations import OpId
from kiosk.domain.outcomes import Refused
from kiosk.domain.policy import Action
from kiosk.services import card_done, card_pages
from kiosk.services.card_matter import LOST, REPLACE, Matter
from kiosk.services.card_places import declared
from kiosk.services.finish import Finish
from kiosk.services.front import Front
from kiosk.services.hub_requests import FetchLossState, HubAnswered, OrderReplacement
from kiosk.services.ports import Hub
from kiosk.services.proving import Proving
from kiosk.services.session import Session
from kiosk.services.views import CardConfirmPage, Row, Screen


class Replacing(Matter):
    """``state``: the card as the hub knows it; ``despite``: a new one is wanted although the lost one was found."""

    def __init__(self, session: Session, hub: Hub, finish: Finish, proving: Proving, front: Front) -> None:
        super().__init__(session)
        self._hub, self._finish, self._proving, self._front = hub, finish, proving, front
        self.forget()

    def forget(self) -> None:
        super().forget()
        self._state: LossState | None = None
        self._op: OpId | None = None
        self._despite = False

    def begin(self) -> None:
        self.forget()
        self._proving.prove(Action.SEE_CARD, self._fetch, self._what(), self._cannot)

    def _what(self) -> Row:
        return Row(REPLACE, self.session.speak("card_tile.replace_card"), icon="identification-card")

    def _fetch(self) -> None:
        session = self.session
        session.show(Screen.CARD_CONFIRM)
        if session.verified is None or not self._hub.ask(
            FetchLossState(session.verified.session, session.visit.generation)
        ):
            self._cannot()
            return
        self.wait()

    def page(self) -> CardConfirmPage:
        session, state = self.session, self._state
        if state is None:
            return CardConfirmPage(title=session.speak("card_tile.replace_card"), safe=session.speak("card_new.safe"))
        match state.state:
            case CardState.ACTIVE:
                return card_pages.not_lost_page(session, self.holder())
            case CardState.REPLACED:
                return card_pages.ordered_page(session, self.holder(), state)
            case _:
                if state.found is not None and not self._despite:
                    return card_pages.found_first_page(session, self.holder(), state.found)
                return card_pages.replace_page(session, self.holder(), self.busy, self.busy_text())

    def open(self, row: str) -> bool:
        """``despite``: the lost card was found, and a new one is wanted all the same."""
        self._despite = self._despite or row == "despite"
        return row == "despite"

    def act(self) -> str:
        state = self._state
        if state is None or state.state is CardState.ACTIVE:
            return LOST if state else ""
        if state.state is CardState.REPLACED or (state.found is not None and not self._despite):
            self.session.home()
        else:
            self._proving.prove(Action.REPLACE_CARD, self._order, self._what(), self._cannot)
        return ""

    def _order(self) -> None:
        session, replacing = self.session, declared(self.session).replace
        self._op = self._op or OpId.new()
        if (
            session.verified is None
            or replacing is None
            or not self._hub.ask(
                OrderReplacement(self._op, replacing.fee, session.verified.session, session.visit.generation)
            )
        ):
            self._cannot()
            return
        self.wait()

    def take(self, answer: HubAnswered) -> bool:
        request, session = answer.request, self.session
        match request:
            case FetchLossState():
                if request.visit == session.visit.generation and session.screen is Screen.CARD_CONFIRM:
                    self.since = None
                    self._seen(answer)
            case OrderReplacement():
                if request.visit == session.visit.generation and request.op == self._op:
                    self.since = None
                    self._ordered(answer)
            case _:
                return False
        return True

    def _seen(self, answer: HubAnswered) -> None:
        if isinstance(answer.outcome, LossState):
            self._state = answer.outcome
        else:
            self._cannot()

    def _ordered(self, answer: HubAnswered) -> None:
        match answer.outcome:
            case ReplacementOrdered() as ordered:
                self.forget()
                self._finish.show(*card_done.ordered(self.session, ordered))
            case Refused(code=code):
                self.forget()
                self._finish.show(lambda _: card_done.refused(self.session, "card_new", code))
            case _:
                self._cannot()

    def _cannot(self) -> None:
        """No answer: whether the card was ordered is not known; asked again with the same id, it is ordered once."""
        if self.session.screen is Screen.CARD_CONFIRM and self._state is None:
            self.session.back()
        self._front.cannot("card_new_unknown" if self._op else "card_new", "identification-card")
