"""One's own tickets behind the PIN: their story, and what can be done about each."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from kiosk.domain.operations import OpId
from kiosk.domain.outcomes import NotSaved
from kiosk.domain.policy import Action
from kiosk.domain.queueable import TicketActDraft
from kiosk.domain.ticket_views import Act, Acted, TicketList, TicketView
from kiosk.domain.tickets import TicketState
from kiosk.services import requests, ticket_words, when
from kiosk.services.act_pages import (
    confirm_page,
    done_page,
    not_queued_page,
    queued_page,
    remark_page,
    same_page,
)
from kiosk.services.finish import Finish
from kiosk.services.flow import Flow
from kiosk.services.front import Front
from kiosk.services.hints import scans
from kiosk.services.hub_requests import ActOnTicket, FetchMyTickets, HubAnswered
from kiosk.services.ports import Hub, Outbox
from kiosk.services.proving import Proving
from kiosk.services.requests import Request
from kiosk.services.session import Session
from kiosk.services.start_pages import tile
from kiosk.services.submission import BUSY_AFTER, SLOW_AFTER, Sender
from kiosk.services.unsent import Unsent, UnsentReports
from kiosk.services.views import Page, Row, Screen, TicketActPage, TicketsPage
from kiosk.services.writing import Writing

#: Progress that is older than this is said to be: the hub asks for it much more often.
FRESH = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Around:
    """The flows this one hands over to."""

    proving: Proving
    front: Front
    finish: Finish
    writing: Writing
    outbox: Outbox
    sender: Sender


@dataclass(frozen=True, slots=True)
class Pending:
    """The hub is asked to do this; ``since`` by the monotonic clock."""

    request: ActOnTicket
    ticket: TicketView
    since: float


class MyTickets(Flow):
    screens = personal = frozenset({Screen.TICKETS, Screen.TICKET_ACT})

    def __init__(self, session: Session, hub: Hub, around: Around, unsent: UnsentReports) -> None:
        self.session, self.hub, self._around, self._unsent = session, hub, around, unsent
        #: Set once by whoever puts the flows together: a new report about a service, and the rating.
        self.report_again: Callable[[str], None] = lambda _service: None
        self.rate: Callable[[], None] = lambda: None
        self.forget()

    def forget(self) -> None:
        self.tickets: TicketList | None = None
        self.selected = ""
        self._about: TicketView | None = None  # the ticket of the page before an act
        self._asking: Act | None = None  # that page's act; ``None``: "you reported this already"
        self._otherwise: Callable[[], None] | None = None
        self._draft = ""
        self._pending: Pending | None = None
        self._waited: frozenset[str] = frozenset()  # what waited when the list was shown last

    @property
    def busy(self) -> bool:
        return self._pending is not None

    def tiles(self) -> tuple[Row, ...]:
        return (tile(self.session, "tickets", "clipboard-text", f"tickets_hint{scans(self.session)}"),)

    def enter(self, row: str) -> bool:
        if row != "tickets":
            return False
        if self.session.online:
            self._proven(self._open)
        else:
            self._unavailable()
        return True

    # -- the same matter twice ----------------------------------------------------------------------------------
    def look(self) -> None:
        """Whoever is verified already may be told of an open ticket before they make another one."""
        verified = self.session.verified
        fresh = self._around.proving.is_fresh
        if verified is not None and fresh and self.tickets is None and self.session.online:
            self.hub.ask(FetchMyTickets(verified.session, self.session.visit.generation))

    def same_matter(self, service: str, symptom: str) -> TicketView | None:
        """An open ticket of the person about this, as far as it is known and may be shown in this visit."""
        if not self._around.proving.is_fresh or self.tickets is None:
            return None
        waiting = [ticket_words.unsent_ticket(self.session, u) for u in self._waiting() if not (u.kept or u.withdrawn)]
        open_ones = [ticket for ticket in self.tickets.tickets if _open(ticket)]
        return next((t for t in (*waiting, *open_ones) if (t.service, t.symptom) == (service, symptom)), None)

    def offer_same(self, ticket: TicketView, note: str, otherwise: Callable[[], None]) -> None:
        """Asks whether it is the same; if so ``note`` becomes a remark on it, if not ``otherwise`` goes on."""
        self._about, self._asking, self._draft, self._otherwise = ticket, None, note, otherwise
        self.session.show(Screen.TICKET_ACT)

    # -- touches ------------------------------------------------------------------------------------------------
    def shows_more(self, request: Request) -> Action | None:
        return Action.SEE_TICKETS if isinstance(request, requests.SelectTicket) else None

    def touch(self, request: Request) -> bool:
        match request:
            case requests.SelectTicket(id=reference):
                if reference in {*(t.reference for t in self._all()), *(u.reference for u in self._waiting())}:
                    self.selected = reference
            case requests.Choose(page=Screen.TICKETS, part="way", id=way) if not self.busy:
                self._chosen_way(way)
            case requests.Choose(page=Screen.TICKET_ACT, part=part) if not self.busy:
                self._answered_question(part)
            case _:
                return False
        return True

    def back(self) -> bool:
        """The question is left without an answer: nothing is done."""
        if self.session.screen is Screen.TICKET_ACT:
            self._about = None
        return False

    def _chosen_way(self, way: str) -> None:
        ticket = self._chosen()
        if ticket is None or way not in {row.id for row in self._ways()}:
            return
        if way == "again":
            self.report_again(ticket.service)
        elif way in ("reply", Act.COMMENT, Act.REOPEN):
            act = Act.REOPEN if way == Act.REOPEN else Act.COMMENT
            self._write(ticket, act, way)
        elif way == Act.CONFIRM:
            self._do(ticket, Act.CONFIRM)
        else:
            self._about, self._asking = ticket, Act(way)
            self.session.show(Screen.TICKET_ACT)

    def _answered_question(self, part: str) -> None:
        ticket, asking, otherwise, draft = self._about, self._asking, self._otherwise, self._draft
        if ticket is None:
            return
        if part == "act" and asking is not None:
            self._do(ticket, asking)
            return
        if part == "act":
            self._write(ticket, Act.COMMENT, Act.COMMENT, draft)
            return
        self.session.back()
        self._about = self._otherwise = None
        if asking is None and otherwise is not None:
            otherwise()

    def _write(self, ticket: TicketView, act: Act, words: str, text: str = "") -> None:
        def written(typed: str) -> None:
            if typed or act is Act.REOPEN:
                self._do(ticket, act, typed)

        self._around.writing.ask(lambda: remark_page(self.session, ticket, words, text), written)

    # -- asking the hub -----------------------------------------------------------------------------------------
    def _proven(self, then: Callable[[], None]) -> None:
        self._around.proving.prove(Action.SEE_TICKETS, then, self.tiles()[0], self._unavailable)

    def _do(self, ticket: TicketView, act: Act, text: str = "") -> None:
        self._proven(lambda: self._ask(ticket, act, text))

    def _ask(self, ticket: TicketView, act: Act, text: str) -> None:
        session, verified = self.session, self.session.verified
        if verified is None:
            return
        if self._unsent_one(ticket.reference) is not None:
            self._queue(ticket, act, text, verified.session)
            return
        request = ActOnTicket(verified.session, OpId.new(), ticket.reference, act, text, visit=session.visit.generation)
        if self.hub.ask(request):
            self._pending = Pending(request, ticket, session.clock.monotonic())
        else:
            self._undone()

    def _queue(self, ticket: TicketView, act: Act, text: str, token: str) -> None:
        """The report still waits here: what is done with it waits behind it."""
        session, outbox = self.session, self._around.outbox
        draft = TicketActDraft(session.visit.language, ticket.reference, act, token, text)
        if isinstance(outbox.enqueue(draft), NotSaved):
            self._around.finish.show(lambda _slip: not_queued_page(session), again=self._again)
            return
        self._unsent.acted(ticket.reference, act, session.now)
        self._around.sender.kick()
        self._around.finish.show(lambda _slip: queued_page(session, ticket, act), again=self._again)

    def settle(self) -> None:
        """What waited a moment ago and does not any more is at the hub: the list is asked for anew."""
        if self.session.screen is not Screen.TICKETS or self.tickets is None:
            return
        waiting = frozenset(unsent.reference for unsent in self._waiting())
        gone = self._waited - waiting - {ticket.reference for ticket in self._all()}
        verified, self._waited = self.session.verified, waiting
        if gone and verified is not None:
            self.hub.ask(FetchMyTickets(verified.session, self.session.visit.generation))

    def take(self, answer: HubAnswered) -> bool:
        match answer.request:
            case FetchMyTickets(visit=visit):
                if visit == self.session.visit.generation:
                    self._fetched(answer)
            case ActOnTicket() as request:
                if self._pending is not None and request == self._pending.request:
                    self._did(answer)
            case _:
                return False
        return True

    def _fetched(self, answer: HubAnswered) -> None:
        shown = self.session.screen is Screen.TICKETS
        if isinstance(answer.outcome, TicketList):
            self.tickets = answer.outcome
            if shown and not self.selected:
                self.selected = next((r.id for r in self._rows()), "")
        elif shown and self.tickets is None:
            self._unavailable()

    def _did(self, answer: HubAnswered) -> None:
        pending, self._pending = self._pending, None
        assert pending is not None
        if not isinstance(answer.outcome, Acted):
            self._undone()
            return
        self.tickets, self._about = None, None
        if pending.request.act is Act.CONFIRM and answer.outcome.may_rate:
            self.rate()
            return
        session, act = self.session, pending.request.act
        self._around.finish.show(lambda _slip: done_page(session, pending.ticket, act), again=self._again)

    def _again(self) -> None:
        self.session.home()
        self.enter("tickets")

    def _open(self) -> None:
        self.forget()
        self.session.show(Screen.TICKETS)
        verified = self.session.verified
        if verified is None or not self.hub.ask(FetchMyTickets(verified.session, self.session.visit.generation)):
            self._unavailable()

    def _unavailable(self) -> None:
        if self.session.screen is Screen.TICKETS:
            self.session.back()
        self._around.front.cannot("tickets", "clipboard-text")

    def _undone(self) -> None:
        """It is not known whether the hub did it: the list says so next time."""
        self.session.home()
        self.tickets = None
        self._around.front.cannot("ticket_act", "clipboard-text", tile(self.session, "tickets", "clipboard-text"))

    # -- pages --------------------------------------------------------------------------------------------------
    def page(self, screen: Screen) -> Page:
        if screen is Screen.TICKETS:
            return self._tickets_page()
        if self._about is None:
            return TicketActPage()
        if self._asking is None:
            return same_page(self.session, self._about, self.busy, self._busy_text())
        return confirm_page(self.session, self._about, self._asking, self.busy, self._busy_text())

    def _tickets_page(self) -> TicketsPage:
        session, speak = self.session, self.session.speak
        if self.tickets is None:
            return TicketsPage(title=speak("tickets.title"), loading=True)
        rows, chosen, unsent = self._rows(), self._chosen(), self._unsent_one(self.selected)
        detail = ticket_words.detail(session, chosen) if chosen and not unsent else None
        return TicketsPage(
            title=speak("tickets.title"),
            rows=rows,
            selected=self.selected,
            detail=ticket_words.unsent_detail(session, unsent) if unsent else detail,
            empty_title="" if rows else speak("tickets.empty"),
            empty_text="" if rows else speak("tickets.empty_text"),
            footnote=self._footnote() if rows else "",
            notice=ticket_words.unsent_notice(session) if unsent else None,
            ways=self._ways() if rows else (Row("report", speak("home.report"), icon="wrench"),),
            busy=self.busy,
            busy_text=self._busy_text(),
        )

    def _footnote(self) -> str:
        """How far back the list goes, and, where another system keeps the tickets, how old it is."""
        assert self.tickets is not None
        session, told = self.session, self.tickets.as_of
        months = session.speak("tickets.footnote", months=self.tickets.months)
        if told is None:
            return months
        key = "tickets.as_of" if session.now - told <= FRESH else "tickets.old"
        return f"{months}\n{session.speak(key, when=when.past(told, session.now, session.zone, session.speak))}"

    def _rows(self) -> tuple[Row, ...]:
        session = self.session
        waiting = (ticket_words.unsent_row(session, unsent) for unsent in self._waiting())
        return (*waiting, *(ticket_words.row(session, ticket) for ticket in self._all()))

    def _all(self) -> tuple[TicketView, ...]:
        return self.tickets.tickets if self.tickets else ()

    def _waiting(self) -> tuple[Unsent, ...]:
        """What the hub has told of is not waiting, even where its answer was lost on the way here."""
        arrived = {ticket.reference for ticket in self._all()}
        return tuple(u for u in self._unsent.of(self.session.claim) if u.reference not in arrived)

    def _unsent_one(self, reference: str) -> Unsent | None:
        return next((unsent for unsent in self._waiting() if unsent.reference == reference), None)

    def _chosen(self) -> TicketView | None:
        unsent = self._unsent_one(self.selected)
        if unsent is not None:
            return ticket_words.unsent_ticket(self.session, unsent)
        return next((ticket for ticket in self._all() if ticket.reference == self.selected), None)

    def _ways(self) -> tuple[Row, ...]:
        unsent, chosen = self._unsent_one(self.selected), self._chosen()
        if unsent is not None:
            return ticket_words.unsent_ways(self.session, unsent)
        return ticket_words.ways(self.session, chosen) if chosen else ()

    def _busy_text(self) -> str:
        if self._pending is None:
            return ""
        waited = self.session.clock.monotonic() - self._pending.since
        if waited < BUSY_AFTER:
            return ""
        return self.session.speak("report.slow" if waited >= SLOW_AFTER else "report.busy")


def _open(ticket: TicketView) -> bool:
    return ticket.state in ticket_words.CHIP and TicketState(ticket.state).is_open
