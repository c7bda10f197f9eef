"""What staff may do in the console, as a table: a right is had because of a role and for no other reason.

Separate by F13 (who operates, who configures and who looks after security need not be the same people).
"""

from collections.abc import Mapping
from enum import StrEnum

from kiosk.domain.roles import Role


class Right(StrEnum):
    """In the order in which they are given."""

    VIEW = "view"  # see the pages of the service
    OPERATE = "operate"  # act on what is there: look again, resend
    CONFIGURE = "configure"  # change how the service behaves
    SECURITY = "security"  # see what staff did


_NONE: frozenset[Right] = frozenset()
RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.STUDENT: _NONE,
    Role.TEACHER: _NONE,
    Role.STAFF: _NONE,
    Role.ASSISTANT: frozenset({Right.VIEW}),
    Role.ENGINEER: frozenset({Right.VIEW, Right.OPERATE}),
    Role.LEAD: frozenset({Right.VIEW, Right.OPERATE, Right.CONFIGURE}),
    Role.ADMIN: frozenset(Right),
}


def rights_of(role: str) -> frozenset[Right]:
    """None for a role this program does not know. Whoever has none cannot sign in at all."""
    return RIGHTS[Role(role)] if role in list(Role) else _NONE
