"""Seeing one's account and doing something about it: proven, judged, done once, told to the person everywhere else.

The directory is another system: it takes no part in the hub's transactions. The first one proves the person and takes
the operation's id, then the directory does it, and the second one keeps the answer. After a crash in between, or when
the directory's answer was lost, the same operation asks it again; a password that is in force by then was set by the
first try.
"""

import os
import threading
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

import msgspec
from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from kiosk.domain.accounts import (
    AccountAct,
    AccountDone,
    AccountOutcome,
    AccountRefusal,
    AccountRefused,
    AccountSeen,
    is_relocked,
)
from kiosk.domain.masking import mask_number
from kiosk.domain.password_rules import digests_of
from kiosk.domain.policy import Policy
from kiosk.hub.clock import Clock
from kiosk.hub.keys import HubKeys
from kiosk.hub.logs import event
from kiosk.hub.ports import (
    Directory,
    DirectoryAccount,
    DirectoryOutcome,
    DirectorySilent,
    DirectoryUnsure,
    Notices,
    Password,
    Told,
)
from kiosk.hub.services import old_password, release_use, sessions
from kiosk.hub.services.book import read_book
from kiosk.hub.services.passwords import judge, personal_words, said
from kiosk.hub.services.refusal import No
from kiosk.hub.services.sealed import note_incident, open_checked
from kiosk.hub.services.self_service import Served, note_served
from kiosk.hub.services.trust import trusted_kiosk
from kiosk.hub.store.database import Store
from kiosk.hub.store.inserting import insert_into
from kiosk.hub.store.tables import AccountOperation, Kiosk, Person
from kiosk.hub.tokens_made import digest
from kiosk.wire.accounts import ActAnswer, ActDone, ActRefused, Passwords, read_passwords
from kiosk.wire.envelope import Envelope

#: An envelope older than this has no effect; ids are kept longer than that, so that none has two (promises P25).
ORDER_LIFE = timedelta(minutes=10)
_KEPT = timedelta(days=31)
_SALT_BYTES = 16
#: Orders share so many locks by their ids.
_STRIPES = 64
_NO_DIRECTORY = No(503, "no_directory", "the directory does not answer")

_TOLD = {
    AccountAct.UNLOCK: Told.ACCOUNT_UNLOCKED,
    AccountAct.RESET: Told.PASSWORD_RESET,
    AccountAct.CHANGE: Told.PASSWORD_CHANGED,
    AccountAct.ACTIVATE: Told.ACCOUNT_ACTIVATED,
}


def _locks() -> tuple[threading.Lock, ...]:
    return tuple(threading.Lock() for _ in range(_STRIPES))


@dataclass(frozen=True, slots=True)
class Desk:
    """What the services need of the hub. An order that comes twice at once would meet its own password as a used one:
    the second waits for the first."""

    store: Store
    directory: Directory
    keys: HubKeys
    policy: Policy
    clock: Clock
    notices: Notices
    _orders: tuple[threading.Lock, ...] = field(
        default_factory=lambda: tuple(threading.Lock() for _ in range(_STRIPES))
    )

    def alone_with(self, op: str) -> threading.Lock:
        return self._orders[hash(op) % _STRIPES]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which kiosk asks, with whose session."""

    authorization: str
    token: str


@dataclass(frozen=True, slots=True)
class _Order:
    """``again``: this id was taken before and has no answer yet."""

    op: str
    kiosk: str
    act: AccountAct
    person: Person
    passwords: Passwords | None
    again: bool


def see(desk: Desk, asked: Asked, act: AccountAct) -> AccountSeen | No:
    """The present person's account; only for a session whose proofs are enough for ``act``."""
    now = desk.clock()
    with desk.store.read() as db:
        kiosk = trusted_kiosk(db, asked.authorization, now)
        if isinstance(kiosk, No):
            return kiosk
        person = sessions.require(db, kiosk, asked.token, act.needs, desk.policy, now)
    if isinstance(person, No):
        return person
    account = desk.directory.find(person.number, now)
    if isinstance(account, DirectorySilent):
        return _NO_DIRECTORY
    if account is None:
        return No(422, AccountRefusal.NO_ACCOUNT, "the directory has no account of this person")
    return AccountSeen(
        handle=handle_of(asked.token, person),
        login=mask_number(account.login),
        state=account.state,
        opens=account.opens,
        locked_at=account.locked_at,
        locked_until=account.locked_until,
        locked_from=account.locked_from,
        changed_at=account.changed_at,
        expires_at=account.expires_at,
        relocked=is_relocked(account.lockouts, account.changed_at, now),
        rules=tuple(said(rule) for rule in desk.directory.rules()),
        words=desk.directory.words(),
        personal=digests_of(personal_words(person), os.urandom(_SALT_BYTES)),
    )


