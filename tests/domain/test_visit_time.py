"""Idle limits, warnings, the absolute limit, freshness of a PIN."""

import pytest

from kiosk.domain.language import Language
from kiosk.domain.speech import Hearing
from kiosk.domain.visit import Phase, Visit, after, can_be_extended, pin_is_fresh, seconds_left
from kiosk.domain.visit_events import (
    AidsChanged,
    CardTapped,
    ContextChanged,
    Ended,
    EndReason,
    Event,
    GoOn,
    LanguageChanged,
    PinAccepted,
    Started,
    Tick,
    Touched,
    UseOtherCard,
)
from kiosk.domain.visit_limits import Aids, Context
from tests.domain.visits import CARD, OTHER_CARD, told, verified

ORDINARY, PERSONAL, PAYING, UPKEEP, DESK, COUNTER, DONE, DONE_WITH_SLIP = Context
NONE = Aids()


@pytest.mark.parametrize(
    ("context", "aids", "idle", "warning"),
    [
        (ORDINARY, NONE, 120, 20),
        (ORDINARY, Aids(large=True), 180, 30),
        (ORDINARY, Aids(high_contrast=True), 180, 30),
        (ORDINARY, Aids(reach=True), 180, 30),
        (ORDINARY, Aids(speech=Hearing()), 240, 40),
        (PERSONAL, NONE, 60, 20),
        (PERSONAL, Aids(large=True, reach=True), 90, 30),
        (UPKEEP, NONE, 300, 20),
        (UPKEEP, Aids(large=True), 450, 30),
        (DESK, NONE, 120, 20),
        (COUNTER, NONE, 600, 20),
        (COUNTER, Aids(large=True), 900, 30),
        (DONE, NONE, 60, None),
        (DONE_WITH_SLIP, NONE, 20, None),
        (DONE_WITH_SLIP, Aids(large=True), 30, None),
        (DONE_WITH_SLIP, Aids(speech=Hearing(), large=True), 40, None),
    ],
)
@pytest.mark.parametrize("identified", [False, True])
def test_each_page_ends_and_warns_at_its_time(
    context: Context, aids: Aids, idle: int, warning: int | None, identified: bool
) -> None:
    begin = CardTapped(CARD) if identified else Started()
    visit = told((0, begin), (1, AidsChanged(aids)), (2, ContextChanged(context)), (10, Touched()))
    assert seconds_left(visit, 10) == idle
    if warning is not None:
        warns_at = 10 + idle - warning
        assert after(visit, Tick(), warns_at - 0.1).phase is Phase.RUNNING
        visit = after(visit, Tick(), warns_at)
        assert visit.phase is Phase.WARNING
        assert seconds_left(visit, warns_at) == warning
    before = after(visit, Tick(), 10 + idle - 0.1)
    assert before.active
    assert after(before, Tick(), 10 + idle).why_ended is EndReason.IDLE


@pytest.mark.parametrize(
    ("context", "aids", "idle", "warning"),
    [(ORDINARY, NONE, 180, 20), (ORDINARY, Aids(large=True), 270, 30), (PERSONAL, NONE, 60, 20)],
)
def test_an_answered_warning_lengthens_the_rest_of_the_visit(
    context: Context, aids: Aids, idle: int, warning: int
) -> None:
    visit = told((0, Started()), (100, Tick()), (101, GoOn()), (102, AidsChanged(aids)), (103, ContextChanged(context)))
    assert visit.phase is Phase.RUNNING
    assert seconds_left(visit, 103) == idle
    assert after(visit, Tick(), 103 + idle - warning).phase is Phase.WARNING
    assert seconds_left(after(visit, Touched(), 110), 110) == idle


@pytest.mark.parametrize("event", [Touched(), AidsChanged(Aids(large=True)), LanguageChanged(Language.EN), Started()])
def test_under_the_warning_only_go_on_goes_on(event: Touched) -> None:
    visit = told((0, Started()), (100, Tick()), (101, event))
    assert visit.phase is Phase.WARNING
    assert seconds_left(visit, 101) == 19
    assert after(visit, GoOn(), 102).phase is Phase.RUNNING


def test_a_page_that_arrives_under_the_warning_does_not_answer_it_but_a_finished_matter_does() -> None:
    warned = told((0, Started()), (100, Tick()))
    assert after(warned, ContextChanged(PERSONAL), 101).phase is Phase.WARNING
    assert seconds_left(after(warned, ContextChanged(PERSONAL), 101), 101) == 19
    done = after(warned, ContextChanged(DONE), 101)
    assert (done.phase, seconds_left(done, 101)) == (Phase.RUNNING, 60)


def test_a_done_page_is_shortened_when_the_slip_has_come_out() -> None:
    visit = told((0, Started()), (5, ContextChanged(DONE)), (8, ContextChanged(DONE_WITH_SLIP)))
    assert seconds_left(visit, 8) == 20
    assert seconds_left(after(visit, Touched(), 12), 12) == 20


