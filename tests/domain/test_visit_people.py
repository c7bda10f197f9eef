"""Cards, numbers, PINs: who a visit belongs to, and that there is only ever one person in it."""

import pytest

from kiosk.domain.identity import CardClaim, CardProof, Claimed, Nobody
from kiosk.domain.language import Language
from kiosk.domain.visit import Phase, Visit, after, seconds_left
from kiosk.domain.visit_events import (
    AidsChanged,
    CardTapped,
    ContextChanged,
    Ended,
    EndReason,
    GoOn,
    LanguageChanged,
    NumberTyped,
    PinAccepted,
    Started,
    Tick,
    Touched,
    UseOtherCard,
)
from kiosk.domain.visit_limits import Aids, Context
from tests.domain.visits import CARD, LIFTED, NUMBER, OTHER_CARD, OTHER_NUMBER, PULLED, told, verified

ASKED = told((0, CardTapped(CARD)), (5, PinAccepted(verified(CARD), 1)), (10, CardTapped(OTHER_CARD)))


def test_a_tap_on_attract_begins_a_visit_with_a_claim_and_no_more() -> None:
    visit = told((0, CardTapped(CARD)))
    assert (visit.phase, visit.who, visit.generation) == (Phase.RUNNING, Claimed(CARD), 1)


def test_a_tap_in_the_middle_identifies_and_the_flow_goes_on() -> None:
    before = told((0, Started(Language.EN)), (1, AidsChanged(Aids(large=True))), (2, ContextChanged(Context.ORDINARY)))
    visit = after(before, CardTapped(CARD), 30)
    assert visit.who == Claimed(CARD)
    assert (visit.language, visit.aids, visit.context, visit.generation) == (
        Language.EN,
        Aids(large=True),
        before.context,
        1,
    )


def test_the_same_card_again_ends_the_visit() -> None:
    visit = told((0, CardTapped(CARD)), (1, LIFTED), (30, CardTapped(CARD)))
    assert visit.why_ended is EndReason.SAME_CARD


@pytest.mark.parametrize("proof", list(CardProof))
def test_the_same_card_is_the_same_whatever_it_proves_this_time(proof: CardProof) -> None:
    assert not told((0, CardTapped(CARD)), (30, CardTapped(CardClaim(CARD.uid, proof)))).active


def test_a_wobbling_hand_does_not_end_the_visit_it_began() -> None:
    visit = told((0, CardTapped(CARD)), (0.5, LIFTED), (0.8, CardTapped(CARD)), (2.5, CardTapped(CARD)))
    assert visit.who == Claimed(CARD)
    rested = told((0, CardTapped(CARD)), (20, LIFTED), (20.5, CardTapped(CARD)))
    assert rested.active


def test_a_wobbling_hand_does_not_begin_the_visit_it_ended_again() -> None:
    visit = told((0, CardTapped(CARD)), (30, CardTapped(CARD)), (30.4, LIFTED), (30.7, CardTapped(CARD)))
    assert visit.phase is Phase.ENDED
    assert after(visit, CardTapped(CARD), 33).active


def test_a_different_card_asks_and_hides_nothing_yet() -> None:
    assert ASKED.question is not None
    assert ASKED.question.card == OTHER_CARD
    assert ASKED.who == verified(CARD)
    assert seconds_left(ASKED, 10) == 15


def test_a_card_asks_after_a_number_was_typed() -> None:
    assert told((0, Started()), (1, NumberTyped(NUMBER)), (2, CardTapped(CARD))).question is not None


def test_go_on_keeps_the_person_and_forgets_the_other_card() -> None:
    visit = after(ASKED, GoOn(), 12)
    assert (visit.who, visit.question, visit.generation) == (verified(CARD), None, 1)
    assert seconds_left(visit, 12) == 120


def test_use_the_other_card_begins_a_new_visit_that_knows_nothing_of_the_old_one() -> None:
    changed = after(after(ASKED, LanguageChanged(Language.EN), 11), AidsChanged(Aids(reach=True)), 11)
    visit = after(changed, UseOtherCard(), 12)
    assert visit == after(Visit(generation=1), CardTapped(OTHER_CARD), 12)


