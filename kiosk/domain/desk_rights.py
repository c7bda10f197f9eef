"""What staff may do at the desk of a kiosk, as a table: a right is had because of a role and for no other reason.

A student assistant (journeys 16) finds people by card or full number alone, and sees matter and state, not the account.
"""

from collections.abc import Mapping
from enum import StrEnum

from kiosk.domain.roles import Role

#: Look-ups without a card a student assistant has on one day.
LOOK_UPS_A_DAY = 30


class DeskRight(StrEnum):
    OPEN = "open"  # begin a shift
    LOG = "log"  # a ticket for somebody, solved or handed on, and take it back
    BY_CARD = "by_card"  # find a requester by the card in their hand
    BY_NUMBER = "by_number"  # by a whole number
    BY_NAME = "by_name"  # by name or phone
    ACCOUNT = "account"  # see the state of account and card, department and phone, masked
    HISTORY = "history"  # see what was told before
    UNCOUNTED = "uncounted"  # look up without a card as often as needed, without a reason
    TEMPLATES = "templates"  # change the desk's templates


_NONE: frozenset[DeskRight] = frozenset()
_ASSISTANT = frozenset({DeskRight.OPEN, DeskRight.LOG, DeskRight.BY_CARD, DeskRight.BY_NUMBER})
_ENGINEER = _ASSISTANT | {DeskRight.BY_NAME, DeskRight.ACCOUNT, DeskRight.HISTORY, DeskRight.UNCOUNTED}
_LEAD = _ENGINEER | {DeskRight.TEMPLATES}
DESK_RIGHTS: Mapping[Role, frozenset[DeskRight]] = {
    Role.STUDENT: _NONE,
    Role.TEACHER: _NONE,
    Role.STAFF: _NONE,
    Role.ASSISTANT: _ASSISTANT,
    Role.ENGINEER: _ENGINEER,
    Role.LEAD: _LEAD,
    Role.ADMIN: _LEAD,
}


def desk_rights_of(role: str) -> frozenset[DeskRight]:
    """None for a role this program does not know."""
    return DESK_RIGHTS[Role(role)] if role in list(Role) else _NONE


def has(role: str, right: DeskRight) -> bool:
    return right in desk_rights_of(role)
