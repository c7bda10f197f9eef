"""The PIN that tills ask for, kept by the card system: changed with the present one, or set where there is none.

Both are typed into the secret helper, each for its own use, and sealed there; the card system judges them.
"""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from kiosk.domain.card_accounts import CardOverview, CardPinSet, CardState
from kiosk.domain.card_capabilities import Pinning
from kiosk.domain.operations import OpId
from kiosk.domain.outcomes import PinRefusal, PinRefused, PinTooEasy, Refused
from kiosk.domain.parcels import SealedPin
from kiosk.domain.policy import Action
from kiosk.services import card_done, card_pin_pages, when
from kiosk.services.card_pin_pages import CARD_PIN, ICON, Typing
from kiosk.services.card_places import declared
from kiosk.services.finish import Finish
from kiosk.services.flow import Flow
from kiosk.services.front import Front
from kiosk.services.hub_requests import HubAnswered, SetCardPin
from kiosk.services.ports import (
    Hub,
    PinDigits,
    PinFailed,
    PinForgotten,
    PinRepeat,
    PinSealed,
    PinUse,
    SecretEvent,
    SecretPad,
)
from kiosk.services.proving import Proving
from kiosk.services.session import Session
from kiosk.services.views import CardPinPage, Notice, NoticeKind, Row, Screen


class Step(StrEnum):
    PRESENT = "present"
    NEW = "new"
    AGAIN = "again"