def test_no_answer_ends_both() -> None:
    assert after(ASKED, Tick(), 24.9).active
    visit = after(ASKED, Tick(), 25)
    assert (visit.why_ended, visit.who, visit.question) == (EndReason.QUESTION_UNANSWERED, Nobody(), None)


def test_neither_touches_nor_more_cards_lengthen_the_question() -> None:
    third = CardClaim(type(CARD.uid)("0403020100"))
    visit = ASKED
    for event in (Touched(), CardTapped(OTHER_CARD), CardTapped(third), LIFTED, NumberTyped(NUMBER)):
        visit = after(visit, event, 14)
    assert seconds_left(visit, 14) == 11
    assert visit.question == ASKED.question


def test_the_own_card_again_under_the_question_ends_the_visit() -> None:
    assert after(ASKED, CardTapped(CARD), 14).why_ended is EndReason.SAME_CARD


def test_the_question_replaces_the_idle_limit_but_not_the_absolute_one() -> None:
    visit = told((0, CardTapped(CARD)), (115, Tick()), (119, CardTapped(OTHER_CARD)))
    assert seconds_left(visit, 119) == 15
    assert after(visit, GoOn(), 125).went_on


def test_with_insert_taking_the_card_out_ends_the_visit_and_with_tap_it_does_not() -> None:
    visit = told((0, CardTapped(CARD)))
    assert after(visit, PULLED, 10).why_ended is EndReason.CARD_REMOVED
    assert after(visit, LIFTED, 10).who == Claimed(CARD)


def test_a_card_that_is_not_the_visits_own_may_be_taken_away() -> None:
    assert told((0, Started()), (1, PULLED)).active
    assert told((0, Started()), (1, NumberTyped(NUMBER)), (2, PULLED)).active


def test_a_typed_number_may_be_corrected_until_a_person_is_verified() -> None:
    typed = told((0, Started()), (1, NumberTyped(NUMBER)), (2, NumberTyped(OTHER_NUMBER)))
    assert typed.who == Claimed(OTHER_NUMBER)
    proven = after(typed, PinAccepted(verified(OTHER_NUMBER), 1), 3)
    assert after(proven, NumberTyped(NUMBER), 4).who == verified(OTHER_NUMBER)


def test_an_answer_about_someone_else_verifies_nobody() -> None:
    corrected = told((0, Started()), (1, NumberTyped(NUMBER)), (2, NumberTyped(OTHER_NUMBER)))
    assert after(corrected, PinAccepted(verified(NUMBER), 1), 3).who == Claimed(OTHER_NUMBER)
    assert told((0, Started()), (1, PinAccepted(verified(NUMBER), 1))).who == Nobody()


def test_an_answer_to_an_earlier_visit_verifies_nobody() -> None:
    again = told((0, CardTapped(CARD)), (9, Ended()), (10, CardTapped(CARD)))
    assert again.generation == 2
    assert after(again, PinAccepted(verified(CARD), 1), 11).who == Claimed(CARD)
    assert after(again, PinAccepted(verified(CARD), 2), 11).who == verified(CARD)


@pytest.mark.parametrize("why", list(EndReason))
def test_an_ended_visit_is_as_good_as_new(why: EndReason) -> None:
    full = after(after(ASKED, LanguageChanged(Language.EN), 11), AidsChanged(Aids(large=True)), 11)
    assert after(full, Ended(why), 12) == Visit(generation=1, phase=Phase.ENDED, why_ended=why)


@pytest.mark.parametrize(
    "event",
    [GoOn(), UseOtherCard(), Touched(), Ended(), NumberTyped(NUMBER), PinAccepted(verified(CARD), 1), PULLED, Tick()],
)
def test_an_ended_visit_is_begun_by_start_or_card_only(event: Touched) -> None:
    ended = after(ASKED, Ended(), 12)
    assert after(ended, event, 13) == ended
