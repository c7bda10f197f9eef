"""Every action against every card level, every set of factors and every release code, with the expectations written
as sentences of their own, and the same check turned on spoilt policies, which it must refuse."""

from collections.abc import Callable, Iterable, Iterator
from itertools import combinations, product

import pytest

from kiosk.domain.identity import CardProof
from kiosk.domain.policy import (
    SHIPPED,
    Action,
    Allowed,
    CardPresent,
    Factor,
    Needs,
    Policy,
    Proof,
    Proofs,
    ReleaseCode,
    decide,
)
from kiosk.domain.policy_told import PolicyRule, policy_told, rules_of

A = Action
C0, C1, C2, C3 = CardProof


class Shown:
    """What a visitor has shown, as yes and no."""

    def __init__(self, level: CardProof | None, factors: frozenset[Factor], release: Action | None) -> None:
        self.pin = Factor.PIN in factors and Factor.DEFAULT_PIN not in factors
        self.code = Factor.CODE in factors
        self.phone = Factor.CAMPUS_SIGN_IN in factors
        self.card = level is not None
        self.genuine_card = level in (C2, C3)
        self.release = release
        everything: set[Proof] = set(factors)
        if level is not None:
            everything.add(CardPresent(level))
        if release is not None:
            everything.add(ReleaseCode(release))
        self.proofs: Proofs = frozenset(everything)


@pytest.mark.parametrize("action", [A.RESET_PASSWORD, A.ACTIVATE_ACCOUNT])
def test_a_sign_in_with_the_password_is_no_proof_for_another_one_whatever_a_policy_says(action: Action) -> None:
    loose = {**SHIPPED, action: (frozenset({Factor.CAMPUS_SIGN_IN}), frozenset({Factor.PIN, Factor.CAMPUS_SIGN_IN}))}
    shown: Proofs = frozenset({Factor.CAMPUS_SIGN_IN, Factor.PIN})
    assert isinstance(decide(action, shown, loose), Needs)
    assert isinstance(decide(A.SEE_TICKETS, shown, loose), Allowed)


def always(_: Shown) -> bool:
    return True


def one_factor(shown: Shown) -> bool:
    return shown.pin or shown.code or shown.phone


def two_factors(shown: Shown) -> bool:
    return shown.pin and (shown.code or shown.genuine_card)


def pin_and_card_or_code(shown: Shown) -> bool:
    return shown.pin and (shown.card or shown.code)


def code_and_card_or_release(action: Action) -> Callable[[Shown], bool]:
    return lambda shown: (shown.code and shown.card) or shown.release is action


EXPECTED: dict[Action, Callable[[Shown], bool]] = {
    A.REPORT: always,
    A.ASK_QUESTION: always,
    A.GIVE_FEEDBACK: always,
    A.HAND_IN_FOUND_CARD: always,
    A.SEE_TICKETS: one_factor,
    A.SEE_CARD: one_factor,
    A.SEE_BALANCE: one_factor,
    A.SEE_TRANSACTIONS: one_factor,
    A.REPORT_CARD_LOST: one_factor,
    A.CANCEL_LOSS_REPORT: two_factors,
    A.REPLACE_CARD: two_factors,
    A.CHANGE_PIN: two_factors,
    A.CHANGE_LIMITS: two_factors,
    A.CHANGE_CARD_PIN: two_factors,
    A.MAINTAIN: pin_and_card_or_code,
    A.WORK_AT_DESK: pin_and_card_or_code,
    A.UNLOCK_ACCOUNT: pin_and_card_or_code,
    A.RESET_PASSWORD: lambda shown: two_factors(shown) or shown.release is A.RESET_PASSWORD,
    A.CHANGE_PASSWORD: one_factor,
    A.ACTIVATE_ACCOUNT: code_and_card_or_release(A.ACTIVATE_ACCOUNT),
    A.SET_PIN: code_and_card_or_release(A.SET_PIN),
}


def everything_one_can_show() -> Iterator[Shown]:
    sets = [frozenset(some) for size in range(len(Factor) + 1) for some in combinations(Factor, size)]
    for level, factors, release in product([None, *CardProof], sets, [None, *Action]):
        yield Shown(level, factors, release)


HARMLESS = {A.REPORT, A.ASK_QUESTION, A.GIVE_FEEDBACK, A.HAND_IN_FOUND_CARD}
EVERYTHING = list(everything_one_can_show())


