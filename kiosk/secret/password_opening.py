"""The first line a helper is given for a password: the kiosk's own process makes it and loads nothing that judges."""

import msgspec

from kiosk.domain.password_rules import PasswordRule, PersonalDigests
from kiosk.wire.envelope import Context, HubKey


class PasswordOpening(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag="password"):
    """What the words are sealed to and judged by. ``asks_old``: the password in force is typed first."""

    context: Context
    key: HubKey
    asks_old: bool
    rules: tuple[PasswordRule, ...]
    words: tuple[str, ...]
    personal: PersonalDigests
