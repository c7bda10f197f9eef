"""The campus's policy as a kiosk is told it, in the words proofs are stored and sent by."""

from collections.abc import Iterable
from dataclasses import dataclass

from kiosk.domain.policy import SHIPPED, Action, Policy, Proofs
from kiosk.domain.proof_words import proofs_of, words_of


@dataclass(frozen=True, slots=True)
class PolicyRule:
    """``action`` one of policy.Action; any one of ``enough`` is enough, words of proof_words.py."""

    action: str
    enough: tuple[tuple[str, ...], ...]


def rules_of(policy: Policy) -> tuple[PolicyRule, ...]:
    """All of them, in the order of Action: the same policy is always the same rules."""
    return tuple(PolicyRule(action.value, tuple(words_of(way) for way in policy[action])) for action in Action)


def policy_told(rules: Iterable[PolicyRule]) -> Policy:
    """What nothing is said about stays as shipped. A way that asks for what this program does not know is no way: a
    newer hub may ask for more, and dropping that need would open the door."""
    known = {action.value: action for action in Action}
    told = {known[rule.action]: _ways(rule) for rule in rules if rule.action in known}
    return {**SHIPPED, **told}


def _ways(rule: PolicyRule) -> tuple[Proofs, ...]:
    ways = ((words, proofs_of(words)) for words in rule.enough)
    return tuple(proofs for words, proofs in ways if len(proofs) == len(set(words)))