def disagreements(policy: Policy, actions: Iterable[Action] = Action) -> list[tuple[Action, Proofs]]:
    return [
        (action, shown.proofs)
        for action in actions
        for shown in EVERYTHING
        if isinstance(decide(action, shown.proofs, policy), Allowed) is not EXPECTED[action](shown)
    ]


def test_the_shipped_policy_is_the_one_that_was_agreed() -> None:
    assert len(EVERYTHING) == 5 * 16 * 22
    assert disagreements(SHIPPED) == []


def spoilt_policies() -> Iterator[tuple[Action, str, Policy]]:
    for action, ways in SHIPPED.items():
        for spoilt in ways:
            others = tuple(way for way in ways if way != spoilt)
            yield action, f"without {set(spoilt)}", {**SHIPPED, action: others}
            for need in spoilt:
                yield action, f"less {need}", {**SHIPPED, action: (*others, spoilt - {need})}
                if isinstance(need, CardPresent):
                    for level in set(CardProof) - {need.level}:
                        changed = spoilt - {need} | {CardPresent(level)}
                        yield action, f"card {need.level!r} → {level!r}", {**SHIPPED, action: (*others, changed)}
        stricter = tuple(way | {Factor.CAMPUS_SIGN_IN, Factor.PIN} for way in ways)
        yield action, "with more", {**SHIPPED, action: stricter}
        if action not in HARMLESS:
            yield action, "with a default PIN", {**SHIPPED, action: (*ways, frozenset({Factor.DEFAULT_PIN}))}


def test_any_other_policy_is_noticed() -> None:
    tried = 0
    for action, how, policy in spoilt_policies():
        tried += 1
        assert disagreements(policy, [action]), f"{action} {how}"
    assert tried > 80


@pytest.mark.parametrize("level", [C0, C1])
@pytest.mark.parametrize("action", [A.RESET_PASSWORD, A.CHANGE_PIN, A.CHANGE_CARD_PIN, A.CANCEL_LOSS_REPORT, A.SET_PIN])
def test_a_card_that_can_be_copied_and_a_pin_never_reset_anything(action: Action, level: CardProof) -> None:
    decision = decide(action, frozenset({CardPresent(level), Factor.PIN}))
    assert isinstance(decision, Needs)


@pytest.mark.parametrize("level", list(CardProof))
def test_a_card_alone_opens_nothing(level: CardProof) -> None:
    opened = {action for action in Action if decide(action, frozenset({CardPresent(level)})) == Allowed()}
    assert opened == HARMLESS


def test_what_is_missing_is_said_with_the_shortest_way_first() -> None:
    assert decide(A.RESET_PASSWORD, frozenset({Factor.PIN, CardPresent(C0)})) == Needs(
        (frozenset({Factor.CODE}), frozenset({CardPresent(C2)}), frozenset({ReleaseCode(A.RESET_PASSWORD)}))
    )
    assert decide(A.SET_PIN, frozenset()) == Needs(
        (frozenset({ReleaseCode(A.SET_PIN)}), frozenset({Factor.CODE, CardPresent(C0)}))
    )


def test_what_is_said_to_be_missing_is_enough_once_it_is_shown() -> None:
    for action in Action:
        for shown in EVERYTHING:
            decision = decide(action, shown.proofs)
            if isinstance(decision, Needs) and Factor.DEFAULT_PIN not in shown.proofs:
                assert decision.alternatives
                for missing in decision.alternatives:
                    assert decide(action, shown.proofs | missing) == Allowed()


def test_a_policy_that_is_told_is_the_same_policy() -> None:
    assert policy_told(rules_of(SHIPPED)) == SHIPPED
    for action, how, policy in spoilt_policies():
        assert policy_told(rules_of(policy)) == policy, f"{action} {how}"


def test_what_nothing_is_said_about_stays_as_shipped() -> None:
    assert policy_told(()) == SHIPPED
    strict = policy_told([PolicyRule("see_tickets", (("code", "pin"),)), PolicyRule("fly", ((),))])
    assert strict == {**SHIPPED, A.SEE_TICKETS: (frozenset({Factor.PIN, Factor.CODE}),)}


def test_a_need_this_program_does_not_know_is_never_left_out() -> None:
    newer = policy_told([PolicyRule("see_card", (("pin", "iris"), ("code",))), PolicyRule("see_balance", (("iris",),))])
    assert newer[A.SEE_CARD] == (frozenset({Factor.CODE}),)
    for shown in EVERYTHING:
        assert decide(A.SEE_BALANCE, shown.proofs, newer) == Needs(())
