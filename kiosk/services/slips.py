"""The slip of a report: the same truth as the done page, in the visitor's language, one line in the other."""

from datetime import datetime

from kiosk.domain.campus import Campus
from kiosk.domain.language import Language
from kiosk.domain.on_paper import PATH
from kiosk.domain.operations import LIFETIME, OperationClass
from kiosk.domain.outcomes import TicketAccepted
from kiosk.domain.receipts import Slip
from kiosk.services import when
from kiosk.services.results import Result, Waiting
from kiosk.services.session import Session
from kiosk.words import Speaker


def slip(session: Session, result: Result, handed_in: datetime) -> Slip:
    """The slip of a saved or received report; ``result.outcome`` is not NotSaved."""
    campus, language, speak = session.campus, session.visit.language, session.speak
    assert campus is not None
    accepted = result.outcome if isinstance(result.outcome, TicketAccepted) else None
    page = accepted.page_url if accepted else ""
    carries = _carries(campus, result)
    if accepted:
        headline = speak(f"done.received_{result.told.service.type}")
        promise = _promise(session, accepted)
    else:
        headline, promise = speak("done.saved"), speak("slip.saved")
    body = _body(campus, speak, accepted is not None), _looked_up(speak, accepted)
    return Slip(
        language=language,
        campus=f"{campus.name.of(language)} {campus.product.of(language)}",
        mark=campus.mark,
        place=f"{campus.kiosk.title.of(language)} · {speak('slip.terminal', code=campus.kiosk.code)}",
        headline=headline,
        reference_label=speak("slip.number"),
        reference=result.reference,
        facts=_facts(session, result, accepted, handed_in),
        promise=promise,
        body=" ".join(part for part in body if part),
        qr=page,
        qr_title=speak("slip.qr") if page else "",
        qr_body=speak("slip.qr_text") if page else "",
        other_language=_other_line(session, result, accepted),
        carries=carries,
        carries_title=speak("slip.carries") if carries else "",
        carries_body=speak("slip.carries_text", until=_until(session, handed_in)) if carries else "",
    )


def _carries(campus: Campus, result: Result) -> str:
    """The address under which a phone delivers what was told: only while nobody knows whether the hub has it, and where
    phones can reach the hub."""
    outcome = result.outcome
    if not isinstance(outcome, Waiting) or not outcome.on_paper or not campus.public_url:
        return ""
    return f"{campus.public_url}{PATH}{outcome.on_paper}"


def _until(session: Session, handed_in: datetime) -> str:
    """By the hub's time as it was known, as the operation itself says it."""
    return when.day(handed_in + LIFETIME[OperationClass.TICKET], session.zone, session.speak)


def _promise(session: Session, accepted: TicketAccepted) -> str:
    """Date and time on a line each: they are what is looked for."""
    speak, by = session.speak, accepted.respond_by
    if accepted.approval is not None:
        return speak("slip.approval", who=accepted.approval.who.of(speak.language))
    if by is None:
        return speak("done.no_promise")
    day = when.day(by, session.zone, speak)
    day = speak("when.about", when=day) if accepted.respond_about else day
    return speak("slip.reply_by", day=day, clock=when.clock_text(by, session.zone))


def _facts(
    session: Session, result: Result, accepted: TicketAccepted | None, handed_in: datetime
) -> tuple[tuple[str, str], ...]:
    told, speak, language = result.told, session.speak, session.visit.language
    symptom = next((s.title.of(language) for s in told.service.symptoms if s.id == told.symptom), "")
    place = told.place_zh if language is Language.ZH else told.place_en
    impact = speak(f"report.impact_{told.impact.value}") if told.impact else ""
    moment = handed_in.astimezone(session.zone)
    facts = (
        (speak("slip.matter"), symptom or told.service.title.of(language)),
        (speak("slip.subject"), told.subject.title.of(language) if told.subject else ""),
        (speak("slip.goes_to"), accepted.goes_to.of(language) if accepted and accepted.goes_to else ""),
        (speak("slip.place"), place),
        (speak("slip.impact"), impact),
        (speak("slip.time"), f"{moment:%Y-%m-%d %H:%M}"),
    )
    return tuple(fact for fact in facts if fact[1])


def _body(campus: Campus, speak: Speaker, received: bool) -> str:
    if not received:
        return speak("slip.body_saved")
    place, phone = campus.desk.place.of(speak.language), campus.desk.phone
    if phone and place:
        return speak("slip.body_help", phone=phone, place=place)
    return speak("slip.body_place", place=place) if place else ""


def _looked_up(speak: Speaker, accepted: TicketAccepted | None) -> str:
    """Without a public page, or where nobody's contact is used, the number itself is the way back."""
    return "" if accepted and accepted.page_url and accepted.named else speak("slip.body_any")


def _other_line(session: Session, result: Result, accepted: TicketAccepted | None) -> str:
    speak = Speaker(session.visit.language.other)
    if accepted is None:
        return speak("slip.line_saved", reference=result.reference)
    if accepted.approval is not None:
        return speak("slip.line_approval", reference=result.reference, who=accepted.approval.who.of(speak.language))
    if accepted.respond_by is None:
        return speak("slip.line_received_plain", reference=result.reference)
    by = when.promised(accepted.respond_by, accepted.respond_about, session.zone, speak)
    return speak("slip.line_received", reference=result.reference, when=by)
