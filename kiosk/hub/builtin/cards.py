"""The built-in card accounts behind ports.CardAccounts."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from kiosk.domain.card_accounts import (
    MOST_TRANSACTIONS,
    NO_LIMITS,
    Balance,
    CardLimits,
    CardOverview,
    CardPinSet,
    CardRefusal,
    CardRefused,
    CardState,
    Frozen,
    LimitsSet,
    Movement,
    MovementKind,
    MovementList,
    ReplacementOrdered,
    Thawed,
    TopUpPosted,
)
from kiosk.domain.card_capabilities import NOTHING, CardCapabilities, LimitKind
from kiosk.domain.desk import Text
from kiosk.hub.builtin.journal import FEES, PROVIDER, balance_of, lock, open_account, person_account, post
from kiosk.hub.card_settings import CardExtent
from kiosk.hub.ports import CardPin
from kiosk.hub.services.asking import ask_outside
from kiosk.hub.services.book import CardBook, read_book
from kiosk.hub.services.pin_hashing import PinHasher
from kiosk.hub.store.card_tables import (
    CardOperation,
    CardPinHash,
    CardReplacement,
    JournalEntry,
    JournalLine,
    LedgerAccount,
)
from kiosk.hub.store.inserting import insert_into
from kiosk.hub.store.tables import Card

#: Days a month of movements counts.
_DAYS_OF_A_MONTH = 31
_NO_TEXT = Text("", "")
Effect = TypeVar("Effect", Frozen, Thawed, ReplacementOrdered, LimitsSet, CardPinSet, TopUpPosted)


class BuiltinCards:
    """``extent``: how much of it is declared; what is not declared is refused. Without a ``hasher`` it keeps no PIN."""

    def __init__(self, extent: CardExtent = CardExtent.ALL, hasher: PinHasher | None = None) -> None:
        self._extent, self._hasher = extent, hasher

    def capabilities(self, db: Session) -> CardCapabilities:
        book = read_book(db).cards
        if book is None or self._extent is CardExtent.NONE:
            return NOTHING
        if self._extent is CardExtent.READ_ONLY:
            return CardCapabilities(balance=True, transactions=book.transactions)
        return CardCapabilities(
            balance=True,
            transactions=book.transactions,
            freeze=book.freeze,
            unfreeze=True,
            replace=book.replace,
            pin=book.pin if self._hasher else None,
            limits=book.limits,
            top_up=book.top_up,
            found=book.found,
        )

    # -- reading ------------------------------------------------------------------------------------------------
    def overview(self, db: Session, person: str) -> CardOverview | CardRefused:
        card = _card(db, person)
        if not self.capabilities(db).of_one_card:
            return _no(CardRefusal.NOT_OFFERED)
        if card is None:
            return _no(CardRefusal.NO_CARD)
        account = db.get(LedgerAccount, person_account(person))
        limits = _limits(account) if account else NO_LIMITS
        pin_set = db.get(CardPinHash, person) is not None
        return CardOverview(CardState(card.state), card.since, limits, self._replacement(db, card), pin_set)

    def _replacement(self, db: Session, card: Card) -> ReplacementOrdered | None:
        ordered = db.scalar(select(CardReplacement).where(CardReplacement.card == card.uid))
        book = read_book(db).cards
        if ordered is None or book is None:
            return None
        return ReplacementOrdered(ordered.fee, ordered.ordered_at, _ready_at(book, ordered.ordered_at))

    def balance(self, db: Session, person: str) -> Balance | CardRefused:
        if not self.capabilities(db).balance:
            return _no(CardRefusal.NOT_OFFERED)
        if db.get(LedgerAccount, person_account(person)) is None:
            return _no(CardRefusal.NO_CARD)
        return Balance(balance_of(db, person_account(person)))

    def transactions(self, db: Session, person: str, now: datetime) -> MovementList | CardRefused:
        declared = self.capabilities(db).transactions
        if declared is None:
            return _no(CardRefusal.NOT_OFFERED)
        account = person_account(person)
        if db.get(LedgerAccount, account) is None:
            return _no(CardRefusal.NO_CARD)
        since = now - timedelta(days=_DAYS_OF_A_MONTH * declared.months)
        rows = db.execute(
            select(JournalEntry, JournalLine.amount)
            .join(JournalLine, JournalLine.entry == JournalEntry.id)
            .where(JournalLine.account == account, JournalEntry.at >= since, JournalEntry.at <= now)
            .order_by(JournalEntry.at.desc(), JournalEntry.id.desc())
            .limit(MOST_TRANSACTIONS)
        )
        return MovementList(since, tuple(_movement(entry, amount) for entry, amount in rows))

    # -- card state ---------------------------------------------------------------------------------------------
    def freeze(self, db: Session, op: str, person: str, now: datetime) -> Frozen | CardRefused:
        def effect(book: CardBook, card: Card) -> Frozen | CardRefused:
            if card.state == CardState.REPLACED:
                return _no(CardRefusal.ALREADY_REPLACED)
            if card.state == CardState.ACTIVE:
                card.state, card.since = CardState.LOST, now
            since = card.since or now
            within = book.freeze.effective_within
            return Frozen(since, None if within is None else since + timedelta(seconds=within))

        offered = self.capabilities(db).freeze is not None
        return self._once(db, op, f"freeze {person}", Frozen, now, offered, lambda: _with_card(db, person, effect))

    def unfreeze(self, db: Session, op: str, person: str, now: datetime) -> Thawed | CardRefused:
        def effect(_book: CardBook, card: Card) -> Thawed | CardRefused:
            if card.state != CardState.LOST:
                return _no(CardRefusal.ALREADY_REPLACED if card.state == CardState.REPLACED else CardRefusal.NOT_LOST)
            card.state, card.since = CardState.ACTIVE, None
            return Thawed(now)

        offered = self.capabilities(db).unfreeze
        return self._once(db, op, f"unfreeze {person}", Thawed, now, offered, lambda: _with_card(db, person, effect))

    def replace(self, db: Session, op: str, person: str, now: datetime) -> ReplacementOrdered | CardRefused:
        def effect(book: CardBook, card: Card) -> ReplacementOrdered | CardRefused:
            if card.state != CardState.LOST:
                return _no(CardRefusal.ALREADY_REPLACED if card.state == CardState.REPLACED else CardRefusal.NOT_LOST)
            account, fee = person_account(person), book.replace.fee
            if fee and (lock(db, account) is None or balance_of(db, account) < fee):
                return _no(CardRefusal.TOO_LITTLE_MONEY)
            entry = None
            if fee:
                open_account(db, FEES)
                entry = post(db, op, MovementKind.CARD_FEE, now, _NO_TEXT, {account: fee, FEES: -fee}).id
            db.add(CardReplacement(op=op, person=person, card=card.uid, fee=fee, entry=entry, ordered_at=now))
            card.state, card.since = CardState.REPLACED, now
            return ReplacementOrdered(fee, now, _ready_at(book, now))

        offered = self.capabilities(db).replace is not None
        what = f"replace {person}"
        return self._once(db, op, what, ReplacementOrdered, now, offered, lambda: _with_card(db, person, effect))

    def set_pin(
        self, db: Session, op: str, person: str, present: CardPin | None, new: CardPin, now: datetime
    ) -> CardPinSet | CardRefused:
        """``db`` has to come from ``asking.settled``: two slow hashes are computed between its transactions."""
        hasher, offered = self._hasher, self.capabilities(db).pin is not None

        def effect(_book: CardBook, _card: Card) -> CardPinSet | CardRefused:
            assert hasher is not None
            kept = db.get(CardPinHash, person, with_for_update=True, populate_existing=True)
            if (kept is None) is (present is not None):
                return _no(CardRefusal.WRONG_PIN)
            phc = kept.phc if kept else ""
            hashed = ask_outside(db, ("pin", op, phc), lambda: _hashed(hasher, present, phc, new))
            if not hashed:
                return _no(CardRefusal.WRONG_PIN)
            db.merge(CardPinHash(person=person, phc=hashed))
            return CardPinSet(now, first=kept is None)

        return self._once(db, op, f"pin {person}", CardPinSet, now, offered, lambda: _with_card(db, person, effect))

    # -- money --------------------------------------------------------------------------------------------------
    def set_limits(
        self, db: Session, op: str, person: str, wanted: CardLimits, now: datetime
    ) -> LimitsSet | CardRefused:
        declared = self.capabilities(db).limits
        asked = [(kind, amount) for kind in LimitKind if (amount := wanted.of(kind)) is not None]

        def effect() -> LimitsSet | CardRefused:
            account = lock(db, person_account(person))
            if account is None:
                return _no(CardRefusal.NO_CARD)
            ranges = [(declared.of(kind) if declared else None, amount) for kind, amount in asked]
            if not asked or not all(span is not None and span.allows(amount) for span, amount in ranges):
                return _no(CardRefusal.OUT_OF_RANGE)
            account.daily_limit = account.daily_limit if wanted.daily is None else wanted.daily
            account.single_limit = account.single_limit if wanted.single is None else wanted.single
            return LimitsSet(_limits(account), now)

        what = f"limits {person} daily={wanted.daily} single={wanted.single}"
        return self._once(db, op, what, LimitsSet, now, declared is not None, effect)

    def top_up(self, db: Session, op: str, person: str, amount: int, now: datetime) -> TopUpPosted | CardRefused:
        span = self.capabilities(db).top_up

        def effect() -> TopUpPosted | CardRefused:
            account = person_account(person)
            if lock(db, account) is None:
                return _no(CardRefusal.NO_CARD)
            if span is None or not span.allows(amount):
                return _no(CardRefusal.OUT_OF_RANGE)
            open_account(db, PROVIDER)
            post(db, op, MovementKind.TOP_UP, now, _NO_TEXT, {PROVIDER: amount, account: -amount})
            return TopUpPosted(balance_of(db, account))

        return self._once(db, op, f"top_up {person} {amount}", TopUpPosted, now, span is not None, effect)

    def _once(
        self,
        db: Session,
        op: str,
        content: str,
        kind: type[Effect],
        now: datetime,
        offered: bool,
        effect: Callable[[], Effect | CardRefused],
    ) -> Effect | CardRefused:
        """The effect and its answer share the transaction; a refusal has no effect and is not kept."""
        if not self._is_first(db, op, content, now):
            done = db.get_one(CardOperation, op, populate_existing=True)
            if done.content != content:
                return _no(CardRefusal.OTHER_OPERATION)
            return msgspec.json.decode(done.body, type=kind)
        answer = effect() if offered else _no(CardRefusal.NOT_OFFERED)
        row = db.get_one(CardOperation, op)
        if isinstance(answer, CardRefused):
            db.delete(row)
        else:
            row.body = msgspec.json.encode(answer)
        db.flush()
        return answer

    def _is_first(self, db: Session, op: str, content: str, now: datetime) -> bool:
        """Takes the id, or waits for the transaction that has it."""
        row = {"op": op, "content": content, "body": b"", "at": now}
        taken = insert_into(db, CardOperation).values(row).on_conflict_do_nothing().returning(CardOperation.op)
        return db.scalar(taken) == op


def _hashed(hasher: PinHasher, present: CardPin | None, phc: str, new: CardPin) -> str:
    """'' where ``present`` is not the one of ``phc``."""
    if present is not None and not hasher.matches(present.reveal(), phc):
        return ""
    return hasher.hash(new.reveal())


def _card(db: Session, person: str, *, held: bool = False) -> Card | None:
    """The card a person goes by: an active one before one that is lost before one that was replaced."""
    wanted = select(Card).where(Card.person == person).order_by(Card.uid)
    cards = db.scalars(wanted.with_for_update() if held else wanted).all()
    return min(cards, key=lambda card: list(CardState).index(CardState(card.state)), default=None)


def _with_card(
    db: Session, person: str, effect: Callable[[CardBook, Card], Effect | CardRefused]
) -> Effect | CardRefused:
    book, card = read_book(db).cards, _card(db, person, held=True)
    if book is None or card is None:
        return _no(CardRefusal.NO_CARD)
    return effect(book, card)


def _limits(account: LedgerAccount) -> CardLimits:
    return CardLimits(account.daily_limit, account.single_limit)


def _movement(entry: JournalEntry, line: int) -> Movement:
    return Movement(str(entry.id), entry.at, entry.kind, -line, Text(entry.merchant_zh, entry.merchant_en))


def _ready_at(book: CardBook, ordered_at: datetime) -> datetime | None:
    within = book.replace.ready_within
    return None if within is None else ordered_at + timedelta(seconds=within)


def _no(why: CardRefusal) -> CardRefused:
    return CardRefused(why)
