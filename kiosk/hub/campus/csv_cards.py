"""A card system that only drops files: read again when they change, shown with their age, never written."""

import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Generic, TypeVar
from zoneinfo import ZoneInfo

from kiosk.domain.card_accounts import (
    Balance,
    CardOverview,
    CardRefusal,
    CardRefused,
    CardSystemSilent,
    Movement,
    MovementList,
)
from kiosk.domain.card_capabilities import CardCapabilities, Transactions
from kiosk.hub.campus.card_files import Filed, FiledCard, read_cards, read_movements
from kiosk.hub.card_settings import CsvCards
from kiosk.hub.card_systems import Change, Changed
from kiosk.hub.checked import Finding, Level, found
from kiosk.hub.logs import event
from kiosk.hub.ports import CardTrouble

#: Months of movements that are shown, of those that are in the file.
MONTHS = 6
#: Bad lines that ``kiosk hub check`` names one by one.
MOST_NAMED = 20
Value = TypeVar("Value")
_NO_CARD = CardRefused(CardRefusal.NO_CARD)


class CsvCardSystem:
    def __init__(self, settings: CsvCards, zone: Callable[[], ZoneInfo]) -> None:
        self._settings = settings
        self._cards = _Kept(settings.file, lambda file: read_cards(file, zone()))
        moves = settings.movements
        self._moves = _Kept(moves, lambda file: read_movements(file, zone())) if moves else None
        self._can = CardCapabilities(balance=True, transactions=Transactions(MONTHS) if moves else None)

    def capabilities(self) -> CardCapabilities:
        return self._can

    def overview(self, number: str) -> CardOverview | CardTrouble:
        filed = self._cards.now()
        card = filed.by_number.get(number.upper()) if filed else None
        if filed is None or card is None:
            return _NO_CARD if filed else CardSystemSilent()
        return CardOverview(card.state, card.since, card.limits, as_of=filed.as_of)

    def balance(self, number: str) -> Balance | CardTrouble:
        filed = self._cards.now()
        card = filed.by_number.get(number.upper()) if filed else None
        if filed is None or card is None:
            return _NO_CARD if filed else CardSystemSilent()
        return Balance(card.balance, filed.as_of)

    def movements(self, number: str, since: datetime, now: datetime) -> MovementList | CardTrouble:
        filed = self._moves.now() if self._moves else None
        known = self._cards.now()
        if filed is None or known is None:
            return CardSystemSilent()
        if number.upper() not in known.by_number:
            return _NO_CARD
        own: tuple[Movement, ...] = filed.by_number.get(number.upper(), ())
        return MovementList(since, tuple(move for move in own if since <= move.at <= now), filed.as_of)

    def change(self, op: str, number: str, change: Change, now: datetime) -> Changed | CardTrouble:  # noqa: ARG002
        return CardRefused(CardRefusal.NOT_OFFERED)

    def check(self, now: datetime) -> Iterator[Finding]:
        yield from self._checked("file", self._cards, now)
        if self._moves:
            yield from self._checked("movements", self._moves, now)

    def _checked(
        self, at: str, kept: "_Kept[FiledCard] | _Kept[tuple[Movement, ...]]", now: datetime
    ) -> Iterator[Finding]:
        file = kept.file.name
        try:
            filed = kept.read(kept.file)
        except OSError as error:
            yield found(Level.BAD, "unreadable", at, file=file, detail=error.strerror or type(error).__name__)
            return
        level = Level.NOTE if filed.whole else Level.BAD
        for problem in filed.problems[:MOST_NAMED]:
            line = {"file": file, "line": str(problem.line), "detail": problem.detail}
            yield found(level, f"line_{problem.why}", at, **line)
        if len(filed.problems) > MOST_NAMED:
            yield found(level, "more_lines", at, file=file, count=str(len(filed.problems) - MOST_NAMED))
        if not filed.whole:
            yield found(Level.BAD, "not_taken", at, file=file)
            return
        old = now - filed.as_of >= timedelta(hours=self._settings.oldest)
        told = {"file": file, "people": str(len(filed.by_number)), "when": f"{filed.as_of:%Y-%m-%d %H:%M} UTC"}
        yield found(Level.BAD if old else Level.GOOD, "old" if old else "taken", at, **told)


class _Kept(Generic[Value]):
    """A file as it was last taken. Whoever asks first after it changed reads it, others go on with the old one."""

    def __init__(self, file: Path, read: Callable[[Path], Filed[Value]]) -> None:
        self.file, self.read = file, read
        self._filed: Filed[Value] | None = None
        self._seen: tuple[int, int] | None = None
        self._reading = threading.Lock()

    def now(self) -> Filed[Value] | None:
        """``None`` where none was ever taken."""
        if self._reading.acquire(blocking=self._filed is None):
            try:
                self._look()
            finally:
                self._reading.release()
        return self._filed

    def _look(self) -> None:
        try:
            stat = self.file.stat()
            seen = (stat.st_mtime_ns, stat.st_size)
            if seen == self._seen:
                return
            filed = self.read(self.file)
        except OSError as error:
            event("card file unreadable", code=type(error).__name__)
            return
        self._seen = seen
        if filed.whole:
            self._filed = filed
        event("card file read", code="taken" if filed.whole else "refused", count=len(filed.problems))
