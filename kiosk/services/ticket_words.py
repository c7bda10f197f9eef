"""A ticket in words: its state, its story with what comes next, and what its requester can do about it now."""

from datetime import datetime

from kiosk.domain.ticket_views import Act, Step, TicketView
from kiosk.domain.tickets import TicketState
from kiosk.services import when
from kiosk.services.session import Session
from kiosk.services.unsent import Unsent
from kiosk.services.views import Notice, NoticeKind, Row, StepState, TicketDetail, TimelineStep

#: Kind of the chip of each state; a state this kiosk does not know yet has no word here.
CHIP = {
    "new": "info",
    "in_progress": "info",
    "waiting_for_requester": "warn",
    "resolved": "ok",
    "closed": "ok",
    "withdrawn": "mute",
}
#: What can be done in each state; the last one is what most people come for.
ACTS: dict[str, tuple[str, ...]] = {
    "new": (Act.WITHDRAW, Act.COMMENT),
    "in_progress": (Act.WITHDRAW, Act.COMMENT),
    "waiting_for_requester": (Act.CONFIRM, "reply"),
    "resolved": (Act.REOPEN, Act.CONFIRM),
    "closed": ("again",),
    "withdrawn": ("again",),
}
_ICON = {
    Act.WITHDRAW: "arrow-u-up-left",
    Act.COMMENT: "note-pencil",
    "reply": "note-pencil",
    Act.REOPEN: "arrow-counter-clockwise",
    Act.CONFIRM: "check",
    Act.DISOWN: "user-minus",
    "again": "wrench",
}
_STEPS = ("created", "answered", "commented", "reopened")


def state_word(session: Session, state: str) -> str:
    return session.speak(f"state.{state}") if state in CHIP else ""


def row(session: Session, ticket: TicketView) -> Row:
    day = when.short_day(ticket.created_at, session.now, session.zone, session.speak)
    return Row(
        ticket.reference,
        ticket.title.of(session.visit.language),
        f"{ticket.reference} · {day}",
        chip=state_word(session, ticket.state),
        chip_kind=CHIP.get(ticket.state, "mute"),
    )


def ways(session: Session, ticket: TicketView) -> tuple[Row, ...]:
    """The last one is the page's primary button."""
    acts = ACTS.get(ticket.state, ())
    if ticket.claimed and ticket.state in CHIP and TicketState(ticket.state).is_open:
        acts = (Act.DISOWN, *acts)
    known = session.campus.services if session.campus else ()
    if "again" in acts and not any(service.id == ticket.service for service in known):
        acts = ()
    return tuple(Row(act, session.speak(f"tickets.act_{act}"), icon=_ICON[act]) for act in acts)


def detail(session: Session, ticket: TicketView) -> TicketDetail:
    return TicketDetail(
        ticket.title.of(session.visit.language), line(session, ticket.reference, ticket), story(session, ticket)
    )


def line(session: Session, reference: str, ticket: TicketView | None) -> str:
    """编号 A12-0473-K · 图书馆 一层."""
    place = ticket.place.of(session.visit.language) if ticket else ""
    return " · ".join(part for part in (session.speak("tickets.number", reference=reference), place) if part)


def story(session: Session, ticket: TicketView) -> tuple[TimelineStep, ...]:
    """What has happened, and what comes; a step that has an end by itself is not said to be going on."""
    steps = [_step(session, step) for step in ticket.history if _is_known(step)]
    if ticket.state == TicketState.WAITING_FOR_REQUESTER and steps:
        last = steps[-1]
        steps[-1] = TimelineStep(last.title, last.time, last.text, StepState.NOW)
    return (*steps, *_ahead(session, ticket))


def _is_known(step: Step) -> bool:
    return step.what in _STEPS or step.what.removeprefix("state:") in CHIP


def _step(session: Session, step: Step) -> TimelineStep:
    speak = session.speak
    state = step.what.removeprefix("state:")
    title = speak(f"state.{state}") if state in CHIP else speak(f"tickets.{step.what}")
    text = speak("tickets.created_text") if step.what == "created" else _quoted(session, step.text)
    return TimelineStep(title, when.past(step.at, session.now, session.zone, speak), text, StepState.DONE)


def _quoted(session: Session, text: str) -> str:
    return session.speak("tickets.quote", text=text) if text else ""


def _ahead(session: Session, ticket: TicketView) -> tuple[TimelineStep, ...]:
    speak = session.speak
    match ticket.state:
        case "new":
            return (_promised(session, "tickets.next_reply", ticket.respond_by),)
        case "in_progress":
            return (_promised(session, "tickets.next_solve", ticket.resolve_by),)
        case "waiting_for_requester":
            return (TimelineStep(speak("tickets.next_after_reply"), "", "", StepState.AHEAD),)
        case "resolved":
            return (TimelineStep(speak("tickets.next_confirm"), "", speak("tickets.next_confirm_text"), StepState.NOW),)
        case _:
            return ()


def _promised(session: Session, key: str, by: datetime | None) -> TimelineStep:
    """With the promise, and whether it was kept: a time that has passed is said to have passed."""
    speak = session.speak
    if by is None:
        return TimelineStep(speak(key), "", "", StepState.NOW)
    words = when.day_and_time(by, session.zone, speak)
    if by >= session.now:
        return TimelineStep(speak(key), speak("tickets.next_by", when=words), "", StepState.NOW)
    phone = session.campus.desk.phone if session.campus else ""
    late = speak("tickets.late_call", phone=phone) if phone else speak("tickets.late")
    return TimelineStep(speak(key), speak("tickets.next_by", when=words), late, StepState.NOW)


# -- still on this kiosk ------------------------------------------------------------------------------------------
def unsent_row(session: Session, unsent: Unsent) -> Row:
    day = when.short_day(unsent.made_at, session.now, session.zone, session.speak)
    word = session.speak("tickets.chip_kept" if unsent.kept else "done.chip_waiting")
    return Row(unsent.reference, session.speak("tickets.unsent"), f"{unsent.reference} · {day}", "", word, "warn")


def unsent_detail(session: Session, unsent: Unsent) -> TicketDetail:
    speak = session.speak
    saved = when.past(unsent.made_at, session.now, session.zone, speak)
    steps = [TimelineStep(speak("tickets.saved_here"), saved, "", StepState.DONE)]
    if unsent.kept:
        steps.append(TimelineStep(speak("done.step_desk"), "", speak("tickets.kept_text"), StepState.NOW))
    else:
        sending = speak("tickets.sending" if session.online else "done.step_send")
        steps.append(TimelineStep(sending, "", "", StepState.NOW))
        steps.append(TimelineStep(speak("done.step_desk"), "", speak("tickets.after_sending"), StepState.AHEAD))
    return TicketDetail(speak("tickets.unsent"), line(session, unsent.reference, None), tuple(steps))


def unsent_notice(session: Session) -> Notice:
    desk = session.desk_line()
    text = session.speak("tickets.unseen_text", desk=desk) if desk else ""
    return Notice(NoticeKind.INFO, session.speak("tickets.unseen"), text)
