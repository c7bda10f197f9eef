"""What the built-in directory is set up with: assets/sample-campus/accounts.toml, kept as a document."""

from datetime import timedelta

import msgspec
from sqlalchemy.orm import Session

from kiosk.domain.campus import AccountDoor, CampusAccount, SavedAt, Text
from kiosk.domain.password_rules import PasswordRule
from kiosk.hub.store.tables import Document

NAME = "directory"


class DirectoryBook(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``locked_after`` wrong passwords within ``within_minutes`` lock an account for ``locked_minutes``."""

    title: Text
    doors: tuple[AccountDoor, ...]
    acts: tuple[str, ...]
    saved_at: tuple[SavedAt, ...]
    afterwards: tuple[SavedAt, ...]
    rules: tuple[PasswordRule, ...]
    words: tuple[str, ...]
    locked_after: int
    within_minutes: int
    locked_minutes: int
    callback: tuple[str, ...] = ()

    @property
    def account(self) -> CampusAccount:
        return CampusAccount(self.title, self.doors, self.acts, self.saved_at, self.afterwards, self.callback)

    @property
    def window(self) -> timedelta:
        return timedelta(minutes=self.within_minutes)

    @property
    def lock(self) -> timedelta:
        return timedelta(minutes=self.locked_minutes)


def read_directory(db: Session) -> DirectoryBook | None:
    document = db.get(Document, NAME)
    return msgspec.json.decode(document.body, type=DirectoryBook) if document else None
