"""What came of a change to a card: the done page and the slip, from what the hub has answered and nothing else."""

from datetime import datetime

from kiosk.domain.card_accounts import CardRefusal, ReplacementOrdered
from kiosk.domain.card_life import LossCancelled
from kiosk.domain.desk import Desk
from kiosk.domain.language import Language
from kiosk.domain.outcomes import LossEffect, LossTaken, PrintOutcome
from kiosk.domain.receipts import Slip
from kiosk.services import when
from kiosk.services.card_places import call_line, declared, hours_line, office, place_line
from kiosk.services.finish import MakePage
from kiosk.services.money import whole_yuan
from kiosk.services.session import Session
from kiosk.services.slip_part import paper_notice, slip_block
from kiosk.services.views import DoneKind, DonePage, Notice, NoticeKind, StepState, TimelineStep
from kiosk.words import Speaker

_KNOWN = frozenset(CardRefusal) | {"fee_changed"}


def loss_taken(session: Session, taken: LossTaken) -> tuple[MakePage, Slip]:
    speak, blocked = session.speak, taken.effect is LossEffect.BLOCKED
    on_record = blocked or taken.effect is LossEffect.ALREADY_LOST
    word = "done" if blocked else "already" if on_record else "not_done"
    promise = _works_no_more(session, taken) if on_record else speak(f"card_lost.{taken.effect}")
    steps = _after_loss(session, taken.received_at) if on_record else _desk_has_it(session, taken.received_at)

    def page(printed: PrintOutcome | None) -> DonePage:
        paper = paper_notice(session, printed, "done.keep_number")
        call = None if on_record else Notice(NoticeKind.WARN, speak("card_lost.not_blocked"), call_line(session))
        return DonePage(
            kind=DoneKind.RECEIVED if on_record else DoneKind.SAVED,
            headline=speak(f"card_lost.{word}"),
            promise=promise,
            reference_label=speak("done.number_label"),
            reference=taken.reference,
            lines=holder(session),
            next_title=speak("done.next"),
            steps=steps,
            notice=paper or call,
            **slip_block(session, printed, "card_lost.slip_has"),
            number_large=paper is not None,
            again=speak("done.again"),
            end=speak("done.end_noted" if paper else "done.end"),
        )

    other = Speaker(session.visit.language.other)
    line = other("card_lost.line", state=other(f"card_lost.{word}"), reference=taken.reference)
    body = speak("card_lost.slip_body") if on_record else call_line(session)
    return page, slip(session, "card_lost.card", f"card_lost.{word}", taken.reference, promise, body, line)


def loss_waiting(session: Session, reference: str) -> tuple[MakePage, Slip]:
    """Saved on this kiosk: not blocked yet, and how to block it now."""
    speak, saved_at = session.speak, session.now
    steps = (
        TimelineStep(speak("done.step_saved"), when.clock_text(saved_at, session.zone), "", StepState.DONE),
        TimelineStep(speak("done.step_send"), "", "", StepState.NOW),
        TimelineStep(speak("card_lost.step_blocked"), "", speak("card_lost.step_check"), StepState.AHEAD),
    )

    def page(printed: PrintOutcome | None) -> DonePage:
        paper = paper_notice(session, printed, "done.keep_number")
        return DonePage(
            kind=DoneKind.SAVED,
            headline=speak("card_lost.waiting"),
            promise=speak("card_lost.offline_text"),
            reference_label=speak("done.number_label_saved"),
            reference=reference,
            chip=speak("done.chip_waiting"),
            lines=holder(session),
            next_title=speak("done.next"),
            steps=steps,
            notice=paper or Notice(NoticeKind.WARN, speak("card_lost.not_blocked"), call_line(session)),
            **slip_block(session, printed, "done.slip_text_saved"),
            number_large=paper is not None,
            again=speak("done.again"),
            end=speak("done.end_noted" if paper else "done.end_saved"),
        )

    other = Speaker(session.visit.language.other)
    line = other("card_lost.line", state=other("card_lost.waiting"), reference=reference)
    promise = speak("card_lost.slip_waiting")
    return page, slip(session, "card_lost.card", "card_lost.waiting", reference, promise, call_line(session), line)


def loss_not_saved(session: Session) -> DonePage:
    speak = session.speak
    return DonePage(
        kind=DoneKind.NOT_SAVED,
        headline=speak("card_lost.not_done"),
        promise=speak("card_lost.not_saved"),
        lines=holder(session),
        notice=Notice(NoticeKind.WARN, speak("card_lost.not_blocked"), call_line(session)),
        again=speak("done.again_try"),
        end=speak("question.warning_end"),
    )


def restored(session: Session, cancelled: LossCancelled) -> tuple[MakePage, Slip]:
    speak = session.speak
    steps = (TimelineStep(speak("card_restore.done"), _past(session, cancelled.at), "", StepState.DONE),)
    promise, other = speak("card_restore.done_text"), Speaker(session.visit.language.other)
    make = _done(session, speak("card_restore.done"), promise, steps, "card_restore.was_done")
    return make, slip(
        session, "card_restore.act", "card_restore.done", "", promise, not_you(session), other("card_restore.done")
    )


