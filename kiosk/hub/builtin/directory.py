"""The built-in directory: accounts with Argon2id hashes in the hub's own database.

What costs time (hashing) is done between two short transactions; the second one applies only what the first one saw.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from kiosk.domain.accounts import (
    AccountAct,
    AccountDone,
    AccountOutcome,
    AccountRefusal,
    AccountRefused,
    AccountState,
)
from kiosk.domain.campus import CampusAccount
from kiosk.domain.password_rules import PasswordRule, RuleId
from kiosk.hub.builtin.directory_book import DirectoryBook, read_directory
from kiosk.hub.ports import DirectoryAccount, DirectorySilent, Password, PersonKey
from kiosk.hub.services.pin_hashing import PinHasher
from kiosk.hub.store.database import Store
from kiosk.hub.store.tables import Account, BadTry, Card, OldPassword, Person

#: How often somebody else may have been quicker before this is given up.
_ATTEMPTS = 3
#: Lockouts told with an account, newest first.
_LOCKOUTS_TOLD = 10


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was read in the first transaction; ``used`` hashes that are not taken again, the present one first."""

    phc: str
    used: tuple[str, ...]


class BuiltinDirectory:
    def __init__(self, store: Store, hasher: PinHasher) -> None:
        self._store, self._hasher = store, hasher

    def account(self) -> CampusAccount | None:
        book = self._book()
        return book.account if book else None

    def rules(self) -> tuple[PasswordRule, ...]:
        book = self._book()
        return book.rules if book else ()

    def words(self) -> tuple[str, ...]:
        book = self._book()
        return book.words if book else ()

    def find(
        self, key: str, now: datetime, by: PersonKey = PersonKey.NUMBER
    ) -> DirectoryAccount | DirectorySilent | None:
        with self._store.read() as db:
            account = db.scalar(_by(by, key))
            return _told(db, account, now) if account else None

    def unlock(self, login: str, now: datetime) -> AccountOutcome:
        with self._store.write() as db:
            account = db.get(Account, login, with_for_update=True)
            match _state(account, now):
                case AccountState.LOCKED if account is not None:
                    account.locked_until = None
                    db.execute(delete(BadTry).where(BadTry.login == login, BadTry.locked.is_(False)))
                    return AccountDone(AccountAct.UNLOCK, now)
                case AccountState.ACTIVE | AccountState.MUST_CHANGE:
                    return AccountRefused(AccountRefusal.NOT_LOCKED)
                case state:
                    return _refused(state)

    def reset(self, login: str, new: Password, now: datetime) -> AccountOutcome:
        return self._set(AccountAct.RESET, login, None, new, now)

    def change(self, login: str, old: Password, new: Password, now: datetime) -> AccountOutcome:
        return self._set(AccountAct.CHANGE, login, old, new, now)

    def activate(self, login: str, new: Password, now: datetime) -> AccountOutcome:
        return self._set(AccountAct.ACTIVATE, login, None, new, now)

    def verifies(self, login: str, password: Password, now: datetime) -> bool:
        with self._store.read() as db:
            account = db.get(Account, login)
            usable = _state(account, now) in (AccountState.ACTIVE, AccountState.PROTECTED)
            phc = account.phc if account and usable else ""
        return self._hasher.matches(password.reveal(), phc or None)

    def close(self) -> None:
        """The store is somebody else's to close."""

    def sign_in(self, login: str, password: Password, door: str, now: datetime) -> bool:
        """A door of the campus tries a password: wrong ones are counted and lock."""
        with self._store.read() as db:
            account = db.get(Account, login) if login.isprintable() else None
            open_now = _state(account, now) in (AccountState.ACTIVE, AccountState.MUST_CHANGE, AccountState.PROTECTED)
            phc = account.phc if account and open_now and not _is_closed(account, now) else None
        if self._hasher.matches(password.reveal(), phc):
            return True
        if phc is not None:
            self._count_bad(login, door, now)
        return False

    def _count_bad(self, login: str, door: str, now: datetime) -> None:
        with self._store.write() as db:
            account, book = db.get(Account, login, with_for_update=True), read_directory(db)
            if account is None or book is None:
                return
            since = select(BadTry).where(BadTry.login == login, BadTry.at > now - book.window, BadTry.locked.is_(False))
            locks = len(list(db.scalars(since))) + 1 >= book.locked_after and not account.protected
            if locks:
                account.locked_until = now + book.lock
                db.execute(delete(BadTry).where(BadTry.login == login, BadTry.locked.is_(False)))
            db.add(BadTry(login=login, at=now, door=door, locked=locks))

    def _set(self, act: AccountAct, login: str, old: Password | None, new: Password, now: datetime) -> AccountOutcome:
        for _ in range(_ATTEMPTS):
            seen = self._look(act, login, now)
            if isinstance(seen, AccountRefused):
                return seen
            if old is not None and not self._hasher.matches(old.reveal(), seen.phc or None):
                return AccountRefused(AccountRefusal.WRONG_OLD)
            if any(self._hasher.matches(new.reveal(), phc) for phc in seen.used):
                return AccountRefused(AccountRefusal.IN_HISTORY)
            if self._put(login, seen, self._hasher.hash(new.reveal()), now):
                return AccountDone(act, now, signed_out=act is not AccountAct.ACTIVATE)
        return AccountRefused(AccountRefusal.UNAVAILABLE)

    def _look(self, act: AccountAct, login: str, now: datetime) -> _Seen | AccountRefused:
        with self._store.read() as db:
            account, book = db.get(Account, login), read_directory(db)
            state = _state(account, now)
            if account is None or book is None:
                return AccountRefused(AccountRefusal.NO_ACCOUNT)
            if act is AccountAct.ACTIVATE:
                if state in (AccountState.ACTIVE, AccountState.LOCKED, AccountState.MUST_CHANGE):
                    return AccountRefused(AccountRefusal.ALREADY_ACTIVE)
                return _Seen("", ()) if state is AccountState.NEVER_ACTIVATED else _refused(state)
            if state is AccountState.LOCKED and act is AccountAct.CHANGE:
                return AccountRefused(AccountRefusal.LOCKED, retry_at=account.locked_until)
            if state not in (AccountState.ACTIVE, AccountState.LOCKED, AccountState.MUST_CHANGE):
                return _refused(state)
            return _Seen(account.phc, (account.phc, *_earlier(db, login, book)))

    def _put(self, login: str, seen: _Seen, phc: str, now: datetime) -> bool:
        """False where the account is not any more what was seen."""
        with self._store.write() as db:
            account = db.get(Account, login, with_for_update=True)
            if account is None or account.phc != seen.phc:
                return False
            if account.phc:
                db.add(OldPassword(login=login, phc=account.phc, until=now))
            account.phc, account.changed_at, account.must_change = phc, now, False
            account.locked_until, account.signed_in_from = None, now
            db.execute(delete(BadTry).where(BadTry.login == login, BadTry.locked.is_(False)))
            return True

    def _book(self) -> DirectoryBook | None:
        with self._store.read() as db:
            return read_directory(db)


