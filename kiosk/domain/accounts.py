"""The account a person signs in with everywhere: its state, what a kiosk can do about it, and every way that ends."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from kiosk.domain.campus import Text
from kiosk.domain.password_rules import PasswordRule, PersonalDigests, RuleId
from kiosk.domain.policy import Action


class AccountState(StrEnum):
    ACTIVE = "active"
    LOCKED = "locked"  # too many wrong passwords, until a time
    MUST_CHANGE = "must_change"  # works only to set another password
    EXPIRED = "expired"
    NEVER_ACTIVATED = "never_activated"
    DISABLED = "disabled"
    PROTECTED = "protected"  # of staff with rights: no kiosk changes it


class AccountAct(StrEnum):
    """What can be done about an account at a kiosk. Its value is also the class of the sealed operation."""

    UNLOCK = "unlock"
    RESET = "reset"  # a new password without the old one
    CHANGE = "change"  # a new password with the old one
    ACTIVATE = "activate"  # the first password

    @property
    def needs(self) -> Action:
        return _NEEDS[self]


_NEEDS = {
    AccountAct.UNLOCK: Action.UNLOCK_ACCOUNT,
    AccountAct.RESET: Action.RESET_PASSWORD,
    AccountAct.CHANGE: Action.CHANGE_PASSWORD,
    AccountAct.ACTIVATE: Action.ACTIVATE_ACCOUNT,
}


class AccountRefusal(StrEnum):
    """Why a directory did not do it. An expected outcome; ``BROKEN_RULES`` names the rules."""

    BROKEN_RULES = "broken_rules"
    IN_HISTORY = "in_history"  # used before
    WRONG_OLD = "wrong_old"
    TOO_SOON = "too_soon"  # the last change is too recent for another one, until a time
    HELD = "held"  # too many wrong old passwords: nothing is judged until a time
    LOCKED = "locked"
    NOT_LOCKED = "not_locked"
    PROTECTED = "protected"
    DISABLED = "disabled"
    EXPIRED = "expired"
    NOT_ACTIVATED = "not_activated"
    ALREADY_ACTIVE = "already_active"
    NO_ACCOUNT = "no_account"
    UNAVAILABLE = "unavailable"  # the directory does not answer


@dataclass(frozen=True, slots=True)
class AccountDone:
    """It is in force since ``at``. ``signed_out``: the old password opens nothing any more."""

    act: AccountAct
    at: datetime
    signed_out: bool = False


@dataclass(frozen=True, slots=True)
class AccountRefused:
    why: AccountRefusal
    rules: tuple[str, ...] = ()
    retry_at: datetime | None = None


AccountOutcome = AccountDone | AccountRefused


@dataclass(frozen=True, slots=True)
class SaidRule:
    """A rule of the directory: for the machine ``id`` and ``count`` (password_rules.py), for people ``text``.

    ``ticks``: can be judged while typing. What only the directory knows (history) is said and judged at the end.
    """

    id: str
    count: int
    text: Text
    ticks: bool


@dataclass(frozen=True, slots=True)
class AccountSeen:
    """The account of the person who is present, for one purpose. ``handle`` binds what is sealed for it to account and
    visit; ``login`` is masked; ``opens`` ids of AccountDoor. ``relocked``: locked again and again, or soon after a
    change: a device still uses the old password (journeys 11). ``words`` are of the campus and guessed first."""

    handle: str
    login: str
    state: AccountState
    opens: tuple[str, ...] = ()
    locked_at: datetime | None = None
    locked_until: datetime | None = None
    locked_from: str = ""
    changed_at: datetime | None = None
    expires_at: datetime | None = None
    relocked: bool = False
    rules: tuple[SaidRule, ...] = ()
    words: tuple[str, ...] = ()
    personal: PersonalDigests = field(default_factory=PersonalDigests)

    @property
    def password_rules(self) -> tuple[PasswordRule, ...]:
        """Those a machine here understands; others are said only."""
        known = set(RuleId)
        return tuple(PasswordRule(RuleId(rule.id), rule.count) for rule in self.rules if rule.id in known)


#: Locked this often within RELOCK_WINDOW, or once this soon after the password was changed: something is retrying.
RELOCK_TIMES = 2
RELOCK_WINDOW = timedelta(hours=24)
SOON_AFTER_CHANGE = timedelta(days=7)


def is_relocked(lockouts: Iterable[datetime], changed_at: datetime | None, now: datetime) -> bool:
    """Whether a device still uses the old password, as far as the times of ``lockouts`` tell (journeys 11)."""
    recent = [at for at in lockouts if now - RELOCK_WINDOW <= at <= now]
    if len(recent) >= RELOCK_TIMES:
        return True
    return changed_at is not None and any(changed_at <= at <= changed_at + SOON_AFTER_CHANGE for at in recent)