def ordered(session: Session, order: ReplacementOrdered) -> tuple[MakePage, Slip]:
    speak, replacing = session.speak, declared(session).replace
    at = replacing.at if replacing and replacing.at else office(session)
    place = place_line(session, at) if at else ""
    fee = whole_yuan(order.fee)
    ready = when.day_and_time(order.ready_at, session.zone, speak) if order.ready_at else ""
    collect = speak("card_new.collect", place=place) if place else ""
    steps = (
        TimelineStep(
            speak("card_new.ordered"), _past(session, order.ordered_at), speak("card_new.paid", fee=fee), StepState.DONE
        ),
        TimelineStep(
            collect or speak("card_new.collect_plain"),
            speak("card_new.ready", when=ready) if ready else "",
            hours_line(session, at) if at else "",
            StepState.NOW,
        ),
    )
    promise, other = speak("card_new.done_text", fee=fee), Speaker(session.visit.language.other)
    make = _done(session, speak("card_new.ordered"), promise, steps)
    body = "\n".join(part for part in (collect, *_on_paper(session, at, ready)) if part)
    return make, slip(session, "card_new.title", "card_new.ordered", "", promise, body, other("card_new.ordered"))


def _on_paper(session: Session, at: Desk | None, ready: str) -> tuple[str, ...]:
    """What is still true when the slip is read on another day: no hours of today."""
    speak, language = session.speak, session.visit.language
    bring = speak("card_new.bring_join").join(thing.of(language) for thing in at.bring) if at else ""
    return (
        speak("card_new.ready", when=ready) if ready else "",
        speak("card_new.bring", things=bring) if bring else "",
        speak("none.phone", phone=at.phone) if at and at.phone else "",
    )


def refused(session: Session, words: str, code: str) -> DonePage:
    """The card system said no, and why as far as it is known; nothing has changed."""
    speak, desk = session.speak, office(session)
    where = " · ".join((place_line(session, desk), hours_line(session, desk))) if desk else ""
    return DonePage(
        kind=DoneKind.NOT_SAVED,
        headline=speak(f"{words}.refused"),
        promise=speak(f"card_refused.{code if code in _KNOWN else 'unknown'}"),
        lines=holder(session),
        notice=Notice(NoticeKind.INFO, speak("done.help"), where) if where else None,
        again=speak("done.again"),
        end=speak("question.warning_end"),
    )


def _done(
    session: Session, headline: str, promise: str, steps: tuple[TimelineStep, ...], over: str = "done.next"
) -> MakePage:
    """``over``: the key of what stands over the steps."""
    speak = session.speak

    def page(printed: PrintOutcome | None) -> DonePage:
        return DonePage(
            kind=DoneKind.RECEIVED,
            headline=headline,
            promise=promise,
            lines=holder(session),
            next_title=speak(over),
            steps=steps,
            notice=paper_notice(session, printed, "card_restore.no_slip"),
            number_large=False,
            **slip_block(session, printed, "card_restore.slip_has"),
            again=speak("done.again"),
            end=speak("done.end"),
        )

    return page


def _works_no_more(session: Session, taken: LossTaken) -> str:
    speak, by = session.speak, taken.effective_by
    if taken.effect is LossEffect.ALREADY_LOST:
        return speak("card_lost.already_text")
    if by is None:
        return speak("card_lost.plain")
    if by <= taken.received_at:
        return speak("card_lost.now")
    return speak("card_lost.by", when=when.day_and_time(by, session.zone, speak))


def _after_loss(session: Session, received_at: datetime) -> tuple[TimelineStep, ...]:
    """What can be done next, only what this card system does."""
    speak, cards = session.speak, declared(session)
    steps = [TimelineStep(speak("card_lost.done"), _past(session, received_at), "", StepState.DONE)]
    if cards.unfreeze:
        steps.append(
            TimelineStep(speak("card_lost.step_found"), "", speak("card_lost.step_found_text"), StepState.AHEAD)
        )
    if cards.replace is not None:
        fee = whole_yuan(cards.replace.fee)
        steps.append(
            TimelineStep(speak("card_lost.step_new"), "", speak("card_lost.step_new_text", fee=fee), StepState.AHEAD)
        )
    return tuple(steps)


def _desk_has_it(session: Session, received_at: datetime) -> tuple[TimelineStep, ...]:
    speak = session.speak
    return (
        TimelineStep(speak("done.step_received"), _past(session, received_at), "", StepState.DONE),
        TimelineStep(speak("card_lost.step_desk"), "", "", StepState.NOW),
    )


def holder(session: Session) -> tuple[str, ...]:
    verified = session.verified
    if verified:
        return (f"{verified.shown_name} · {verified.shown_number}",)
    return (session.number.number.mask(),) if session.number else ()


def _past(session: Session, moment: datetime) -> str:
    return when.past(moment, session.now, session.zone, session.speak)


def not_you(session: Session) -> str:
    """Whom to call if it was somebody else; nothing where the campus gave no number."""
    desk = office(session)
    phone = desk.phone.replace(" ", "\N{NO-BREAK SPACE}") if desk else ""
    return session.speak("card_done.not_you", phone=phone) if phone else ""


def slip(session: Session, matter: str, headline: str, reference: str, promise: str, body: str, line: str) -> Slip:
    """``matter`` and ``headline`` are keys, the rest is text."""
    campus, speak = session.campus, session.speak
    assert campus is not None
    language: Language = session.visit.language
    who = holder(session)
    facts = (
        (speak("slip.matter"), speak(matter)),
        (speak("card_lost.holder"), who[0] if who else ""),
        (speak("slip.time"), f"{session.now.astimezone(session.zone):%Y-%m-%d %H:%M}"),
    )
    return Slip(
        language=language,
        campus=f"{campus.name.of(language)} {campus.product.of(language)}",
        mark=campus.mark,
        place=f"{campus.kiosk.title.of(language)} · {speak('slip.terminal', code=campus.kiosk.code)}",
        headline=speak(headline),
        reference_label=speak("slip.number") if reference else "",
        reference=reference,
        facts=tuple(fact for fact in facts if fact[1]),
        promise=promise,
        body=body,
        other_language=line,
    )
