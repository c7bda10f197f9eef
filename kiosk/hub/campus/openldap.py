"""OpenLDAP with the ppolicy overlay (draft-behera-ldap-password-policy): its entries, its policy, its passwords."""

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from kiosk.domain.accounts import AccountState
from kiosk.hub.campus.ldap_accounts import (
    Known,
    Policy,
    attributes_in,
    days_since_epoch,
    generalized_time,
    holds,
    state_of,
    whole,
)
from kiosk.hub.campus.ldap_messages import (
    Bind,
    Change,
    ChangePassword,
    Entry,
    Failed,
    Found,
    Modify,
    Query,
    Reply,
    Search,
    SetPassword,
    Trouble,
)
from kiosk.hub.campus.ldap_pool import LdapPool
from kiosk.hub.directory_settings import DirectorySettings
from kiosk.hub.ports import DirectoryAccount, Password, PersonKey

#: pwdAccountLockedTime of an account that only an administrator opens again.
_FOR_GOOD = "000001010000Z"
_POLICY = ("pwdMinLength", "pwdMaxLength", "pwdInHistory", "pwdMaxFailure", "pwdLockout", "pwdLockoutDuration")
_AGES = ("pwdMinAge", "pwdMaxAge")
#: A policy that was read counts for this long, seconds; so many are remembered.
POLICY_COUNTS = 300.0
_MOST_POLICIES = 100


