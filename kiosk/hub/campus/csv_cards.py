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
from kiosk.hub.logs import event, trouble
from kiosk.hub.ports import CardTrouble

#: Months of movements that are shown, of those that are in the file.
MONTHS = 6
#: Bad lines that ``kiosk hub check`` names one by one.
MOST_NAMED = 20
#: Seconds somebody waits for a file that is being read.
READ_WITHIN = 2.0
Value = TypeVar("Value")
_NO_CARD = CardRefused(CardRefusal.NO_CARD)


class CsvCardSystem:
    def __init__(self, settings: CsvCards, zone: Callable[[], ZoneInfo]) -> None:
        self._settings = settings
        self._cards = _Kept(settings.file, lambda file: read_cards(file, zone()), zone)
        moves = settings.movements
        self._moves = _Kept(moves, lambda file: read_movements(file, zone()), zone) if moves else None
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
    """A file as it was last taken, read on a thread of its own: a large one takes longer than anybody may wait."""

    def __init__(self, file: Path, read: Callable[[Path], Filed[Value]], ready: Callable[[], object]) -> None:
        self.file, self.read, self._ready = file, read, ready
        self._filed: Filed[Value] | None = None
        self._seen: tuple[int, int] | None = None
        self._lock = threading.Lock()
        self._idle = threading.Event()
        self._idle.set()

    def now(self) -> Filed[Value] | None:
        """``None`` where none was ever taken. Whoever asks first after it changed waits ``READ_WITHIN`` for the new
        one, and where there is none yet everybody; others go on with the old one."""
        if self._begin() or self._filed is None:
            self._idle.wait(READ_WITHIN)
        return self._filed

    def _begin(self) -> bool:
        """Whether this call has set off reading."""
        with self._lock:
            stamp = self._stamp() if self._idle.is_set() else None
            if stamp is None or stamp == self._seen:
                return False
            self._idle.clear()
        threading.Thread(target=self._take, args=(stamp,), name="card file", daemon=True).start()
        return True

    def _stamp(self) -> tuple[int, int] | None:
        try:
            stat = self.file.stat()
        except OSError as error:
            event("card file unreadable", code=type(error).__name__)
            return None
        return stat.st_mtime_ns, stat.st_size

    def _take(self, stamp: tuple[int, int]) -> None:
        try:
            self._ready()  # the hub's own database: where that fails the file is asked for again
            self._seen = stamp  # what fails from here on is in the file
            filed = self.read(self.file)
            if filed.whole:
                self._filed = filed
            event("card file read", code="taken" if filed.whole else "refused", count=len(filed.problems))
        except OSError as error:
            self._seen = None
            event("card file unreadable", code=type(error).__name__)
        except Exception as error:  # whatever is in it: what was taken before it stays
            trouble("card file not read", error)
        finally:
            self._idle.set()
