"""The sample campus's accounts: one for each person, in every state a kiosk can meet."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import delete
from sqlalchemy.orm import Session

from kiosk.hub.builtin.directory_book import DirectoryBook
from kiosk.hub.store.tables import Account, BadTry, OldPassword, OldPasswordCounter

_CHANGED_DAYS_AGO = 90


class SampleAccount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is special about one account."""

    person: str
    locked_minutes_ago: tuple[int, ...] = ()
    locked_from: str = ""
    changed_days_ago: int = _CHANGED_DAYS_AGO
    expired_days_ago: int = 0
    never_activated: bool = False
    must_change: bool = False
    disabled: bool = False
    protected: bool = False


class SampleDirectory(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    sample_password: str
    directory: DirectoryBook
    accounts: tuple[SampleAccount, ...]


def sample_directory(content: Mapping[str, Any]) -> SampleDirectory:
    """``content`` of accounts.toml. Raises msgspec.ValidationError."""
    return msgspec.convert(content, SampleDirectory)


def load_accounts(
    db: Session, sample: SampleDirectory, logins: Iterable[tuple[str, str]], phc: str, now: datetime
) -> None:
    """``logins``: person and login; ``phc`` of the sample password. What was set since is undone."""
    special = {account.person: account for account in sample.accounts}
    for table in (BadTry, OldPassword, OldPasswordCounter, Account):
        db.execute(delete(table))
    for person, login in logins:
        _put(db, special.get(person, SampleAccount(person)), login, phc, sample.directory, now)


def _put(db: Session, sample: SampleAccount, login: str, phc: str, book: DirectoryBook, now: datetime) -> None:
    locked = [now - timedelta(minutes=minutes) for minutes in sample.locked_minutes_ago]
    db.add(
        Account(
            login=login,
            person=sample.person,
            phc="" if sample.never_activated else phc,
            opens=" ".join(door.id for door in book.doors),
            disabled=sample.disabled,
            protected=sample.protected,
            must_change=sample.must_change,
            changed_at=None if sample.never_activated else now - timedelta(days=sample.changed_days_ago),
            expires_at=now - timedelta(days=sample.expired_days_ago) if sample.expired_days_ago else None,
            locked_until=max(locked) + book.lock if locked else None,
            signed_in_from=None,
        )
    )
    db.flush()
    db.add_all(BadTry(login=login, at=at, door=sample.locked_from, locked=True) for at in locked)
