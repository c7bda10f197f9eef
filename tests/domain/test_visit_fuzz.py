"""Whatever happens in whatever order and at whatever time: what must hold of a visit holds."""

from dataclasses import asdict, dataclass, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from kiosk.domain.identity import Claimed, Nobody, Verified
from kiosk.domain.language import Language
from kiosk.domain.speech import Hearing
from kiosk.domain.visit import Phase, Visit, after, can_be_extended, pin_is_fresh, seconds_left
from kiosk.domain.visit_events import (
    AidsChanged,
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
from kiosk.domain.visit_limits import LONGEST_SHIFT, LONGEST_VISIT, Aids, Context
from tests.domain.amount import EXAMPLES
from tests.domain.visits import CANARIES, CARD, LIFTED, NUMBER, OTHER_CARD, OTHER_NUMBER, PULLED, verified

CLAIMS = [CARD, OTHER_CARD, NUMBER, OTHER_NUMBER]
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.sampled_from([Touched(), Tick(), GoOn(), UseOtherCard(), LIFTED, PULLED]),
    st.builds(Started, st.sampled_from(Language)),
    st.builds(CardTapped, st.sampled_from([CARD, OTHER_CARD])),
    st.builds(CardShown, st.sampled_from([CARD, OTHER_CARD])),
    st.builds(CardSeenAgain, st.sampled_from([CARD, OTHER_CARD])),
    st.builds(CardWasLost, st.sampled_from([CARD, OTHER_CARD])),
    st.builds(NumberTyped, st.sampled_from([NUMBER, OTHER_NUMBER])),
    st.builds(
        lambda claim, generation: PinAccepted(verified(claim), generation), st.sampled_from(CLAIMS), st.integers(1, 4)
    ),
    st.builds(ContextChanged, st.sampled_from(Context)),
    st.builds(
        AidsChanged, st.builds(Aids, st.booleans(), st.booleans(), st.booleans(), st.none() | st.just(Hearing()))
    ),
    st.builds(LanguageChanged, st.sampled_from(Language)),
    st.builds(Ended, st.sampled_from(EndReason)),
)
PAUSES = st.sampled_from([0.0, 0.1, 1.0, 2.0, 5.0, 15.0, 19.0, 40.0, 100.0, 119.0, 300.0]) | st.floats(0, 200)
STORIES = st.lists(st.tuples(PAUSES, EVENTS), max_size=40)


def leaks(visit: Visit) -> list[str]:
    seen = repr(visit) + str(visit) + repr(asdict(visit)) + str(vars_of(visit))
    return [canary for canary in CANARIES if canary in seen]


def vars_of(value: object) -> list[object]:
    """Every value inside, personal ones revealed: masks must not hide a leak from this test."""
    if hasattr(value, "reveal"):
        return [value.reveal()]
    names = getattr(type(value), "__dataclass_fields__", {})
    inner = [part for name in names for part in vars_of(getattr(value, name))]
    return inner if names else [value]


def person(visit: Visit) -> object:
    return None if isinstance(visit.who, Nobody) else visit.who.claim


def check_step(old: Visit, event: Event, new: Visit, now: float, began_at: float) -> None:
    if new.active:
        assert seconds_left(new, now) > 0
        longest = (LONGEST_SHIFT if new.on_duty else LONGEST_VISIT) + (LONGEST_VISIT if new.heard else 0)
        assert now - began_at < longest
        assert new.longest_until == began_at + longest
        assert new.why_ended is None
        most = {Context.UPKEEP: 600, Context.COUNTER: 1200}.get(new.context, 360)
        assert seconds_left(new, now) <= most + 1e-6  # the clock counts in floats
    else:
        assert leaks(new) == []
        assert new.who == Nobody()
        assert seconds_left(new, now) == 0
        assert not pin_is_fresh(new, now)
        assert not can_be_extended(new, now)
    if isinstance(new.who, Verified) and old.who != new.who:
        assert isinstance(event, PinAccepted)
        assert event.generation == new.generation
        assert person(old) == event.who.claim
    if old.active and new.active and isinstance(old.who, Verified) and new.generation == old.generation:
        assert person(new) == person(old)
    if new.generation != old.generation:
        assert new.generation == old.generation + 1
        assert isinstance(event, Started | CardTapped | CardShown | UseOtherCard)
        assert isinstance(new.who, Nobody | Claimed)
    if new.phase is Phase.WARNING:
        assert seconds_left(new, now) <= 40 or isinstance(event, AidsChanged) or new.question


