"""Active Directory (MS-ADTS; Samba's too): unicodePwd over TLS, lockoutTime, and the sub-codes in its words."""

import re
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from msgspec.structs import replace

from kiosk.domain.accounts import AccountState
from kiosk.hub.campus.ldap_accounts import Known, Policy, attributes_in, filetime, holds, state_of, whole
from kiosk.hub.campus.ldap_messages import (
    Bind,
    Change,
    Done,
    Entry,
    Failed,
    Found,
    Modify,
    Query,
    Reply,
    Search,
    Trouble,
)
from kiosk.hub.campus.ldap_pool import LdapPool
from kiosk.hub.directory_settings import DirectorySettings
from kiosk.hub.ports import DirectoryAccount, Password, PersonKey

# userAccountControl (MS-ADTS 2.2.16); the last two only in msDS-User-Account-Control-Computed.
_DISABLED, _LOCKED, _PASSWORD_EXPIRED = 0x2, 0x10, 0x800000
#: pwdProperties (MS-SAMR 2.2.1.3): three of the kinds of character, and neither login nor display name.
_COMPLEX = 0x1
_KINDS = 3
#: What an account may change of an entry, as the server works it out for whoever asks (MS-ADTS 3.1.1.4.5.18).
MAY_CHANGE = "allowedAttributesEffective"
_OWN = (
    "userAccountControl",
    "msDS-User-Account-Control-Computed",
    "accountExpires",
    "pwdLastSet",
    "lockoutTime",
    "badPwdCount",
    "adminCount",
    MAY_CHANGE,
)
_POLICY = (
    "minPwdLength",
    "pwdHistoryLength",
    "pwdProperties",
    "minPwdAge",
    "maxPwdAge",
    "lockoutThreshold",
    "lockoutDuration",
)
#: A policy that was read counts for this long, seconds.
POLICY_COUNTS = 300.0
_TICKS_PER_MICROSECOND = 10
_NEVER = -0x8000000000000000
#: The probe of a reset stays this far from the number of wrong passwords that locks.
_ROOM = 2
#: "data 52e" in the text of a bind that was refused; Win32 error codes.
_SUB_CODE = re.compile(r"\bdata ([0-9a-f]{3,})\b")
_BIND = {
    "52e": Trouble.WRONG_PASSWORD,
    "775": Trouble.LOCKED,
    "773": Trouble.MUST_CHANGE,
    "532": Trouble.EXPIRED_PASSWORD,
}
#: Win32 error codes at the beginning of the text of a modify that was refused.
_OLD_IS_WRONG, _IS_LOCKED, _POLICY_SAYS_NO = "00000056", "00000775", "0000052D"
#: Samba says which part of the policy; Windows does not.
_PARTS = (
    ("already used", Trouble.IN_HISTORY),
    ("too short", Trouble.TOO_SHORT),
    ("complexity", Trouble.QUALITY),
    ("too young", Trouble.TOO_YOUNG),
)


class PastPasswords(Protocol):
    """What the hub remembers: a reset skips Active Directory's own history (MS-SAMR 3.1.1.7.1)."""

    def used(self, login: str, password: Password, count: int) -> bool:
        """Whether it is one of the last ``count`` that were noted."""
        ...

    def note(self, login: str, password: Password, count: int) -> None:
        """It is or was in force; ``count`` are kept."""
        ...


