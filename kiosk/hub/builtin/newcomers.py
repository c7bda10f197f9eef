"""Accounts in the built-in systems for whoever came, and their end for whoever left.

A campus without a directory or a card system has these; whoever connects a real one leaves them unused.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.hub.builtin.directory_book import read_directory
from kiosk.hub.builtin.journal import open_account, person_account
from kiosk.hub.services.people import is_valid
from kiosk.hub.services.people_import import Plan, carry_out
from kiosk.hub.store.tables import Account, Card, Person


def take_over(db: Session, made: Plan, now: datetime) -> None:
    """The list as planned, and the accounts of whom it is about."""
    settle_accounts(db, carry_out(db, made, now), now)


def settle_accounts(db: Session, people: Iterable[Person], now: datetime) -> None:
    """Each of ``people`` gets what they miss: a directory account, never activated, and a card account where they have
    a card. The directory account ends when the person's time does."""
    book = read_directory(db)
    with_cards = set(db.scalars(select(Card.person)))
    accounts = {account.person: account for account in db.scalars(select(Account))}
    for person in people:
        account = accounts.get(person.id)
        if account is not None:
            account.expires_at = person.valid_until
        elif book is not None and is_valid(person, now):
            db.add(_new(person, " ".join(door.id for door in book.doors)))
        if person.id in with_cards:
            open_account(db, person_account(person.id), person.id)


def _new(person: Person, opens: str) -> Account:
    return Account(
        login=person.number,
        person=person.id,
        phc="",
        opens=opens,
        disabled=False,
        protected=False,
        must_change=False,
        changed_at=None,
        expires_at=person.valid_until,
        locked_until=None,
        signed_in_from=None,
    )
