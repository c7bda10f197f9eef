"""One's own tickets, read only, behind the PIN."""

from kiosk.domain.policy import Action
from kiosk.domain.ticket_views import Step, TicketList, TicketView
from kiosk.domain.tickets import TicketState
from kiosk.services import requests, when
from kiosk.services.flow import Flow
from kiosk.services.front import Front
from kiosk.services.hub_requests import FetchMyTickets, HubAnswered
from kiosk.services.ports import Hub
from kiosk.services.proving import Proving
from kiosk.services.requests import Request
from kiosk.services.session import Session
from kiosk.services.start_pages import tile
from kiosk.services.views import Row, Screen, StepState, TicketDetail, TicketsPage, TimelineStep

_CHIP = {
    "new": "info",
    "in_progress": "info",
    "waiting_for_requester": "warn",
    "resolved": "ok",
    "closed": "ok",
    "withdrawn": "mute",
}


class MyTickets(Flow):
    screens = personal = frozenset({Screen.TICKETS})

    def __init__(self, session: Session, hub: Hub, proving: Proving, front: Front) -> None:
        self.session, self.hub = session, hub
        self._proving, self._front = proving, front
        self.tickets: TicketList | None = None
        self.selected = ""

    def forget(self) -> None:
        self.tickets, self.selected = None, ""

    def tiles(self) -> tuple[Row, ...]:
        return (tile(self.session, "tickets", "clipboard-text"),)

    def enter(self, row: str) -> bool:
        if row != "tickets":
            return False
        if self.session.online:
            self._proving.prove(Action.SEE_TICKETS, self._open, self.tiles()[0], self._unavailable)
        else:
            self._unavailable()
        return True

    def touch(self, request: Request) -> bool:
        if not isinstance(request, requests.SelectTicket):
            return False
        if self.tickets and any(t.reference == request.id for t in self.tickets.tickets):
            self.selected = request.id
        return True

    def take(self, answer: HubAnswered) -> bool:
        if not isinstance(answer.request, FetchMyTickets):
            return False
        if answer.request.visit == self.session.visit.generation and self.session.screen is Screen.TICKETS:
            if isinstance(answer.outcome, TicketList):
                self.tickets = answer.outcome
                self.selected = self.tickets.tickets[0].reference if self.tickets.tickets else ""
            else:
                self._unavailable()
        return True

    def _open(self) -> None:
        self.forget()
        self.session.show(Screen.TICKETS)
        verified = self.session.verified
        if verified is None or not self.hub.ask(FetchMyTickets(verified.session, self.session.visit.generation)):
            self._unavailable()

    def _unavailable(self) -> None:
        if self.session.screen is Screen.TICKETS:
            self.session.back()
        self._front.cannot("tickets", "clipboard-text")

    def page(self, screen: Screen) -> TicketsPage:
        speak = self.session.speak
        if self.tickets is None:
            return TicketsPage(title=speak("tickets.title"), loading=True)
        chosen = next((t for t in self.tickets.tickets if t.reference == self.selected), None)
        empty = not self.tickets.tickets
        return TicketsPage(
            title=speak("tickets.title"),
            rows=tuple(self._row(ticket) for ticket in self.tickets.tickets),
            selected=self.selected,
            detail=self._detail(chosen) if chosen else None,
            empty_title=speak("tickets.empty") if empty else "",
            empty_text=speak("tickets.empty_text") if empty else "",
            footnote="" if empty else speak("tickets.footnote", months=self.tickets.months),
        )

    def _row(self, ticket: TicketView) -> Row:
        session = self.session
        day = when.short_day(ticket.created_at, session.now, session.zone, session.speak)
        title = ticket.title.of(session.visit.language)
        return Row(
            ticket.reference,
            title,
            f"{ticket.reference} · {day}",
            chip=self._state_word(ticket.state),
            chip_kind=_CHIP.get(ticket.state, "mute"),
        )

    def _state_word(self, state: str) -> str:
        return self.session.speak(f"state.{state}") if state in _CHIP else ""

    def _detail(self, ticket: TicketView) -> TicketDetail:
        speak = self.session.speak
        line = " · ".join(
            part
            for part in (speak("tickets.number", reference=ticket.reference), ticket.place.of(speak.language))
            if part
        )
        steps = [self._step(step) for step in ticket.history if self._is_shown(step)]
        if ticket.state in _CHIP and TicketState(ticket.state).is_open:
            steps.append(self._next(ticket))
        elif steps:
            steps[-1] = TimelineStep(steps[-1].title, steps[-1].time, steps[-1].text, StepState.DONE)
        return TicketDetail(ticket.title.of(self.session.visit.language), line, tuple(steps))

    def _is_shown(self, step: Step) -> bool:
        return step.what in ("created", "assigned", "answered") or step.what.removeprefix("state:") in _CHIP

    def _step(self, step: Step) -> TimelineStep:
        session, speak = self.session, self.session.speak
        state = step.what.removeprefix("state:")
        title = speak(f"state.{state}") if state in _CHIP else speak(f"tickets.{step.what}")
        text = speak("tickets.created_text") if step.what == "created" and not step.text else step.text
        return TimelineStep(title, when.past(step.at, session.now, session.zone, speak), text, StepState.DONE)

    def _next(self, ticket: TicketView) -> TimelineStep:
        session, speak = self.session, self.session.speak
        by = when.day_and_time(ticket.respond_by, session.zone, speak) if ticket.respond_by else ""
        return TimelineStep(
            speak("tickets.next_reply"), speak("tickets.next_by", when=by) if by else "", "", StepState.NOW
        )
