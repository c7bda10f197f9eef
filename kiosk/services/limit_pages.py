"""What is said about spending limits: which are in force, what a change means, and what was changed."""

from dataclasses import dataclass

from kiosk.domain.card_accounts import NO_LIMITS, CardLimits, LimitsSet
from kiosk.domain.card_capabilities import Limiting, LimitKind
from kiosk.domain.outcomes import PrintOutcome
from kiosk.domain.receipts import Slip
from kiosk.services import card_done, when
from kiosk.services.card_matter import BUSY_AFTER, SLOW_AFTER
from kiosk.services.finish import MakePage
from kiosk.services.money import whole_yuan
from kiosk.services.session import Session
from kiosk.services.slip_part import paper_notice, slip_block
from kiosk.services.views import (
    DoneKind,
    DonePage,
    LimitsPage,
    Notice,
    NoticeKind,
    Row,
    StepState,
    TimelineStep,
)
from kiosk.words import Speaker

#: The row that leads to them.
LIMITS = "limits"
ICON = "sliders-horizontal"


@dataclass(frozen=True, slots=True)
class Chosen:
    """``kind``: the limit whose amounts are offered; ``wanted``: what is to change; ``waited``: seconds so far."""

    kind: LimitKind
    wanted: CardLimits
    busy: bool
    waited: float


def tile(session: Session, limiting: Limiting, limits: CardLimits) -> Row:
    kind = limiting.kinds[-1]
    return Row(LIMITS, session.speak("limits.tile"), _line(session, kind, limits.of(kind)), ICON)


def page(session: Session, limiting: Limiting, limits: CardLimits, chosen: Chosen) -> LimitsPage:
    speak, wanted, kind = session.speak, chosen.wanted, chosen.kind
    span, now = limiting.of(kind), limits.of(kind)
    return LimitsPage(
        title=speak("limits.title"),
        text=_over(session, limiting),
        kinds=tuple(
            Row(each, speak(f"limits.{each}"), _change(session, limits.of(each), wanted.of(each)))
            for each in limiting.kinds
        ),
        kind=kind,
        amounts=tuple(
            Row(str(amount), whole_yuan(amount), speak("limits.now") if amount == now else "")
            for amount in (span.amounts if span else ())
        ),
        amount=str(now if wanted.of(kind) is None else wanted.of(kind)),
        notice=_crossed(session, limits, wanted),
        submit=speak("limits.submit"),
        can_submit=wanted != NO_LIMITS and not chosen.busy,
        busy=chosen.busy,
        busy_text=_busy_text(session, chosen),
    )


def done(session: Session, limiting: Limiting, before: CardLimits, answer: LimitsSet) -> tuple[MakePage, Slip]:
    speak = session.speak
    in_force = [kind for kind in limiting.kinds if answer.limits.of(kind) is not None]
    lines = [_line(session, kind, answer.limits.of(kind)) for kind in in_force]
    at = when.past(answer.at, session.now, session.zone, speak)
    steps = tuple(
        TimelineStep(
            line,
            at if before.of(kind) != answer.limits.of(kind) else "",
            speak("limits.before", amount=_amount(session, before.of(kind)))
            if before.of(kind) != answer.limits.of(kind)
            else speak("limits.same"),
            StepState.DONE,
        )
        for kind, line in zip(in_force, lines, strict=True)
    )

    def make(printed: PrintOutcome | None) -> DonePage:
        return DonePage(
            kind=DoneKind.RECEIVED,
            headline=speak("limits.done"),
            promise=_over(session, limiting),
            lines=card_done.holder(session),
            next_title=speak("limits.in_force"),
            steps=steps,
            notice=paper_notice(session, printed, "limits.no_slip"),
            number_large=False,
            **slip_block(session, printed, "card_restore.slip_has"),
            again=speak("done.again"),
            end=speak("done.end"),
        )

    other = Speaker(session.visit.language.other)
    slip = card_done.slip(
        session,
        "limits.tile",
        "limits.done",
        "",
        "\n".join(lines),
        "\n".join(part for part in (_over(session, limiting), card_done.not_you(session)) if part),
        other("limits.done"),
    )
    return make, slip


def _line(session: Session, kind: LimitKind, amount: int | None) -> str:
    """每天最多 ¥100."""
    return f"{session.speak(f'limits.{kind}')} {_amount(session, amount)}"


def _amount(session: Session, amount: int | None) -> str:
    return session.speak("limits.none") if amount is None else whole_yuan(amount)


def _change(session: Session, now: int | None, wanted: int | None) -> str:
    before = _amount(session, now)
    return before if wanted is None else session.speak("limits.becomes", before=before, after=whole_yuan(wanted))


def _over(session: Session, limiting: Limiting) -> str:
    return limiting.over.of(session.visit.language) if limiting.over else ""


def _crossed(session: Session, limits: CardLimits, wanted: CardLimits) -> Notice | None:
    """A payment may be larger than a whole day: allowed, but it is never reached."""
    single = limits.single if wanted.single is None else wanted.single
    daily = limits.daily if wanted.daily is None else wanted.daily
    if single is None or daily is None or single <= daily:
        return None
    line = _line(session, LimitKind.DAILY, daily)
    return Notice(NoticeKind.INFO, session.speak("limits.crossed"), session.speak("limits.crossed_text", line=line))


def _busy_text(session: Session, chosen: Chosen) -> str:
    if not chosen.busy or chosen.waited < BUSY_AFTER:
        return ""
    return session.speak("report.slow" if chosen.waited >= SLOW_AFTER else "limits.busy")
