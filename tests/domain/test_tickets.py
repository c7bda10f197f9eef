import pytest

from kiosk.domain.tickets import TRANSITIONS, IdentityLevel, TicketState, TicketType, may_become

OPEN = {TicketState.NEW, TicketState.IN_PROGRESS, TicketState.WAITING_FOR_REQUESTER}


def test_every_open_ticket_can_be_resolved_and_withdrawn() -> None:
    assert {state for state in TicketState if state.is_open} == OPEN
    for state in OPEN:
        assert may_become(state, TicketState.RESOLVED)
        assert may_become(state, TicketState.WITHDRAWN)


def test_not_solved_takes_a_ticket_back_to_work() -> None:
    assert may_become(TicketState.RESOLVED, TicketState.IN_PROGRESS)


def test_closed_and_withdrawn_are_for_good() -> None:
    assert {state for state in TicketState if state.is_final} == {TicketState.CLOSED, TicketState.WITHDRAWN}


def test_nothing_becomes_new_again_or_itself() -> None:
    for state in TicketState:
        assert not may_become(state, TicketState.NEW)
        assert not may_become(state, state)


def test_every_state_is_reached_from_new() -> None:
    reached = {TicketState.NEW}
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
