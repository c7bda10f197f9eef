"""A release code (journeys 4): for somebody who cannot prove who they are, an engineer has seen a document instead.

Eight digits: every pad of the kiosk types them, the four keys too, and none is taken for a letter. A code is good for
one person and one action; who may give one to whom, and for what, is said here.
"""

from enum import StrEnum

from kiosk.domain.accounts import AccountState
from kiosk.domain.policy import Action, Proofs, ReleaseCode
from kiosk.domain.staff_rights import Right, rights_of

CODE_LENGTH = 8
#: What a code can be good for, in the order in which it is offered.
RELEASED = (Action.SET_PIN, Action.RESET_PASSWORD, Action.ACTIVATE_ACCOUNT)
#: Those that need an account at the directory.
OF_ACCOUNT = frozenset({Action.RESET_PASSWORD, Action.ACTIVATE_ACCOUNT})


class Document(StrEnum):
    """What was seen: the kind, never the number."""

    ID_CARD = "id_card"
    PASSPORT = "passport"
    TRAVEL_PERMIT = "travel_permit"  # of residents of Hong Kong, Macao and Taiwan
    RESIDENCE_PERMIT = "residence_permit"
    STUDENT_CARD = "student_card"  # with a photograph
    STAFF_CARD = "staff_card"


class NotGiven(StrEnum):
    """Why no code was made."""

    UNKNOWN = "unknown"  # nobody here has this number
    NOT_ALLOWED = "not_allowed"  # whoever asks may not give any
    NOTHING_SEEN = "nothing_seen"
    ONESELF = "oneself"
    PROTECTED = "protected"  # by the directory, or because they may do more than whoever asks
    CLOSED = "closed"  # the account is disabled or has expired
    NO_ACCOUNT = "no_account"
    NOT_ACTIVATED = "not_activated"
    ACTIVATED = "activated"
    SILENT = "silent"  # the directory cannot say whether the account is protected
    LIMIT = "limit"  # whoever asks has given enough for a day
    LIMIT_OF_PERSON = "limit_of_person"  # this person has got enough for a day


def may_give(role: str) -> bool:
    """From engineer up; a student assistant never."""
    return Right.OPERATE in rights_of(role)


def may_give_to(role: str, other: str) -> bool:
    """Nobody comes by a code into the place of somebody who may do more."""
    return may_give(role) and rights_of(other) <= rights_of(role)


def unfit(action: Action, state: AccountState | None, *, closed: bool) -> NotGiven | None:
    """What stands against ``action`` at the person's account; ``state`` ``None``: there is none."""
    if state is AccountState.PROTECTED:
        return NotGiven.PROTECTED
    if closed:
        return NotGiven.CLOSED
    if action not in OF_ACCOUNT:
        return None
    if state is None:
        return NotGiven.NO_ACCOUNT
    never = state is AccountState.NEVER_ACTIVATED
    if action is Action.ACTIVATE_ACCOUNT:
        return None if never else NotGiven.ACTIVATED
    return NotGiven.NOT_ACTIVATED if never else None


def released(proofs: Proofs) -> Action | None:
    """What a code among ``proofs`` is good for."""
    return next((action for action in RELEASED if ReleaseCode(action) in proofs), None)
