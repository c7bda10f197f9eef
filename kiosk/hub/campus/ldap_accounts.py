"""What LDAP directories have in common: an entry seen as an account, its policy, and which state wins."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol

from kiosk.domain.accounts import AccountState
from kiosk.domain.password_rules import PasswordRule, RuleId
from kiosk.hub.campus.ldap_messages import Entry, Failed, Found, Query, Reply
from kiosk.hub.directory_settings import ANY, NONE, Condition
from kiosk.hub.ports import DirectoryAccount, Password, PersonKey


@dataclass(frozen=True, slots=True)
class Policy:
    """What the directory enforces. ``history``: how many passwords, with the present one, are not taken again.

    ``locks``: wrong passwords that lock, 0 for never; ``lock`` for how long, ``None`` until somebody unlocks.
    ``max_age`` ``None``: passwords do not expire.
    """

    min_length: int = 0
    max_length: int = 0
    kinds: int = 0
    not_personal: bool = False
    history: int = 0
    locks: int = 0
    lock: timedelta | None = None
    min_age: timedelta = timedelta()
    max_age: timedelta | None = None

    def rules(self) -> tuple[PasswordRule, ...]:
        wanted = (
            (RuleId.MIN_LENGTH, self.min_length),
            (RuleId.MAX_LENGTH, self.max_length),
            (RuleId.KINDS, self.kinds),
            (RuleId.NOT_PERSONAL, int(self.not_personal)),
            (RuleId.HISTORY, self.history),
        )
        return tuple(PasswordRule(id, 0 if id is RuleId.NOT_PERSONAL else count) for id, count in wanted if count)


@dataclass(frozen=True, slots=True)
class Known:
    """An account as it was found. ``failures``: wrong passwords in a row, as far as told."""

    dn: str
    account: DirectoryAccount
    policy: Policy
    failures: int = 0


class Dialect(Protocol):
    """What one kind of directory does its own way. Nothing here raises.

    ``old_is_gone``: once another password is set, the old one opens nothing any more.
    """

    old_is_gone: bool

    def queries(self, by: PersonKey, key: str) -> tuple[Query, ...]:
        """The same number of them whoever it is; none where nothing can be found by ``by``."""
        ...

    def known(self, found: Found, opens: tuple[str, ...], now: datetime) -> Known | Failed | None: ...

    def policy(self) -> Policy | Failed:
        """Everybody's who has none of their own."""
        ...

    def unlock(self, known: Known) -> Reply: ...

    def is_used(self, known: Known, new: Password) -> bool:
        """Whether ``new`` was used before, as far as the directory itself does not see to it at a reset."""
        ...

    def set(self, known: Known, new: Password) -> Reply:
        """Without the old one; unlocks, and nothing has to be changed at the next sign-in."""
        ...

    def change(self, known: Known, old: Password, new: Password) -> Reply: ...

    def bind(self, known: Known, password: Password) -> Reply: ...


def holds(conditions: Iterable[Condition], entry: Entry) -> bool:
    return any(all(_has(entry, *term) for term in condition.terms) for condition in conditions)


def _has(entry: Entry, attribute: str, wanted: str) -> bool:
    values = [value.decode("utf-8", "replace").casefold() for value in entry.values.get(attribute.lower(), ())]
    if wanted in (ANY, NONE):
        return bool(values) is (wanted == ANY)
    return wanted.casefold() in values


def attributes_in(*conditions: Iterable[Condition]) -> tuple[str, ...]:
    return tuple({attribute for several in conditions for one in several for attribute, _ in one.terms})


#: The first of these that holds is the state.
_ORDER = (
    AccountState.PROTECTED,
    AccountState.DISABLED,
    AccountState.EXPIRED,
    AccountState.NEVER_ACTIVATED,
    AccountState.LOCKED,
    AccountState.MUST_CHANGE,
)


def state_of(facts: Mapping[AccountState, bool]) -> AccountState:
    return next((state for state in _ORDER if facts.get(state)), AccountState.ACTIVE)


def generalized_time(text: str) -> datetime | None:
    """RFC 4517, 3.3.13, in UTC as directories write it; ``None`` where it is none."""
    digits = text.rstrip("Zz").partition(".")[0].partition(",")[0]
    for form in ("%Y%m%d%H%M%S", "%Y%m%d%H%M", "%Y%m%d%H"):
        try:
            return datetime.strptime(digits, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def days_since_epoch(text: str) -> datetime | None:
    """shadowExpire (RFC 2307): days since 1970; negative or empty: never."""
    try:
        days = int(text)
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(days=days) if days >= 0 else None
    except (ValueError, OverflowError):
        return None


_FILETIME_BEGINS = datetime(1601, 1, 1, tzinfo=UTC)
#: What Active Directory writes for "never".
_NEVER = (0, 0x7FFFFFFFFFFFFFFF)


def filetime(text: str) -> datetime | None:
    """100 ns since 1601; 0, the largest number and no number: ``None``."""
    ticks = whole(text)
    if ticks in _NEVER or ticks < 0:
        return None
    try:
        return _FILETIME_BEGINS + timedelta(microseconds=ticks // 10)
    except OverflowError:
        return None


def whole(text: str) -> int:
    """0 where it is no whole number."""
    try:
        return int(text)
    except ValueError:
        return 0
