"""Bugs that are planted into the kiosk under test: each must turn its proof red, or the proof proves nothing."""

import resource
from collections.abc import Callable

from kiosk.domain.outcomes import Saved, SaveOutcome
from kiosk.offline import database
from kiosk.offline.outbox_file import OutboxFile
from tests.crash.kiosk import Kiosk
from tests.whole import drill_process
from tests.whole.drill_process import AckFirst

#: Bytes.
SMALL_FILE = 400_000


def _ack_first(kiosk: Kiosk) -> None:
    drill_process.HELD_BACK = 1
    kiosk.planted = AckFirst  # type: ignore[assignment]  # an outbox as far as reports go


def _normal(_kiosk: Kiosk) -> None:
    """A commit that is not on the disk yet."""
    _synchronous("NORMAL")


def _off(_kiosk: Kiosk) -> None:
    _synchronous("OFF")


def _synchronous(level: str) -> None:
    pragmas: tuple[str, ...] = database._PRAGMAS
    assert "PRAGMA synchronous=FULL" in pragmas
    planted = tuple(each.replace("synchronous=FULL", f"synchronous={level}") for each in pragmas)
    database._PRAGMAS = planted  # type: ignore[assignment]  # as many as before


def _swallow(_kiosk: Kiosk) -> None:
    """What the disk refused is said to be saved."""
    honest = OutboxFile.not_saved

    def planted(self: OutboxFile, error: Exception, op_id: str = "") -> SaveOutcome:
        refused = honest(self, error, op_id)
        return Saved(op_id, "") if op_id else refused

    OutboxFile.not_saved = planted  # type: ignore[method-assign, assignment]


def _no_withdrawal(_kiosk: Kiosk) -> None:
    """What a person was told is not saved stays in the queue, if it got there."""
    OutboxFile.finish_withdrawals = lambda self: self.withdrawn.clear()  # type: ignore[method-assign]


def _small_files(_kiosk: Kiosk) -> None:
    """For a kiosk that is not root: no file may get longer than this (EFBIG)."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL_FILE, SMALL_FILE))


FAULTS: dict[str, Callable[[Kiosk], None]] = {
    "": lambda _kiosk: None,
    "ack first": _ack_first,
    "synchronous=NORMAL": _normal,
    "synchronous=OFF": _off,
    "swallowed error": _swallow,
    "no withdrawal": _no_withdrawal,
    "small files": _small_files,
}


def plant(fault: str, kiosk: Kiosk) -> None:
    FAULTS[fault](kiosk)