def handle_of(token: str, person: Person) -> str:
    """What an envelope is bound to: this person's account in this session. Tells nothing about either."""
    return sha256(f"account:{digest(token)}:{person.id}".encode()).hexdigest()[:32]


def do(desk: Desk, asked: Asked, envelope: Envelope) -> ActAnswer | No:
    """What the envelope orders, once; the same id again gets the same answer."""
    with desk.alone_with(envelope.context.op):
        return _do(desk, asked, envelope)


def _do(desk: Desk, asked: Asked, envelope: Envelope) -> ActAnswer | No:
    with desk.store.write() as db:
        taken = _take(db, desk, asked, envelope)
    if isinstance(taken, ActDone | ActRefused | No):
        return taken
    outcome = _carry_out(desk, taken)
    if isinstance(outcome, DirectoryUnsure):
        event("account", act=taken.act, op=taken.op, kiosk=taken.kiosk, outcome="unsure")
        return _NO_DIRECTORY  # the kiosk asks again with the same id
    answer = _answer(outcome)
    event("account", act=taken.act, op=taken.op, kiosk=taken.kiosk, outcome=_word(outcome))
    with desk.store.write() as db:
        return _keep(db, desk, asked, taken, answer)


def _take(db: Session, desk: Desk, asked: Asked, envelope: Envelope) -> _Order | ActAnswer | No:
    now = desk.clock()
    kiosk = trusted_kiosk(db, asked.authorization, now)
    if isinstance(kiosk, No):
        return kiosk
    payload = open_checked(db, desk.keys, kiosk, envelope, now)
    if isinstance(payload, No):
        return payload
    context = envelope.context
    content = sha256(context.canonical() + envelope.sealed).hexdigest()
    known = db.get(AccountOperation, context.op)
    if known is not None and (known.kiosk != kiosk.id or known.digest != content):
        note_incident(db, kiosk, context.op, "other_content", now)
        return No(409, "other_content", "this operation id was used for something else")
    if known is not None and known.status:
        return msgspec.json.decode(known.body, type=ActAnswer)  # type: ignore[no-any-return]
    if context.kind not in list(AccountAct):
        return No(422, "unknown_kind", "an account is unlocked, reset, changed or activated")
    act = AccountAct(context.kind)
    person = sessions.require(db, kiosk, asked.token, act.needs, desk.policy, now)
    if isinstance(person, No):
        return person
    if context.aggregate != handle_of(asked.token, person):
        note_incident(db, kiosk, context.op, "other_visit", now)
        return No(422, "other_visit", "this was sealed for another visit")
    if not now - ORDER_LIFE < datetime.fromisoformat(context.made) < now + ORDER_LIFE:
        return No(422, "expired", "this order is too old")
    passwords = _passwords(act, payload)
    if isinstance(passwords, No):
        return passwords
    db.execute(delete(AccountOperation).where(AccountOperation.at < now - _KEPT))
    again = not _is_first(db, context.op, kiosk, content, now)
    if passwords is not None and passwords.old and not again:
        held = old_password.count(db, person, now)
        if held is not None:
            refused = AccountRefused(AccountRefusal.HELD, retry_at=held)
            return _keep_at_once(db, context.op, refused)
    return _Order(context.op, kiosk.id, act, person, passwords, again)