def _by(by: PersonKey, key: str) -> Select[Account]:
    match by:
        case PersonKey.NUMBER:
            return select(Account).join(Person, Account.person == Person.id).where(Person.number == key)
        case PersonKey.CARD:
            return select(Account).join(Card, Account.person == Card.person).where(Card.uid == key)
        case PersonKey.LOGIN:
            return select(Account).where(Account.login == key)


def _state(account: Account | None, now: datetime) -> AccountState | None:
    if account is None:
        return None
    if account.protected:
        return AccountState.PROTECTED
    if account.disabled:
        return AccountState.DISABLED
    if account.expires_at is not None and account.expires_at <= now:
        return AccountState.EXPIRED
    if not account.phc:
        return AccountState.NEVER_ACTIVATED
    if account.locked_until is not None and now < account.locked_until:
        return AccountState.LOCKED
    return AccountState.MUST_CHANGE if account.must_change else AccountState.ACTIVE


def _is_closed(account: Account, now: datetime) -> bool:
    return account.disabled or (account.expires_at is not None and account.expires_at <= now)


def _refused(state: AccountState | None) -> AccountRefused:
    match state:
        case AccountState.PROTECTED:
            return AccountRefused(AccountRefusal.PROTECTED)
        case AccountState.DISABLED:
            return AccountRefused(AccountRefusal.DISABLED)
        case AccountState.EXPIRED:
            return AccountRefused(AccountRefusal.EXPIRED)
        case AccountState.NEVER_ACTIVATED:
            return AccountRefused(AccountRefusal.NOT_ACTIVATED)
        case _:
            return AccountRefused(AccountRefusal.NO_ACCOUNT)


def _told(db: Session, account: Account, now: datetime) -> DirectoryAccount:
    locking = select(BadTry).where(BadTry.login == account.login, BadTry.locked.is_(True), BadTry.at <= now)
    lockouts = list(db.scalars(locking.order_by(BadTry.at.desc()).limit(_LOCKOUTS_TOLD)))
    state = _state(account, now)
    assert state is not None
    is_locked = state is AccountState.LOCKED and bool(lockouts)
    return DirectoryAccount(
        login=account.login,
        state=state,
        opens=tuple(account.opens.split()),
        locked_at=lockouts[0].at if is_locked else None,
        locked_until=account.locked_until if is_locked else None,
        locked_from=lockouts[0].door if is_locked else "",
        changed_at=account.changed_at,
        expires_at=account.expires_at,
        lockouts=tuple(bad.at for bad in lockouts),
        closed=_is_closed(account, now),
    )


def _earlier(db: Session, login: str, book: DirectoryBook) -> list[str]:
    """Hashes of the passwords before the present one, as many as the history rule counts."""
    kept = next((rule.count for rule in book.rules if rule.id is RuleId.HISTORY), 0)
    newest = select(OldPassword.phc).where(OldPassword.login == login).order_by(OldPassword.id.desc())
    return list(db.scalars(newest.limit(max(0, kept - 1))))
