"""The visit: from first touch to the end, at most one at a time, as a value and one pure function.

``now`` is seconds on a clock that never goes back (time.monotonic). A visit that has ended holds nothing of the
person, and nothing that comes late can bring it back: answers carry the generation of the visit that asked.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import assert_never

from kiosk.domain.devices import ReaderMode
from kiosk.domain.identity import CardClaim, Claimed, Nobody, Verified, Who
from kiosk.domain.language import Language
from kiosk.domain.visit_events import (
    AidsChanged,
    CardRemoved,
    CardSeenAgain,
    CardShown,
    CardTapped,
    CardWasLost,
    ContextChanged,
    Ended,
    EndReason,
    Event,
    GoOn,
    LanguageChanged,
    NumberTyped,
    PinAccepted,
    Started,
    Tick,
    Touched,
    UseOtherCard,
)
from kiosk.domain.visit_limits import (
    LONGEST_SHIFT,
    LONGEST_VISIT,
    PIN_FRESH,
    SAME_TAP,
    Aids,
    Context,
    idle_limit,
    question_length,
    warning_length,
)


class Phase(StrEnum):
    ATTRACT = "attract"  # nobody has been here yet
    RUNNING = "running"
    WARNING = "warning"
    ENDED = "ended"  # shows attract as well


@dataclass(frozen=True, slots=True)
class CardQuestion:
    """Another card was tapped: go on, or end and use that one? Unanswered at ``until``, both are ended."""

    card: CardClaim
    until: float


@dataclass(frozen=True, slots=True)
class Visit:
    """``generation`` counts visits since the start of the program; the times are on the clock of ``now``."""

    generation: int = 0
    phase: Phase = Phase.ATTRACT
    why_ended: EndReason | None = None
    language: Language = Language.ZH
    house: Language = Language.ZH  # what a card begins in, and what is spoken while nobody is here
    aids: Aids = field(default_factory=Aids)
    who: Who = field(default_factory=Nobody)
    context: Context = Context.ORDINARY
    question: CardQuestion | None = None
    idle_until: float = 0.0
    longest_until: float = 0.0
    heard: bool = False  # it has been by ear, and is twice as long for it
    last_call_answered: bool = False  # the warning before the absolute limit comes once
    went_on: bool = False  # a warning was answered in this visit
    proven_at: float | None = None  # the last factor that was right; none since the last answered warning
    card_seen_at: float = 0.0
    touched_at: float = 0.0  # or whatever else showed that somebody is there
    on_duty: bool = False  # a staff member at the desk: as long as a shift
    deaf_until: float = 0.0  # after a card ended the visit, its wobble must not begin the next one

    @property
    def active(self) -> bool:
        return self.phase in (Phase.RUNNING, Phase.WARNING)


def after(visit: Visit, event: Event, now: float) -> Visit:
    """The visit after ``event``. Time comes first: an event later than a limit finds the visit ended."""
    visit = _timed_out(visit, now)
    visit = _while_active(visit, event, now) if visit.active else _while_idle(visit, event, now)
    return _warned(visit, now)


def seconds_left(visit: Visit, now: float) -> float:
    """Until the visit, or both cards' business while the question stands, is ended if nobody does anything."""
    return max(0.0, _ends_at(visit) - now) if visit.active else 0.0


def can_be_extended(visit: Visit, now: float) -> bool:
    """Whether "go on" buys time; false when the absolute limit is what ends the visit."""
    return visit.active and visit.idle_until < visit.longest_until and now < visit.longest_until


def pin_is_fresh(visit: Visit, now: float) -> bool:
    """Whether the page may show more or change something without asking the PIN again.

    Whoever answers a warning may be somebody else: from then on only what was proven after it counts, for a minute.
    """
    if not (visit.active and isinstance(visit.who, Verified)):
        return False
    return not visit.went_on or (visit.proven_at is not None and now - visit.proven_at <= PIN_FRESH)


def _ends_at(visit: Visit) -> float:
    until = visit.question.until if visit.question else visit.idle_until
    return min(until, visit.longest_until)


def _timed_out(visit: Visit, now: float) -> Visit:
    if not visit.active or now < _ends_at(visit):
        return visit
    if now >= visit.longest_until:
        return _ended(visit, EndReason.TOO_LONG)
    return _ended(visit, EndReason.QUESTION_UNANSWERED if visit.question else EndReason.IDLE)


def _warned(visit: Visit, now: float) -> Visit:
    if visit.phase is not Phase.RUNNING or visit.question:
        return visit
    length = warning_length(visit.context, visit.aids)
    last_call = visit.longest_until - now <= length and not visit.last_call_answered
    if length and (last_call or visit.idle_until - now <= length):
        return replace(visit, phase=Phase.WARNING)
    return visit


def _ended(visit: Visit, why: EndReason) -> Visit:
    house = visit.house
    return Visit(generation=visit.generation, phase=Phase.ENDED, why_ended=why, language=house, house=house)


def _begun(visit: Visit, language: Language, who: Who, now: float) -> Visit:
    fresh = Visit(visit.generation + 1, Phase.RUNNING, language=language, house=visit.house, who=who)
    return _awake(replace(fresh, longest_until=now + LONGEST_VISIT, card_seen_at=now), now)


def _heard(visit: Visit) -> Visit:
    """Whoever hears the kiosk is given the time that takes, once, also where speech is switched off again."""
    if visit.heard or visit.aids.speech is None:
        return visit
    return replace(visit, heard=True, longest_until=visit.longest_until + LONGEST_VISIT)