class CardPin(Flow):
    """Behind the gate of Action.CHANGE_CARD_PIN. ``overview``: the card as it was last seen; it says whether there is a
    present PIN."""

    screens = frozenset({Screen.CARD_PIN})

    def __init__(
        self,
        session: Session,
        hub: Hub,
        pad: SecretPad,
        proving: Proving,
        front: Front,
        finish: Finish,
        overview: Callable[[], CardOverview | None],
    ) -> None:
        self._session, self._hub, self._pad, self._overview = session, hub, pad, overview
        self._proving, self._front, self._finish = proving, front, finish
        self._helper = self._open = False
        self.forget()

    def forget(self) -> None:
        self._asked: OpId | None = None
        self._leave()

    def _leave(self) -> None:
        self._shut()
        self._storing = self._failed = False
        self._locked_until: datetime | None = None
        self._notice: Notice | None = None
        self._from_the_start()

    def _from_the_start(self) -> None:
        self._present: SealedPin | None = None
        self._filled = 0
        self._step = Step.PRESENT if self._has_one else Step.NEW

    def _shut(self) -> None:
        if self._helper:
            self._pad.close()
        self._helper = self._open = False

    @property
    def busy(self) -> bool:
        return self._storing

    @property
    def _has_one(self) -> bool:
        seen = self._overview()
        return seen is not None and seen.pin_set

    def _pinning(self) -> Pinning | None:
        return declared(self._session).pin

    # -- the way in ---------------------------------------------------------------------------------------------
    def card_tiles(self) -> tuple[Row, ...]:
        seen = self._overview()
        if self._pinning() is None or seen is None or seen.state is not CardState.ACTIVE:
            return ()
        return (card_pin_pages.tile(self._session, seen.pin_set),)

    def enter(self, row: str) -> bool:
        if row != CARD_PIN or not self.card_tiles():
            return False
        self.forget()
        if not self._session.online:
            self._cannot()
            return True
        what = Row(CARD_PIN, card_pin_pages.tile(self._session, self._has_one).title, icon=ICON)
        self._proving.prove(Action.CHANGE_CARD_PIN, lambda: self._session.show(Screen.CARD_PIN), what, self._cannot)
        return True

    # -- the flow -----------------------------------------------------------------------------------------------
    def page(self, screen: Screen) -> CardPinPage:
        typing = Typing(
            self._step,
            self._has_one,
            self._filled,
            locked=self._failed or self._locked_until is not None,
            busy=self._storing,
            notice=self._notice,
        )
        return card_pin_pages.page(self._session, self._pinning() or Pinning(), typing)

    def types_for(self, screen: Screen) -> Action | None:
        return None if self._storing else Action.CHANGE_CARD_PIN

    def secret(self, event: SecretEvent) -> None:
        match event:
            case PinDigits(count=count):
                self._filled = count
                if count:
                    self._notice = None
            case PinRepeat(differs=differs):
                self._filled, self._step = 0, Step.NEW if differs else Step.AGAIN
                self._notice = self._said(NoticeKind.DANGER, "pin_new.differs") if differs else None
            case PinSealed():
                self._sealed(event)
            case PinForgotten():  # no key for long: the helper has wiped what was typed, the page stays
                self._filled = 0
                self._step = Step.NEW if self._step is Step.AGAIN else self._step
                self._notice = self._said(NoticeKind.INFO, "pin.forgot_input")
            case PinFailed():
                self._filled, self._failed = 0, True
                self._notice = self._said(NoticeKind.WARN, "pin.failed")

    def beat(self) -> None:
        """A lock that is over opens the pad again."""
        if self._locked_until is not None and self._session.now >= self._locked_until:
            self._locked_until, self._notice = None, None

    def settle(self) -> None:
        """The helper lives as long as the page is shown."""
        if self._session.screen is not Screen.CARD_PIN:
            self._leave()
        elif not (self._open or self._failed or self._storing or self._locked_until) and self._session.claim:
            self._helper = self._open = True
            use = PinUse.CARD if self._step is Step.PRESENT else PinUse.NEW_CARD
            self._pad.open(self._session.claim, use=use)

    def _sealed(self, sealed: PinSealed) -> None:
        session, self._filled = self._session, 0
        if session.claim != sealed.claim or session.verified is None:
            return
        if self._step is Step.PRESENT:
            self._present, self._step = sealed.pin, Step.NEW
            self._shut()
            return
        self._storing, self._open = True, False
        held, visit = session.verified.session, session.visit.generation
        asked = SetCardPin(OpId.new(), sealed.claim, sealed.pin, self._present, held, visit)
        if not session.online or not self._hub.ask(asked):
            self._cannot()
            return
        self._asked = asked.op

    def take(self, answer: HubAnswered) -> bool:
        request = answer.request
        if not isinstance(request, SetCardPin):
            return False
        if request.op != self._asked or request.visit != self._session.visit.generation:
            return True
        self._storing, self._asked = False, None
        self._shut()
        match answer.outcome:
            case CardPinSet() as done:
                make = card_pin_pages.done(self._session, self._pinning() or Pinning(), done)
                self.forget()
                self._finish.show(make)
            case PinTooEasy():  # the present one was not looked at: it is not typed again
                self._step = Step.NEW
                self._notice = self._said(NoticeKind.DANGER, "pin_new.easy")
            case PinRefused() as refused:
                self._refused(refused)
            case Refused(code=code):
                self.forget()
                self._finish.show(lambda _: card_done.refused(self._session, "card_pin", code))
            case _:  # the card system may have set it
                self._cannot("card_pin_unknown")
        return True

    def _refused(self, refused: PinRefused) -> None:
        if refused.why is PinRefusal.WRONG and self._present is None:
            self._cannot("card_pin_unknown")  # there is one after all: the page did not know, and asked for none
            return
        self._from_the_start()
        speak = self._session.speak
        if refused.why is PinRefusal.LOCKED:
            self._locked_until = refused.retry_at
            text = speak("pin.locked_text_plain")
            if refused.retry_at:
                text = speak("pin.locked_text", time=when.clock_text(refused.retry_at, self._session.zone))
            self._notice = Notice(NoticeKind.WARN, speak("pin.locked"), text)
            return
        text = speak("card_pin.wrong_text")
        if refused.tries_left is not None:
            text = speak("pin.tries_left", count=refused.tries_left)
        self._notice = Notice(NoticeKind.DANGER, speak("card_pin.wrong"), text)

    def _cannot(self, words: str = "card_pin") -> None:
        if self._session.screen is Screen.CARD_PIN:
            self._session.back()
        self._front.cannot(words, ICON, *card_pin_pages.office_way(self._session))

    def _said(self, kind: NoticeKind, key: str) -> Notice:
        return Notice(kind, self._session.speak(key), self._session.speak(f"{key}_text"))