class ActiveDirectory:
    #: Domain controllers take the old one for an hour more at some doors (OldPasswordAllowedPeriod).
    old_is_gone = False

    def __init__(
        self,
        pool: LdapPool,
        settings: DirectorySettings,
        past: PastPasswords,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._pool, self._settings, self._past, self._monotonic = pool, settings, past, monotonic
        conditions = attributes_in(settings.disabled, settings.protected, settings.never_activated)
        self._attributes = (settings.login, *_OWN, *conditions)
        self._policy: Policy | None = None
        self._read_at = 0.0
        self._lock = threading.Lock()

    def queries(self, by: PersonKey, key: str) -> tuple[Query, ...]:
        settings = self._settings
        attribute = {PersonKey.NUMBER: settings.number, PersonKey.CARD: settings.card, PersonKey.LOGIN: settings.login}
        if not (name := attribute[by]):
            return ()
        person = (("objectCategory", "person"), ("objectClass", "user"), (name, key))
        return (Query(settings.base, self._attributes, person, below=True),)

    def known(self, found: Found, opens: tuple[str, ...], now: datetime) -> Known | Failed | None:
        if len(found.entries[0]) != 1:
            return None
        policy = self.policy()
        if isinstance(policy, Failed):
            return policy
        entry = found.entries[0][0]
        return Known(entry.dn, self._account(entry, policy, opens, now), policy, whole(entry.first("badPwdCount")))

    def _account(self, entry: Entry, policy: Policy, opens: tuple[str, ...], now: datetime) -> DirectoryAccount:
        settings = self._settings
        flags = whole(entry.first("userAccountControl")) | whole(entry.first("msDS-User-Account-Control-Computed"))
        may_change = {value.lower() for value in entry.values.get(MAY_CHANGE.lower(), ())}
        expires_at, locked_at = filetime(entry.first("accountExpires")), filetime(entry.first("lockoutTime"))
        set_at = entry.first("pwdLastSet")
        holding = {
            AccountState.PROTECTED: b"lockouttime" not in may_change
            or whole(entry.first("adminCount")) > 0
            or holds(settings.protected, entry),
            AccountState.DISABLED: bool(flags & _DISABLED) or holds(settings.disabled, entry),
            AccountState.EXPIRED: expires_at is not None and expires_at <= now,
            AccountState.NEVER_ACTIVATED: holds(settings.never_activated, entry),
            AccountState.LOCKED: bool(flags & _LOCKED),
            AccountState.MUST_CHANGE: bool(flags & _PASSWORD_EXPIRED) or set_at == "0",
        }
        state = state_of(holding)
        is_locked = state is AccountState.LOCKED
        return DirectoryAccount(
            login=entry.first(settings.login),
            state=state,
            opens=opens,
            locked_at=locked_at if is_locked else None,
            locked_until=locked_at + policy.lock if is_locked and locked_at and policy.lock else None,
            changed_at=filetime(set_at),
            expires_at=expires_at,
            lockouts=(locked_at,) if locked_at else (),
            closed=holding[AccountState.DISABLED] or holding[AccountState.EXPIRED],
        )

    def policy(self) -> Policy | Failed:
        with self._lock:
            if self._policy is not None and self._monotonic() < self._read_at + POLICY_COUNTS:
                return self._policy
        reply = self._pool.ask(Search((Query(domain_of(self._settings.base), _POLICY),)))
        if not isinstance(reply, Found):
            return self._policy or (reply if isinstance(reply, Failed) else Policy())
        policy = policy_of_domain(reply.entries[0][0]) if reply.entries[0] else Policy()
        with self._lock:
            self._policy, self._read_at = policy, self._monotonic()
        return policy

    def unlock(self, known: Known) -> Reply:
        return self._pool.ask(Modify(known.dn, (Change("lockoutTime", "replace", (b"0",)),)))

    def is_used(self, known: Known, new: Password) -> bool:
        login, policy = known.account.login, known.policy
        if not policy.history:
            return False
        if self._past.used(login, new, policy.history):
            return True
        # The present one, which the hub need not have seen, is told by a try. A wrong try counts until the reset,
        # which sets the count back; it is not made where it could lock.
        near = policy.locks and known.failures + _ROOM >= policy.locks
        if near or known.account.state is AccountState.LOCKED:
            return False
        tried = self.bind(known, new)
        # Said of the right password only.
        right = isinstance(tried, Failed) and tried.why in (Trouble.MUST_CHANGE, Trouble.EXPIRED_PASSWORD)
        if isinstance(tried, Done) or right:
            self._past.note(login, new, policy.history)
            return True
        return False

    def set(self, known: Known, new: Password) -> Reply:
        changes = (
            Change("unicodePwd", "replace", (_quoted(new),)),
            Change("lockoutTime", "replace", (b"0",)),
        )
        reply = _told(self._pool.ask(Modify(known.dn, changes)))
        if isinstance(reply, Done):
            self._past.note(known.account.login, new, known.policy.history)
        return reply

    def change(self, known: Known, old: Password, new: Password) -> Reply:
        """Both passwords in one modify: Active Directory checks the old one and keeps its history and ages."""
        changes = (Change("unicodePwd", "delete", (_quoted(old),)), Change("unicodePwd", "add", (_quoted(new),)))
        reply = _told(self._pool.ask(Modify(known.dn, changes)))
        done = isinstance(reply, Done)
        if done or (isinstance(reply, Failed) and reply.why is Trouble.IN_HISTORY):  # the old one was right
            self._past.note(known.account.login, old, known.policy.history)
        if done:
            self._past.note(known.account.login, new, known.policy.history)
        return reply

    def bind(self, known: Known, password: Password) -> Reply:
        reply = self._pool.ask(Bind(known.dn, password.reveal()))
        if isinstance(reply, Failed) and reply.why is Trouble.WRONG_PASSWORD:
            code = _SUB_CODE.search(reply.text)
            return replace(reply, why=_BIND.get(code[1], reply.why)) if code else reply
        return reply


def domain_of(base: str) -> str:
    """``OU=Students,DC=campus,DC=test`` -> ``DC=campus,DC=test``: where the domain's policy stands."""
    parts = re.split(r"(?<!\\),", base)
    return ",".join(part.strip() for part in parts if part.strip().upper().startswith("DC="))


def _quoted(password: Password) -> bytes:
    """MS-ADTS 3.1.1.3.1.5: in quotes, UTF-16 with the low byte first."""
    return f'"{password.reveal()}"'.encode("utf-16-le")


def _told(reply: Reply) -> Reply:
    """A refusal with its reason, where the text tells one."""
    if not isinstance(reply, Failed) or reply.why is not Trouble.REFUSED:
        return reply
    if _OLD_IS_WRONG in reply.text:
        return replace(reply, why=Trouble.WRONG_PASSWORD)
    if _IS_LOCKED in reply.text:
        return replace(reply, why=Trouble.LOCKED)
    if _POLICY_SAYS_NO not in reply.text.upper():
        return reply
    why = next((why for words, why in _PARTS if words in reply.text), Trouble.QUALITY)
    return replace(reply, why=why)


def policy_of_domain(entry: Entry) -> Policy:
    def count(name: str) -> int:
        return max(0, whole(entry.first(name)))

    def span(name: str) -> timedelta | None:
        ticks = whole(entry.first(name))
        return timedelta(microseconds=-ticks // _TICKS_PER_MICROSECOND) if _NEVER < ticks < 0 else None

    is_complex = bool(whole(entry.first("pwdProperties")) & _COMPLEX)
    return Policy(
        min_length=count("minPwdLength"),
        kinds=_KINDS if is_complex else 0,
        not_personal=is_complex,
        history=count("pwdHistoryLength"),
        locks=count("lockoutThreshold"),
        lock=span("lockoutDuration"),
        min_age=span("minPwdAge") or timedelta(),
        max_age=span("maxPwdAge"),
    )
