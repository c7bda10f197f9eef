"""The pages around an act on a ticket: what it means before, words for it, and what was done."""

from kiosk.domain.ticket_views import Act, TicketView
from kiosk.services import ticket_words, when
from kiosk.services.drafting import NOTE_LIMIT
from kiosk.services.session import Session
from kiosk.services.views import (
    DoneKind,
    DonePage,
    Notice,
    NoticeKind,
    Row,
    StepState,
    TicketActPage,
    TimelineStep,
    WritePage,
)

_EFFECTS: dict[Act, tuple[tuple[str, str], ...]] = {
    Act.WITHDRAW: (("withdraw_stops", "hand-palm"), ("withdraw_keeps", "clock-counter-clockwise")),
    Act.DISOWN: (("disown_off", "user-minus"), ("disown_desk", "headset")),
}


def confirm_page(session: Session, ticket: TicketView, act: Act, busy: bool, busy_text: str) -> TicketActPage:
    """Withdraw and disown: neither can be taken back, so that both say first what happens."""
    speak = session.speak
    return TicketActPage(
        title=speak(f"ticket_act.{act}_title"),
        ticket=ticket_words.row(session, ticket),
        effects=tuple(
            Row(key, speak(f"ticket_act.{key}"), speak(f"ticket_act.{key}_text"), icon)
            for key, icon in _EFFECTS.get(act, ())
        ),
        safe=speak(f"ticket_act.{act}_not"),
        act=speak(f"ticket_act.{act}_yes"),
        act_icon="arrow-u-up-left" if act is Act.WITHDRAW else "user-minus",
        danger=True,
        busy=busy,
        busy_text=busy_text,
    )


def same_page(session: Session, ticket: TicketView, busy: bool, busy_text: str) -> TicketActPage:
    """An open ticket about the same: a remark on it is answered sooner than a second one."""
    speak = session.speak
    story = ticket_words.story(session, ticket) or (ticket_words.sending_step(session),)
    ahead = next((step for step in story if step.state is StepState.NOW), story[-1])
    return TicketActPage(
        title=speak("ticket_act.same_title"),
        ticket=ticket_words.row(session, ticket),
        effects=(Row("next", ahead.title, ahead.time or ahead.text, "clock"),),
        safe=speak("ticket_act.same_not"),
        act=speak("ticket_act.same_yes"),
        act_icon="note-pencil",
        busy=busy,
        busy_text=busy_text,
    )


def remark_page(session: Session, ticket: TicketView, words: str, text: str) -> WritePage:
    """``words``: comment, reply or reopen."""
    speak = session.speak
    service = next((s for s in session.campus.services if s.id == ticket.service), None) if session.campus else None
    phrases = service.phrases if service and words == Act.COMMENT else ()
    return WritePage(
        title=speak(f"ticket_act.{words}_title"),
        hint=speak("ticket_act.reopen_hint" if words == Act.REOPEN else "note.hint"),
        text=text,
        limit=NOTE_LIMIT,
        phrases=tuple(phrase.of(session.visit.language) for phrase in phrases),
        done=speak(f"ticket_act.{words}_done"),
    )


def done_page(session: Session, ticket: TicketView, act: Act) -> DonePage:
    """What the hub has done; nothing is promised here that it did not say."""
    speak = session.speak
    now = when.past(session.now, session.now, session.zone, speak)
    steps = [TimelineStep(speak(f"ticket_act.{act}_done_step"), now, "", StepState.DONE)]
    if act in (Act.COMMENT, Act.REOPEN):
        steps.append(TimelineStep(speak("ticket_act.next_look"), "", speak("ticket_act.next_look_text"), StepState.NOW))
    return DonePage(
        kind=DoneKind.RECEIVED,
        headline=speak(f"ticket_act.{act}_headline"),
        promise=speak(f"ticket_act.{act}_promise"),
        reference_label=speak("done.number_label"),
        reference=ticket.reference,
        lines=(ticket.title.of(session.visit.language),),
        next_title=speak("done.next"),
        steps=tuple(steps),
        again=speak("ticket_act.to_tickets"),
        end=speak("done.end"),
    )


def queued_page(session: Session, ticket: TicketView, act: Act) -> DonePage:
    """The report itself still waits here: what was done waits behind it, and the hub has said nothing."""
    speak = session.speak
    now = when.past(session.now, session.now, session.zone, speak)
    return DonePage(
        kind=DoneKind.SAVED,
        headline=speak(f"ticket_act.{act}_queued"),
        promise=speak(f"ticket_act.{act}_queued_text"),
        reference_label=speak("done.number_label_saved"),
        reference=ticket.reference,
        chip=speak("done.chip_waiting"),
        lines=(ticket.title.of(session.visit.language),),
        next_title=speak("done.next"),
        steps=(
            TimelineStep(speak("done.step_saved"), now, "", StepState.DONE),
            TimelineStep(speak("done.step_send"), "", speak("ticket_act.queued_step_text"), StepState.NOW),
        ),
        again=speak("ticket_act.to_tickets"),
        end=speak("done.end_saved"),
    )


def not_queued_page(session: Session) -> DonePage:
    speak, desk = session.speak, session.desk_line()
    return DonePage(
        kind=DoneKind.NOT_SAVED,
        headline=speak("done.not_saved"),
        promise=speak("done.not_saved_promise"),
        notice=Notice(NoticeKind.WARN, speak("done.help"), speak("done.help_text", desk=desk)) if desk else None,
        again=speak("ticket_act.to_tickets"),
        end=speak("question.warning_end"),
    )
