"""Proofs as short words, the way they are stored and sent: ``pin``, ``code``, ``card:2``, ``release:set_pin``."""

from collections.abc import Iterable
from typing import assert_never

from kiosk.domain.identity import CardProof
from kiosk.domain.policy import Action, CardPresent, Factor, Proof, Proofs, ReleaseCode


def words_of(proofs: Proofs) -> tuple[str, ...]:
    """Sorted, so that the same proofs are always the same words."""
    return tuple(sorted(_word(proof) for proof in proofs))


def proofs_of(words: Iterable[str]) -> Proofs:
    """A word this program does not know proves nothing."""
    return frozenset(proof for word in words if (proof := _proof(word)) is not None)


def _word(proof: Proof) -> str:
    match proof:
        case Factor():
            return proof.value
        case CardPresent(level):
            return f"card:{level.value}"
        case ReleaseCode(action):
            return f"release:{action.value}"
        case _:
            assert_never(proof)


def _proof(word: str) -> Proof | None:
    kind, _, detail = word.partition(":")
    try:
        match kind:
            case "card":
                return CardPresent(CardProof(int(detail)))
            case "release":
                return ReleaseCode(Action(detail))
            case _:
                return Factor(word)
    except ValueError:
        return None