def _awake(visit: Visit, now: float) -> Visit:
    limit = idle_limit(visit.context, visit.aids, went_on=visit.went_on)
    return replace(visit, idle_until=now + limit, touched_at=now)


def _while_idle(visit: Visit, event: Event, now: float) -> Visit:
    match event:
        case Started(language):
            return _begun(visit, language, Nobody(), now)
        case CardTapped() | CardRemoved() if now < visit.deaf_until:
            return replace(visit, deaf_until=now + SAME_TAP)
        case CardTapped(claim):
            return _begun(visit, visit.house, Claimed(claim), now)
        case _:
            return visit


def _while_active(visit: Visit, event: Event, now: float) -> Visit:
    at_work = visit.phase is Phase.RUNNING and visit.question is None
    match event:
        case Ended(why):
            return _ended(visit, why)
        case CardTapped(claim):
            return _card_tapped(visit, claim, now)
        case CardRemoved(mode):
            return _card_removed(visit, mode, now)
        case GoOn():
            return _gone_on(visit, now)
        case UseOtherCard():
            if visit.question is None:
                return visit
            return _begun(visit, visit.house, Claimed(visit.question.card), now)
        case CardWasLost(claim):
            return replace(visit, who=Nobody()) if visit.who == Claimed(claim) else visit
        case NumberTyped(claim):
            if not at_work or isinstance(visit.who, Verified):
                return visit
            return _awake(replace(visit, who=Claimed(claim)), now)
        case CardShown(claim):
            return _card_shown(visit, claim, now) if at_work else visit
        case CardSeenAgain(claim):
            return _card_again(visit, claim, now) if at_work else visit
        case PinAccepted(who, generation):
            if generation != visit.generation or isinstance(visit.who, Nobody) or visit.who.claim != who.claim:
                return visit
            return replace(visit, who=who, proven_at=now)
        case ContextChanged(context):
            return _context_changed(visit, context, now)
        case AidsChanged(aids):
            changed = _heard(replace(visit, aids=aids))
            return _awake(changed, now) if at_work else changed
        case LanguageChanged(language):
            changed = replace(visit, language=language)
            return _awake(changed, now) if at_work else changed
        case Touched():
            return _awake(visit, now) if at_work else visit
        case Started() | Tick():
            return visit
        case _:
            assert_never(event)


def _card_tapped(visit: Visit, claim: CardClaim, now: float) -> Visit:
    if visit.question and visit.question.card.uid == claim.uid:
        return visit
    if isinstance(visit.who, Nobody):
        return _awake(replace(visit, phase=Phase.RUNNING, who=Claimed(claim), card_seen_at=now), now)
    if isinstance(visit.who.claim, CardClaim) and visit.who.claim.uid == claim.uid:
        if now - visit.card_seen_at <= SAME_TAP:
            return replace(visit, card_seen_at=now)
        return replace(_ended(visit, EndReason.SAME_CARD), deaf_until=now + SAME_TAP)
    if visit.question:
        return visit
    return replace(visit, question=CardQuestion(claim, now + question_length(visit.aids)))


def _card_shown(visit: Visit, claim: CardClaim, now: float) -> Visit:
    """A typed number gives way to the card. Where its owner was verified, the card may be another person's: their visit
    ends and the card's owner has one of their own, in the language and with the aids of whoever stands there."""
    if _has_card(visit):
        return _card_tapped(visit, claim, now)
    if isinstance(visit.who, Verified):
        return _awake(_heard(replace(_begun(visit, visit.language, Claimed(claim), now), aids=visit.aids)), now)
    return _awake(replace(visit, who=Claimed(claim), card_seen_at=now), now)


def _card_again(visit: Visit, claim: CardClaim, now: float) -> Visit:
    who = visit.who
    if isinstance(who, Nobody) or not isinstance(who.claim, CardClaim) or who.claim.uid != claim.uid:
        return visit
    return _awake(replace(visit, who=replace(who, claim=claim), card_seen_at=now), now)


def _card_removed(visit: Visit, mode: ReaderMode, now: float) -> Visit:
    if mode is ReaderMode.INSERT:
        if _has_card(visit):
            return _ended(visit, EndReason.CARD_REMOVED)
        return replace(visit, question=None)  # the card that was asked about is gone: there is nothing to change to
    return replace(visit, card_seen_at=now) if _has_card(visit) and not visit.question else visit


def _has_card(visit: Visit) -> bool:
    return not isinstance(visit.who, Nobody) and isinstance(visit.who.claim, CardClaim)


def _gone_on(visit: Visit, now: float) -> Visit:
    warned = visit.phase is Phase.WARNING
    last_call = visit.longest_until - now <= warning_length(visit.context, visit.aids)
    gone_on = replace(
        visit,
        phase=Phase.RUNNING,
        question=None,
        went_on=visit.went_on or warned,
        proven_at=None if warned else visit.proven_at,
        last_call_answered=visit.last_call_answered or (warned and last_call),
    )
    return _awake(gone_on, now)


def _context_changed(visit: Visit, context: Context, now: float) -> Visit:
    """A page that appears by itself under the warning does not answer it; a finished matter does."""
    if context in (Context.DESK, Context.COUNTER) and not visit.on_duty:
        visit = replace(visit, on_duty=True, longest_until=visit.longest_until + LONGEST_SHIFT - LONGEST_VISIT)
    done = context in (Context.DONE, Context.DONE_WITH_SLIP)
    if visit.phase is Phase.WARNING and not done:
        return replace(visit, context=context)
    return _awake(replace(visit, phase=Phase.RUNNING, context=context), now)
