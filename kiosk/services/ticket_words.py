"""A ticket in words: its state, its story with what comes next, and what its requester can do about it now."""

from datetime import datetime

from kiosk.domain.language import Language
from kiosk.domain.text import Text
from kiosk.domain.ticket_views import Act, Step, TicketView
from kiosk.domain.tickets import TicketState, TicketType
from kiosk.services import when
from kiosk.services.session import Session
from kiosk.services.unsent import Unsent
from kiosk.services.views import Notice, NoticeKind, Row, StepState, TicketDetail, TimelineStep
from kiosk.words import Speaker

#: Kind of the chip of each state; a state this kiosk does not know yet has no word here.
CHIP = {
    "waiting_for_approval": "warn",
    "new": "info",
    "in_progress": "info",
    "waiting_for_requester": "warn",
    "resolved": "ok",
    "closed": "ok",
    "withdrawn": "mute",
    "declined": "mute",
}
#: What can be done in each state; the last one is what most people come for.
ACTS: dict[str, tuple[str, ...]] = {
    "waiting_for_approval": (Act.WITHDRAW, Act.COMMENT),
    "new": (Act.WITHDRAW, Act.COMMENT),
    "in_progress": (Act.WITHDRAW, Act.COMMENT),
    "waiting_for_requester": (Act.CONFIRM, "reply"),
    "resolved": (Act.REOPEN, Act.CONFIRM),
    "closed": ("again",),
    "withdrawn": ("again",),
    "declined": ("again",),
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
_STEPS = ("created", "answered", "commented", "reopened", "approved", "escalated", "overdue")


def state_word(session: Session, state: str) -> str:
    if state == UNSENT:
        return session.speak("done.chip_waiting")
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
        case "waiting_for_approval":
            return _waits(session, ticket)
        case "new" if ticket.goes_to is not None:
            who = ticket.goes_to.of(session.visit.language)
            return (_promised(session, speak("done.step_lead", who=who), ticket.respond_by, ticket.respond_about),)
        case "new":
            word = "next_reply_anyone" if ticket.type == TicketType.COMPLAINT else "next_reply"
            return (_promised(session, speak(f"tickets.{word}"), ticket.respond_by, ticket.respond_about),)
        case "in_progress":
            return (_promised(session, speak("tickets.next_solve"), ticket.resolve_by, ticket.resolve_about),)
        case "waiting_for_requester":
            return (TimelineStep(speak("tickets.next_after_reply"), "", "", StepState.AHEAD),)
        case "resolved":
            return (TimelineStep(speak("tickets.next_confirm"), "", speak("tickets.next_confirm_text"), StepState.NOW),)
        case _:
            return ()


def _waits(session: Session, ticket: TicketView) -> tuple[TimelineStep, ...]:
    """Whom it waits for and since when; that the lead will be told is said as long as it is to come."""
    speak, approval = session.speak, ticket.approval
    after = TimelineStep(speak("tickets.after_approval"), "", speak("tickets.after_approval_text"), StepState.AHEAD)
    if approval is None:
        return (after,)
    since = when.past(approval.since, session.now, session.zone, speak)
    remind = when.promised(approval.remind_by, approval.about, session.zone, speak)
    text = speak("done.step_remind", when=remind) if approval.remind_by > session.now else ""
    who = speak("done.step_approval", who=approval.who.of(session.visit.language))
    return TimelineStep(who, speak("done.since", when=since), text, StepState.NOW), after


def _promised(session: Session, title: str, by: datetime | None, about: bool) -> TimelineStep:
    """With the promise, and whether it was kept: a time that has passed is said to have passed."""
    speak = session.speak
    if by is None:
        return TimelineStep(title, "", "", StepState.NOW)
    words = when.promised(by, about, session.zone, speak)
    if by >= session.now:
        return TimelineStep(title, speak("tickets.next_by", when=words), "", StepState.NOW)
    phone = session.campus.desk.phone if session.campus else ""
    late = speak("tickets.late_call", phone=phone) if phone else speak("tickets.late")
    return TimelineStep(title, speak("tickets.next_by", when=words), late, StepState.NOW)


# -- still on this kiosk ------------------------------------------------------------------------------------------
#: Stands for the state of a report the hub has not seen; no hub says it.
UNSENT = "unsent"


def unsent_ticket(session: Session, unsent: Unsent) -> TicketView:
    """As a ticket, for the pages around an act on it."""
    services = session.campus.services if session.campus else ()
    service = next((s for s in services if s.id == unsent.matter.service), None)
    symptom = next((s for s in service.symptoms if s.id == unsent.matter.symptom), None) if service else None
    told = symptom.title if symptom else service.title if service else None
    words = Text(*(Speaker(language)("tickets.unsent") for language in (Language.ZH, Language.EN)))
    return TicketView(
        reference=unsent.reference,
        title=told or words,
        place=unsent.matter.place,
        type=service.type if service else "",
        state=UNSENT,
        created_at=unsent.made_at,
        respond_by=None,
        resolve_by=None,
        history=(),
        service=unsent.matter.service,
        symptom=unsent.matter.symptom,
    )


def unsent_row(session: Session, unsent: Unsent) -> Row:
    day = when.short_day(unsent.made_at, session.now, session.zone, session.speak)
    word = session.speak("tickets.chip_kept" if unsent.kept else "done.chip_waiting")
    title = unsent_ticket(session, unsent).title.of(session.visit.language)
    return Row(unsent.reference, title, f"{unsent.reference} · {day}", "", word, "warn")


def unsent_ways(session: Session, unsent: Unsent) -> tuple[Row, ...]:
    """What waits behind it in the outbox; what the hub refused is a person's to look at, what is withdrawn is over."""
    if unsent.kept or unsent.withdrawn:
        return ()
    acts = (Act.WITHDRAW, Act.COMMENT)
    return tuple(Row(act, session.speak(f"tickets.act_{act}"), icon=_ICON[act]) for act in acts)


def unsent_detail(session: Session, unsent: Unsent) -> TicketDetail:
    ticket = unsent_ticket(session, unsent)
    return TicketDetail(
        ticket.title.of(session.visit.language),
        line(session, unsent.reference, ticket),
        unsent_story(session, unsent),
    )


def unsent_story(session: Session, unsent: Unsent) -> tuple[TimelineStep, ...]:
    speak = session.speak

    def past(at: datetime) -> str:
        return when.past(at, session.now, session.zone, speak)

    steps = [TimelineStep(speak("tickets.saved_here"), past(unsent.made_at), "", StepState.DONE)]
    for act, at in unsent.acts:
        steps.append(TimelineStep(speak(f"tickets.waiting_{act}"), past(at), "", StepState.DONE))
    if unsent.kept:
        return (*steps, TimelineStep(speak("done.step_desk"), "", speak("tickets.kept_text"), StepState.NOW))
    steps.append(sending_step(session))
    if unsent.withdrawn:
        return (*steps, TimelineStep(speak("state.withdrawn"), "", speak("tickets.withdrawn_after"), StepState.AHEAD))
    return (*steps, TimelineStep(speak("done.step_desk"), "", speak("tickets.after_sending"), StepState.AHEAD))


def sending_step(session: Session) -> TimelineStep:
    """Of a report that is not at the hub yet."""
    title = session.speak("tickets.sending" if session.online else "done.step_send")
    return TimelineStep(title, "", "", StepState.NOW)


def unsent_notice(session: Session) -> Notice:
    desk = session.desk_line()
    text = session.speak("tickets.unseen_text", desk=desk) if desk else ""
    return Notice(NoticeKind.INFO, session.speak("tickets.unseen"), text)
