"""A card somebody found: tapped, then where it will be handed in. Nobody is asked who they are (journeys 12).

A card reported lost opens nothing but this page: whoever taps one anywhere is nobody by it and lands here.
"""

from kiosk.domain.card_life import CardLooked
from kiosk.domain.identity import CardClaim
from kiosk.domain.outcomes import FoundTaken, NotSaved, Saved
from kiosk.domain.queueable import FoundCardDraft
from kiosk.domain.visit_events import CardWasLost
from kiosk.services import requests, when
from kiosk.services.card_matter import CANCEL
from kiosk.services.card_places import declared, found_here, hours_line, place_line
from kiosk.services.finish import Finish
from kiosk.services.flow import Flow
from kiosk.services.hints import reader_hint
from kiosk.services.hub_requests import Deliver, HubAnswered, LookAtCard
from kiosk.services.ports import Hub, Outbox
from kiosk.services.requests import Request
from kiosk.services.session import Session
from kiosk.services.submission import BUSY_AFTER, WAIT_FOR_HUB, Sender
from kiosk.services.views import (
    DoneKind,
    DonePage,
    FoundCardPage,
    Notice,
    NoticeKind,
    Row,
    Screen,
    StepState,
    TimelineStep,
)


class FoundCard(Flow):
    """``card`` is the one that was found: it is nobody's claim. ``lost``: the hub knows it as reported lost."""

    screens = frozenset({Screen.FOUND_CARD})

    def __init__(self, session: Session, hub: Hub, outbox: Outbox, sender: Sender, finish: Finish) -> None:
        self._session, self._hub = session, hub
        self._outbox, self._sender, self._finish = outbox, sender, finish
        self.forget()

    def forget(self) -> None:
        self._card: CardClaim | None = None
        self._lost = False
        self._pending: tuple[Saved, str, float] | None = None

    @property
    def busy(self) -> bool:
        return self._pending is not None

    def entrances(self) -> tuple[Row, ...]:
        speak = self._session.speak
        found = Row("found_card", speak("card_lost.tile_found"), speak("card_lost.tile_found_hint"), "magnifying-glass")
        return (found,) if found_here(self._session) else ()

    def enter(self, row: str) -> bool:
        if row != "found_card" or found_here(self._session) is None:
            return False
        self.forget()
        self._session.show(Screen.FOUND_CARD)
        return True

    def takes_card(self, claim: CardClaim) -> bool:
        """A card tapped on this page is the found one; a second one takes its place until a place is chosen."""
        if not self.busy:
            self._card, self._lost = claim, False
        return True

    def card_seen(self, claim: CardClaim) -> None:
        """Somebody identified by this card: was it reported lost? Without network nobody can know."""
        if self._session.online:
            self._hub.ask(LookAtCard(claim, self._session.visit.generation))

    def touch(self, request: Request) -> bool:
        if not isinstance(request, requests.Choose) or self._card is None or self.busy:
            return False
        finding = declared(self._session).found
        if finding is None or not any(place.id == request.id for place in finding.places):
            return True
        match self._outbox.enqueue(FoundCardDraft(self._session.visit.language, self._card, request.id)):
            case NotSaved():
                self._finish.show(lambda _: self._not_saved(request.id))
            case Saved() as saved:
                self._pending = (saved, request.id, self._session.clock.monotonic())
                self._sender.kick()
                if not self._session.online:
                    self._settle(None)
        return True

    def take(self, answer: HubAnswered) -> bool:
        request, outcome = answer.request, answer.outcome
        if isinstance(request, LookAtCard):
            if request.visit == self._session.visit.generation and isinstance(outcome, CardLooked) and outcome.lost:
                self._turn_away(request.card)
            return True
        if not isinstance(request, Deliver) or self._pending is None:
            return False
        if request.parcel.op_id.value != self._pending[0].op_id:
            return False
        self._settle(outcome if isinstance(outcome, FoundTaken) else None)
        return True

    def beat(self) -> None:
        if self._pending and self._session.clock.monotonic() - self._pending[2] >= WAIT_FOR_HUB:
            self._settle(None)

    def _turn_away(self, claim: CardClaim) -> None:
        session = self._session
        session.happen(CardWasLost(claim))
        if session.claim is not None or declared(session).found is None:
            return
        self._card, self._lost = claim, True
        session.pages[:] = [Screen.HOME, Screen.FOUND_CARD]

    # -- pages --------------------------------------------------------------------------------------------------
    def page(self, screen: Screen) -> FoundCardPage:
        session, speak = self._session, self._session.speak
        none = Row("none", speak("found_card.cannot"), icon="question")
        if self._card is None:
            hint = reader_hint(session, speak("found_card.tap"), speak("found_card.tap_text"))
            without = Notice(NoticeKind.WARN, speak("strip.reader")) if not hint.position else None
            title, text = speak("found_card.title"), speak("found_card.text")
            return FoundCardPage(title=title, text=text, reader=hint, notice=without, other_ways=(none,))
        lost = Notice(NoticeKind.WARN, speak("found_card.lost"), speak("found_card.lost_text"))
        mine = Row(CANCEL, speak("found_card.mine"), icon="user-circle")
        finding = declared(session).found
        waited = session.clock.monotonic() - self._pending[2] if self._pending else 0.0
        return FoundCardPage(
            title=speak("found_card.where"),
            text=speak("found_card.where_text"),
            notice=lost if self._lost else None,
            places=tuple(self._place(place.id) for place in finding.places) if finding else (),
            privacy=speak("found_card.privacy"),
            other_ways=(mine,) if self._lost and declared(session).unfreeze else (none,),
            busy=self.busy,
            busy_text=speak("report.busy") if waited >= BUSY_AFTER else "",
        )

    def _place(self, place_id: str) -> Row:
        session, finding = self._session, declared(self._session).found
        assert finding is not None
        at = next(place.at for place in finding.places if place.id == place_id)
        here = session.campus is not None and at.place.zh.startswith(session.campus.kiosk.title.zh)
        chip = session.speak("found_card.here") if here else ""
        return Row(place_id, place_line(session, at), hours_line(session, at), "map-pin", chip, "ok" if here else "")

    def _settle(self, taken: FoundTaken | None) -> None:
        assert self._pending is not None
        _, place, _ = self._pending
        self.forget()
        self._finish.show(lambda _: self._thanks(place, taken))

    def _thanks(self, place_id: str, taken: FoundTaken | None) -> DonePage:
        session, speak, place = self._session, self._session.speak, self._place(place_id)
        step = "step_saved" if taken is None else "step_noted"
        time = when.past(taken.received_at, session.now, session.zone, speak) if taken else ""
        owner = "owner" if taken and taken.known else "office" if taken else "send"
        return DonePage(
            kind=DoneKind.RECEIVED if taken else DoneKind.SAVED,
            headline=speak("found_card.thanks"),
            promise=speak("found_card.hand_in", place=place.title),
            lines=(place.hint,) if place.hint else (),
            next_title=speak("done.next"),
            steps=(
                TimelineStep(speak(f"found_card.{step}"), time, "", StepState.DONE),
                TimelineStep(speak(f"found_card.{owner}"), "", "", StepState.NOW),
            ),
            again=speak("done.again"),
            end=speak("done.end"),
        )

    def _not_saved(self, place_id: str) -> DonePage:
        speak, place = self._session.speak, self._place(place_id)
        return DonePage(
            kind=DoneKind.NOT_SAVED,
            headline=speak("done.not_saved"),
            promise=speak("found_card.hand_in_anyway", place=place.title),
            again=speak("done.again"),
            end=speak("done.end"),
        )