class OpenLdap:
    old_is_gone = True

    def __init__(
        self, pool: LdapPool, settings: DirectorySettings, monotonic: Callable[[], float] = time.monotonic
    ) -> None:
        self._pool, self._settings, self._monotonic = pool, settings, monotonic
        own = (settings.login, "pwdAccountLockedTime", "pwdChangedTime", "pwdReset", "pwdPolicySubentry")
        expires = (settings.expires,) if settings.expires else ()
        conditions = attributes_in(settings.disabled, settings.protected, settings.never_activated)
        self._attributes = (*own, *expires, *conditions)
        self._policies: dict[str, tuple[float, Policy]] = {}
        self._lock = threading.Lock()

    def queries(self, by: PersonKey, key: str) -> tuple[Query, ...]:
        settings = self._settings
        attribute = {PersonKey.NUMBER: settings.number, PersonKey.CARD: settings.card, PersonKey.LOGIN: settings.login}
        if not (name := attribute[by]):
            return ()
        equal = ((name, key),)
        # Whether there is a password is seen by a filter: that needs the right to search for it, not to read it.
        return (
            Query(settings.base, self._attributes, equal, below=True),
            Query(settings.base, ("1.1",), equal, ("userPassword",), below=True),
        )

    def known(self, found: Found, opens: tuple[str, ...], now: datetime) -> Known | Failed | None:
        entries, with_password = found.entries
        if len(entries) != 1:
            return None
        entry = entries[0]
        policy = self._policy(entry.first("pwdPolicySubentry") or self._settings.policy)
        if isinstance(policy, Failed):
            return policy
        return Known(entry.dn, self._account(entry, bool(with_password), policy, opens, now), policy)

    def _account(
        self, entry: Entry, has_password: bool, policy: Policy, opens: tuple[str, ...], now: datetime
    ) -> DirectoryAccount:
        settings = self._settings
        locked = entry.first("pwdAccountLockedTime")
        locked_at = generalized_time(locked) if locked != _FOR_GOOD else None
        until = locked_at + policy.lock if locked_at and policy.lock else None
        changed_at, expires_at = generalized_time(entry.first("pwdChangedTime")), self._expires(entry)
        old = changed_at is not None and policy.max_age is not None and changed_at + policy.max_age <= now
        holding = {
            AccountState.PROTECTED: holds(settings.protected, entry),
            AccountState.DISABLED: locked == _FOR_GOOD or holds(settings.disabled, entry),
            AccountState.EXPIRED: expires_at is not None and expires_at <= now,
            # where the hub may not look, a time of its last change tells that there is one
            AccountState.NEVER_ACTIVATED: not (has_password or changed_at) or holds(settings.never_activated, entry),
            AccountState.LOCKED: locked_at is not None and (until is None or now < until),
            AccountState.MUST_CHANGE: old or entry.first("pwdReset").upper() == "TRUE",
        }
        state = state_of(holding)
        is_locked = state is AccountState.LOCKED
        return DirectoryAccount(
            login=entry.first(settings.login),
            state=state,
            opens=opens,
            locked_at=locked_at if is_locked else None,
            locked_until=until if is_locked else None,
            changed_at=changed_at,
            expires_at=expires_at,
            lockouts=(locked_at,) if locked_at else (),
            closed=holding[AccountState.DISABLED] or holding[AccountState.EXPIRED],
        )

    def _expires(self, entry: Entry) -> datetime | None:
        name = self._settings.expires
        text = entry.first(name) if name else ""
        if not text:
            return None
        return days_since_epoch(text) if name.lower() == "shadowexpire" else generalized_time(text)

    def policy(self) -> Policy | Failed:
        return self._policy(self._settings.policy)

    def _policy(self, dn: str) -> Policy | Failed:
        if not dn:
            return Policy()
        with self._lock:
            read_at, policy = self._policies.get(dn.lower(), (0.0, None))
        if policy is not None and self._monotonic() < read_at + POLICY_COUNTS:
            return policy
        reply = self._pool.ask(Search((Query(dn, (*_POLICY, *_AGES)),)))
        if not isinstance(reply, Found):
            return policy or (reply if isinstance(reply, Failed) else Policy())
        policy = policy_of_overlay(reply.entries[0][0]) if reply.entries[0] else Policy()
        with self._lock:
            if len(self._policies) >= _MOST_POLICIES:
                self._policies.clear()
            self._policies[dn.lower()] = (self._monotonic(), policy)
        return policy

    def unlock(self, known: Known) -> Reply:
        return self._pool.ask(Modify(known.dn, (Change("pwdAccountLockedTime", "delete"),)))

    def is_used(self, known: Known, new: Password) -> bool:  # noqa: ARG002
        """ppolicy looks itself, as long as the hub's account is no password administrator (README)."""
        return False

    def set(self, known: Known, new: Password) -> Reply:
        done = self._pool.ask(SetPassword(known.dn, new.reveal()))
        if isinstance(done, Failed):
            return done
        # With pwdMustChange some servers mark a password that another account has set; this one the person chose.
        after = self._pool.ask(Search((Query(known.dn, ("pwdReset",)),)))
        if isinstance(after, Found) and after.entries[0] and after.entries[0][0].first("pwdReset").upper() == "TRUE":
            self._pool.ask(Modify(known.dn, (Change("pwdReset", "delete"),)))
        return done

    def change(self, known: Known, old: Password, new: Password) -> Reply:
        reply = self._pool.ask(ChangePassword(known.dn, old.reveal(), new.reveal()))
        if isinstance(reply, Failed) and reply.why is Trouble.EXPIRED_PASSWORD:
            # The old one is right, or ppolicy would not say so; but nobody signs in with it any more.
            return self.set(known, new)
        return reply

    def bind(self, known: Known, password: Password) -> Reply:
        return self._pool.ask(Bind(known.dn, password.reveal()))


def policy_of_overlay(entry: Entry) -> Policy:
    def count(name: str) -> int:
        return max(0, whole(entry.first(name)))

    locks = count("pwdMaxFailure") if entry.first("pwdLockout").upper() == "TRUE" else 0
    max_age = count("pwdMaxAge")
    duration = count("pwdLockoutDuration")
    kept = count("pwdInHistory")
    return Policy(
        min_length=count("pwdMinLength"),
        max_length=count("pwdMaxLength"),
        # beside those in its history, the overlay does not take the present one either
        history=kept + 1 if kept else 0,
        locks=locks,
        lock=timedelta(seconds=duration) if duration else None,
        min_age=timedelta(seconds=count("pwdMinAge")),
        max_age=timedelta(seconds=max_age) if max_age else None,
    )
