"""Which action needs what: the shipped policy as data, and one function that evaluates it.

A PIN or a code exists only for a claim (a card tapped, a number typed), so that "number + PIN" reads ``PIN`` here.
Telling us something needs nothing at all; a UID or Classic card together with a PIN never resets anything.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.identity import CardProof


class Action(StrEnum):
    REPORT = "report"
    ASK_QUESTION = "ask_question"
    GIVE_FEEDBACK = "give_feedback"
    HAND_IN_FOUND_CARD = "hand_in_found_card"
    SEE_TICKETS = "see_tickets"
    SEE_CARD = "see_card"
    SEE_BALANCE = "see_balance"
    SEE_TRANSACTIONS = "see_transactions"
    REPORT_CARD_LOST = "report_card_lost"
    CANCEL_LOSS_REPORT = "cancel_loss_report"
    REPLACE_CARD = "replace_card"
    CHANGE_PIN = "change_pin"
    CHANGE_LIMITS = "change_limits"
    CHANGE_CARD_PIN = "change_card_pin"  # the one tills ask for; the card system wants the present one too
    UNLOCK_ACCOUNT = "unlock_account"
    RESET_PASSWORD = "reset_password"
    CHANGE_PASSWORD = "change_password"  # with the old one, which the directory judges
    ACTIVATE_ACCOUNT = "activate_account"
    SET_PIN = "set_pin"
    MAINTAIN = "maintain"  # the kiosk's own pages for staff; the hub wants the role beside the proofs
    WORK_AT_DESK = "work_at_desk"  # staff log matters for others; the hub wants the role beside the proofs


class Factor(StrEnum):
    """What the hub has checked in this visit."""

    PIN = "pin"
    DEFAULT_PIN = "default_pin"  # right, but the campus default or guessable: counts as no factor
    CODE = "code"  # one-time code to the phone or e-mail on file
    CAMPUS_SIGN_IN = "campus_sign_in"  # on the person's own phone, with the password of the campus account


@dataclass(frozen=True, slots=True)
class CardPresent:
    """As a proof: the card showed ``level``. As a need: it has to show at least that."""

    level: CardProof


@dataclass(frozen=True, slots=True)
class ReleaseCode:
    """An engineer has seen a document; the code is good for this one action."""

    action: Action


Proof = Factor | CardPresent | ReleaseCode
Proofs = frozenset[Proof]
#: Any one of the alternatives is enough; of an alternative everything is needed.
Policy = Mapping[Action, tuple[Proofs, ...]]


@dataclass(frozen=True, slots=True)
class Allowed:
    pass


@dataclass(frozen=True, slots=True)
class Needs:
    """What is still missing, one set per way on, the shortest first."""

    alternatives: tuple[Proofs, ...]


Decision = Allowed | Needs

_ANY_CARD = CardPresent(CardProof.C0_UID)
_GENUINE_CARD = CardPresent(CardProof.C2_MUTUAL)

_NOTHING: tuple[Proofs, ...] = (frozenset(),)
_ONE_FACTOR: tuple[Proofs, ...] = (
    frozenset({Factor.PIN}),
    frozenset({Factor.CODE}),
    frozenset({Factor.CAMPUS_SIGN_IN}),
)
_TWO_FACTORS: tuple[Proofs, ...] = (
    frozenset({Factor.PIN, Factor.CODE}),
    frozenset({Factor.PIN, _GENUINE_CARD}),
)
_PIN_AND_CARD_OR_CODE: tuple[Proofs, ...] = (
    frozenset({Factor.PIN, _ANY_CARD}),
    frozenset({Factor.PIN, Factor.CODE}),
)


def _released(action: Action) -> Proofs:
    return frozenset({ReleaseCode(action)})


def _first_pin(action: Action) -> tuple[Proofs, ...]:
    return frozenset({Factor.CODE, _ANY_CARD}), _released(action)


SHIPPED: Policy = {
    Action.REPORT: _NOTHING,
    Action.ASK_QUESTION: _NOTHING,
    Action.GIVE_FEEDBACK: _NOTHING,
    Action.HAND_IN_FOUND_CARD: _NOTHING,
    Action.SEE_TICKETS: _ONE_FACTOR,
    Action.SEE_CARD: _ONE_FACTOR,
    Action.SEE_BALANCE: _ONE_FACTOR,
    Action.SEE_TRANSACTIONS: _ONE_FACTOR,
    Action.REPORT_CARD_LOST: _ONE_FACTOR,
    Action.CANCEL_LOSS_REPORT: _TWO_FACTORS,
    Action.REPLACE_CARD: _TWO_FACTORS,
    Action.CHANGE_PIN: _TWO_FACTORS,
    Action.CHANGE_LIMITS: _TWO_FACTORS,
    Action.CHANGE_CARD_PIN: _TWO_FACTORS,
    Action.UNLOCK_ACCOUNT: _PIN_AND_CARD_OR_CODE,
    # A release code too: it is for whoever can show neither (journeys 4; the table of journeys 2 leaves it out).
    Action.RESET_PASSWORD: (*_TWO_FACTORS, _released(Action.RESET_PASSWORD)),
    Action.CHANGE_PASSWORD: _ONE_FACTOR,
    Action.ACTIVATE_ACCOUNT: _first_pin(Action.ACTIVATE_ACCOUNT),
    Action.SET_PIN: _first_pin(Action.SET_PIN),
    Action.MAINTAIN: _PIN_AND_CARD_OR_CODE,
    Action.WORK_AT_DESK: _PIN_AND_CARD_OR_CODE,
}


#: The password itself would be the proof for getting another one: a sign-in with it counts for nothing here, whatever a
#: campus's own policy says.
NOT_BY_SIGN_IN = frozenset({Action.RESET_PASSWORD, Action.ACTIVATE_ACCOUNT})


def decide(action: Action, proofs: Proofs, policy: Policy = SHIPPED) -> Decision:
    """Whether ``proofs``, all of one person and one visit, are enough for ``action``."""
    if Factor.DEFAULT_PIN in proofs:
        proofs -= {Factor.PIN}
    if action in NOT_BY_SIGN_IN:
        proofs -= {Factor.CAMPUS_SIGN_IN}
    missing = [frozenset(need for need in way if not _shown(need, proofs)) for way in policy[action]]
    if not all(missing):
        return Allowed()
    return Needs(tuple(sorted(missing, key=len)))


def _shown(need: Proof, proofs: Proofs) -> bool:
    if isinstance(need, CardPresent):
        return any(isinstance(proof, CardPresent) and proof.level >= need.level for proof in proofs)
    return need in proofs
