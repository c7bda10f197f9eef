"""A self-test passes where the device did its part and a person saw it, and never by itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.roles import Role
from kiosk.domain.self_tests import (
    DOTS,
    LONGEST,
    DeviceDid,
    DeviceFailed,
    DotPressed,
    Event,
    Left,
    Over,
    Part,
    Running,
    Said,
    Staff,
    Tick,
    Verdict,
    after,
    begin,
)

ME, OTHER = Staff(Role.ADMIN, "a1"), Staff(Role.ENGINEER, "b2")
PRESSED = [DotPressed(dot) for dot in range(DOTS)]


def run(part: Part, *events: Event, now: float = 1.0) -> Running | Over:
    state: Running | Over = begin(part, ME, 0.0)
    for event in events:
        assert isinstance(state, Running), "it was over before"
        state = after(state, event, now)
    return state


@pytest.mark.parametrize(
    ("part", "events", "expected"),
    [
        (Part.PRINTER, [DeviceDid("paper low"), Said(True, ME)], Over(Verdict.PASSED, ME, "paper low")),
        (Part.PRINTER, [DeviceDid(), Said(False, OTHER)], Over(Verdict.FAILED, OTHER)),
        (Part.PRINTER, [DeviceFailed("no paper", final=True)], Over(Verdict.FAILED, None, "no paper")),
        (Part.PRINTER, [DeviceDid(), Left()], Over(Verdict.GIVEN_UP)),
        (Part.READER, [DeviceDid()], Over(Verdict.PASSED, ME)),
        (Part.READER, [DeviceFailed("mute", final=False), DeviceDid()], Over(Verdict.PASSED, ME)),
        (Part.READER, [DeviceFailed("mute", final=False), Said(False, ME)], Over(Verdict.FAILED, ME, "mute")),
        (Part.SCANNER, [DeviceDid()], Over(Verdict.PASSED, ME)),
        (Part.SCANNER, [Left()], Over(Verdict.GIVEN_UP)),
        (Part.TOUCH, [*PRESSED], Over(Verdict.PASSED, ME)),
        (Part.TOUCH, [*PRESSED[:-1], Said(False, ME)], Over(Verdict.FAILED, ME)),
        (Part.SOUND, [DeviceDid(), Said(True, ME)], Over(Verdict.PASSED, ME)),
    ],
)
def test_how_each_ends(part: Part, events: list[Event], expected: Over) -> None:
    assert run(part, *events) == expected


@pytest.mark.parametrize(
    ("part", "events"),
    [
        (Part.PRINTER, [Said(True, ME)]),
        (Part.PRINTER, [DotPressed(0)]),
        (Part.PRINTER, [DeviceDid(), DeviceDid()]),
        (Part.PRINTER, [DeviceDid(), DeviceFailed("late", final=True)]),
        (Part.TOUCH, [*PRESSED[:-1], PRESSED[0], DotPressed(DOTS), DotPressed(-1)]),
        (Part.TOUCH, [DeviceDid()]),
        (Part.READER, [Said(True, ME)]),
        (Part.SOUND, [Said(True, ME)]),
    ],
)
def test_what_does_not_fit_ends_nothing(part: Part, events: list[Event]) -> None:
    assert isinstance(run(part, *events), Running)


@pytest.mark.parametrize("part", Part)
def test_one_nobody_goes_on_with_ends_by_itself(part: Part) -> None:
    assert isinstance(run(part, Tick(), now=LONGEST - 1), Running)
    assert run(part, Tick(), now=LONGEST) == Over(Verdict.GIVEN_UP)


EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(DeviceDid),
    st.builds(DeviceFailed, st.just("x"), st.booleans()),
    st.builds(DotPressed, st.integers(-1, DOTS)),
    st.builds(Said, st.booleans(), st.sampled_from([ME, OTHER])),
    st.just(Tick()),
)


@given(st.sampled_from(list(Part)), st.lists(EVENTS, max_size=20))
def test_nothing_passes_that_nobody_saw(part: Part, events: list[Event]) -> None:
    state: Running | Over = begin(part, ME, 0.0)
    for event in events:
        if isinstance(state, Running):
            state = after(state, event, 1.0)
    if isinstance(state, Over) and state.outcome is Verdict.PASSED:
        assert state.confirmed_by is not None
        if part in (Part.PRINTER, Part.SOUND):
            assert any(isinstance(event, DeviceDid) for event in events)
            assert any(isinstance(event, Said) and event.right for event in events)
        if part is Part.TOUCH:
            assert {event.dot for event in events if isinstance(event, DotPressed)} >= set(range(DOTS))
