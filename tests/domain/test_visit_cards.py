"""What every card event means in every state of a visit: the table of journeys 9, each cell once."""

import pytest

from kiosk.domain.devices import ReaderMode
from kiosk.domain.identity import CardClaim, Claimed, Nobody, Verified
from kiosk.domain.language import Language
from kiosk.domain.people import CardUid
from kiosk.domain.visit import Phase, Visit, after, pin_is_fresh, seconds_left
from kiosk.domain.visit_events import (
    AidsChanged,
    CardRemoved,
    CardShown,
    CardTapped,
    CardWasLost,
    Ended,
    EndReason,
    Event,
    GoOn,
    LanguageChanged,
    NumberTyped,
    PinAccepted,
    Started,
    Tick,
    UseOtherCard,
)
from kiosk.domain.visit_limits import Aids
from tests.domain.visits import CARD, NUMBER, OTHER_CARD, told, verified

THIRD = CardClaim(CardUid("CANARYUID3"))
#: Long enough ago that the card of the visit was put away.
NOW = 30.0

STARTED = (0.0, Started(Language.EN))
STATES: dict[str, tuple[tuple[float, Event], ...]] = {
    "attract": (),
    "nobody": (STARTED,),
    "number": (STARTED, (1.0, NumberTyped(NUMBER))),
    "number+pin": (STARTED, (1.0, NumberTyped(NUMBER)), (2.0, PinAccepted(verified(NUMBER), 1))),
    "card": ((0.0, CardTapped(CARD)),),
    "card+pin": ((0.0, CardTapped(CARD)), (2.0, PinAccepted(verified(CARD), 1))),
    "number, asked": (STARTED, (1.0, NumberTyped(NUMBER)), (29.0, CardTapped(OTHER_CARD))),
    "card, asked": ((0.0, CardTapped(CARD)), (29.0, CardTapped(OTHER_CARD))),
    "ended": (STARTED, (29.0, Ended())),
    "ended by card": ((0.0, CardTapped(CARD)), (29.0, CardTapped(CARD))),
}
EVENTS: dict[str, Event] = {
    "own tapped": CardTapped(CARD),
    "other tapped": CardTapped(OTHER_CARD),
    "third tapped": CardTapped(THIRD),
    "own shown": CardShown(CARD),
    "other shown": CardShown(OTHER_CARD),
    "lifted": CardRemoved(ReaderMode.TAP),
    "pulled": CardRemoved(ReaderMode.INSERT),
    "own lost": CardWasLost(CARD),
    "go on": GoOn(),
    "change": UseOtherCard(),
}
#: begins · claims: this visit is about the card now · asks · ends · disowned: nobody's visit · withdrawn: no question
#: any more · goes on · - nothing. "Shown" is a card that a page asked for, after a number was typed.
TABLE = """
state         | own tapped | other tapped | third tapped | own shown | other shown | lifted | pulled    | own lost | go on     | change
attract       | begins     | begins       | begins       | -         | -           | -      | -         | -        | -         | -
nobody        | claims     | claims       | claims       | claims    | claims      | -      | -         | -        | -         | -
number        | asks       | asks         | asks         | claims    | claims      | -      | -         | -        | -         | -
number+pin    | asks       | asks         | asks         | begins    | begins      | -      | -         | -        | -         | -
card          | ends       | asks         | asks         | ends      | asks        | -      | ends      | disowned | -         | -
card+pin      | ends       | asks         | asks         | ends      | asks        | -      | ends      | -        | -         | -
number, asked | -          | -            | -            | -         | -           | -      | withdrawn | -        | withdrawn | begins
card, asked   | ends       | -            | -            | -         | -           | -      | ends      | disowned | withdrawn | begins
ended         | begins     | begins       | begins       | -         | -           | -      | -         | -        | -         | -
ended by card | -          | -            | -            | -         | -           | -      | -         | -        | -         | -
"""  # noqa: E501