def _passwords(act: AccountAct, payload: bytes) -> Passwords | No | None:
    if act is AccountAct.UNLOCK:
        return None if payload == b"{}" else No(422, "malformed", "nothing is sealed for an unlock")
    found = read_passwords(payload)
    if found is None or bool(found.old) is not (act is AccountAct.CHANGE):
        return No(422, "malformed", "the sealed payload is not what this act needs")
    return found


def _carry_out(desk: Desk, order: _Order) -> DirectoryOutcome:
    now, directory = desk.clock(), desk.directory
    account = directory.find(order.person.number, now)
    if isinstance(account, DirectorySilent):
        return AccountRefused(AccountRefusal.UNAVAILABLE)
    if account is None:
        return AccountRefused(AccountRefusal.NO_ACCOUNT)
    if order.passwords is None:
        done = directory.unlock(account.login, now)
        if order.again and isinstance(done, AccountRefused) and done.why is AccountRefusal.NOT_LOCKED:
            return AccountDone(AccountAct.UNLOCK, now)
        return done
    new = Password(order.passwords.new)
    if order.again and directory.verifies(account.login, new, now):
        return AccountDone(order.act, now, signed_out=order.act is not AccountAct.ACTIVATE)
    rules = judge(directory.rules(), new, order.person, directory.words())
    if rules:
        return AccountRefused(AccountRefusal.BROKEN_RULES, tuple(sorted(rules)))
    return _set(directory, order.act, account, Password(order.passwords.old), new, now)


def _set(
    directory: Directory, act: AccountAct, account: DirectoryAccount, old: Password, new: Password, now: datetime
) -> DirectoryOutcome:
    if act is AccountAct.CHANGE:
        return directory.change(account.login, old, new, now)
    if act is AccountAct.ACTIVATE:
        return directory.activate(account.login, new, now)
    return directory.reset(account.login, new, now)


def _keep(db: Session, desk: Desk, asked: Asked, order: _Order, answer: ActAnswer) -> ActAnswer:
    """The first to come here is the one who tells the person; whoever comes later gives its answer."""
    waiting = (AccountOperation.op == order.op, AccountOperation.status == 0)
    kept = update(AccountOperation).where(*waiting).values(status=200, body=msgspec.json.encode(answer))
    if db.execute(kept.returning(AccountOperation.op)).first() is None:
        body = db.get_one(AccountOperation, order.op, populate_existing=True).body
        return msgspec.json.decode(body, type=ActAnswer)  # type: ignore[no-any-return]
    now = desk.clock()
    if isinstance(answer, ActDone):
        if order.act is not AccountAct.UNLOCK:
            sessions.end_others(db, order.person, asked.token, now)
        release_use.spend(db, asked.token, order.person, order.act.needs, now)
        old_password.forget(db, order.person)
        note_served(db, order.person.id, order.kiosk, Served.ACCOUNT, now)
        book = read_book(db)
        at = answer.at.astimezone(book.hours().zone)
        desk.notices.tell(db, order.person, _TOLD[order.act], now, time=f"{at:%Y-%m-%d %H:%M}", phone=book.desk.phone)
    elif answer.why != AccountRefusal.WRONG_OLD and order.act is AccountAct.CHANGE:
        old_password.take_back(db, order.person)
    return answer


def _keep_at_once(db: Session, op: str, refused: AccountRefused) -> ActAnswer:
    answer = _answer(refused)
    row = db.get_one(AccountOperation, op)
    row.status, row.body = 200, msgspec.json.encode(answer)
    return answer


def _is_first(db: Session, op: str, kiosk: Kiosk, content: str, now: datetime) -> bool:
    row = {"op": op, "kiosk": kiosk.id, "digest": content, "status": 0, "body": b"", "at": now}
    taken = insert_into(db, AccountOperation).values(row).on_conflict_do_nothing().returning(AccountOperation.op)
    return db.scalar(taken) == op


def _answer(outcome: AccountOutcome) -> ActAnswer:
    if isinstance(outcome, AccountDone):
        return ActDone(outcome.act.value, outcome.at, outcome.signed_out)
    return ActRefused(outcome.why.value, outcome.rules, outcome.retry_at)


def _word(outcome: AccountOutcome) -> str:
    return "done" if isinstance(outcome, AccountDone) else outcome.why.value
