"""A directory behind LDAP as the port ``Directory``: what is found is judged, done, and told apart in our words."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from kiosk.domain.accounts import AccountAct, AccountDone, AccountRefusal, AccountRefused, AccountState
from kiosk.domain.campus import CampusAccount
from kiosk.domain.password_rules import PasswordRule, RuleId
from kiosk.hub.campus.ldap_accounts import Dialect, Known, Policy
from kiosk.hub.campus.ldap_messages import Done, Failed, Found, Reply, Search, Trouble
from kiosk.hub.campus.ldap_pool import LdapPool
from kiosk.hub.logs import event
from kiosk.hub.ports import (
    DirectoryAccount,
    DirectoryOutcome,
    DirectorySilent,
    DirectoryUnsure,
    DirectoryWords,
    Password,
    PersonKey,
)

#: A password that is asked about was set by the hub within this time; an older one is not tried, because a wrong try
#: counts at the directory. Room for clocks that differ.
JUST_SET = timedelta(minutes=15)
_STATES = {
    AccountState.PROTECTED: AccountRefusal.PROTECTED,
    AccountState.DISABLED: AccountRefusal.DISABLED,
    AccountState.EXPIRED: AccountRefusal.EXPIRED,
    AccountState.NEVER_ACTIVATED: AccountRefusal.NOT_ACTIVATED,
}
#: No answer to whether a password is right.
_SILENT = frozenset({Trouble.DOWN, Trouble.LOST, Trouble.BUSY, Trouble.NOT_LET_IN})
_REFUSALS = {
    Trouble.WRONG_PASSWORD: AccountRefusal.WRONG_OLD,
    Trouble.IN_HISTORY: AccountRefusal.IN_HISTORY,
    Trouble.RIGHTS: AccountRefusal.PROTECTED,
    Trouble.NOT_ALLOWED: AccountRefusal.PROTECTED,
    Trouble.MISSING: AccountRefusal.NO_ACCOUNT,
}


class LdapDirectory:
    """``words``: what the campus says about its directory, ``None`` before it has said anything."""

    def __init__(self, pool: LdapPool, dialect: Dialect, words: Callable[[], DirectoryWords | None]) -> None:
        self.pool, self._dialect, self._words = pool, dialect, words

    def account(self) -> CampusAccount | None:
        words = self._words()
        return words.account if words else None

    def rules(self) -> tuple[PasswordRule, ...]:
        words, policy = self._words(), self._dialect.policy()
        return stricter(words.rules if words else (), Policy() if isinstance(policy, Failed) else policy)

    def words(self) -> tuple[str, ...]:
        words = self._words()
        return words.words if words else ()

    def find(
        self, key: str, now: datetime, by: PersonKey = PersonKey.NUMBER
    ) -> DirectoryAccount | DirectorySilent | None:
        known = self._look(key, now, by)
        if isinstance(known, Failed):
            return DirectorySilent(known.text or known.why)
        return known.account if known else None

    def unlock(self, login: str, now: datetime) -> DirectoryOutcome:
        known = self._person(login, now)
        if not isinstance(known, Known):
            return known
        if known.account.state in (AccountState.ACTIVE, AccountState.MUST_CHANGE):
            return AccountRefused(AccountRefusal.NOT_LOCKED)
        if known.account.state is not AccountState.LOCKED:
            return AccountRefused(_STATES[known.account.state])
        return self._outcome(AccountAct.UNLOCK, self._dialect.unlock(known), known, now)

    def reset(self, login: str, new: Password, now: datetime) -> DirectoryOutcome:
        known = self._person(login, now)
        if not isinstance(known, Known):
            return known
        if known.account.state in _STATES:
            return AccountRefused(_STATES[known.account.state])
        if self._dialect.is_used(known, new):
            return AccountRefused(AccountRefusal.IN_HISTORY)
        return self._outcome(AccountAct.RESET, self._dialect.set(known, new), known, now)

    def change(self, login: str, old: Password, new: Password, now: datetime) -> DirectoryOutcome:
        known = self._person(login, now)
        if not isinstance(known, Known):
            return known
        if known.account.state in _STATES:
            return AccountRefused(_STATES[known.account.state])
        if known.account.state is AccountState.LOCKED:
            return AccountRefused(AccountRefusal.LOCKED, retry_at=known.account.locked_until)
        return self._outcome(AccountAct.CHANGE, self._dialect.change(known, old, new), known, now)

    def activate(self, login: str, new: Password, now: datetime) -> DirectoryOutcome:
        known = self._person(login, now)
        if not isinstance(known, Known):
            return known
        match known.account.state:
            case AccountState.NEVER_ACTIVATED:
                return self._outcome(AccountAct.ACTIVATE, self._dialect.set(known, new), known, now)
            case AccountState.ACTIVE | AccountState.LOCKED | AccountState.MUST_CHANGE:
                return AccountRefused(AccountRefusal.ALREADY_ACTIVE)
            case state:
                return AccountRefused(_STATES[state])

    def verifies(self, login: str, password: Password, now: datetime) -> bool:
        known = self._look(login, now, PersonKey.LOGIN)
        if not isinstance(known, Known) or known.account.state in (AccountState.LOCKED, AccountState.NEVER_ACTIVATED):
            return False
        changed_at = known.account.changed_at
        if changed_at is None or abs(now - changed_at) > JUST_SET:
            return False
        reply = self._dialect.bind(known, password)
        return isinstance(reply, Done) or (isinstance(reply, Failed) and reply.why is Trouble.MUST_CHANGE)

    def sign_in(self, login: str, password: Password, door: str, now: datetime) -> bool | DirectorySilent:  # noqa: ARG002
        known = self._look(login, now, PersonKey.LOGIN)
        if known is None:
            return False
        reply = self._dialect.bind(known, password) if isinstance(known, Known) else known
        if isinstance(reply, Failed) and reply.why in _SILENT:
            return DirectorySilent(reply.text or reply.why)
        return isinstance(reply, Done)

    def close(self) -> None:
        self.pool.close()

    # -- looking ------------------------------------------------------------------------------------------------
    def _person(self, login: str, now: datetime) -> Known | AccountRefused:
        known = self._look(login, now, PersonKey.LOGIN)
        if isinstance(known, Failed):
            return AccountRefused(AccountRefusal.UNAVAILABLE)
        return known or AccountRefused(AccountRefusal.NO_ACCOUNT)

    def _look(self, key: str, now: datetime, by: PersonKey) -> Known | Failed | None:
        queries = self._dialect.queries(by, key) if key and "\0" not in key else ()
        if not queries:
            return None
        reply = self.pool.ask(Search(queries))
        if not isinstance(reply, Found):
            failed = reply if isinstance(reply, Failed) else Failed(Trouble.REFUSED)
            event("directory", asked="find", why=failed.why, code=failed.code)
            return failed
        if len(reply.entries[0]) > 1:
            event("directory", asked="find", why="several", count=len(reply.entries[0]))
        words = self._words()
        opens = tuple(door.id for door in words.account.doors) if words else ()
        return self._dialect.known(reply, opens, now)

    # -- telling ------------------------------------------------------------------------------------------------
    def _outcome(self, act: AccountAct, reply: Reply, known: Known, now: datetime) -> DirectoryOutcome:
        if not isinstance(reply, Failed):
            replaced = act in (AccountAct.RESET, AccountAct.CHANGE)
            return AccountDone(act, now, signed_out=replaced and self._dialect.old_is_gone)
        event("directory", asked=act, why=reply.why, code=reply.code)
        if reply.why in _REFUSALS:
            return AccountRefused(_REFUSALS[reply.why])
        policy, account = known.policy, known.account
        match reply.why:
            case Trouble.LOST:
                return DirectoryUnsure()
            case Trouble.NO_SUCH_ATTRIBUTE if act is AccountAct.UNLOCK:
                return AccountRefused(AccountRefusal.NOT_LOCKED)  # somebody else was quicker
            case Trouble.LOCKED:
                return AccountRefused(AccountRefusal.LOCKED, retry_at=now + policy.lock if policy.lock else None)
            case Trouble.TOO_SHORT:
                return AccountRefused(AccountRefusal.BROKEN_RULES, (RuleId.MIN_LENGTH,))
            case Trouble.QUALITY:
                return AccountRefused(AccountRefusal.BROKEN_RULES, (RuleId.KINDS,) if policy.kinds else ())
            case Trouble.TOO_YOUNG:
                free_at = account.changed_at + policy.min_age if account.changed_at else None
                return AccountRefused(AccountRefusal.TOO_SOON, retry_at=free_at)
            case _:
                return AccountRefused(AccountRefusal.UNAVAILABLE)


def stricter(own: Iterable[PasswordRule], policy: Policy) -> tuple[PasswordRule, ...]:
    """The campus's ``own`` rules and the directory's, each once; of two the stricter, of history the directory's."""
    found: dict[RuleId, PasswordRule] = {rule.id: rule for rule in own if rule.id != RuleId.HISTORY}
    for rule in policy.rules():
        mine = found.get(rule.id, rule).count
        count = min(mine, rule.count) if rule.id is RuleId.MAX_LENGTH else max(mine, rule.count)
        found[rule.id] = PasswordRule(rule.id, count)
    order = list(RuleId)
    return tuple(sorted(found.values(), key=lambda rule: order.index(rule.id)))