def cells() -> list[tuple[str, str, str]]:
    head, *rows = ([cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines())
    assert head[1:] == list(EVENTS)
    assert [row[0] for row in rows] == list(STATES)
    return [(row[0], name, cell) for row in rows for name, cell in zip(head[1:], row[1:], strict=True)]


def came_of(old: Visit, new: Visit) -> str:
    if new.generation != old.generation:
        return "begins"
    if old.active and not new.active:
        return "ends"
    if old.question != new.question:
        return "asks" if new.question else "withdrawn"
    if old.who != new.who:
        return "disowned" if isinstance(new.who, Nobody) else "claims"
    return "-"


@pytest.mark.parametrize(("state", "event", "outcome"), cells())
def test_every_card_event_means_what_the_table_says(state: str, event: str, outcome: str) -> None:
    old = told(*STATES[state])
    new = after(old, EVENTS[event], NOW)
    assert came_of(old, new) == outcome
    if outcome in ("begins", "claims"):
        assert isinstance(new.who, Claimed), "a card is a claim and no more"
        assert isinstance(new.who.claim, CardClaim)
    elif outcome in ("asks", "withdrawn", "-"):
        assert new.who == old.who, "whose visit it is has not changed"
    if outcome == "asks":
        assert seconds_left(new, NOW) == 15


@pytest.mark.parametrize("state", [state for state in STATES if "asked" not in state and "attract" not in state])
def test_under_the_warning_a_card_opens_nothing_more(state: str) -> None:
    """A card answers the warning only for nobody: then there is nothing that the warning has to protect."""
    visit = after(told(*STATES[state]), Tick(), 101)
    for claim in (CARD, OTHER_CARD):
        shown, tapped = after(visit, CardShown(claim), 102), after(visit, CardTapped(claim), 102)
        assert shown.who == visit.who
        assert shown.phase is visit.phase
        if visit.active and not isinstance(visit.who, Nobody):
            assert tapped.who == visit.who or not tapped.active
            assert tapped.phase is not Phase.RUNNING


def test_the_card_of_a_verified_number_begins_a_visit_that_knows_nothing_of_the_first() -> None:
    visit = told(*STATES["number+pin"], (3, AidsChanged(Aids(large=True))), (4, LanguageChanged(Language.ZH)))
    shown = after(visit, CardShown(OTHER_CARD), 10)
    assert (shown.generation, shown.who) == (2, Claimed(OTHER_CARD))
    assert (shown.language, shown.aids) == (Language.ZH, Aids(large=True)), "the same person stands there"
    assert seconds_left(shown, 10) == 180
    late = after(shown, PinAccepted(verified(OTHER_CARD), 1), 11)
    assert not isinstance(late.who, Verified), "an answer to the visit before verifies nobody"
    assert not pin_is_fresh(shown, 10)


def test_a_card_shown_after_a_number_keeps_the_visit_and_its_time() -> None:
    visit = told(*STATES["number"])
    shown = after(visit, CardShown(CARD), 20)
    assert (shown.generation, shown.longest_until, seconds_left(shown, 20)) == (1, visit.longest_until, 120)
    assert after(shown, CardTapped(CARD), 21).active, "the hand that shows it wobbles"
    assert after(shown, CardTapped(CARD), 30).why_ended is EndReason.SAME_CARD


def test_with_insert_a_card_that_was_asked_about_and_taken_out_begins_nothing() -> None:
    asked = told(*STATES["number, asked"])
    gone = after(asked, CardRemoved(ReaderMode.INSERT), 31)
    assert (gone.question, gone.who, gone.idle_until) == (None, asked.who, asked.idle_until)
    assert after(gone, UseOtherCard(), 32) == gone
    late = told(STARTED, (1, NumberTyped(NUMBER)), (119, CardTapped(OTHER_CARD)), (125, CardRemoved(ReaderMode.INSERT)))
    assert after(late, Tick(), 125.1).why_ended is EndReason.IDLE, "the time before the question counts on"
