import pytest

from kiosk.domain.tickets import FIRST_STATES, TRANSITIONS, IdentityLevel, TicketState, TicketType, may_become

WORKED_ON = {TicketState.NEW, TicketState.IN_PROGRESS, TicketState.WAITING_FOR_REQUESTER}
OPEN = {TicketState.WAITING_FOR_APPROVAL, *WORKED_ON}


def test_every_open_ticket_can_be_withdrawn_and_resolved_once_it_may_be_worked_on() -> None:
    assert {state for state in TicketState if state.is_open} == OPEN
    for state in OPEN:
        assert may_become(state, TicketState.RESOLVED) is (state in WORKED_ON)
        assert may_become(state, TicketState.WITHDRAWN)


def test_not_solved_takes_a_ticket_back_to_work() -> None:
    assert may_become(TicketState.RESOLVED, TicketState.IN_PROGRESS)


def test_closed_withdrawn_and_declined_are_for_good() -> None:
    final = {TicketState.CLOSED, TicketState.WITHDRAWN, TicketState.DECLINED}
    assert {state for state in TicketState if state.is_final} == final


def test_nothing_becomes_itself_or_new_again_after_it_was() -> None:
    for state in TicketState:
        assert may_become(state, TicketState.NEW) is (state is TicketState.WAITING_FOR_APPROVAL)
        assert not may_become(state, TicketState.WAITING_FOR_APPROVAL)
        assert not may_become(state, state)


def test_every_state_is_reached_from_a_first_one() -> None:
    reached = set(FIRST_STATES)
    while more := {new for state in reached for new in TRANSITIONS[state]} - reached:
        reached |= more
    assert reached == set(TicketState)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("broken", TicketType.INCIDENT),
        ("need", TicketType.REQUEST),
        ("question", TicketType.QUESTION),
        ("complaint", TicketType.COMPLAINT),
    ],
)
def test_the_words_of_the_catalogue_are_types(word: str, kind: TicketType) -> None:
    assert TicketType.of_catalogue(word) is kind
    assert kind.catalogue_word == word


@pytest.mark.parametrize("word", ["", "incident", "Broken", "request"])
def test_another_word_in_the_catalogue_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match="not a type"):
        TicketType.of_catalogue(word)


def test_more_identity_satisfies_less() -> None:
    satisfied = {(have, need) for have in IdentityLevel for need in IdentityLevel if have.satisfies(need)}
    none, claimed, verified = IdentityLevel
    assert satisfied == {
        (none, none),
        (claimed, none),
        (claimed, claimed),
        (verified, none),
        (verified, claimed),
        (verified, verified),
    }
