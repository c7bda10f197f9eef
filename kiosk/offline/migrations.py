"""The database's schema, step by step. A released step is never edited: pending operations live in these tables."""

from typing import Any

from sqlite_utils import Database as Tables
from sqlite_utils import Migrations

MIGRATIONS = Migrations("kiosk")


@MIGRATIONS()
def m001_outbox_and_numbers(tables: Tables) -> None:
    """``digest`` covers context, sealed bytes and signature; ``link`` = SHA-256(link of the row before || digest).

    STRICT tables: a damaged type is an error, not a surprise. ``expunged`` counts rows taken out on purpose.
    """
    tables.execute(
        """CREATE TABLE outbox (
            seq INTEGER PRIMARY KEY,
            op_id TEXT NOT NULL UNIQUE,
            class TEXT NOT NULL,
            aggregate TEXT NOT NULL,
            kiosk TEXT NOT NULL,
            suite INTEGER NOT NULL,
            key_id TEXT NOT NULL,
            reference TEXT NOT NULL,
            made_at TEXT NOT NULL,
            expires_at TEXT NOT NULL,
            sealed BLOB NOT NULL,
            signature BLOB NOT NULL,
            digest BLOB NOT NULL,
            prev BLOB NOT NULL,
            link BLOB NOT NULL,
            state TEXT NOT NULL,
            attempts INTEGER NOT NULL,
            next_try TEXT NOT NULL,
            last_answer TEXT NOT NULL,
            dead_reason TEXT NOT NULL,
            settled_at TEXT NOT NULL
        ) STRICT"""
    )
    tables.execute("CREATE INDEX outbox_open ON outbox(aggregate, seq) WHERE state IN ('waiting', 'sending')")
    tables.execute("CREATE TABLE expunged (total INTEGER NOT NULL) STRICT")
    tables.execute("INSERT INTO expunged VALUES (0)")
    tables.execute(
        """CREATE TABLE number_block (
            kiosk TEXT NOT NULL,
            first INTEGER NOT NULL,
            last INTEGER NOT NULL,
            next INTEGER NOT NULL,
            PRIMARY KEY (kiosk, first)
        ) STRICT, WITHOUT ROWID"""
    )
    tables.execute("CREATE TABLE campus (etag TEXT NOT NULL, body BLOB NOT NULL, read_at TEXT NOT NULL) STRICT")
    tables.execute("CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID")


@MIGRATIONS()
def m002_classes_of_operations(tables: Tables) -> None:
    """The file itself refuses a class that may not wait: money is never queued, whatever a program asks for."""
    tables.execute(
        """CREATE TRIGGER outbox_classes BEFORE INSERT ON outbox
            WHEN NEW.class NOT IN ('card_loss', 'reset', 'ticket', 'found_card', 'feedback')
            BEGIN SELECT RAISE(ABORT, 'operations of this class are never queued'); END"""
    )


@MIGRATIONS()
def m003_me_too(tables: Tables) -> None:
    """To say "me too" to a known outage may wait as well."""
    tables.execute("DROP TRIGGER outbox_classes")
    tables.execute(
        """CREATE TRIGGER outbox_classes BEFORE INSERT ON outbox
            WHEN NEW.class NOT IN ('card_loss', 'reset', 'ticket', 'found_card', 'feedback', 'me_too')
            BEGIN SELECT RAISE(ABORT, 'operations of this class are never queued'); END"""
    )


@MIGRATIONS()
def m004_ticket_act(tables: Tables) -> None:
    """What is done with a report that waits may wait behind it."""
    tables.execute("DROP TRIGGER outbox_classes")
    tables.execute(
        """CREATE TRIGGER outbox_classes BEFORE INSERT ON outbox
            WHEN NEW.class NOT IN ('card_loss', 'reset', 'ticket', 'found_card', 'feedback', 'me_too', 'ticket_act')
            BEGIN SELECT RAISE(ABORT, 'operations of this class are never queued'); END"""
    )


@MIGRATIONS()
def m005_no_reset(tables: Tables) -> None:
    """A new password never waits: what a kiosk can carry without network proves too little for it."""
    tables.execute("DROP TRIGGER outbox_classes")
    tables.execute(
        """CREATE TRIGGER outbox_classes BEFORE INSERT ON outbox
            WHEN NEW.class NOT IN ('card_loss', 'ticket', 'found_card', 'feedback', 'me_too', 'ticket_act')
            BEGIN SELECT RAISE(ABORT, 'operations of this class are never queued'); END"""
    )


@MIGRATIONS()
def m006_self_tests(tables: Tables) -> None:
    """What staff tried at this kiosk and what they saw. ``told``: the hub has it."""
    tables.execute(
        """CREATE TABLE self_test (
            seq INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            part TEXT NOT NULL,
            at TEXT NOT NULL,
            role TEXT NOT NULL,
            alias TEXT NOT NULL,
            outcome TEXT NOT NULL,
            confirmed_role TEXT NOT NULL,
            confirmed_alias TEXT NOT NULL,
            seen TEXT NOT NULL,
            told INTEGER NOT NULL
        ) STRICT"""
    )


@MIGRATIONS()
def m007_marks(tables: Tables) -> None:
    """``mark``: a keyed digest over all other values of the row. Rows from before get theirs when the file is opened,
    where the key is at hand."""
    tables.execute("ALTER TABLE outbox ADD COLUMN mark BLOB NOT NULL DEFAULT x''")


def migrate(connection: Any) -> None:
    """Applies what is missing, each step in its own transaction. The caller owns the connection."""
    MIGRATIONS.apply(Tables(connection))
