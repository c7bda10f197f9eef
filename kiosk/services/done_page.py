"""The done page: says only what the operation, the hub or the printer has answered."""

from datetime import datetime

from kiosk.domain.drafts import ContactOnFile, ContactTyped
from kiosk.domain.outcomes import NotSaved, TicketAccepted
from kiosk.services import when
from kiosk.services.results import Kept, Result, Told
from kiosk.services.session import Session
from kiosk.services.slip_part import paper_notice, slip_block
from kiosk.services.views import DoneKind, DonePage, Notice, NoticeKind, StepState, TimelineStep


def done_page(session: Session, result: Result, handed_in: datetime) -> DonePage:
    """``handed_in`` is the hub's time, as far as it was known, of the touch that handed the report in."""
    match result.outcome:
        case TicketAccepted() as accepted:
            return _received(session, result, accepted)
        case NotSaved():
            return _not_saved(session, result)
        case outcome:
            return _saved(session, result, handed_in, kept=isinstance(outcome, Kept))


def _received(session: Session, result: Result, accepted: TicketAccepted) -> DonePage:
    speak, told = session.speak, result.told
    about = accepted.respond_about
    by = when.promised(accepted.respond_by, about, session.zone, speak) if accepted.respond_by else ""
    paperless = paper_notice(session, result.slip, "done.keep_number_qr" if accepted.page_url else "done.keep_number")
    confirm = "done.step_confirm" if told.service.type == "incident" else "done.step_confirm_other"
    steps = (
        TimelineStep(
            speak("done.step_received"), when.past(accepted.received_at, session.now, session.zone, speak), "", _DONE
        ),
        _now(session, accepted, by),
        TimelineStep(speak(confirm), "", _answer_way(session, told, accepted.named), StepState.AHEAD),
    )
    unnamed = None if accepted.named else Notice(NoticeKind.WARN, speak("done.unnamed"), speak("done.unnamed_text"))
    return DonePage(
        kind=DoneKind.RECEIVED,
        headline=speak(f"done.received_{told.service.type}"),
        promise=promise(session, accepted),
        reference_label=speak("done.number_label"),
        reference=accepted.reference,
        lines=_lines(session, told),
        next_title=speak("done.next"),
        steps=steps,
        notice=unnamed or paperless,
        **slip_block(session, result.slip, "done.slip_text" if by else "done.slip_text_saved"),
        qr=accepted.page_url,
        qr_label=speak("done.qr_keep" if paperless else "done.qr") if accepted.page_url else "",
        number_large=paperless is not None,
        again=speak("done.again"),
        end=speak("done.end_noted" if paperless else "done.end"),
    )


_DONE = StepState.DONE


def _now(session: Session, accepted: TicketAccepted, by: str) -> TimelineStep:
    """Whoever has to agree first, the lead a complaint goes to, or the desk."""
    speak, language = session.speak, session.visit.language
    if accepted.approval is not None:
        since = when.past(accepted.approval.since, session.now, session.zone, speak)
        remind = when.promised(accepted.approval.remind_by, accepted.approval.about, session.zone, speak)
        who = accepted.approval.who.of(language)
        text = speak("done.step_remind", when=remind)
        return TimelineStep(speak("done.step_approval", who=who), speak("done.since", when=since), text, StepState.NOW)
    time = speak("done.step_reply_by", when=by) if by else ""
    if accepted.goes_to is not None:
        title, text = speak("done.step_lead", who=accepted.goes_to.of(language)), speak("done.step_lead_text")
        return TimelineStep(title, time, text, StepState.NOW)
    return TimelineStep(speak("done.step_reply") if by else speak("done.step_desk"), time, "", StepState.NOW)


def promise(session: Session, accepted: TicketAccepted) -> str:
    """周五 11月20日 16:30 前回复你。 Outside hours with when the desk opens; nothing where nothing is promised."""
    speak = session.speak
    if accepted.approval is not None:
        return speak("done.approval", who=accepted.approval.who.of(speak.language))
    if accepted.respond_by is None:
        return speak("done.no_promise")
    by = when.promised(accepted.respond_by, accepted.respond_about, session.zone, speak)
    opens = when.opens_next(accepted.received_at, session.campus, speak) if session.campus else ""
    return speak("done.opens_reply_by", opens=opens, when=by) if opens else speak("done.reply_by", when=by)


def _saved(session: Session, result: Result, handed_in: datetime, kept: bool) -> DonePage:
    speak, told = session.speak, result.told
    paperless = paper_notice(session, result.slip, "done.keep_number")
    desk = session.desk_line()
    check = Notice(NoticeKind.INFO, speak("done.check"), speak("done.check_text", desk=desk)) if desk else None
    send = () if kept else (TimelineStep(speak("done.step_send"), "", speak("done.step_send_text"), StepState.NOW),)
    reply = TimelineStep(
        speak("done.step_desk"), "", _answer_way(session, told), StepState.NOW if kept else StepState.AHEAD
    )
    return DonePage(
        kind=DoneKind.SAVED,
        headline=speak("done.saved") if not kept else speak(f"done.received_{told.service.type}"),
        promise=speak("done.kept_promise" if kept else "done.saved_promise"),
        reference_label=speak("done.number_label_saved"),
        reference=result.reference,
        chip="" if kept else speak("done.chip_waiting"),
        lines=_lines(session, told),
        next_title=speak("done.next"),
        steps=(
            TimelineStep(speak("done.step_saved"), when.clock_text(handed_in, session.zone), "", _DONE),
            *send,
            reply,
        ),
        notice=paperless or check,
        **slip_block(session, result.slip, "done.slip_text_saved"),
        number_large=paperless is not None,
        again=speak("done.again"),
        end=speak("done.end_noted" if paperless else "done.end_saved"),
    )


def _not_saved(session: Session, result: Result) -> DonePage:
    speak, desk = session.speak, session.desk_line()
    return DonePage(
        kind=DoneKind.NOT_SAVED,
        headline=speak("done.not_saved"),
        promise=speak("done.not_saved_promise"),
        lines=_lines(session, result.told),
        notice=Notice(NoticeKind.WARN, speak("done.help"), speak("done.help_text", desk=desk)) if desk else None,
        again=speak("done.again_try"),
        end=speak("question.warning_end"),
    )


def _lines(session: Session, told: Told) -> tuple[str, ...]:
    language = session.visit.language
    symptom = next((s.title.of(language) for s in told.service.symptoms if s.id == told.symptom), "")
    place = told.place_zh if language.value == "zh" else told.place_en
    impact = session.speak(f"report.impact_{told.impact.value}") if told.impact else ""
    subject = session.speak("report.subject", service=told.subject.title.of(language)) if told.subject else ""
    detail = " · ".join(part for part in (subject, place, impact) if part)
    return tuple(line for line in (symptom or told.service.title.of(language), detail) if line)


def _answer_way(session: Session, told: Told, named: bool = True) -> str:
    if isinstance(told.contact, ContactOnFile) and named:
        return session.speak("done.step_on_file")
    return session.speak("done.step_typed" if isinstance(told.contact, ContactTyped) else "done.step_look")
