"""Reference numbers this kiosk may give: blocks from the hub, used in order, never twice."""

from typing import Any

from kiosk.domain.references import HIGHEST_COUNTER, NumberBlock
from kiosk.offline.database import Database


class Numbers:
    def __init__(self, database: Database) -> None:
        self._database = database

    def current(self) -> NumberBlock | None:
        """The block the next number comes from; ``None`` where all are used up. Reading takes nothing."""
        row = self._database.execute(
            "SELECT kiosk, first, last, next FROM number_block WHERE next <= last ORDER BY kiosk, first LIMIT 1"
        ).fetchone()
        return NumberBlock(*row) if row else None

    def left(self) -> int:
        (left,) = self._database.execute("SELECT coalesce(sum(last + 1 - next), 0) FROM number_block").fetchone()
        return int(left)

    def for_life(self) -> tuple[int, int]:
        """How many are here, and how many its code has beyond the newest block: of those, other kiosks that had the
        same code may have had some. Where the place got another code, the newer one counts."""
        codes = "SELECT max(last), sum(last + 1 - next) AS here FROM number_block GROUP BY kiosk ORDER BY here = 0, 1"
        given = self._database.execute(codes).fetchall()
        return sum(here for _, here in given), HIGHEST_COUNTER - (given[0][0] if given else 0)

    @staticmethod
    def add(connection: Any, block: NumberBlock) -> None:
        """Inside a transaction. The same block again changes nothing: an answer may arrive twice. Used-up blocks stay
        for the same reason; a kiosk code has 9,999 numbers, so they stay few."""
        connection.execute(
            "INSERT INTO number_block VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            (block.kiosk, block.first, block.last, block.next),
        )

    @staticmethod
    def give_up(connection: Any) -> None:
        """Inside a transaction: what is left of every block is given to nobody."""
        connection.execute("UPDATE number_block SET next = last + 1")

    @staticmethod
    def take(connection: Any, block: NumberBlock) -> None:
        """Inside the transaction that saves what the number was given to. RuntimeError where it is taken already."""
        cursor = connection.execute(
            "UPDATE number_block SET next = next + 1 WHERE kiosk = ? AND first = ? AND next = ?",
            (block.kiosk, block.first, block.next),
        )
        if cursor.rowcount != 1:
            raise RuntimeError("a reference number would have been given twice")