def test_a_touch_after_the_limit_does_not_bring_the_visit_back() -> None:
    visit = told((0, CardTapped(CARD)), (120, Touched()))
    assert visit.phase is Phase.ENDED
    assert told((0, Started()), (100, Tick()), (120, GoOn())).phase is Phase.ENDED


def busy_until(end: int) -> Visit:
    visit = told((0, CardTapped(CARD)))
    for now in range(10, end, 10):
        visit = after(visit, Touched(), now)
    return visit


def test_fifteen_minutes_are_the_longest_visit_with_a_warning_before() -> None:
    visit = busy_until(880)
    assert visit.phase is Phase.RUNNING
    assert seconds_left(visit, 879) == 21
    visit = after(visit, Touched(), 880)
    assert visit.phase is Phase.WARNING
    assert not can_be_extended(visit, 880)
    visit = after(after(visit, GoOn(), 882), Touched(), 890)
    assert (visit.phase, seconds_left(visit, 890)) == (Phase.RUNNING, 10)
    assert after(visit, Touched(), 899.9).active
    assert after(visit, Touched(), 900).why_ended is EndReason.TOO_LONG


def test_whoever_hears_the_kiosk_has_twice_as_long_also_once_it_is_silent_again() -> None:
    visit = after(after(busy_until(880), AidsChanged(Aids(speech=Hearing())), 870), AidsChanged(Aids()), 871)
    for now in range(880, 1770, 10):
        visit = after(visit, Touched(), now)
        visit = after(visit, AidsChanged(Aids(speech=Hearing())), now)
    assert visit.phase is not Phase.ENDED
    assert after(visit, Tick(), 1799.9).active
    assert after(visit, Tick(), 1800).why_ended is EndReason.TOO_LONG


def test_an_idle_warning_can_be_answered_and_says_so() -> None:
    assert can_be_extended(told((0, Started()), (100, Tick())), 100)
    assert not can_be_extended(Visit(), 0)


BEGIN, PIN = CardTapped(CARD), PinAccepted(verified(CARD), 1)
#: A PIN at 10 s, the warning at 100 s, answered at 110 s.
ANSWERED: list[tuple[float, Event]] = [(0, BEGIN), (10, PIN), (100, Tick()), (110, GoOn())]
#: On a page with a balance the warning comes after 40 s: the PIN is younger than a minute then.
YOUNG: list[tuple[float, Event]] = [(0, BEGIN), (10, PIN), (11, ContextChanged(PERSONAL)), (51, Tick())]


@pytest.mark.parametrize(
    ("story", "now", "fresh"),
    [
        ([(0, BEGIN)], 1, False),
        ([(0, BEGIN), (10, PIN)], 10, True),
        ([(0, BEGIN), (10, PIN)], 119, True),
        (YOUNG, 52, True),
        ([*YOUNG, (53, GoOn())], 53, False),
        (ANSWERED, 110, False),
        ([*ANSWERED, (120, PIN)], 120, True),
        ([*ANSWERED, (120, PIN)], 180, True),
        ([*ANSWERED, (120, PIN)], 180.1, False),
        ([*ANSWERED, (120, PIN), (125, CardTapped(OTHER_CARD)), (130, GoOn())], 131, True),
        ([*ANSWERED, (120, PIN), (280, Tick())], 280, False),
        ([*ANSWERED, (111, ContextChanged(PERSONAL)), (120, PIN), (151, Tick()), (152, GoOn())], 153, False),
        ([(0, BEGIN), (10, PIN), (20, CardTapped(OTHER_CARD)), (25, GoOn())], 26, True),
        ([(0, BEGIN), (10, PIN), (100, Tick()), (101, CardTapped(OTHER_CARD)), (105, GoOn())], 106, False),
        ([*ANSWERED, (111, CardTapped(OTHER_CARD)), (112, UseOtherCard())], 113, False),
    ],
)
def test_a_pin_counts_until_a_warning_was_answered_and_one_typed_after_it_for_a_minute(
    story: list[tuple[float, Event]], now: float, fresh: bool
) -> None:
    assert pin_is_fresh(told(*story), now) is fresh


def test_without_a_verified_person_no_pin_is_fresh() -> None:
    assert not pin_is_fresh(Visit(), 0)
    assert not pin_is_fresh(told((0, CardTapped(CARD))), 1)
    assert not pin_is_fresh(told((0, CardTapped(CARD)), (1, PinAccepted(verified(CARD), 1)), (2, Ended())), 2)


def test_nothing_counts_down_where_there_is_no_visit() -> None:
    assert seconds_left(Visit(), 5) == 0
    assert after(Visit(), Tick(), 10**9) == Visit()