@dataclass
class Freshness:
    """The rule of journeys 9 told once more, slowly: when a warning was answered, when a PIN was right."""

    answered_at: float | None = None
    proven_at: float | None = None

    def see(self, old: Visit, event: Event, new: Visit, now: float) -> None:
        if new.generation != old.generation or not new.active:
            self.answered_at = self.proven_at = None
        elif isinstance(event, GoOn) and old.phase is Phase.WARNING:
            self.answered_at = now
        elif isinstance(event, PinAccepted) and isinstance(new.who, Verified) and new.who == event.who:
            self.proven_at = now if event.generation == new.generation else self.proven_at

    def is_fresh(self, visit: Visit, now: float) -> bool:
        if not isinstance(visit.who, Verified) or self.proven_at is None:
            return False
        if self.answered_at is None:
            return True
        return self.proven_at > self.answered_at and now - self.proven_at <= 60


@settings(max_examples=EXAMPLES * 2, deadline=None)
@given(STORIES)
def test_in_any_story_there_is_one_person_at_most_and_none_after_the_end(story: list[tuple[float, Event]]) -> None:
    visit, now, began_at, freshness = Visit(), 1000.0, 0.0, Freshness()
    for pause, event in story:
        now += pause
        new = after(visit, event, now)
        freshness.see(visit, event, new, now)
        assert pin_is_fresh(new, now) is freshness.is_fresh(new, now)
        if new.generation != visit.generation:
            began_at = now
        check_step(visit, event, new, now, began_at)
        visit = new


@settings(max_examples=EXAMPLES, deadline=None)
@given(STORIES)
def test_any_visit_that_is_left_alone_ends_in_time_and_is_empty(story: list[tuple[float, Event]]) -> None:
    visit, now = Visit(), 0.0
    for pause, event in story:
        now += pause
        visit = after(visit, event, now)
    left = seconds_left(visit, now)
    if visit.active:
        assert after(visit, Tick(), now + left * 0.99).active
    ended = after(visit, Tick(), now + left)
    assert not ended.active
    assert leaks(ended) == []
    assert replace(ended, why_ended=None, phase=Phase.ATTRACT, deaf_until=0.0) == Visit(generation=visit.generation)


@settings(max_examples=EXAMPLES, deadline=None)
@given(STORIES)
def test_ticks_in_between_never_change_how_a_story_of_touches_ends(story: list[tuple[float, Event]]) -> None:
    """A late tick may show a warning late, but nobody is verified, ended or begun because a tick came or did not."""
    now, seldom, often = 0.0, Visit(), Visit()
    for pause, event in story:
        if isinstance(event, Touched | GoOn | AidsChanged | LanguageChanged | ContextChanged | NumberTyped | CardShown):
            continue  # these do something else once the warning is up
        if isinstance(event, CardSeenAgain):
            continue  # so does this one
        now += pause
        often = after(after(often, Tick(), now), event, now)
        seldom = after(seldom, event, now)
        assert (often.active, often.generation, often.who) == (seldom.active, seldom.generation, seldom.who)


def test_the_search_for_leaks_finds_one() -> None:
    assert set(leaks(after(Visit(), CardTapped(CARD), 0))) == {"CANARYUID1"}
    claimed = after(Visit(), CardTapped(CARD), 0)
    proven = after(claimed, PinAccepted(verified(CARD), 1), 1)
    assert {"CANARYNAME", "CANARYNUMBER", "CANARYTOKEN"} <= set(leaks(proven))
